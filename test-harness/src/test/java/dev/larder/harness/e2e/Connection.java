/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;

/** A connection for one request after another, which shows each answer as its framing ends it. */
final class Connection implements AutoCloseable {

  /**
   * An answer.
   *
   * @param fields the lines of its header, as they came
   * @param body each byte a character
   */
  record Reply(int status, List<String> fields, String body) {

    /** The values of a field by commas; null where it is not there. */
    String field(String name) {
      List<String> values = lines(name);
      return values.isEmpty() ? null : String.join(", ", values);
    }

    /** The values of a field, line by line. */
    List<String> lines(String name) {
      return fields.stream()
          .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
          .map(line -> line.substring(name.length() + 1).strip())
          .toList();
    }

    /** What Larder says of it; empty where it had no part in it. */
    String larder() {
      String said = field("Cache-Status");
      return said == null ? "" : said;
    }

    boolean isStored() {
      return larder().contains("; stored");
    }

    boolean isHit() {
      return larder().contains("larder; hit") || larder().contains("; collapsed");
    }
  }

  private final Socket socket;
  private final InputStream in;

  /** Whether the end of a chunk's line is still to come: Jetty may send it with the next one. */
  private boolean inChunks;

  Connection(ServerApp server) throws IOException {
    this(server.connect());
  }

  Connection(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** One request with no body and its answer, on a connection of their own. */
  static Reply once(ServerApp server, String method, String target, String... fields) {
    try (Connection connection = new Connection(server)) {
      return connection.ask(method, target, fields);
    } catch (IOException e) {
      throw new AssertionError(method + " " + target + " " + List.of(fields), e);
    }
  }

  static Reply get(ServerApp server, String target, String... fields) {
    return once(server, "GET", target, fields);
  }

  /** A request with no body and its answer. */
  Reply ask(String method, String target, String... fields) throws IOException {
    send(request(method, target, fields));
    return read(method.equals("HEAD"));
  }

  /** A request, with a host unless one of its header lines names it. */
  static String request(String method, String target, String... fields) {
    StringBuilder text = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    boolean hosted = false;
    for (String field : fields) {
      hosted |= field.regionMatches(true, 0, "Host:", 0, 5);
    }
    if (!hosted) {
      text.append("Host: shop.test\r\n");
    }
    for (String field : fields) {
      text.append(field).append("\r\n");
    }
    return text.append("\r\n").toString();
  }

  void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /** Sends a request; whether something comes back, before the connection is closed. */
  boolean begins(String request) throws IOException {
    try {
      send(request);
      in.mark(1);
      if (in.read() < 0) {
        return false;
      }
      in.reset();
      return true;
    } catch (SocketException closed) {
      return false;
    }
  }

  /** The next answer. */
  Reply read(boolean toHead) throws IOException {
    Reply head = head();
    int status = head.status();
    if (toHead || status == 204 || status == 304 || status < 200) {
      return head;
    }
    return new Reply(status, head.fields(), body(head));
  }

  /** Status and header of the next answer, as soon as they are there. */
  Reply head() throws IOException {
    String first = line();
    List<String> fields = new ArrayList<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      fields.add(line);
    }
    return new Reply(Integer.parseInt(first.split(" ")[1]), fields, "");
  }

  private String body(Reply head) throws IOException {
    if ("chunked".equalsIgnoreCase(head.field("Transfer-Encoding"))) {
      StringBuilder body = new StringBuilder();
      for (String chunk = chunk(); !chunk.isEmpty(); chunk = chunk()) {
        body.append(chunk);
      }
      return body.toString();
    }
    String length = head.field("Content-Length");
    return length == null
        ? new String(in.readAllBytes(), ISO_8859_1)
        : exactly(Integer.parseInt(length));
  }

  /** The next chunk; empty at the end, which has no trailer. */
  String chunk() throws IOException {
    if (inChunks) {
      line();
    }
    int size = Integer.parseInt(line().split(";")[0].strip(), 16);
    inChunks = size > 0;
    if (size == 0) {
      line();
      return "";
    }
    return exactly(size);
  }

  private String exactly(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException(bytes.length + " of " + length + " bytes came");
    }
    return new String(bytes, ISO_8859_1);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("closed after '" + line + "'");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  /** Reads so many bytes, or to the end. */
  void skip(int bytes) throws IOException {
    in.readNBytes(bytes);
  }

  /** Breaks off, so that the server's next write fails. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
