/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A client that shows an answer as it stood on the wire. */
final class Wire implements AutoCloseable {

  /**
   * An answer.
   *
   * @param complete whether its end was where its framing said
   */
  record Reply(int status, List<String> fields, byte[] body, boolean complete) {

    /** All values of a field, joined; null for none. */
    String field(String name) {
      List<String> values = new ArrayList<>();
      for (String line : fields) {
        int colon = line.indexOf(':');
        if (line.substring(0, colon).equalsIgnoreCase(name)) {
          values.add(line.substring(colon + 1).strip());
        }
      }
      return values.isEmpty() ? null : String.join(", ", values);
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    /** The fields but for those named and the date, sorted, names in lower case. */
    List<String> without(String... names) {
      List<String> ignored = new ArrayList<>(List.of(names));
      ignored.addAll(List.of("date", "expires"));
      return fields.stream()
          .map(
              line ->
                  line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT)
                      + line.substring(line.indexOf(':')))
          .filter(line -> !ignored.contains(line.substring(0, line.indexOf(':'))))
          .map(line -> line.replaceAll("JSESSIONID=[^;]*", "JSESSIONID=…"))
          .map(line -> line.replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1"))
          .sorted()
          .toList();
    }
  }

  private final Socket socket;
  private final InputStream in;

  Wire(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(15_000);
    in = socket.getInputStream();
  }

  /** Asks on a connection that stays open, so that what comes is framed. */
  void open(String path) throws IOException {
    String text = "GET " + path + " HTTP/1.1\r\nHost: site\r\n\r\n";
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  static Reply get(int port, String path, String... fields) throws IOException {
    return ask(port, "GET", path, fields);
  }

  static Reply ask(int port, String method, String path, String... fields) throws IOException {
    try (Wire wire = new Wire(port)) {
      wire.send(method, path, fields);
      return wire.receive("HEAD".equals(method));
    }
  }

  void send(String method, String path, String... fields) throws IOException {
    StringBuilder text = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: site\r\n");
    for (String field : fields) {
      text.append(field).append("\r\n");
    }
    text.append("Connection: close\r\n\r\n");
    socket.getOutputStream().write(text.toString().getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  /** Status and fields alone, as soon as they are there. */
  Reply head() throws IOException {
    int status = Integer.parseInt(line().split(" ")[1]);
    List<String> fields = new ArrayList<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      fields.add(line);
    }
    return new Reply(status, fields, new byte[0], false);
  }

  Reply receive(boolean bodiless) throws IOException {
    Reply head = head();
    if (bodiless || head.status() == 304 || head.status() == 204) {
      byte[] rest = in.readAllBytes();
      return new Reply(head.status(), head.fields(), rest, rest.length == 0);
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    boolean complete = true;
    try {
      if ("chunked".equalsIgnoreCase(head.field("Transfer-Encoding"))) {
        for (byte[] chunk = chunk(); chunk.length > 0; chunk = chunk()) {
          body.writeBytes(chunk);
        }
      } else if (head.field("Content-Length") != null) {
        body.writeBytes(exactly(Integer.parseInt(head.field("Content-Length"))));
      } else {
        body.writeBytes(in.readAllBytes());
      }
    } catch (EOFException cutShort) {
      complete = false;
    }
    return new Reply(head.status(), head.fields(), body.toByteArray(), complete);
  }

  byte[] chunk() throws IOException {
    // The line end after a chunk may come with the next one (Jetty), so it is read before it.
    String size = line();
    return exactly(Integer.parseInt(size.isEmpty() ? line() : size, 16));
  }

  private byte[] exactly(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    return bytes;
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException();
      }
      if (c != '\r') {
        line.write(c);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
