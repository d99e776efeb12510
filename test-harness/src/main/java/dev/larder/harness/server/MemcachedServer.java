/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One Memcached. */
public final class MemcachedServer extends DelegatingServer {

  private static final String IMAGE = "memcached:1.6";

  private MemcachedServer(TestServer server) {
    super(server);
  }

  /** A Memcached with nothing in it; that of {@code LARDER_TEST_MEMCACHED} if that is set. */
  public static MemcachedServer start() {
    GivenServer given = GivenServer.in("LARDER_TEST_MEMCACHED");
    return given != null ? new MemcachedServer(given) : startOwn();
  }

  /**
   * A Memcached of one's own: several make a ring.
   *
   * @param options further options of {@code memcached}, such as {@code -M}
   */
  public static MemcachedServer startOwn(String... options) {
    return launch(Ports.free(), null, Map.of(), options);
  }

  /**
   * A Memcached that wants SASL. Needs {@code saslpasswd2} on this machine, and runs as a process
   * of it.
   */
  public static MemcachedServer startWithSasl(String user, String password) {
    Path saslpasswd = LocalProcess.find("saslpasswd2");
    if (saslpasswd == null) {
      throw new IllegalStateException("saslpasswd2 is not on the PATH; it comes with sasl2-bin");
    }
    try {
      Path directory = Files.createTempDirectory("larder-sasl");
      Path users = directory.resolve("users.db");
      Process process =
          new ProcessBuilder(
                  saslpasswd.toString(),
                  "-p",
                  "-c",
                  "-a",
                  "memcached",
                  "-f",
                  users.toString(),
                  user)
              .redirectErrorStream(true)
              .start();
      process.getOutputStream().write(password.getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException("saslpasswd2 failed: " + output);
      }
      Files.writeString(
          directory.resolve("memcached.conf"),
          "mech_list: plain\nsasldb_path: " + users + "\nlog_level: 0\n");
      return launch(Ports.free(), directory, Map.of("SASL_CONF_PATH", directory.toString()), "-S");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while saslpasswd2 ran", interrupted);
    }
  }

  private static MemcachedServer launch(
      int port, Path directory, Map<String, String> environment, String... options) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("memcached", "-l", "127.0.0.1", "-p", Integer.toString(port)));
    command.addAll(List.of("-u", System.getProperty("user.name")));
    command.addAll(List.of(options));
    Launch launch =
        new Launch(
            "memcached",
            IMAGE,
            command,
            port,
            directory,
            environment,
            () -> Ports.accepts("127.0.0.1", port));
    return new MemcachedServer(directory == null ? launch.start() : new LocalProcess(launch));
  }

  /** Removes all that it holds. */
  public void flush() {
    talk("flush_all", "OK");
  }

  /**
   * How many items it holds, those included whose time is over but whose room is not yet needed.
   */
  public long items() {
    Matcher items = Pattern.compile("STAT curr_items (\\d+)").matcher(talk("stats", "END"));
    if (!items.find()) {
      throw new IllegalStateException("the server does not say how many items it holds");
    }
    return Long.parseLong(items.group(1));
  }

  /**
   * For how many seconds it still keeps the item of a key, by its own clock; -1 where it has none.
   *
   * @param key as it is stored: printable, without spaces
   */
  public long secondsLeft(String key) {
    String answer = talk("mg " + key + " t", "");
    Matcher left = Pattern.compile("HD t(\\d+)\r\n").matcher(answer);
    return left.matches() ? Long.parseLong(left.group(1)) : -1;
  }

  /**
   * Fills it up with items that stay, until it has no room for more: one that was started with
   * {@code -M}, or it would make room.
   */
  public void fill() {
    for (int size = 500_000; size > 50; size /= 3) {
      String value = "x".repeat(size);
      for (int i = 0; ; i++) {
        String line = "set fill-" + size + "-" + i + " 0 0 " + size + "\r\n" + value;
        if (!talk(line, "").startsWith("STORED")) {
          break;
        }
      }
    }
  }

  /** Says a line in the text protocol and gives the answer up to the line that ends it. */
  private String talk(String line, String end) {
    try (Socket socket = new Socket(host(), port())) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
      StringBuilder answer = new StringBuilder();
      while (!answer.toString().endsWith(end + "\r\n")) {
        int next = socket.getInputStream().read();
        if (next < 0) {
          throw new IllegalStateException("the server closed the connection after " + answer);
        }
        answer.append((char) next);
      }
      return answer.toString();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
