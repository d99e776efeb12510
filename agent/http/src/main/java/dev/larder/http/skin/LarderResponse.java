/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.skin;

import dev.larder.http.Capture;
import dev.larder.http.ResponseView;
import dev.larder.http.message.ByteRange;
import dev.larder.http.message.Preconditions.Outcome;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The response as the application sees it. Header fields and status go straight to the container,
 * so that it keeps its own rules about them; the body goes through the {@link Capture}.
 *
 * <p>Once the application has flushed, the answer counts as committed, though it may not be yet:
 * what the container would ignore from then on is ignored here, and what it would refuse is let go
 * to it after the flush has really been made.
 */
final class LarderResponse extends HttpServletResponseWrapper implements Capture.Out {

  private static final String SENDFILE = "org.apache.tomcat.sendfile.filename";

  private final HttpServletResponse raw;
  private final ServletExchange exchange;

  private ServletOutputStream rawStream;
  private PrintWriter rawWriter;
  private LarderOutputStream stream;
  private PrintWriter writer;
  private boolean cookieAdded;
  private HttpServletResponse shown;

  /** Whether an error or a redirect has taken the place of the body. */
  private boolean replaced;

  LarderResponse(HttpServletResponse raw, ServletExchange exchange) {
    super(raw);
    this.raw = raw;
    this.exchange = exchange;
  }

  private Capture capture() {
    return exchange.capture;
  }

  @Override
  public ServletResponse getResponse() {
    ServletResponse beneath = super.getResponse();
    if (beneath != raw) {
      return beneath; // Tomcat's own wrapper, for as long as an include lasts
    }
    if (shown == null) {
      shown = Unsuspended.of(raw);
    }
    return shown;
  }

  @Override
  public void setResponse(ServletResponse beneath) {
    super.setResponse(beneath == shown ? raw : beneath);
  }

  /** Holds nothing back from here on; a client that is gone is for the container to notice. */
  void passOn() {
    try {
      capture().pass();
    } catch (IOException clientGone) {
      exchange.agent.lost(clientGone);
    }
  }

  // The body

  @Override
  public ServletOutputStream getOutputStream() throws IOException {
    if (stream == null && replaced) {
      return new NoStream();
    }
    if (stream == null) {
      rawStream = super.getOutputStream();
      if (writer != null) {
        forget(); // Jetty has cleared its response for a forward
      }
      stream = new LarderOutputStream(rawStream, capture());
    }
    return stream;
  }

  @Override
  public PrintWriter getWriter() throws IOException {
    if (writer == null && replaced) {
      // Tomcat asks for it at the end of a forward, and would take its encoding for the error's.
      return new PrintWriter(Writer.nullWriter());
    }
    if (writer == null) {
      // Asked at once, because it settles the encoding and what Content-Type says of it.
      rawWriter = super.getWriter();
      if (stream != null) {
        forget();
      }
      writer = new LarderWriter(rawWriter, capture());
    }
    return writer;
  }

  /**
   * Clears what was written before a forward, and the choice between stream and writer. What comes
   * is held, rule or not: at a forward's end Undertow flushes what is not its own response.
   */
  void beforeForward() {
    discard();
    if (capture().hold()) {
      forget();
    }
  }

  private void forget() {
    capture().clear();
    stream = null;
    writer = null;
  }

  @Override
  public void flushBuffer() throws IOException {
    capture().flush();
  }

  @Override
  public boolean isCommitted() {
    return capture().isFlushed() || capture().isDropping() || super.isCommitted();
  }

  @Override
  public void reset() {
    discard();
    super.reset();
    stream = null;
    writer = null;
    rawStream = null;
    rawWriter = null;
    cookieAdded = false;
    replaced = false;
    capture().expect(-1);
  }

  @Override
  public void setBufferSize(int size) {
    if (isSealed()) {
      passOn();
    }
    super.setBufferSize(size);
  }

  @Override
  public void resetBuffer() {
    discard();
    super.resetBuffer();
  }

  /** Forgets what is held; where the application has flushed it, the container gets to refuse. */
  private void discard() {
    if (!capture().clear()) {
      passOn();
    }
  }

  @Override
  public void sendError(int status) throws IOException {
    if (!exchange.holds(status, null)) {
      beforeError(status);
      super.sendError(status);
      replaced |= isFinal(status);
    }
  }

  @Override
  public void sendError(int status, String message) throws IOException {
    if (!exchange.holds(status, message)) {
      beforeError(status);
      super.sendError(status, message);
      replaced |= isFinal(status);
    }
  }

  private void beforeError(int status) {
    if (status == -1 || isFinal(status)) {
      discard();
      capture().abandon();
    }
  }

  /** Jetty sends 102 and 103, and aborts at -1, as errors: none of them ends the answer so. */
  private static boolean isFinal(int status) {
    return status >= 200;
  }

  @Override
  public void sendRedirect(String location) throws IOException {
    discard();
    capture().abandon();
    super.sendRedirect(location);
    replaced = true;
  }

  /** What has a trailer goes out piece by piece. */
  @Override
  public void setTrailerFields(Supplier<Map<String, String>> fields) {
    passOn();
    super.setTrailerFields(fields);
  }

  private static boolean isLength(String name) {
    return "Content-Length".equalsIgnoreCase(name);
  }

  private static long length(String value) {
    try {
      return value == null ? -1 : Long.parseLong(value.strip());
    } catch (NumberFormatException forTheContainer) {
      return -1;
    }
  }

  // Header fields: ignored once the application takes the answer for committed

  private boolean isSealed() {
    return capture().isHolding() && capture().isFlushed();
  }

  @Override
  public void setStatus(int status) {
    if (!isSealed()) {
      super.setStatus(status);
    }
  }

  @Override
  public void setHeader(String name, String value) {
    if (!isSealed()) {
      if (isLength(name)) {
        capture().expect(length(value));
      }
      super.setHeader(name, value);
    }
  }

  @Override
  public void addHeader(String name, String value) {
    if (!isSealed()) {
      if (isLength(name)) {
        capture().expect(length(value));
      }
      super.addHeader(name, value);
    }
  }

  @Override
  public void setIntHeader(String name, int value) {
    if (!isSealed()) {
      if (isLength(name)) {
        capture().expect(value);
      }
      super.setIntHeader(name, value);
    }
  }

  @Override
  public void addIntHeader(String name, int value) {
    if (!isSealed()) {
      if (isLength(name)) {
        capture().expect(value);
      }
      super.addIntHeader(name, value);
    }
  }

  @Override
  public void setDateHeader(String name, long value) {
    if (!isSealed()) {
      super.setDateHeader(name, value);
    }
  }

  @Override
  public void addDateHeader(String name, long value) {
    if (!isSealed()) {
      super.addDateHeader(name, value);
    }
  }

  @Override
  public void addCookie(Cookie cookie) {
    if (!isSealed()) {
      cookieAdded = true;
      super.addCookie(cookie);
    }
  }

  @Override
  public void setContentType(String type) {
    if (!isSealed()) {
      super.setContentType(type);
    }
  }

  @Override
  public void setCharacterEncoding(String encoding) {
    if (!isSealed()) {
      super.setCharacterEncoding(encoding);
    }
  }

  @Override
  public void setLocale(Locale locale) {
    if (!isSealed()) {
      super.setLocale(locale);
    }
  }

  @Override
  public void setContentLength(int length) {
    if (!isSealed()) {
      capture().expect(length);
      super.setContentLength(length);
    }
  }

  @Override
  public void setContentLengthLong(long length) {
    if (!isSealed()) {
      capture().expect(length);
      super.setContentLengthLong(length);
    }
  }

  // What the capture does with the body

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
    Outcome outcome = asked(exchange.answer()::letThrough);
    if (outcome == Outcome.PROCEED && exchange.request.isHeadAsGet()) {
      raw.flushBuffer();
      return true;
    }
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
      if (exchange.answer().isServed() && isKnown(length)) {
        raw.setContentLengthLong(length);
      }
      return false;
    }
    if (raw.getHeader("Content-Length") == null && raw.getStatus() == SC_OK) {
      raw.setContentLengthLong(length);
    }
    // Left to the container, the answer to a HEAD may get a Content-Length of 0.
    raw.flushBuffer();
    return true;
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
      raw.setStatus(SC_PARTIAL_CONTENT);
      raw.setContentLengthLong(range.size());
      rawStream.write(body, range.first(), range.size());
    } else {
      raw.setStatus(SC_REQUESTED_RANGE_NOT_SATISFIABLE);
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
    if (stream == null && writer == null) {
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
    raw.setStatus(notModified ? SC_NOT_MODIFIED : SC_PRECONDITION_FAILED);
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

  /** What the core sees: the container's own response. */
  ResponseView view() {
    return new ResponseView() {
      @Override
      public int status() {
        return raw.getStatus();
      }

      @Override
      public String header(String name) {
        return name.equals("Content-Type") ? raw.getContentType() : raw.getHeader(name);
      }

      @Override
      public List<String> headers(String name) {
        if (raw.getHeader(name) == null) {
          return List.of(); // most are, and a container makes much of an empty collection
        }
        Collection<String> lines = raw.getHeaders(name);
        return lines == null ? List.of() : List.copyOf(lines);
      }

      @Override
      public Collection<String> names() {
        Collection<String> names = raw.getHeaderNames();
        Set<String> all = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        all.addAll(names);
        return all;
      }

      @Override
      public void setHeader(String name, String value) {
        raw.setHeader(name, value);
      }

      @Override
      public void addHeader(String name, String value) {
        raw.addHeader(name, value);
      }

      @Override
      public boolean setsCookie() {
        return cookieAdded;
      }
    };
  }

  /** Where a body goes that has no answer any more. */
  private static final class NoStream extends ServletOutputStream {
    @Override
    public void write(int value) {}

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw new IllegalStateException("the answer is an error or a redirect already");
    }
  }
}
