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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;

/**
 * What {@code startup.sh} runs: starts of the same application bare and under the agent, taking
 * turns, so that whatever else the machine does meets both. Each pair of neighbours gives a
 * difference and ratios; the table shows the medians of these and their quartiles.
 */
public final class Startup {

  private static final Path AGENT = Path.of("agent/target/larder-agent.jar").toAbsolutePath();
  private static final Path APP =
      Path.of("sample-app/target/larder-sample-app.jar").toAbsolutePath();
  private static final Path CONFIG = Path.of("sample-app/larder.properties").toAbsolutePath();

  private static final String SAMPLE_AGENT = "-javaagent:" + AGENT + "=" + CONFIG;

  /** Makes the whole heap resident, and of one size in both, so that what differs is not heap. */
  private static final List<String> FIXED_HEAP =
      List.of("-Xms128m", "-Xmx128m", "-XX:+UseSerialGC", "-XX:+AlwaysPreTouch");

  /** A generation's line; JDK 25 has other names for them. */
  private static final Pattern USED =
      Pattern.compile("(?:generation|DefNew|Tenured) .*?used (\\d+)K");

  /** A JVM that records an AOT cache makes it as it ends. */
  private static final int LONGEST_END_SECONDS = 120;

  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

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

  private record Pair(Sample bare, Sample agent) {

    double over(ToDoubleFunction<Sample> of) {
      return of.applyAsDouble(agent) - of.applyAsDouble(bare);
    }
  }

  /**
   * What a JVM takes after a few answers and a full collection.
   *
   * @param resident MB, the heap of a fixed size among them
   * @param live MB of the heap that are reachable
   */
  private record Memory(double resident, double live) {}

  /** What is read of an application that has just given its first answer. */
  @FunctionalInterface
  private interface Look<T> {
    T at(Process process, long begun) throws IOException;
  }

  @FunctionalInterface
  private interface Start {
    Sample measure(List<String> options) throws IOException, InterruptedException;
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
    List<String> jdks = Arrays.asList(arguments).subList(1, arguments.length);
    System.out.println("| start | Java | bare, ms | over bare, ms | wall | CPU |");
    System.out.println("| --- | --- | --- | --- | --- | --- |");
    for (String jdk : jdks) {
      startup.compare(
          "empty main",
          jdk,
          runs,
          List.of(),
          List.of("-javaagent:" + AGENT),
          options -> startup.emptyMain(jdk, options));
      startup.compare(
          "sample application",
          jdk,
          runs,
          List.of(),
          List.of(SAMPLE_AGENT),
          options -> startup.firstAnswer(jdk, APP, options));
      if (hasAotCache(jdk)) {
        startup.compareWithAotCache(jdk, runs);
      }
    }
    System.out.println();
    System.out.println("| sample application | resident over bare, MB | live heap over bare, MB |");
    System.out.println("| --- | --- | --- |");
    for (String jdk : jdks) {
      startup.compareMemory(jdk, runs);
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

  /** The first release that makes an AOT cache in one step (JEP 514). */
  private static boolean hasAotCache(String jdk) {
    return Runtime.Version.parse(version(jdk)).feature() >= 25;
  }

  /**
   * Bare and under the agent, each with a cache that was recorded in the same way. The JVM puts no
   * class into it that is in a jar within a jar, so the application is taken apart first.
   */
  private void compareWithAotCache(String jdk, int runs) throws IOException, InterruptedException {
    Path extracted = folder.resolve("extracted-" + version(jdk));
    Process extraction =
        new ProcessBuilder(
                java(jdk),
                "-Djarmode=tools",
                "-jar",
                APP.toString(),
                "extract",
                "--destination",
                extracted.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(extraction.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (extraction.waitFor() != 0) {
      throw new IllegalStateException("the sample application cannot be taken apart: " + said);
    }
    Path jar = extracted.resolve(APP.getFileName());
    compare(
        "sample application, AOT cache",
        jdk,
        runs,
        List.of(recorded(jdk, jar, extracted.resolve("bare.aot"), List.of())),
        List.of(
            recorded(jdk, jar, extracted.resolve("agent.aot"), List.of(SAMPLE_AGENT)),
            SAMPLE_AGENT),
        options -> firstAnswer(jdk, jar, options));
  }

  /** Has a cache made by one start, and gives the option that uses it. */
  private String recorded(String jdk, Path jar, Path cache, List<String> options)
      throws IOException, InterruptedException {
    List<String> recording = new ArrayList<>(options);
    recording.add("-XX:AOTCacheOutput=" + cache);
    firstAnswer(jdk, jar, recording);
    if (!Files.exists(cache)) {
      throw new IllegalStateException("no AOT cache was made: " + cache);
    }
    return "-XX:AOTCache=" + cache;
  }

  private void compare(
      String what, String jdk, int runs, List<String> bare, List<String> agent, Start start)
      throws IOException, InterruptedException {
    List<Pair> pairs = new ArrayList<>();
    for (int run = -1; run < runs; run++) { // the first fills the caches of files, for both
      boolean bareFirst = run % 2 == 0;
      Sample early = start.measure(bareFirst ? bare : agent);
      Sample late = start.measure(bareFirst ? agent : bare);
      if (run >= 0) {
        pairs.add(bareFirst ? new Pair(early, late) : new Pair(late, early));
      }
      System.err.printf("startup: %s, %s, %d of %d%n", what, jdk, run + 1, runs);
    }
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %.0f | %s | %s | %s |%n",
        what,
        version(jdk),
        quantile(pairs, 0.5, pair -> pair.bare().wall()),
        spread("%.0f (%.0f to %.0f)", pairs, pair -> pair.over(Sample::wall)),
        ratio(pairs, Sample::wall),
        ratio(pairs, Sample::cpu));
  }

  private void compareMemory(String jdk, int runs) throws IOException, InterruptedException {
    List<Memory> over = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      Memory bare = memory(jdk, List.of());
      Memory agent = memory(jdk, List.of(SAMPLE_AGENT));
      over.add(new Memory(agent.resident() - bare.resident(), agent.live() - bare.live()));
      System.err.printf("startup: memory, %s, %d of %d%n", jdk, run + 1, runs);
    }
    System.out.printf(
        "| %s | %s | %s |%n",
        version(jdk),
        spread("%.1f (%.1f to %.1f)", over, Memory::resident),
        spread("%.1f (%.1f to %.1f)", over, Memory::live));
  }

  private static String ratio(List<Pair> pairs, ToDoubleFunction<Sample> of) {
    return spread(
        "%.2f (%.2f to %.2f)",
        pairs, pair -> of.applyAsDouble(pair.agent()) / of.applyAsDouble(pair.bare()));
  }

  /** The median, and the quartiles. */
  private static <T> String spread(String format, List<T> samples, ToDoubleFunction<T> of) {
    return String.format(
        Locale.ROOT,
        format,
        quantile(samples, 0.5, of),
        quantile(samples, 0.25, of),
        quantile(samples, 0.75, of));
  }

  /** A quantile, between two values where it falls between them. */
  private static <T> double quantile(List<T> samples, double q, ToDoubleFunction<T> of) {
    double[] sorted = samples.stream().mapToDouble(of).sorted().toArray();
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
  private Sample firstAnswer(String jdk, Path jar, List<String> options)
      throws IOException, InterruptedException {
    return withApplication(
        jdk,
        jar,
        options,
        (process, begun) ->
            new Sample(
                (System.nanoTime() - begun) / 1e6,
                process.info().totalCpuDuration().orElseThrow().toNanos() / 1e6));
  }

  private Memory memory(String jdk, List<String> agent) throws IOException, InterruptedException {
    List<String> options = new ArrayList<>(FIXED_HEAP);
    options.addAll(agent);
    return withApplication(
        jdk,
        APP,
        options,
        (process, begun) -> {
          jcmd(jdk, process, "GC.run");
          double live = sum(USED, jcmd(jdk, process, "GC.heap_info"));
          Path status = Path.of("/proc", Long.toString(process.pid()), "status");
          return new Memory(sum(RESIDENT, Files.readString(status)) / 1024, live / 1024);
        });
  }

  private static double sum(Pattern number, String text) {
    List<MatchResult> found = number.matcher(text).results().toList();
    if (found.isEmpty()) {
      throw new IllegalStateException("no " + number + " in: " + text);
    }
    return found.stream().mapToDouble(match -> Double.parseDouble(match.group(1))).sum();
  }

  private static String jcmd(String jdk, Process process, String command) throws IOException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(jdk, "bin", "jcmd").toString(), Long.toString(process.pid()), command)
            .redirectErrorStream(true)
            .start();
    return new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Starts the sample application, asks one question, and ends it when it has been looked at. */
  private <T> T withApplication(String jdk, Path jar, List<String> options, Look<T> look)
      throws IOException, InterruptedException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    List<String> command = new ArrayList<>(List.of(java(jdk)));
    command.addAll(options);
    command.addAll(
        List.of("-jar", jar.toString(), "--server.address=127.0.0.1", "--server.port=" + port));
    long begun = System.nanoTime();
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    Thread ender = new Thread(process::destroy); // whoever interrupts the measurement ends both
    Runtime.getRuntime().addShutdownHook(ender);
    try (BufferedReader out = process.inputReader()) {
      try {
        List<String> lines = untilStarted(out);
        HttpResponse<byte[]> answer =
            client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + QUESTION)).build(),
                BodyHandlers.ofByteArray());
        T seen = look.at(process, begun);
        if (answer.statusCode() != 200) {
          throw new IllegalStateException(QUESTION + " was answered with " + answer.statusCode());
        }
        expectAgent(options, lines);
        return seen;
      } finally {
        Runtime.getRuntime().removeShutdownHook(ender);
        process.toHandle().destroy(); // and leave its output open, or it makes no AOT cache
        if (!process.waitFor(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly().waitFor();
        }
      }
    }
  }

  private static List<String> untilStarted(BufferedReader out) throws IOException {
    List<String> lines = new ArrayList<>();
    String line;
    do {
      line = out.readLine();
      lines.add(String.valueOf(line));
      if (line == null) {
        throw new IllegalStateException("the application ended: " + String.join("\n", lines));
      }
    } while (!line.contains("Started PantryApplication"));
    return lines;
  }

  /** An agent that did not start would look fast. */
  private static void expectAgent(List<String> options, List<String> lines) {
    boolean started = lines.stream().anyMatch(line -> line.startsWith("[larder] Larder "));
    boolean expected = options.stream().anyMatch(option -> option.startsWith("-javaagent:"));
    if (started != expected) {
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
