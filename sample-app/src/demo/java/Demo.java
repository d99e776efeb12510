/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * The demonstration that {@code ./demo} runs: the sample application bare and under the agent, the
 * same requests to both, and a table of what differed. Run by {@code java Demo.java}, since a JDK
 * is what is surely there.
 *
 * <p>A claim that does not hold is collected, not thrown, so that the table is shown all the same.
 */
public final class Demo {

  private static final Path AGENT = Path.of("agent/target/larder-agent.jar");
  private static final Path APP = Path.of("sample-app/target/larder-sample-app.jar");
  private static final Path CONFIG = Path.of("sample-app/larder.properties");
  private static final Path LOGS = Path.of("sample-app/target/demo");

  private static final List<String> SLOW =
      List.of("/api/products?q=honey", "/api/products/3", "/api/prices");
  private static final String ASSET = "/assets/pantry.css";

  /** What "made fast" means: at most this share of the same application's own first call. */
  private static final double FAST = 0.5;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<String> failures = new ArrayList<>();

  public static void main(String[] arguments) throws Exception {
    boolean once = Arrays.asList(arguments).contains("--once");
    System.exit(new Demo().run(once));
  }

  private int run(boolean once) throws Exception {
    Files.createDirectories(LOGS);
    App bare = null;
    App cached = null;
    boolean leave = false;
    try {
      bare = App.start("bare", List.of());
      cached =
          App.start(
              "larder",
              List.of("-javaagent:" + AGENT.toAbsolutePath() + "=" + CONFIG.toAbsolutePath()));
      // An interrupted demonstration takes both with it.
      Thread end = new Thread(new Ender(bare, cached)::run);
      Runtime.getRuntime().addShutdownHook(end);
      await(bare);
      await(cached);
      say("warming up both with requests that the table does not use …");
      warm(bare);
      warm(cached);
      compare(bare, cached);
      change(bare, cached);
      if (!failures.isEmpty()) {
        failures.forEach(failure -> System.out.println("  did not hold: " + failure));
        System.out.println("demo: FAILED, " + failures.size() + " of the claims; logs in " + LOGS);
        return 1;
      }
      if (!once) {
        Runtime.getRuntime().removeShutdownHook(end);
        leave = true;
        System.out.println(
            "The application runs on under the agent at %s (end it with: kill %d)"
                .formatted(cached.address(), cached.process().pid()));
      }
      System.out.println("demo: PASSED");
      return 0;
    } catch (Unstarted problem) {
      System.out.println("demo: FAILED: " + problem.getMessage());
      return 1;
    } finally {
      if (bare != null) {
        bare.end();
      }
      if (cached != null && !leave) {
        cached.end();
      }
    }
  }

  private void await(App app) throws InterruptedException {
    say("waiting for the application, " + app.name() + ", at " + app.address() + " …");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (System.nanoTime() < deadline) {
      if (!app.process().isAlive()) {
        throw new Unstarted(app, "ended with " + app.process().exitValue());
      }
      try {
        if (get(app, ASSET).statusCode() == 200 && app.hasStarted()) {
          return;
        }
      } catch (IOException notYet) {
        // Nobody listens until the container is up.
      }
      Thread.sleep(100);
    }
    throw new Unstarted(app, "gave no answer within 120 s");
  }

  /** The JVM's own warming up is no merit of a cache: both get the same calls before. */
  private void warm(App app) throws IOException, InterruptedException {
    for (int i = 0; i < 6; i++) {
      get(app, "/api/products?q=warm" + i);
      get(app, "/api/products/" + (100 + i));
    }
  }

  private void compare(App bare, App cached) throws IOException, InterruptedException {
    System.out.println();
    String line = "%-24s %-8s %9s %9s %9s %6s %8s  %s%n";
    System.out.printf(
        line, "GET", "", "1st call", "2nd call", "speed-up", "again", "bytes", "body");
    List<String> headers = new ArrayList<>();
    List<String> paths = new ArrayList<>(SLOW);
    paths.add(ASSET);
    for (String path : paths) {
      Timed bareFirst = timed(bare, path);
      Timed bareSecond = timed(bare, path);
      Timed first = timed(cached, path);
      Timed second = timed(cached, path);
      int bareAgain = conditional(bare, path, bareSecond);
      int again = conditional(cached, path, second);
      boolean equal =
          Arrays.equals(bareFirst.body(), first.body())
              && Arrays.equals(bareFirst.body(), second.body());
      row(line, path, "bare", bareFirst, bareSecond, bareAgain, "");
      row(line, "", "larder", first, second, again, equal ? "equal" : "DIFFERS");
      changes(path, bareSecond, second, headers);

      check(bareFirst.status() == 200 && second.status() == 200, path + ": a 200 from both");
      check(equal, path + ": equal bodies with and without the agent");
      check(again == 304, path + ": 304 to a conditional request, not " + again);
      if (SLOW.contains(path)) {
        check(
            second.millis() < first.millis() * FAST && second.millis() < bareSecond.millis() * FAST,
            path
                + ": the second call at most half of the first and of the bare one (%.1f ms, %.1f ms, %.1f ms)"
                    .formatted(second.millis(), first.millis(), bareSecond.millis()));
      }
    }
    System.out.println();
    System.out.println(
        "“again” is the status of a request with the validators of the answer before.");
    System.out.println("Header fields, bare → under the agent (second call):");
    headers.forEach(System.out::println);
    System.out.println();
  }

  private static void row(
      String line, String path, String who, Timed first, Timed second, int again, String body) {
    System.out.printf(
        Locale.ROOT,
        line,
        path,
        who,
        "%.1f ms".formatted(first.millis()),
        "%.1f ms".formatted(second.millis()),
        "%.1f ×".formatted(first.millis() / second.millis()),
        again,
        second.body().length,
        body);
  }

  private static void changes(String path, Timed bare, Timed cached, List<String> into) {
    into.add("  " + path);
    int before = into.size();
    for (String name : List.of("ETag", "Cache-Control", "Vary", "Age", "Cache-Status")) {
      String without = bare.header(name);
      String with = cached.header(name);
      if (!without.equals(with)) {
        into.add("    %-14s %s → %s".formatted(name, without, with));
      }
    }
    if (into.size() == before) {
      into.add("    none");
    }
  }

  /** A new price must be seen at once, on the product's own page data, the search and the list. */
  private void change(App bare, App cached) throws IOException, InterruptedException {
    System.out.println("A write evicts: PUT /api/products/3/price {\"price\": 99.95}");
    Timed before = timed(cached, "/api/products/3");
    for (App app : List.of(bare, cached)) {
      int status = put(app, "/api/products/3/price", "{\"price\": 99.95}");
      check(status == 204, "a new price is taken by the application, " + app.name());
    }
    for (String path : SLOW) {
      Timed without = timed(bare, path);
      Timed first = timed(cached, path);
      Timed second = timed(cached, path);
      boolean equal = Arrays.equals(without.body(), first.body());
      System.out.printf(
          Locale.ROOT,
          "  %-24s then %8.1f ms, and again %8.1f ms, body %s%n",
          path,
          first.millis(),
          second.millis(),
          equal ? "equal to bare" : "DIFFERS");
      check(equal, path + ": equal bodies after the write");
    }
    Timed after = timed(cached, "/api/products/3");
    check(!Arrays.equals(before.body(), after.body()), "the new price is seen at once");
    check(
        conditional(cached, "/api/products/3", before) == 200,
        "the validator from before the write no longer gives 304");
    System.out.println();
  }

  private void check(boolean holds, String claim) {
    if (!holds) {
      failures.add(claim);
    }
  }

  private HttpResponse<byte[]> get(App app, String path) throws IOException, InterruptedException {
    return client.send(request(app, path).build(), BodyHandlers.ofByteArray());
  }

  private Timed timed(App app, String path) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    HttpResponse<byte[]> answer = get(app, path);
    return new Timed((System.nanoTime() - begun) / 1e6, answer);
  }

  private int conditional(App app, String path, Timed known)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = request(app, path);
    known.answer().headers().firstValue("ETag").ifPresent(e -> request.header("If-None-Match", e));
    known
        .answer()
        .headers()
        .firstValue("Last-Modified")
        .ifPresent(date -> request.header("If-Modified-Since", date));
    return client.send(request.build(), BodyHandlers.discarding()).statusCode();
  }

  private int put(App app, String path, String json) throws IOException, InterruptedException {
    HttpRequest request =
        request(app, path)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(json))
            .build();
    return client.send(request, BodyHandlers.discarding()).statusCode();
  }

  private static HttpRequest.Builder request(App app, String path) {
    return HttpRequest.newBuilder(URI.create(app.address() + path)).timeout(Duration.ofSeconds(30));
  }

  private static void say(String progress) {
    System.err.println("demo: " + progress);
  }

  /** An answer, and how long the client waited for all of it. */
  private record Timed(double millis, HttpResponse<byte[]> answer) {

    int status() {
      return answer.statusCode();
    }

    byte[] body() {
      return answer.body();
    }

    String header(String name) {
      List<String> values = answer.headers().allValues(name);
      return values.isEmpty() ? "–" : String.join(", ", values);
    }
  }

  /** Ends both applications when this JVM is told to go. */
  private record Ender(App bare, App cached) {

    void run() {
      bare.end();
      cached.end();
    }
  }

  /** One running sample application. */
  private record App(String name, Process process, String address, Path log) {

    static App start(String name, List<String> options) throws IOException {
      int port;
      try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        port = free.getLocalPort();
      }
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(options);
      command.addAll(List.of("-jar", APP.toString()));
      command.addAll(List.of("--server.address=127.0.0.1", "--server.port=" + port));
      say("starting the application, " + name + " …");
      Path log = LOGS.resolve(name + ".log");
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectInput(new File("/dev/null"))
              .redirectOutput(log.toFile())
              .start();
      return new App(name, process, "http://127.0.0.1:" + port, log);
    }

    /** Spring's last line at start: from then on nothing but requests takes time. */
    boolean hasStarted() throws IOException {
      return Files.readString(log).contains("Started PantryApplication");
    }

    void end() {
      process.destroy();
      try {
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException hurry) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }

  /** An application that did not come up, with the end of its log. */
  private static final class Unstarted extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Unstarted(App app, String what) {
      super("the application, " + app.name() + ", " + what + "; its last lines:\n" + tail(app));
    }

    private static String tail(App app) {
      try {
        List<String> lines = Files.readAllLines(app.log(), StandardCharsets.UTF_8);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
      } catch (IOException unreadable) {
        return "(no log: " + unreadable.getMessage() + ")";
      }
    }
  }
}
