/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import dev.larder.Cache;
import dev.larder.CacheEvict;
import dev.larder.Larder;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import jdk.jfr.Recording;

/** An application whose caches are seen in recordings, answering each line with one. */
public final class Main {

  private static int runs;

  @Cache(value = "products", key = "{id}", tags = "all")
  static String find(String id) {
    return "run " + ++runs;
  }

  @Cache("plain")
  static String plain(long id) {
    return "run " + ++runs;
  }

  @Cache("failing")
  static String fail(long id) {
    throw new IllegalStateException("secret " + id);
  }

  @Cache(value = "unstored", unless = "result != null")
  static String unstored(long id) {
    return "run " + ++runs;
  }

  @CacheEvict(value = "products", key = "{id}")
  static void change(String id) {
    runs++;
  }

  public static void main(String[] args) throws Exception {
    System.out.println("runs");
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    Recordings recordings = null;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ");
      if (recordings == null && words[0].startsWith("record")) {
        recordings = new Recordings();
      }
      System.out.println(
          switch (words[0]) {
            case "find" -> find(words[1]);
            case "plain" -> plain(Long.parseLong(words[1]));
            case "many" -> many(Long.parseLong(words[1]));
            case "fail" -> failed(Long.parseLong(words[1]));
            case "unstored" -> unstored(Long.parseLong(words[1]));
            case "change" -> {
              change(words[1]);
              yield "changed";
            }
            case "tag" -> Larder.evictTag("all");
            case "clear" -> Larder.clear("products");
            case "clear-all" -> Larder.clearAll();
            case "hits" -> Larder.stats("plain").hits();
            case "record" -> recordings.start(words);
            case "recorded" -> recordings.stop(words[1]);
            default -> "what?";
          });
    }
  }

  /** Calls that are all hits but the first; how many milliseconds they took. */
  private static long many(long times) {
    long begun = System.nanoTime();
    for (long i = 0; i < times; i++) {
      plain(-1);
    }
    return (System.nanoTime() - begun) / 1_000_000;
  }

  private static String failed(long id) {
    try {
      return fail(id);
    } catch (IllegalStateException thrown) {
      return "thrown";
    }
  }

  /** Loaded when somebody records: what it needs is not there in each JVM. */
  private static final class Recordings {
    private Recording recording;

    /** Starts one without some of the events. */
    String start(String[] words) {
      recording = new Recording();
      for (int i = 1; i < words.length; i++) {
        recording.disable(words[i]);
      }
      recording.start();
      return "records";
    }

    String stop(String file) throws Exception {
      recording.stop();
      recording.dump(Path.of(file));
      recording.close();
      return "recorded";
    }
  }
}
