/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.server;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A connection to Redis for tests, with a client of its own, so that a test does not look at a
 * server through what it tests. One command at a time.
 */
public final class RedisWire implements AutoCloseable {

  private final Socket socket;
  private final InputStream in;

  RedisWire(String host, int port) {
    try {
      socket = new Socket(host, port);
      socket.setSoTimeout(10_000);
      in = new BufferedInputStream(socket.getInputStream());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * Runs a command.
   *
   * @param parts texts, or byte arrays as they are
   * @return a {@code byte[]}, a {@code Long}, a status as {@code String}, a {@code List} of such,
   *     or null
   * @throws IllegalStateException if the server answers with an error, whose text is the message
   */
  public Object command(Object... parts) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.writeBytes(("*" + parts.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
      for (Object part : parts) {
        byte[] bytes =
            part instanceof byte[] raw ? raw : part.toString().getBytes(StandardCharsets.UTF_8);
        out.writeBytes(("$" + bytes.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(bytes);
        out.writeBytes(new byte[] {'\r', '\n'});
      }
      out.writeTo(socket.getOutputStream());
      return reply();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** As {@link #command}, with the answer as text; null where it is null. */
  public String text(Object... parts) {
    Object reply = command(parts);
    return reply instanceof byte[] bytes
        ? new String(bytes, StandardCharsets.UTF_8)
        : reply == null ? null : reply.toString();
  }

  private Object reply() throws IOException {
    int kind = in.read();
    String line = line();
    return switch (kind) {
      case '+' -> line;
      case '-' -> throw new IllegalStateException(line);
      case ':' -> Long.valueOf(line);
      case '$' -> {
        int length = Integer.parseInt(line);
        if (length < 0) {
          yield null;
        }
        byte[] bytes = in.readNBytes(length);
        line();
        yield bytes;
      }
      case '*' -> {
        int count = Integer.parseInt(line);
        if (count < 0) {
          yield null;
        }
        List<Object> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
          all.add(reply());
        }
        yield all;
      }
      default -> throw new EOFException("the server sent " + kind + " " + line);
    };
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\r'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the server closed the connection");
      }
      line.write(b);
    }
    in.read();
    return line.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
