/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import dev.larder.http.message.EntityTag;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * What {@code http-figures.sh} runs: the same requests to a bare Tomcat and to one under the agent,
 * taking turns, so that whatever else the machine does meets both. A ratio is made of each pair of
 * neighbours: of requests per second and of the server's CPU time per request where two clients ask
 * as fast as they can, and of the median time that a client alone waits for an answer. The table
 * shows medians.
 *
 * <p>All rows are warmed up, on both servers, before the first is measured: what a server has
 * compiled for one row it may throw away and compile anew when it meets the next.
 */
public final class HttpFigures {

  private static final int CLIENTS = 2;
  private static final String LENGTH = "content-length:";
  private static final int WARM_UP_ROUNDS = 6;

  private static final String RULES =
      """
      http.kept.paths = /kept/**, /mvc/kept/**
      http.kept.store = 1h
      http.kept.max-entries = 1000
      http.tagged.paths = /tagged/**, /mvc/tagged/**
      """;

  /**
   * What is compared.
   *
   * @param path what is asked of the server under the agent, without the body's size
   * @param unlike whether it is asked for another query each time
   * @param base what is asked of the bare server
   */
  private record Row(String what, String path, boolean unlike, String base, int size) {

    /** How many requests make a measured round. */
    int requests() {
      return size > 4096 ? 4_000 : 10_000;
    }
  }

  /** A server in a JVM of its own. */
  private record Server(Process process, int port) {

    static Server start(Path folder, String classPath, boolean agent) throws IOException {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.add("-Xmx512m");
      if (agent) {
        command.add("-javaagent:" + Path.of("agent/target/larder-agent.jar").toAbsolutePath());
      }
      command.addAll(List.of("-cp", classPath, "Site"));
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectError(folder.resolve(agent ? "agent.txt" : "bare.txt").toFile())
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
      BufferedReader out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      String line = out.readLine();
      if (line == null || !line.startsWith("port=")) {
        process.destroyForcibly();
        throw new IOException("the server said '" + line + "' in place of its port, see " + folder);
      }
      return new Server(process, Integer.parseInt(line.substring("port=".length())));
    }

    double cpuMicros() {
      return process.info().totalCpuDuration().orElseThrow().toNanos() / 1e3;
    }
  }

  /**
   * One round.
   *
   * @param rate requests per second
   * @param cpu the server's CPU time for one request, in microseconds
   * @param latency the median time that a client alone waited, in nanoseconds
   */
  private record Sample(double rate, double cpu, double latency) {}

  private static long asked;

  private static Sample round(Server server, String path, boolean unlike, int requests)
      throws Exception {
    double latency = median(ask(server.port, path, unlike ? asked += requests : -1, requests / 4));
    double cpu = server.cpuMicros();
    long begun = System.nanoTime();
    List<Thread> threads = new ArrayList<>();
    List<Exception> failures = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      long first = asked += requests;
      Thread thread =
          new Thread(
              () -> {
                try {
                  ask(server.port, path, unlike ? first : -1, requests / CLIENTS);
                } catch (Exception e) {
                  synchronized (failures) {
                    failures.add(e);
                  }
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    if (!failures.isEmpty()) {
      throw failures.get(0);
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    return new Sample(requests / seconds, (server.cpuMicros() - cpu) / requests, latency);
  }

  /**
   * Asks over one connection; each time for another query, if a first one is given. How long it
   * waited each time, in nanoseconds.
   */
  private static double[] ask(int port, String path, long query, int times) throws IOException {
    double[] waits = new double[times];
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      InputStream in = socket.getInputStream();
      byte[] answer = new byte[1 << 18];
      byte[] same = request(path);
      for (int i = 0; i < times; i++) {
        byte[] next = query < 0 ? same : request(path + "?q=" + (query + i));
        long begun = System.nanoTime();
        socket.getOutputStream().write(next);
        read(in, answer);
        waits[i] = System.nanoTime() - begun;
      }
    }
    return waits;
  }

  /** Reads one answer, with as little work for a line of its head as can be. */
  private static void read(InputStream in, byte[] answer) throws IOException {
    int have = 0;
    int line = 0;
    int body = -1;
    int length = -1;
    while (body < 0 || have < body + length) {
      int more = in.read(answer, have, answer.length - have);
      if (more < 0) {
        throw new IOException("the server closed the connection");
      }
      have += more;
      for (int at = line; body < 0 && at + 1 < have; at++) {
        if (answer[at] == '\r' && answer[at + 1] == '\n') {
          if (line == 0
              && !new String(answer, 0, at, StandardCharsets.ISO_8859_1).contains(" 200")) {
            throw new IOException(
                "answered " + new String(answer, 0, at, StandardCharsets.ISO_8859_1));
          }
          if (at == line) {
            body = at + 2;
          } else if (isLength(answer, line)) {
            String value = new String(answer, line, at - line, StandardCharsets.ISO_8859_1);
            length = Integer.parseInt(value.substring(LENGTH.length()).strip());
          }
          line = at + 2;
          at++;
        }
      }
    }
  }

  private static boolean isLength(byte[] answer, int line) {
    for (int i = 0; i < LENGTH.length(); i++) {
      if (Character.toLowerCase(answer[line + i]) != LENGTH.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static byte[] request(String path) {
    return ("GET " + path + " HTTP/1.1\r\nHost: shop.test\r\n\r\n")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (int size : new int[] {1 << 10, 1 << 16}) {
      rows.add(new Row("stored / hand-written filter", "/kept/", false, "/filter/", size));
      for (String by : new String[] {"/", "/mvc/"}) {
        String who = by.equals("/") ? "servlet" : "Spring MVC handler";
        String page = by + "page/";
        rows.add(new Row("stored / " + who, by + "kept/", false, page, size));
        rows.add(new Row("missed and stored / " + who, by + "kept/", true, page, size));
        rows.add(new Row("tagged / " + who, by + "tagged/", false, page, size));
        rows.add(new Row("no rule matches / " + who, page, false, page, size));
      }
    }
    return rows;
  }

  private static void warmUp(Server agent, Server bare, List<Row> rows) throws Exception {
    for (int i = 0; i < WARM_UP_ROUNDS; i++) {
      for (Row row : rows) {
        int requests = row.requests() * 3 / 2;
        round(agent, row.path + row.size, row.unlike, requests);
        round(bare, row.base + row.size, row.unlike, requests);
      }
    }
  }

  private static void compare(Server agent, Server bare, Row row, int rounds) throws Exception {
    double[] rates = new double[rounds];
    double[] cpus = new double[rounds];
    double[] latencies = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      Sample with = round(agent, row.path + row.size, row.unlike, row.requests());
      Sample without = round(bare, row.base + row.size, row.unlike, row.requests());
      rates[i] = with.rate / without.rate;
      cpus[i] = with.cpu / without.cpu;
      latencies[i] = with.latency / without.latency;
    }
    System.out.printf(
        Locale.ROOT,
        "| %s | %d KB | %s | %s | %s |%n",
        row.what,
        row.size >> 10,
        spread(rates),
        spread(cpus),
        spread(latencies));
  }

  /** The median, and the quartiles around it. */
  private static String spread(double[] values) {
    double middle = median(values); // which sorts them
    return String.format(
        Locale.ROOT,
        "%.2f (%.2f to %.2f)",
        middle,
        values[values.length / 4],
        values[values.length - 1 - values.length / 4]);
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  private static double hashing() {
    byte[] body = new byte[1 << 16];
    double[] rates = new double[9];
    for (int i = 0; i < rates.length; i++) {
      long begun = System.nanoTime();
      for (int n = 0; n < 4_000; n++) {
        body[n % body.length]++;
        EntityTag.of(true, body, body.length, "text/plain", null, null);
      }
      rates[i] = 4_000.0 * body.length / (System.nanoTime() - begun);
    }
    return median(rates);
  }

  public static void main(String[] args) throws Exception {
    int rounds = Integer.parseInt(args[0]);
    Path folder = Files.createTempDirectory("larder-figures");
    String classPath = folder + File.pathSeparator + jars(Path.of(args[1]));
    Files.writeString(folder.resolve("larder.properties"), RULES);
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-d",
                folder.toString(),
                "-cp",
                classPath,
                "test-harness/src/figures/java/Site.java");
    if (compiled != 0) {
      throw new IllegalStateException("Site.java does not compile");
    }
    Server bare = Server.start(folder, classPath, false);
    Server agent = null;
    try {
      agent = Server.start(folder, classPath, true);
      List<Row> rows = rows();
      warmUp(agent, bare, rows);
      System.out.printf(
          Locale.ROOT,
          "Java %s, %d processors, load %.1f once all is warm, %d pairs%n%n",
          Runtime.version(),
          Runtime.getRuntime().availableProcessors(),
          ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
          rounds);
      System.out.println(
          "| with the agent / without | body | requests per second | CPU | latency |");
      System.out.println("| --- | --- | --- | --- | --- |");
      for (Row row : rows) {
        compare(agent, bare, row, rounds);
      }
      System.out.printf(Locale.ROOT, "%nETag of 64 KB: %.2f GB/s%n", hashing());
    } finally {
      bare.process.destroy();
      if (agent != null) {
        agent.process.destroy();
      }
    }
  }

  private static String jars(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return String.join(
          File.pathSeparator, files.map(file -> file.toAbsolutePath().toString()).toList());
    }
  }
}
