/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.server;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A proxy before an HTTP server that answers requests itself, with an error, for as long as it is
 * told to: the server never sees them.
 */
public final class RefusingProxy extends Proxy {

  private final String host;
  private final int port;

  /** The answer to each request; null to pass it on. */
  private volatile byte[] refusal;

  private RefusingProxy(String address) throws IOException {
    super("refusing-proxy");
    int colon = address.lastIndexOf(':');
    this.host = address.substring(0, colon);
    this.port = Integer.parseInt(address.substring(colon + 1));
  }

  /** A proxy before what listens at {@code host:port}, which passes everything at first. */
  public static RefusingProxy before(String address) {
    try {
      RefusingProxy proxy = new RefusingProxy(address);
      proxy.begin();
      return proxy;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * Answers each request from now on.
   *
   * @param status such as 400
   * @param json the body
   */
  public void refuse(int status, String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    String head =
        "HTTP/1.1 "
            + status
            + " Refused\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: "
            + body.length
            + "\r\n\r\n";
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
    whole.writeBytes(body);
    refusal = whole.toByteArray();
  }

  /** Passes requests on again. */
  public void pass() {
    refusal = null;
  }

  @Override
  void serve(Socket client) {
    start("requests", () -> pass(client));
  }

  /** A client sends no request before it has the answer to the last: so answers need no order. */
  private void pass(Socket client) {
    Socket server = null;
    try {
      InputStream in = new BufferedInputStream(client.getInputStream());
      for (byte[] request = request(in); request != null; request = request(in)) {
        byte[] refused = refusal;
        if (refused != null) {
          client.getOutputStream().write(refused);
          continue;
        }
        if (server == null) {
          server = new Socket(host, port);
          server.setTcpNoDelay(true);
          opened(server);
          Socket answering = server;
          start("answers", () -> answer(answering, client));
        }
        server.getOutputStream().write(request);
      }
    } catch (IOException closed) {
      // One side is gone, so the other goes too.
    } finally {
      end(client);
      if (server != null) {
        end(server);
      }
    }
  }

  /** The bytes of one request; null at the end. */
  private static byte[] request(InputStream in) throws IOException {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    int length = 0;
    while (true) {
      String line = line(in, request);
      if (line == null) {
        return null;
      }
      if (line.isEmpty()) {
        request.writeBytes(in.readNBytes(length));
        return request.toByteArray();
      }
      String lower = line.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring("content-length:".length()).trim());
      }
    }
  }

  private static String line(InputStream in, ByteArrayOutputStream copy) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      copy.write(b);
      if (b == '\n') {
        return line.toString(StandardCharsets.ISO_8859_1);
      }
      if (b != '\r') {
        line.write(b);
      }
    }
    return null;
  }

  private void answer(Socket server, Socket client) {
    try {
      OutputStream out = client.getOutputStream();
      server.getInputStream().transferTo(out);
    } catch (IOException closed) {
      // One side is gone, so the other goes too.
    } finally {
      end(client);
      end(server);
    }
  }
}
