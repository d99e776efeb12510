/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.skin;

import dev.larder.http.RecordedBody;
import dev.larder.http.Recording;
import dev.larder.http.StoredResponse;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.function.Supplier;

/**
 * The response as the servlet sees it behind the filters: everything goes on to them, and what the
 * servlet itself gives is noted for the store.
 */
final class RecordingResponse extends HttpServletResponseWrapper implements Recording {

  private final HttpServletResponse given;
  private final LarderResponse ours;
  private final IntPredicate held;
  private final Set<String> touched = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  private final List<String> cookies = new ArrayList<>(0);

  private final RecordedBody body;

  private ServletOutputStream stream;
  private PrintWriter writer;

  /** An error that is held back, since a stored response may take its place; 0 for none. */
  private int error;

  private String errorMessage;

  /** How long the servlet says that its body is; negative if it does not. */
  private long declared = -1;

  /**
   * A record of what is given to a response.
   *
   * @param ours the response beneath those of the filters
   * @param body where the body is noted
   * @param held which errors are held back until the servlet has ended
   */
  RecordingResponse(
      HttpServletResponse given, LarderResponse ours, RecordedBody body, IntPredicate held) {
    super(given);
    this.given = given;
    this.ours = ours;
    this.body = body;
    this.held = held;
  }

  /** The names of the fields that the servlet set, in any case. */
  Set<String> touched() {
    return touched;
  }

  /** Whether it goes on to this response, and to no filter's. */
  boolean isOf(HttpServletResponse response) {
    return given == response;
  }

  /** Says that the record is not the answer: an error, or bytes that went past it. */
  void spoil() {
    body.spoil();
  }

  @Override
  public ServletOutputStream getOutputStream() throws IOException {
    if (stream == null) {
      stream = new Tee(super.getOutputStream());
    }
    return stream;
  }

  @Override
  public PrintWriter getWriter() throws IOException {
    if (writer == null) {
      writer = new LineWriter(new WriterTee(super.getWriter()), ours);
    }
    return writer;
  }

  /** Forgets what was written before a forward, and the choice between stream and writer. */
  void beforeForward() {
    stream = null;
    writer = null;
    body.forget();
  }

  @Override
  public void reset() {
    super.reset();
    stream = null;
    writer = null;
    if (ours.isIncluded()) {
      spoil(); // one container resets what another one does not
      return;
    }
    touched.clear();
    cookies.clear();
    declared = -1;
    body.forget();
  }

  @Override
  public void resetBuffer() {
    super.resetBuffer();
    body.forget();
  }

  @Override
  public void sendError(int status) throws IOException {
    if (!holds(status, null)) {
      super.sendError(status);
    }
  }

  @Override
  public void sendError(int status, String message) throws IOException {
    if (!holds(status, message)) {
      super.sendError(status, message);
    }
  }

  /** Jetty sends 102 and 103, and aborts at -1, by this method: none of them is the answer. */
  private boolean holds(int status, String message) {
    if (status > 0 && status < 200) {
      return false;
    }
    if (!ours.isIncluded() && held.test(status)) {
      error = status;
      errorMessage = message;
      return true;
    }
    spoil();
    return false;
  }

  /** Sends the error that was held back, if there is one. */
  void release() throws IOException {
    if (error == SC_NOT_MODIFIED) {
      given.setStatus(error);
    } else if (error != 0) {
      spoil();
      given.sendError(error, errorMessage);
    }
    error = 0;
  }

  @Override
  public int getStatus() {
    return status();
  }

  @Override
  public boolean isCommitted() {
    return error != 0 || super.isCommitted();
  }

  @Override
  public void sendRedirect(String location) throws IOException {
    spoil();
    super.sendRedirect(location);
  }

  /** The redirect of Servlet 6.1, which {@code super} has there as well. */
  public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
    spoil();
    Redirect.send(given, location, status, clearBuffer);
  }

  @Override
  public void setTrailerFields(Supplier<Map<String, String>> fields) {
    spoil();
    super.setTrailerFields(fields);
  }

  // Header fields that the servlet has a hand in

  /** Containers ignore a field without a name. */
  private void touch(String name) {
    if (name != null) {
      touched.add(name);
    }
  }

  private void touch(String name, String value) {
    touch(name);
    if (LarderResponse.isLength(name)) {
      declare(LarderResponse.length(value));
    }
  }

  private void declare(long length) {
    if (!ours.isIncluded()) {
      declared = length;
    }
  }

  @Override
  public void setHeader(String name, String value) {
    touch(name, value);
    super.setHeader(name, value);
  }

  @Override
  public void addHeader(String name, String value) {
    touch(name, value);
    super.addHeader(name, value);
  }

  @Override
  public void setIntHeader(String name, int value) {
    touch(name, Integer.toString(value));
    super.setIntHeader(name, value);
  }

  @Override
  public void addIntHeader(String name, int value) {
    touch(name, Integer.toString(value));
    super.addIntHeader(name, value);
  }

  @Override
  public void setDateHeader(String name, long value) {
    touch(name);
    super.setDateHeader(name, value);
  }

  @Override
  public void addDateHeader(String name, long value) {
    touch(name);
    super.addDateHeader(name, value);
  }

  @Override
  public void addCookie(Cookie cookie) {
    touched.add("Set-Cookie");
    cookies.add(CookieLine.of(cookie));
    super.addCookie(cookie);
  }

  @Override
  public void setContentLength(int length) {
    declare(length);
    super.setContentLength(length);
  }

  @Override
  public void setContentLengthLong(long length) {
    declare(length);
    super.setContentLengthLong(length);
  }

  @Override
  public void setLocale(Locale locale) {
    touched.add("Content-Language");
    super.setLocale(locale);
  }

  // What is stored

  @Override
  public boolean isWhole() {
    // By the servlet's own word, since a filter that codes the body has another length.
    byte[] made = body();
    return made != null && (declared < 0 || declared == made.length);
  }

  @Override
  public int status() {
    return error != 0 ? error : given.getStatus();
  }

  @Override
  public List<StoredResponse.Field> fields() {
    List<StoredResponse.Field> fields = new ArrayList<>();
    if (given.getContentType() != null) {
      fields.add(new StoredResponse.Field("Content-Type", given.getContentType()));
    }
    for (String name : touched) {
      if (!name.equalsIgnoreCase("Content-Type")) {
        lines(name).forEach(line -> fields.add(new StoredResponse.Field(name, line)));
      }
    }
    return fields;
  }

  private Collection<String> lines(String name) {
    Collection<String> lines = given.getHeaders(name);
    if (!lines.isEmpty()) {
      return ours.said().lines(name, lines);
    }
    // Undertow shows no cookie before it commits, and Tomcat no language.
    if (name.equalsIgnoreCase("Content-Language") && ours.said().language() != null) {
      return List.of(ours.said().language());
    }
    return name.equalsIgnoreCase("Set-Cookie") ? cookies : lines;
  }

  @Override
  public byte[] body() {
    return body.made(() -> Charset.forName(given.getCharacterEncoding()));
  }

  /** What is written: on to the filters, and noted once they have it. */
  @FunctionalInterface
  private interface Write {
    void run() throws IOException;
  }

  private void pass(Write write, Runnable note) throws IOException {
    if (error != 0) {
      return;
    }
    try {
      write.run();
    } catch (IOException | RuntimeException | Error e) {
      spoil();
      throw e;
    }
    note.run();
  }

  private final class Tee extends ServletOutputStream {
    private final ServletOutputStream to;

    Tee(ServletOutputStream to) {
      this.to = to;
    }

    @Override
    public void write(int value) throws IOException {
      pass(() -> to.write(value), () -> body.wrote(new byte[] {(byte) value}, 0, 1));
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
      pass(() -> to.write(from, offset, length), () -> body.wrote(from, offset, length));
    }

    @Override
    public void print(String text) throws IOException {
      byte[] bytes = to instanceof LarderOutputStream ours ? ours.printed(text) : null;
      if (bytes == null) {
        super.print(text);
      } else {
        write(bytes, 0, bytes.length);
      }
    }

    @Override
    public void flush() throws IOException {
      to.flush();
    }

    @Override
    public void close() throws IOException {
      to.close();
    }

    @Override
    public boolean isReady() {
      return to.isReady();
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      spoil();
      to.setWriteListener(listener);
    }
  }

  private final class WriterTee extends FilterWriter {

    WriterTee(PrintWriter to) {
      super(to);
    }

    @Override
    public void write(int value) throws IOException {
      pass(() -> out.write(value), () -> body.wrote(new char[] {(char) value}, 0, 1));
    }

    @Override
    public void write(char[] from, int offset, int length) throws IOException {
      pass(() -> out.write(from, offset, length), () -> body.wrote(from, offset, length));
    }

    @Override
    public void write(String from, int offset, int length) throws IOException {
      pass(() -> out.write(from, offset, length), () -> body.wrote(from, offset, length));
    }
  }
}
