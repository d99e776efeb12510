/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.skin;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Locale;

/** The answer to an unsafe request, which changes nothing but says when its first byte comes. */
final class UnsafeResponse extends HttpServletResponseWrapper {

  private final UnsafeExchange exchange;

  private ServletOutputStream stream;
  private PrintWriter writer;
  private volatile boolean begun;

  /** Whether a forward to which this was given has ended, and Undertow is about to close it. */
  private boolean closing;

  /** Whether an error of Tomcat's has taken the place of the body. */
  private boolean replaced;

  UnsafeResponse(HttpServletResponse raw, UnsafeExchange exchange) {
    super(raw);
    this.exchange = exchange;
  }

  private void begin() {
    if (!begun) {
      begun = true;
      exchange.beforeAnswer();
    }
  }

  /**
   * Undertow ends the response of a forward: its own by a close, of which it says the length, any
   * other by a flush before that. So this one takes no flush until it is closed, and has no writer
   * for that alone, which would settle an encoding.
   */
  void closing() {
    closing = Containers.isUndertow(getResponse());
  }

  @Override
  public ServletOutputStream getOutputStream() throws IOException {
    ServletOutputStream raw = super.getOutputStream();
    if (stream == null) {
      stream = new Stream(raw);
    }
    return stream;
  }

  @Override
  public PrintWriter getWriter() throws IOException {
    if (closing && writer == null) {
      throw new IllegalStateException("the forward has ended, and nobody asked for a writer in it");
    }
    if (replaced && writer == null) {
      // Asked for at the end of a forward, where its encoding would become the error page's.
      return new PrintWriter(Writer.nullWriter());
    }
    PrintWriter raw = super.getWriter();
    if (writer == null) {
      writer = new Text(raw);
    }
    return writer;
  }

  @Override
  public void flushBuffer() throws IOException {
    begin();
    super.flushBuffer();
  }

  @Override
  public void reset() {
    super.reset();
    stream = null;
    writer = null;
    begun = false;
    replaced = false;
  }

  @Override
  public void resetBuffer() {
    super.resetBuffer();
    begun = false;
  }

  @Override
  public void sendError(int status) throws IOException {
    super.sendError(status);
    replaced = Containers.isTomcat(getResponse());
  }

  @Override
  public void sendError(int status, String message) throws IOException {
    super.sendError(status, message);
    replaced = Containers.isTomcat(getResponse());
  }

  @Override
  public void sendRedirect(String location) throws IOException {
    exchange.beforeRedirect(location);
    super.sendRedirect(location);
  }

  /** The redirect of Servlet 6.1, which {@code super} has there as well. */
  public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
    exchange.beforeRedirect(location);
    Redirect.send((HttpServletResponse) getResponse(), location, status, clearBuffer);
  }

  private final class Stream extends ServletOutputStream {
    private final ServletOutputStream to;

    Stream(ServletOutputStream to) {
      this.to = to;
    }

    @Override
    public void write(int value) throws IOException {
      begin();
      to.write(value);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
      begin();
      to.write(from, offset, length);
    }

    /** Jetty encodes it in a way of its own. */
    @Override
    public void print(String text) throws IOException {
      begin();
      to.print(text);
    }

    @Override
    public void flush() throws IOException {
      if (!closing) {
        begin();
        to.flush();
      }
    }

    @Override
    public void close() throws IOException {
      closing = false;
      begin();
      to.close();
    }

    @Override
    public boolean isReady() {
      return to.isReady();
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      to.setWriteListener(listener);
    }
  }

  /** Calls the container's writer alone, which has its own ways with lines and errors. */
  private final class Text extends PrintWriter {
    private final PrintWriter to;

    Text(PrintWriter to) {
      super(to);
      this.to = to;
    }

    @Override
    public void write(int value) {
      begin();
      to.write(value);
    }

    @Override
    public void write(char[] from, int offset, int length) {
      begin();
      to.write(from, offset, length);
    }

    @Override
    public void write(String from, int offset, int length) {
      begin();
      to.write(from, offset, length);
    }

    @Override
    public PrintWriter format(String text, Object... values) {
      begin();
      to.format(text, values);
      return this;
    }

    @Override
    public PrintWriter format(Locale locale, String text, Object... values) {
      begin();
      to.format(locale, text, values);
      return this;
    }

    @Override
    public void println() {
      begin();
      to.println();
    }

    @Override
    public void flush() {
      if (!closing) {
        begin();
        to.flush();
      }
    }

    @Override
    public void close() {
      closing = false;
      begin();
      to.close();
    }

    @Override
    public boolean checkError() {
      return to.checkError();
    }
  }
}
