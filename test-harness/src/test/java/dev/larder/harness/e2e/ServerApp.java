/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An application that serves HTTP in a JVM of its own until the test is over. */
final class ServerApp implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(90);
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private final Process process;
  private final Path out;
  private final Path err;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private int port;

  private ServerApp(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** Starts an application that prints {@code port=NUMBER} when it serves. */
  static ServerApp start(App app, Jdk jdk) {
    return start(app.builder(jdk), Pattern.compile("^port=(\\d+)$", Pattern.MULTILINE));
  }

  /**
   * Starts a process, and waits until it serves.
   *
   * @param printed what it prints then; its first group is the port
   */
  static ServerApp start(ProcessBuilder builder, Pattern printed) {
    Path out = builder.directory().toPath().resolve("stdout.txt");
    Path err = builder.directory().toPath().resolve("stderr.txt");
    try {
      Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
      ServerApp server = new ServerApp(process, out, err);
      try {
        await("the port of " + builder.directory()).atMost(START).until(() -> server.up(printed));
      } catch (RuntimeException | Error e) {
        server.close();
        throw e;
      }
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean up(Pattern printed) throws IOException {
    Matcher matcher = printed.matcher(Files.readString(out));
    if (matcher.find()) {
      port = Integer.parseInt(matcher.group(1));
      return true;
    }
    if (!process.isAlive()) {
      throw new AssertionError(
          "ended with "
              + process.exitValue()
              + " before it served; out: "
              + Files.readString(out)
              + " err: "
              + Files.readString(err));
    }
    return false;
  }

  /** Its process id, as commands are given it. */
  String pid() {
    return String.valueOf(process.pid());
  }

  /** What was printed on standard error so far. */
  List<String> errors() {
    return lines(err);
  }

  /** What was printed on standard output so far. */
  List<String> output() {
    return lines(out);
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A GET, with header fields as names and values by turns. */
  HttpResponse<String> get(String path, String... fields) {
    return send("GET", path, "", fields);
  }

  HttpResponse<String> send(String method, String path, String body, String... fields) {
    return send(method, path, body, BodyHandlers.ofString(), fields);
  }

  /** A GET whose answer is read while it is written. */
  HttpResponse<InputStream> stream(String path) {
    return send("GET", path, "", BodyHandlers.ofInputStream());
  }

  private <T> HttpResponse<T> send(
      String method, String path, String body, BodyHandler<T> handler, String... fields) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path))
            .timeout(ANSWER)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (fields.length > 0) {
      request.headers(fields);
    }
    try {
      return client.send(request.build(), handler);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted at " + path, e);
    }
  }

  /** What a client asks for at a path. */
  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  /** All that comes back over the wire for one request, each byte a character. */
  String wire(String method, String path) {
    return raw(method + " " + path + " HTTP/1.1\r\nHost: shop.test\r\nConnection: close\r\n\r\n");
  }

  /** All that comes back over the wire until the server closes it, each byte a character. */
  String raw(String request) {
    return raw(request, null);
  }

  /** All that comes back over the wire until it ends so, or until the server closes it. */
  String raw(String request, String end) {
    StringBuilder read = new StringBuilder();
    byte[] buffer = new byte[1 << 16];
    try (Socket socket = connect()) {
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      int count;
      while ((end == null || read.indexOf(end) < 0)
          && (count = socket.getInputStream().read(buffer)) >= 0) {
        read.append(new String(buffer, 0, count, ISO_8859_1));
      }
      return read.toString();
    } catch (IOException e) {
      throw new AssertionError("after " + read + " came no more for " + request, e);
    }
  }

  /** A connection of the test's own. */
  Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout((int) ANSWER.toMillis());
    return socket;
  }

  /** Ends the process, and waits until it is gone. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
