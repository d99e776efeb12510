/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.Random;

/** Requests made of what clients send and of what they do not, for paths that a rule matches. */
final class Requests {

  private static final List<String> PLACES =
      List.of("visitors/echo", "named/echo", "edge/echo", "override/echo", "unstored/echo");

  private static final List<String> PIECES =
      List.of(
          "a",
          "b",
          "/",
          "//",
          "/./",
          "/../",
          "%2f",
          "%2F",
          "%2e",
          "%5c",
          "%25",
          "%252f",
          "%00",
          "%0d%0a",
          "%c0%af",
          "%e2%82%ac",
          "%zz",
          "%",
          ";",
          ";a=b",
          "..;",
          "+",
          "%20",
          "*",
          "~",
          ":",
          "@",
          "&",
          "=",
          "'",
          "(",
          "!",
          "$",
          ",",
          "a.css",
          "|",
          "{",
          "\\",
          "^",
          "\u00e9");

  private static final List<String> NAMES =
      List.of(
          "If-None-Match",
          "If-Match",
          "If-Modified-Since",
          "If-Unmodified-Since",
          "If-Range",
          "Range",
          "Cache-Control",
          "Pragma",
          "Accept",
          "Accept-Language",
          "Accept-Encoding",
          "Accept-Charset",
          "Cookie",
          "Authorization",
          "X-Forwarded-Host",
          "X-Forwarded-Proto",
          "Forwarded",
          "X-Original-URL",
          "X-HTTP-Method-Override",
          "X-Api-Key",
          "Origin",
          "Referer",
          "User-Agent",
          "TE",
          "Via",
          "Age",
          "Vary",
          "ETag",
          "Cache-Status",
          "Content-Type",
          "Content-Length",
          "Max-Forwards",
          "Upgrade-Insecure-Requests",
          "X-Larder",
          "Larder-Cache-Control");

  private static final List<String> VALUES =
      List.of(
          "",
          " ",
          "*",
          "0",
          "-1",
          "99999999999999999999",
          "a",
          "\"a\"",
          "W/\"a\"",
          "\"",
          "\"a",
          ",",
          ",,,",
          "*, \"a\"",
          "\"a\" \"b\"",
          "bytes=0-",
          "bytes=-1",
          "bytes=5-2",
          "bytes=a-b",
          "bytes=0-1,3-4",
          "bytes=0-99999999999999999999",
          "items=0-1",
          "max-age=0",
          "no-cache",
          "no-store",
          "only-if-cached",
          "max-stale=x",
          "max-age=\"1",
          "Tue, 14 Nov 2023 22:13:20 GMT",
          "Tue, 99 Nov 2023 99:99:99 GMT",
          "Sun Nov  6 08:49:37 1994",
          "de, en;q=0.5",
          "q=,;;",
          "br",
          "identity;q=0, *;q=0",
          "host=a;proto=b",
          "https",
          "/elsewhere",
          "DELETE",
          "\t",
          "user=ann; theme",
          "=;=;",
          "\u00e9\u00fc",
          "\u0080",
          "%0d%0aX: y",
          "(",
          "text/html;;;");

  private Requests() {}

  /** A request that is whole, and asks for the connection to be closed. */
  static String fuzzed(Random random) {
    StringBuilder request = new StringBuilder("GET ");
    if (random.nextInt(15) == 0) {
      request.append("http://").append(random.nextBoolean() ? "shop.test" : "other.test");
    }
    request.append("/shop/").append(any(PLACES, random)).append("/a");
    for (int i = random.nextInt(4); i > 0; i--) {
      request.append(any(PIECES, random));
    }
    if (random.nextInt(3) == 0) {
      request.append("?a=");
      for (int i = random.nextInt(3); i > 0; i--) {
        request.append(any(PIECES, random));
      }
    }
    request.append(random.nextInt(20) == 0 ? " HTTP/1.0\r\n" : " HTTP/1.1\r\n");
    request.append(random.nextInt(20) == 0 ? "Host: sh@p test/\r\n" : "Host: shop.test\r\n");
    for (int i = random.nextInt(5); i > 0; i--) {
      String name = any(NAMES, random);
      String value = any(VALUES, random);
      if (name.equals("Content-Length") && value.matches("\\d+")) {
        value = "0"; // what waits for more than it is sent would wait for long
      }
      if (name.equals("Content-Type") && value.contains("\"")) {
        value = "text"; // Jetty refuses an open quote only as a servlet reads parameters
      }
      request.append(name).append(": ").append(value).append("\r\n");
    }
    return request.append("Connection: close\r\n\r\n").toString();
  }

  /** What comes back, though the server may refuse to read all of it. */
  static String sent(ServerApp server, String request) {
    StringBuilder read = new StringBuilder();
    try (Socket socket = server.connect()) {
      Thread writer = new Thread(() -> write(socket, request));
      writer.start();
      byte[] buffer = new byte[1 << 16];
      try {
        int count;
        while ((count = socket.getInputStream().read(buffer)) >= 0) {
          read.append(new String(buffer, 0, count, ISO_8859_1));
        }
      } catch (SocketException closedWithBytesUnread) {
        // What was read before that is the answer.
      }
      writer.join();
      return read.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private static void write(Socket socket, String request) {
    try {
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
    } catch (IOException refused) {
      // The server has answered without reading on.
    }
  }

  private static <T> T any(List<T> some, Random random) {
    return some.get(random.nextInt(some.size()));
  }
}
