/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import javax.tools.ToolProvider;

/**
 * What {@code startup.sh} runs: starts of the same application bare and under the agent, taking
 * turns, so that whatever else the machine does meets both. A ratio is made of each pair of
 * neighbours; the table shows the median of these and their quartiles.
 */
public final class Startup {

  private static final Path AGENT = Path.of("agent/target/larder-agent.jar").toAbsolutePath();
  private static final Path APP =
      Path.of("sample-app/target/larder-sample-app.jar").toAbsolutePath();
  private static final Path CONFIG = Path.of("sample-app/larder.properties").toAbsolutePath();

  /** Answered by a method that the sample application's own annotation has cached. */
  private static final String QUESTION = "/api/products/3";

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Path folder;

  private Startup(Path folder) {
    this.folder = folder;
  }

  /**
   * One start.
   *
   * @param wall milliseconds
   * @param cpu of all threads, in milliseconds
   */
  private record Sample(double wall, double cpu) {}

  private record Pair(Sample bare, Sample agent) {}

  @FunctionalInterface
  private interface Start {
    Sample measure(String jdk, List<String> options) throws IOException, InterruptedException;
  }

  /**
   * Measures and prints.
   *
   * @param arguments the number of runs, then the homes of the JDKs
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int runs = Integer.parseInt(arguments[0]);
    Startup startup = new Startup(Files.createTempDirectory("larder-startup"));
    startup.compileEmptyMain();
    System.out.printf(
        "Medians of %d pairs; ratios of neighbours as median (quartiles). Load now: %s%n%n",
        runs, load());
    System.out.println("| start | Java | bare, ms | agent, ms | wall | CPU |");
    System.out.println("| --- | --- | --- | --- | --- | --- |");
    for (String jdk : Arrays.asList(arguments).subList(1, arguments.length)) {
      startup.compare("empty main", jdk, runs, List.of("-javaagent:" + AGENT), startup::emptyMain);
      startup.compare(
          "sample application",
          jdk,
          runs,
          List.of("-javaagent:" + AGENT + "=" + CONFIG),
          startup::sampleApplication);
    }
  }

  private void compileEmptyMain() throws IOException {
    Path source =
        Files.writeString(
            folder.resolve("Empty.java"),
            "public class Empty { public static void main(String[] arguments) {} }");
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "--release", "17", source.toString());
    if (result != 0) {
      throw new IllegalStateException("the empty main cannot be compiled: " + result);
    }
  }

  private void compare(String what, String jdk, int runs, List<String> agent, Start start)
      throws IOException, InterruptedException {
    List<Pair> pairs = new ArrayList<>();
    for (int run = -1; run < runs; run++) { // the first fills the caches of files, for both
      boolean bareFirst = run % 2 == 0;
      Sample early = start.measure(jdk, bareFirst ? List.of() : agent);
      Sample late = start.measure(jdk, bareFirst ? agent : List.of());
      if (run >= 0) {
        pairs.add(bareFirst ? new Pair(early, late) : new Pair(late, early));
      }
      System.err.printf("startup: %s, %s, %d of %d%n", what, jdk, run + 1, runs);
    }
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %.0f | %.0f | %s | %s |%n",
        what,
        version(jdk),
        quantile(pairs, 0.5, pair -> pair.bare().wall()),
        quantile(pairs, 0.5, pair -> pair.agent().wall()),
        ratio(pairs, Sample::wall),
        ratio(pairs, Sample::cpu));
  }

  private static String ratio(List<Pair> pairs, ToDoubleFunction<Sample> of) {
    ToDoubleFunction<Pair> ratio =
        pair -> of.applyAsDouble(pair.agent()) / of.applyAsDouble(pair.bare());
    return String.format(
        Locale.ROOT,
        "%.2f (%.2f to %.2f)",
        quantile(pairs, 0.5, ratio),
        quantile(pairs, 0.25, ratio),
        quantile(pairs, 0.75, ratio));
  }

  /** A quantile, between two values where it falls between them. */
  private static double quantile(List<Pair> pairs, double q, ToDoubleFunction<Pair> of) {
    double[] sorted = pairs.stream().mapToDouble(of).sorted().toArray();
    double at = q * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }

  /** From the JVM's start to its end; the shell counts the CPU time of what has ended. */
  private Sample emptyMain(String jdk, List<String> options)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("bash", "-c", "TIMEFORMAT='%R %U %S'; time \"$@\""));
    command.addAll(List.of("bash", java(jdk)));
    command.addAll(options);
    command.addAll(List.of("-cp", folder.toString(), "Empty"));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    List<String> lines;
    try (BufferedReader out = process.inputReader()) {
      lines = out.lines().toList();
    }
    if (process.waitFor() != 0 || lines.isEmpty()) {
      throw new IllegalStateException("the empty main failed: " + lines);
    }
    expectAgent(options, lines);
    String[] times = lines.get(lines.size() - 1).replace(',', '.').split(" ", -1);
    return new Sample(
        1000 * Double.parseDouble(times[0]),
        1000 * (Double.parseDouble(times[1]) + Double.parseDouble(times[2])));
  }

  /** From the JVM's start to the last byte of the first answer. */
  private Sample sampleApplication(String jdk, List<String> options)
      throws IOException, InterruptedException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    List<String> command = new ArrayList<>(List.of(java(jdk)));
    command.addAll(options);
    command.addAll(
        List.of("-jar", APP.toString(), "--server.address=127.0.0.1", "--server.port=" + port));
    long begun = System.nanoTime();
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    Thread ender = new Thread(process::destroy); // whoever interrupts the measurement ends both
    Runtime.getRuntime().addShutdownHook(ender);
    try (BufferedReader out = process.inputReader()) {
      List<String> lines = new ArrayList<>();
      String line;
      do {
        line = out.readLine();
        lines.add(String.valueOf(line));
        if (line == null) {
          throw new IllegalStateException("the application ended: " + String.join("\n", lines));
        }
      } while (!line.contains("Started PantryApplication"));
      HttpResponse<byte[]> answer =
          client.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + QUESTION)).build(),
              BodyHandlers.ofByteArray());
      double wall = (System.nanoTime() - begun) / 1e6;
      double cpu = process.info().totalCpuDuration().orElseThrow().toNanos() / 1e6;
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(QUESTION + " was answered with " + answer.statusCode());
      }
      expectAgent(options, lines);
      return new Sample(wall, cpu);
    } finally {
      Runtime.getRuntime().removeShutdownHook(ender);
      process.destroy();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    }
  }

  /** An agent that did not start would look fast. */
  private static void expectAgent(List<String> options, List<String> lines) {
    boolean started = lines.stream().anyMatch(line -> line.startsWith("[larder] Larder "));
    if (started == options.isEmpty()) {
      throw new IllegalStateException(
          (started ? "the agent is there: " : "the agent did not start: ") + lines);
    }
  }

  private static String java(String jdk) {
    return Path.of(jdk, "bin", "java").toString();
  }

  /** As the JDK's own release file has it. */
  private static String version(String jdk) {
    try {
      return Files.readAllLines(Path.of(jdk, "release")).stream()
          .filter(line -> line.startsWith("JAVA_VERSION="))
          .map(line -> line.substring("JAVA_VERSION=".length()).replace("\"", ""))
          .findFirst()
          .orElse(jdk);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String load() throws IOException {
    Path file = Path.of("/proc/loadavg");
    return Files.exists(file) ? Files.readString(file).strip() : "unknown";
  }
}
