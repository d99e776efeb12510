/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.skin;

import dev.larder.http.Capture;
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
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The response as the application sees it. Header fields and status go straight to the container,
 * so that it keeps its own rules about them; the body goes through the {@link Capture}.
 *
 * <p>Once the application has flushed, the answer counts as committed, though it may not be yet:
 * what the container would ignore from then on is ignored here, and what it would refuse is let go
 * to it after the flush has really been made.
 */
final class LarderResponse extends HttpServletResponseWrapper {

  private final HttpServletResponse raw;
  private final ServletExchange exchange;

  private final ContainerOut out;

  private LarderOutputStream stream;
  private PrintWriter writer;
  private final SaidFields said;
  private HttpServletResponse shown;

  /** Whether an error or a redirect has taken the place of the body. */
  private boolean replaced;

  LarderResponse(HttpServletResponse raw, ServletExchange exchange) {
    super(raw);
    this.raw = raw;
    this.exchange = exchange;
    out = new ContainerOut(raw, exchange);
    said = new SaidFields(raw);
  }

  ContainerOut out() {
    return out;
  }

  SaidFields said() {
    return said;
  }

  HttpServletResponse raw() {
    return raw;
  }

  /** Whether it is what a servlet is given, with no filter's response between, nor any body yet. */
  boolean isBehind(HttpServletResponse given) {
    boolean own = given == this || (given instanceof RecordingResponse record && record.isOf(this));
    return own && stream == null && writer == null;
  }

  /**
   * Whether an included servlet runs, which has no say but on the body: the container ignores its
   * errors, redirects and header fields, and what is held of the page around it must outlast them.
   */
  boolean isIncluded() {
    return isTomcatsInclude() || exchange.request.isIncluded();
  }

  private boolean isTomcatsInclude() {
    return super.getResponse() != raw;
  }

  /**
   * Whether neither a flush nor a close goes on to the container: Undertow takes none in an
   * include, Jetty would send an error without the page that it is still to make of it, and a
   * stored answer may take the place of this one.
   */
  boolean isDeaf() {
    return replaced
        || exchange.standIn.waits(out.status())
        || (Containers.isUndertow(raw) && exchange.request.isIncluded());
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
      ServletOutputStream rawStream = super.getOutputStream();
      if (writer != null) {
        forget(); // Jetty has cleared its response for a forward
      }
      out.open(rawStream);
      stream = new LarderOutputStream(rawStream, this, capture());
    }
    return stream;
  }

  @Override
  public PrintWriter getWriter() throws IOException {
    if (writer == null && replaced) {
      // Tomcat asks for it at the end of a forward, and would take its encoding for the error's.
      return new PrintWriter(Writer.nullWriter());
    }
    if (writer == null && stream != null && exchange.answer().isServed()) {
      // The servlet may have had the writer of its filters, where what is stored has the stream.
      Charset charset = Charset.forName(getCharacterEncoding());
      writer = new LineWriter(new StreamWriter(stream, charset), this);
    }
    if (writer == null) {
      // Asked at once, because it settles the encoding and what Content-Type says of it.
      PrintWriter rawWriter = super.getWriter();
      if (stream != null) {
        forget();
      }
      out.open(rawWriter);
      writer = new LarderWriter(rawWriter, capture(), this);
    }
    return writer;
  }

  /**
   * Clears what was written before a forward, and the choice between stream and writer. What comes
   * is held, rule or not: at a forward's end Undertow flushes what is not its own response.
   */
  void beforeForward() {
    discard();
    if (!super.isCommitted()) {
      capture().forgotten();
    }
    if (capture().hold()) {
      forget();
    }
  }

  private void forget() {
    capture().clear();
    out.forget();
    stream = null;
    writer = null;
  }

  @Override
  public void flushBuffer() throws IOException {
    if (!isDeaf()) {
      // Tomcat refuses a stream that is not ready its own flush, but not this one.
      capture().flush(writer == null ? super::flushBuffer : out::flush);
    }
  }

  @Override
  public boolean isCommitted() {
    return capture().isFlushed() || capture().isDropping() || super.isCommitted();
  }

  @Override
  public void reset() {
    if (isTomcatsInclude()) {
      super.reset();
      return;
    }
    discard();
    super.reset();
    stream = null;
    writer = null;
    out.reset();
    said.clear();
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
    if (isIncluded()) {
      super.sendError(status);
    } else if (!exchange.standIn.holds(status, null)) {
      beforeError(status);
      super.sendError(status);
      replaced |= isFinal(status);
    }
  }

  @Override
  public void sendError(int status, String message) throws IOException {
    if (isIncluded()) {
      super.sendError(status, message);
    } else if (!exchange.standIn.holds(status, message)) {
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
    if (isIncluded()) {
      super.sendRedirect(location);
      return;
    }
    discard();
    capture().abandon();
    super.sendRedirect(location);
    replaced = true;
  }

  /** The redirect of Servlet 6.1, which {@code super} has there as well. */
  public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
    if (isIncluded()) {
      Redirect.send((HttpServletResponse) super.getResponse(), location, status, clearBuffer);
      return;
    }
    if (clearBuffer) {
      discard();
      capture().abandon();
    } else {
      passOn();
    }
    Redirect.send(raw, location, status, clearBuffer);
    replaced = clearBuffer;
  }

  /** Held like any other body until its end, since status and header fields may change yet. */
  @Override
  public void setTrailerFields(Supplier<Map<String, String>> fields) {
    if (isSealed()) {
      passOn();
    }
    super.setTrailerFields(fields);
    capture().trailed();
  }

  private void expect(String name, String value) {
    if (isLength(name)) {
      capture().expect(length(value));
    }
  }

  private void expect(long length) {
    if (!isIncluded()) {
      capture().expect(length);
    }
  }

  static boolean isLength(String name) {
    return "Content-Length".equalsIgnoreCase(name);
  }

  static long length(String value) {
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

  /** The application's own: filters that count or log it see what they would without us. */
  @Override
  public int getStatus() {
    return out.status();
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
      if (!isIncluded()) {
        said.set(name);
        expect(name, value);
      }
      super.setHeader(name, value);
    }
  }

  @Override
  public void addHeader(String name, String value) {
    if (!isSealed()) {
      if (!isIncluded()) {
        said.add(name, value);
        expect(name, value);
      }
      super.addHeader(name, value);
    }
  }

  @Override
  public void setIntHeader(String name, int value) {
    if (!isSealed()) {
      if (!isIncluded()) {
        said.set(name);
        expect(name, Integer.toString(value));
      }
      super.setIntHeader(name, value);
    }
  }

  @Override
  public void addIntHeader(String name, int value) {
    if (!isSealed()) {
      if (!isIncluded()) {
        String line = Integer.toString(value);
        said.add(name, line);
        expect(name, line);
      }
      super.addIntHeader(name, value);
    }
  }

  @Override
  public void setDateHeader(String name, long value) {
    if (!isSealed()) {
      if (!isIncluded()) {
        said.set(name);
      }
      super.setDateHeader(name, value);
    }
  }

  @Override
  public void addDateHeader(String name, long value) {
    if (!isSealed()) {
      if (!isIncluded()) {
        said.note(name);
      }
      super.addDateHeader(name, value);
    }
  }

  @Override
  public void addCookie(Cookie cookie) {
    if (!isSealed()) {
      said.addCookie(cookie);
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
      if (locale != null && !isIncluded()) {
        said.setLocale();
      }
      super.setLocale(locale);
    }
  }

  @Override
  public void setContentLength(int length) {
    if (!isSealed()) {
      expect(length);
      super.setContentLength(length);
    }
  }

  @Override
  public void setContentLengthLong(long length) {
    if (!isSealed()) {
      expect(length);
      super.setContentLengthLong(length);
    }
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
