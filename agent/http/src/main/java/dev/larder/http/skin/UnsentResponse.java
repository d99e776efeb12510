/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.skin;

import dev.larder.http.Recording;
import dev.larder.http.ResponseView;
import dev.larder.http.StoredResponse;
import dev.larder.http.message.HttpDate;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A response that nobody gets: what the run behind a stale answer leaves for the store. Nothing of
 * it reaches the container, whose own response has gone out.
 */
final class UnsentResponse extends HttpServletResponseWrapper implements Recording, ResponseView {

  private final LarderResponse sent;
  private final long limit;
  private final Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private int status = SC_OK;
  private String type;
  private String charset;
  private Locale locale;
  private ServletOutputStream stream;
  private PrintWriter writer;
  private boolean whole = true;

  UnsentResponse(LarderResponse sent, long limit) {
    super(sent);
    this.sent = sent;
    this.limit = limit;
  }

  /** Says that what the run gives is not the answer. */
  void spoil() {
    whole = false;
    bytes.reset();
  }

  // The body

  @Override
  public ServletOutputStream getOutputStream() {
    if (writer != null) {
      throw new IllegalStateException("getWriter() has been called for this response");
    }
    if (stream == null) {
      stream = new Kept();
    }
    return stream;
  }

  @Override
  public PrintWriter getWriter() {
    if (stream != null) {
      throw new IllegalStateException("getOutputStream() has been called for this response");
    }
    if (writer == null) {
      charset = getCharacterEncoding();
      writer = new LineWriter(new OutputStreamWriter(new Kept(), Charset.forName(charset)), sent);
    }
    return writer;
  }

  @Override
  public void flushBuffer() {
    if (writer != null) {
      writer.flush();
    }
  }

  @Override
  public boolean isCommitted() {
    return false;
  }

  @Override
  public void reset() {
    if (sent.isIncluded()) {
      spoil(); // one container resets what another one does not
      return;
    }
    resetBuffer();
    fields.clear();
    status = SC_OK;
    type = null;
    charset = null;
    locale = null;
    stream = null;
    writer = null;
  }

  @Override
  public void resetBuffer() {
    flushBuffer();
    bytes.reset();
  }

  @Override
  public void setBufferSize(int size) {}

  // Status and errors

  @Override
  public void setStatus(int status) {
    if (!sent.isIncluded()) {
      this.status = status;
    }
  }

  @Override
  public int getStatus() {
    return status;
  }

  @Override
  public void sendError(int status) {
    if (status == SC_NOT_MODIFIED && !sent.isIncluded()) {
      this.status = status;
    } else if (status >= 200) {
      spoil();
    }
  }

  @Override
  public void sendError(int status, String message) {
    sendError(status);
  }

  @Override
  public void sendRedirect(String location) {
    spoil();
  }

  /** The redirect of Servlet 6.1, which {@code super} has there as well. */
  public void sendRedirect(String location, int status, boolean clearBuffer) {
    spoil();
  }

  // Header fields, in which an included servlet has no say

  @Override
  public void setHeader(String name, String value) {
    if ("Content-Type".equalsIgnoreCase(name)) {
      setContentType(value);
    } else if (name != null && !sent.isIncluded()) {
      fields.remove(name);
      addHeader(name, value);
    }
  }

  @Override
  public void addHeader(String name, String value) {
    if ("Content-Type".equalsIgnoreCase(name)) {
      setContentType(value);
    } else if (name != null && value != null && !sent.isIncluded()) {
      fields.computeIfAbsent(name, any -> new ArrayList<>(1)).add(value);
    }
  }

  @Override
  public void setIntHeader(String name, int value) {
    setHeader(name, Integer.toString(value));
  }

  @Override
  public void addIntHeader(String name, int value) {
    addHeader(name, Integer.toString(value));
  }

  @Override
  public void setDateHeader(String name, long value) {
    setHeader(name, HttpDate.format(value));
  }

  @Override
  public void addDateHeader(String name, long value) {
    addHeader(name, HttpDate.format(value));
  }

  @Override
  public void addCookie(Cookie cookie) {
    spoil(); // a run that nobody asked for must not speak to one client
  }

  @Override
  public boolean containsHeader(String name) {
    return getHeader(name) != null;
  }

  @Override
  public String getHeader(String name) {
    List<String> lines = headers(name);
    return lines.isEmpty() ? null : lines.get(0);
  }

  @Override
  public Collection<String> getHeaders(String name) {
    return headers(name);
  }

  @Override
  public Collection<String> getHeaderNames() {
    List<String> names = new ArrayList<>(fields.keySet());
    if (type != null) {
      names.add("Content-Type");
    }
    return names;
  }

  @Override
  public void setContentLength(int length) {
    setContentLengthLong(length);
  }

  @Override
  public void setContentLengthLong(long length) {
    if (length >= 0) {
      setHeader("Content-Length", Long.toString(length));
    } else if (!sent.isIncluded()) {
      fields.remove("Content-Length");
    }
  }

  @Override
  public void setContentType(String value) {
    if (sent.isIncluded()) {
      return;
    }
    if (value == null) {
      type = null;
      return;
    }
    int parameter = value.toLowerCase(Locale.ROOT).indexOf("charset=");
    if (parameter < 0) {
      type = value;
      return;
    }
    type = value.substring(0, parameter).strip().replaceFirst("\\s*;$", "");
    String rest = value.substring(parameter + "charset=".length());
    int end = rest.indexOf(';');
    if (writer == null) {
      charset = (end < 0 ? rest : rest.substring(0, end)).strip().replace("\"", "");
    }
    type += end < 0 ? "" : rest.substring(end);
  }

  @Override
  public String getContentType() {
    return type == null || charset == null ? type : type + ";charset=" + charset;
  }

  @Override
  public void setCharacterEncoding(String encoding) {
    if (writer == null && !sent.isIncluded()) {
      charset = encoding;
    }
  }

  /** What the container would take is what it took for the answer that this run renews. */
  @Override
  public String getCharacterEncoding() {
    return charset == null ? super.getCharacterEncoding() : charset;
  }

  @Override
  public void setLocale(Locale to) {
    if (sent.isIncluded()) {
      return;
    }
    locale = to;
    setHeader("Content-Language", to.toLanguageTag());
  }

  @Override
  public Locale getLocale() {
    return locale == null ? super.getLocale() : locale;
  }

  // What the core sees

  @Override
  public boolean isWhole() {
    flushBuffer();
    String declared = getHeader("Content-Length");
    return whole && (declared == null || declared.equals(Integer.toString(bytes.size())));
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public List<StoredResponse.Field> fields() {
    List<StoredResponse.Field> all = new ArrayList<>();
    for (String name : getHeaderNames()) {
      headers(name).forEach(line -> all.add(new StoredResponse.Field(name, line)));
    }
    return all;
  }

  @Override
  public byte[] body() {
    flushBuffer();
    return bytes.toByteArray();
  }

  @Override
  public String header(String name) {
    return getHeader(name);
  }

  @Override
  public List<String> headers(String name) {
    if (name.equalsIgnoreCase("Content-Type")) {
      return type == null ? List.of() : List.of(getContentType());
    }
    return fields.getOrDefault(name, List.of());
  }

  @Override
  public Collection<String> names() {
    return getHeaderNames();
  }

  @Override
  public boolean setsCookie() {
    return !whole;
  }

  @Override
  public int cookiesAdded() {
    return whole ? 0 : 1;
  }

  private final class Kept extends ServletOutputStream {

    @Override
    public void write(int value) {
      if (whole && bytes.size() < limit) {
        bytes.write(value);
      } else {
        spoil();
      }
    }

    @Override
    public void write(byte[] from, int offset, int length) {
      if (whole && bytes.size() + (long) length <= limit) {
        bytes.write(from, offset, length);
      } else {
        spoil();
      }
    }

    @Override
    public void print(String text) throws IOException {
      byte[] bytes = Containers.printed(sent.raw(), null, UnsentResponse.this, text);
      if (bytes == null) {
        super.print(text);
      } else {
        write(bytes, 0, bytes.length);
      }
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw new IllegalStateException("nobody waits for this answer, so it cannot be asynchronous");
    }
  }
}
