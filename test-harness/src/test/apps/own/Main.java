/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import dev.larder.Cache;
import dev.larder.Larder;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.LogManager;

/** Takes all that a JVM has once, after cached methods have run, and says what it found. */
public final class Main {

  public static final class OwnLogManager extends LogManager {}

  static int runs;

  @Cache
  static StringBuilder find(long id) {
    return new StringBuilder("run ").append(++runs);
  }

  @Cache(key = "{id}", unless = "result == 'none'")
  static String byKey(long id) {
    return "run " + ++runs;
  }

  public static void main(String[] args) throws Exception {
    if (List.of(args).contains("runs")) {
      System.out.println("runs");
      System.in.read(); // until the agent has come
    }
    while (List.of(args).contains("stores") && Larder.attached() && !byKey(3).equals(byKey(3))) {
      Thread.sleep(10); // until the backend is there
    }
    System.out.println("cached=" + find(1) + "|" + find(1) + "|" + byKey(1) + "|" + byKey(1));
    new TreeMap<>(System.getProperties())
        .forEach((name, value) -> System.out.println("property " + name + "=" + value));
    System.out.println("handler=" + Thread.getDefaultUncaughtExceptionHandler());
    System.out.println(
        "loader="
            + (Thread.currentThread().getContextClassLoader() == Main.class.getClassLoader()));

    System.setProperty("java.util.logging.manager", OwnLogManager.class.getName());
    System.out.println("manager=" + LogManager.getLogManager().getClass().getName());

    URL.setURLStreamHandlerFactory(protocol -> null);
    System.out.println("factory=taken");

    AtomicReference<String> caught = new AtomicReference<>();
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> caught.set(failure.getMessage()));
    Thread failing =
        new Thread(
            () -> {
              find(2);
              throw new IllegalStateException("the application's");
            });
    failing.start();
    failing.join();
    System.out.println("caught=" + caught.get());
    System.out.println(
        "parameter=" + Main.class.getDeclaredMethod("byKey", long.class).getParameters()[0]);
    printVisible();
    printThreads();
  }

  /** What of the agent's jar the application can see. */
  private static void printVisible() throws Exception {
    ClassLoader loader = Main.class.getClassLoader();
    for (String name :
        new String[] {
          "org.objectweb.asm.ClassReader",
          "org.slf4j.LoggerFactory",
          "com.github.benmanes.caffeine.cache.Caffeine",
          "com.fasterxml.jackson.databind.ObjectMapper",
          "dev.larder.engine.Engine",
          "dev.larder.agent.Start"
        }) {
      try {
        System.out.println("visible=" + Class.forName(name, false, loader));
      } catch (ClassNotFoundException expected) {
        // as without the agent
      }
    }
    for (String name :
        new String[] {
          "META-INF/services", "META-INF/maven", "META-INF/LICENSE", "LICENSE", "META-INF/versions"
        }) {
      for (URL found : Collections.list(loader.getResources(name))) {
        System.out.println("resource=" + found);
      }
    }
    try (URLClassLoader empty = new URLClassLoader(new URL[0], null)) {
      System.out.println("services=" + empty.getResource("META-INF/services"));
    }
  }

  private static void printThreads() {
    Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !thread.isDaemon())
        .map(Thread::getName)
        .filter(name -> !name.equals("DestroyJavaVM"))
        .sorted()
        .forEach(name -> System.out.println("thread=" + name));
  }
}
