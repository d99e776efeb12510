/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import dev.larder.Cache;
import dev.larder.CacheEvict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** Virtual threads that wait in flights, and what the JVM says of those that it could not move. */
public final class Main {

  static final AtomicInteger RUNS = new AtomicInteger();

  @Cache
  static long slow(long id) throws InterruptedException {
    RUNS.incrementAndGet();
    Thread.sleep(200);
    return id;
  }

  @Cache
  static synchronized long nested(long id) throws InterruptedException {
    return slow(id + 1_000) - 1_000;
  }

  @Cache(batch = true)
  static List<Long> batch(List<Long> ids) throws InterruptedException {
    RUNS.incrementAndGet();
    Thread.sleep(200);
    return ids;
  }

  @CacheEvict("Main.slow")
  static void evict(long id) {}

  /** A class whose making waits: what the JVM must tell of, so that its silence means something. */
  static final class Control {
    static final long STARTED = System.nanoTime();

    static {
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        throw new ExceptionInInitializerError(e);
      }
    }
  }

  /** How many of three times as many calls, of four keys each, gave what they should. */
  static long right(ExecutorService threads, int times, long firstId) throws Exception {
    List<Future<Long>> all = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      long id = firstId + i % 4;
      all.add(threads.submit(() -> slow(id)));
      all.add(threads.submit(() -> nested(id)));
      all.add(threads.submit(() -> batch(List.of(id, id + 1)).get(0)));
    }
    long right = 0;
    for (int i = 0; i < all.size(); i++) {
      right += all.get(i).get() == firstId + i / 3 % 4 ? 1 : 0;
    }
    return right;
  }

  public static void main(String[] args) throws Exception {
    evict(-1); // links
    // By name, since this is compiled for Java 17.
    ExecutorService threads =
        (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    // A class is initialised once, and the JVM pins whoever waits for that, be it a class of the
    // JDK's: so each way to wait is gone once before it is watched.
    right(threads, 24, 100);
    RUNS.set(0);
    Path file = Files.createTempFile(Path.of("."), "pinned", ".jfr");
    long right;
    try (Recording recording = new Recording()) {
      // Larder's own are in every recording, and the JVM waits on a carrier for the first of them.
      for (String own : List.of("Hit", "Miss", "Load", "Evict", "BackendError")) {
        recording.disable("dev.larder." + own);
      }
      recording.enable("jdk.VirtualThreadPinned").withThreshold(Duration.ZERO).withStackTrace();
      recording.start();
      right = right(threads, 300, 0);
      threads.submit(() -> Control.STARTED).get();
      threads.shutdown();
      recording.stop();
      recording.dump(file);
    }
    int pinned = 0;
    int control = 0;
    for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
      String text = event.toString();
      if (text.contains("Main$Control")) {
        control++;
      } else {
        pinned++;
        System.out.println(text);
      }
    }
    System.out.println("control=" + control);
    System.out.println("right=" + right);
    System.out.println("pinned=" + pinned);
    System.out.println("runs=" + RUNS.get());
  }
}
