/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.skin;

import dev.larder.http.Capture;
import dev.larder.http.message.ByteRange;
import dev.larder.http.message.Preconditions.Outcome;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.function.Supplier;

/**
 * The way of a body from the {@link Capture} to the container, and the last word before it: header
 * fields, 304, 412, a part of it, or no more than its length for a HEAD.
 */
final class ContainerOut implements Capture.Out {

  private static final String SENDFILE = "org.apache.tomcat.sendfile.filename";

  private final HttpServletResponse raw;
  private final ServletExchange exchange;

  private ServletOutputStream rawStream;
  private PrintWriter rawWriter;

  /** What the application's status was before another took its place; 0 where none did. */
  private int replacedStatus;

  /** Whether the application has asked for a stream or writer for the body that is held. */
  private boolean asked;

  ContainerOut(HttpServletResponse raw, ServletExchange exchange) {
    this.raw = raw;
    this.exchange = exchange;
  }

  /** Takes the container's stream for what comes. */
  void open(ServletOutputStream stream) {
    rawStream = stream;
    asked = true;
  }

  /** Takes the container's writer for what comes. */
  void open(PrintWriter writer) {
    rawWriter = writer;
    asked = true;
  }

  /** The status as the application has set it, whatever the client is given. */
  int status() {
    return replacedStatus == 0 ? raw.getStatus() : replacedStatus;
  }

  private void replaceStatus(int status) {
    replacedStatus = raw.getStatus();
    raw.setStatus(status);
  }

  /** Begins anew; the container's stream or writer goes on. */
  void forget() {
    asked = false;
  }

  /** Begins anew, with no stream nor writer. */
  void reset() {
    asked = false;
    rawStream = null;
    rawWriter = null;
  }

  @Override
  public void bytes(byte[] bytes, int offset, int length) throws IOException {
    if (rawStream != null) {
      rawStream.write(bytes, offset, length);
    }
  }

  @Override
  public void chars(char[] chars, int offset, int length) {
    if (rawWriter != null) {
      rawWriter.write(chars, offset, length);
    }
  }

  @Override
  public void flush() throws IOException {
    if (rawWriter != null) {
      // Jetty's flushBuffer leaves behind what its writer has not encoded yet.
      rawWriter.flush();
    } else if (rawStream != null) {
      rawStream.flush();
    } else {
      raw.flushBuffer();
    }
  }

  @Override
  public boolean isStream() {
    return exchange.answer().isStream();
  }

  @Override
  public boolean mayEndEarly() {
    return rawStream != null && exchange.mayEndEarly();
  }

  /** Whether it is more than the container's buffer takes, and no more than the client gets. */
  @Override
  public boolean endsAt(int length) {
    return length > raw.getBufferSize() && mayEndEarly();
  }

  @Override
  public byte[] encode(char[] chars, int length) {
    try {
      return new String(chars, 0, length).getBytes(Charset.forName(raw.getCharacterEncoding()));
    } catch (IllegalArgumentException | UnsupportedOperationException onlyTheContainerKnows) {
      return null;
    }
  }

  @Override
  public boolean letThrough() throws IOException {
    if (raw.isCommitted()) {
      return false;
    }
    closeBehindStale();
    // The body goes on to the container, of a HEAD as well: it says what it would say without us.
    Outcome outcome = asked(exchange.answer()::letThrough);
    return outcome != Outcome.PROCEED && concludes(outcome);
  }

  @Override
  public boolean whole(byte[] body, int length) throws IOException {
    if (raw.isCommitted()) {
      return false;
    }
    closeBehindStale();
    Outcome outcome = asked(() -> exchange.answer().whole(body, length, isKnown(length)));
    if (outcome != Outcome.PROCEED) {
      return concludes(outcome);
    }
    ByteRange range = rawWriter == null ? exchange.answer().range(body, length) : null;
    if (range != null) {
      part(range, body);
      return true;
    }
    if (!exchange.request.isHead() || (length == 0 && !exchange.request.isHeadAsGet())) {
      if (isKnown(length) && (exchange.answer().isServed() || wouldBeMeasured(length))) {
        raw.setContentLengthLong(length);
      }
      return false;
    }
    if (raw.getHeader("Content-Length") == null && raw.getStatus() == HttpServletResponse.SC_OK) {
      raw.setContentLengthLong(length);
    }
    // Left to the container, the answer to a HEAD may get a Content-Length of 0.
    raw.flushBuffer();
    return true;
  }

  /**
   * Whether the container would have kept all of it to the end, as it came, and said how long it
   * is: what comes in one piece Jetty commits at once from a part of its buffer's size on.
   */
  private boolean wouldBeMeasured(int length) {
    return rawWriter == null && length > 0 && length < raw.getBufferSize();
  }

  /** While the application runs behind a stale answer, no request shall wait on its connection. */
  private void closeBehindStale() {
    if (exchange.answer().isRenewing() && exchange.isHttp1()) {
      raw.setHeader("Connection", "close");
    }
  }

  /** Answers with a part of the body, or says that there is no such part (RFC 9110, 15.5.17). */
  private void part(ByteRange range, byte[] body) throws IOException {
    raw.setHeader("Content-Range", range.toString());
    if (range.isSatisfiable()) {
      replaceStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
      raw.setContentLengthLong(range.size());
      rawStream.write(body, range.first(), range.size());
    } else {
      replaceStatus(HttpServletResponse.SC_REQUESTED_RANGE_NOT_SATISFIABLE);
      raw.setContentLengthLong(0);
      raw.flushBuffer();
    }
  }

  /** Ends the answer towards the client, though the container's own call goes on. */
  void conclude() throws IOException {
    if (rawWriter != null) {
      rawWriter.close();
    } else {
      raw.getOutputStream().close();
    }
  }

  /** Whether what was held is the body: it may go past us, or be left out of a HEAD. */
  private boolean isKnown(int length) {
    if (!asked) {
      return false;
    }
    if (length == 0 && exchange.request.isHead() && !exchange.request.isHeadAsGet()) {
      return false;
    }
    String declared = raw.getHeader("Content-Length");
    return exchange.request.getAttribute(SENDFILE) == null
        && (declared == null || declared.equals(Integer.toString(length)));
  }

  /** Commits an answer without a body. */
  private boolean concludes(Outcome outcome) throws IOException {
    boolean notModified = outcome == Outcome.NOT_MODIFIED;
    replaceStatus(
        notModified
            ? HttpServletResponse.SC_NOT_MODIFIED
            : HttpServletResponse.SC_PRECONDITION_FAILED);
    raw.setContentLengthLong(notModified ? -1 : 0);
    if (notModified && "-1".equals(raw.getHeader("Content-Length"))) {
      // Jetty 12 would send it so, under javax.
      raw.setHeader("Content-Length", null);
    }
    if (rawWriter == null) {
      // Jetty refuses this once it has given its writer.
      raw.setContentType(null);
    }
    // Left to the container, a 304 may get a Content-Length of 0, which empties caches downstream.
    raw.flushBuffer();
    return true;
  }

  private Outcome asked(Supplier<Outcome> question) {
    try {
      return question.get();
    } catch (RuntimeException | LinkageError e) {
      exchange.agent.failed("an answer goes out as the application gave it", e);
      return Outcome.PROCEED;
    }
  }
}
