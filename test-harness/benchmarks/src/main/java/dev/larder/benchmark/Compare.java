/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * What {@code benchmarks.sh} runs: the contenders of a benchmark in turn, each in a JVM of its own,
 * several rounds of that. Whatever else the machine does meets neighbours alike, so the figures
 * that count are ratios within a round: their median, and their quartiles.
 */
public final class Compare {

  private final String jvm;
  private final Path agent;
  private final int rounds;
  private final int seconds;
  private final Path pictures;

  private Compare(String jvm, Path agent, int rounds, int seconds, Path pictures) {
    this.jvm = jvm;
    this.agent = agent;
    this.rounds = rounds;
    this.seconds = seconds;
    this.pictures = pictures;
  }

  /** One line of figures of one contender in one round. */
  private record Sample(double time, double bytes, String unit) {}

  /**
   * Measures and prints.
   *
   * @param arguments the home of a JDK, the agent's jar, rounds, seconds for each measurement, the
   *     folder that pictures are written to, or nothing for none, and the names of suites
   */
  public static void main(String[] arguments) throws RunnerException, IOException {
    Compare compare =
        new Compare(
            Path.of(arguments[0], "bin", "java").toString(),
            Path.of(arguments[1]).toAbsolutePath(),
            Integer.parseInt(arguments[2]),
            Integer.parseInt(arguments[3]),
            arguments[4].isEmpty() ? null : Path.of(arguments[4]));
    for (String name : Arrays.asList(arguments).subList(5, arguments.length)) {
      for (Suite suite : Suite.named(name)) {
        compare.run(suite);
      }
    }
  }

  private void run(Suite suite) throws RunnerException, IOException {
    Map<String, List<Sample>> samples = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (String contender : suite.contenders()) {
        System.err.printf(
            "benchmarks: %s, round %d of %d: %s%n", suite.title(), round + 1, rounds, contender);
        samples
            .computeIfAbsent(contender, none -> new ArrayList<>())
            .add(measure(suite, contender));
      }
    }
    print(suite, samples);
  }

  private Sample measure(Suite suite, String contender) throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("\\." + suite.benchmark() + "$")
            .param("contender", contender)
            .jvm(jvm)
            .forks(1)
            .threads(suite.threads())
            .warmupIterations(suite.isMeasuredOnce() ? 0 : 5)
            .warmupTime(TimeValue.seconds(seconds))
            .measurementIterations(suite.isMeasuredOnce() ? 1 : 3)
            .measurementTime(TimeValue.seconds(seconds))
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .addProfiler(GCProfiler.class);
    suite.parameters().forEach((name, value) -> options.param(name, value));
    List<String> jvmArguments = new ArrayList<>(List.of("-Xms1g", "-Xmx1g"));
    String redis = System.getProperty("redis.uri");
    if (redis != null) {
      jvmArguments.add("-Dredis.uri=" + redis);
    }
    if (contender.startsWith("larder")) {
      jvmArguments.add("-javaagent:" + agent + "=" + suite.agentOptions(contender, redis));
    }
    Collection<RunResult> results =
        new Runner(options.jvmArgs(jvmArguments.toArray(new String[0])).build()).run();
    RunResult result = results.iterator().next();
    Result<?> heap = result.getSecondaryResults().get("bytesPerEntry");
    if (heap != null) {
      return new Sample(heap.getScore(), Double.NaN, "B");
    }
    return new Sample(
        result.getPrimaryResult().getScore(),
        result.getSecondaryResults().get("gc.alloc.rate.norm").getScore(),
        result.getPrimaryResult().getScoreUnit());
  }

  private void print(Suite suite, Map<String, List<Sample>> samples) throws IOException {
    String baseline = suite.contenders().get(0);
    System.out.printf(
        "%n### %s, %s%n%nMedians of %d rounds; ratios to %s in the same round, with quartiles."
            + " Load: %s%n%n",
        suite.title(), version(), rounds, baseline, load());
    boolean timed = !Double.isNaN(samples.get(baseline).get(0).bytes());
    System.out.println(
        timed ? "| contender | time | ratio | bytes per call |" : "| contender | heap | ratio |");
    System.out.println(timed ? "| --- | --- | --- | --- |" : "| --- | --- | --- |");
    Chart chart =
        new Chart(
            suite.title(),
            String.format(
                "%s as a ratio to %s, less is better; %s, medians and quartiles of %d rounds",
                timed ? "Time" : "Heap", baseline, version(), rounds));
    samples.forEach(
        (contender, own) -> {
          double[] ratios = new double[own.size()];
          for (int i = 0; i < ratios.length; i++) {
            ratios[i] = own.get(i).time() / samples.get(baseline).get(i).time();
          }
          double low = quantile(ratios, 0.25);
          double median = quantile(ratios, 0.5);
          double high = quantile(ratios, 0.75);
          chart.add(contender, low, median, high);
          System.out.printf(
              "| %s | %.1f %s | %.2f (%.2f to %.2f) |%s%n",
              contender,
              quantile(own.stream().mapToDouble(Sample::time).toArray(), 0.5),
              own.get(0).unit().replace("/op", ""),
              median,
              low,
              high,
              timed ? String.format(" %.0f |", quantile(bytesOf(own), 0.5)) : "");
        });
    System.out.println();
    if (pictures != null) {
      String name = suite.title().replaceAll("[^A-Za-z0-9]+", "-").replaceAll("-$", "") + ".svg";
      Files.writeString(pictures.resolve(name.toLowerCase(Locale.ROOT)), chart.svg());
    }
  }

  private static double[] bytesOf(List<Sample> samples) {
    return samples.stream().mapToDouble(Sample::bytes).toArray();
  }

  /** The number that so large a part of the others is not greater than. */
  static double quantile(double[] numbers, double part) {
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    double position = part * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }

  private String version() throws IOException {
    for (String line : Files.readAllLines(Path.of(jvm).resolve("../../release").normalize())) {
      if (line.startsWith("JAVA_VERSION=")) {
        return "Java " + line.substring("JAVA_VERSION=".length()).replace("\"", "");
      }
    }
    return jvm;
  }

  private static String load() throws IOException {
    Path file = Path.of("/proc/loadavg");
    return Files.exists(file) ? Files.readString(file).split(" ", -1)[0] : "unknown";
  }
}
