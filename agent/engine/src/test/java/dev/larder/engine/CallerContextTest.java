/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.engine.Probe.Repository;
import io.micrometer.context.ContextRegistry;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class CallerContextTest {

  private static final String KEY = "tenant";
  private static final ThreadLocal<String> TENANT = new ThreadLocal<>();

  private final Probe probe = new Probe();

  @AfterEach
  void forget() {
    ContextRegistry.getInstance().removeThreadLocalAccessor(KEY);
    TENANT.remove();
  }

  @Test
  void backgroundRun_hasTheCallersContextAndClassLoader() throws Exception {
    ContextRegistry.getInstance()
        .registerThreadLocalAccessor(KEY, TENANT::get, TENANT::set, TENANT::remove);
    probe.policies.put("c", Probe.policy(50, 60_000, 0, false));
    Repository repository =
        probe
        .new Repository(
            "c",
            id -> {
              Thread thread = Thread.currentThread();
              return thread.getName().replaceAll("\\d+", "")
                  + " "
                  + TENANT.get()
                  + " "
                  + thread.getContextClassLoader().getName();
            });
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    String none = "larder-background- null " + before.getName();
    try (URLClassLoader callers = new URLClassLoader("callers", new URL[0], before)) {
      thread.setContextClassLoader(callers);
      TENANT.set("acme");
      repository.find(1);

      await()
          .pollInSameThread()
          .until(() -> repository.find(1).equals("larder-background- acme callers"));
    } finally {
      thread.setContextClassLoader(before);
    }
    TENANT.remove();

    await().pollInSameThread().until(() -> repository.find(1).equals(none));
  }

  @Test
  void context_ofTheOldestLibrary_isCarried() throws Exception {
    try (URLClassLoader application = libraries("context-propagation")) {
      Object registry =
          application
              .loadClass("io.micrometer.context.ContextRegistry")
              .getMethod("getInstance")
              .invoke(null);
      assertThat(registry.getClass()).isNotSameAs(ContextRegistry.class);
      registry
          .getClass()
          .getMethod(
              "registerThreadLocalAccessor",
              String.class,
              Supplier.class,
              Consumer.class,
              Runnable.class)
          .invoke(
              registry,
              KEY,
              (Supplier<String>) TENANT::get,
              (Consumer<String>) TENANT::set,
              (Runnable) TENANT::remove);
      TENANT.set("acme");

      assertThat(seenBy(CallerContext.of(application))).containsExactly("acme", null);
    }
  }

  @Test
  void context_ofAnAccessorThatThrows_isLeftOut() throws Exception {
    ContextRegistry.getInstance()
        .registerThreadLocalAccessor(
            KEY,
            () -> {
              throw new IllegalStateException("the application's own");
            },
            TENANT::set,
            TENANT::remove);

    assertThat(seenBy(CallerContext.of(getClass().getClassLoader()))).containsExactly(null, null);
  }

  @Test
  void context_withoutTheLibrary_isTheTaskItself() {
    Runnable task = () -> {};

    assertThat(CallerContext.of(ClassLoader.getPlatformClassLoader()).around(task)).isSameAs(task);
    assertThat(CallerContext.of(null).around(task)).isSameAs(task);
  }

  /** What another thread sees inside a task, and after it. */
  private static String[] seenBy(CallerContext context) throws InterruptedException {
    String[] seen = new String[2];
    Runnable task = context.around(() -> seen[0] = TENANT.get());
    Thread other =
        new Thread(
            () -> {
              task.run();
              seen[1] = TENANT.get();
            });
    other.start();
    other.join();
    return seen;
  }

  /** A class loader with what the build has put into a folder, and without the tests' own. */
  static URLClassLoader libraries(String folder) throws IOException {
    try (Stream<Path> jars = Files.list(Path.of("target", "libraries", folder))) {
      List<URL> urls = new ArrayList<>();
      for (Path jar : jars.toList()) {
        urls.add(jar.toUri().toURL());
      }
      return new URLClassLoader(
          folder, urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }
  }
}
