/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import dev.larder.Cache;
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.lang.instrument.Instrumentation;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.logging.LogManager;
import javax.management.MBeanServer;
import javax.management.MBeanServerDelegate;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;

/** An application that looks at its caches by JMX, answering each line with one. */
public final class Main {

  private static int runs;

  @Cache("early")
  static String early(String text) {
    return "run " + ++runs;
  }

  static final class Late {
    @Cache("late, \"odd\"")
    static String late(String text) {
      return "run " + ++runs;
    }
  }

  static final class Search {
    @Cache(key = "{text}")
    static String search(String text) {
      return "run " + ++runs;
    }
  }

  /** Of a web application, with a class loader of its own. */
  public static final class Deployed implements UnaryOperator<String> {
    @Override
    @Cache("deployed")
    public String apply(String text) {
      return "run " + ++runs;
    }
  }

  public static final class OwnLogManager extends LogManager {}

  /** An agent that was there before, and asks for the JVM's name as many do. */
  public static final class Naming {
    public static void premain(String options, Instrumentation instrumentation) {
      ManagementFactory.getRuntimeMXBean().getName();
    }
  }

  /** One that was there before, and has the server made. */
  public static final class Making {
    public static void premain(String options, Instrumentation instrumentation) {
      ManagementFactory.getPlatformMBeanServer();
    }
  }

  public static void main(String[] args) throws Exception {
    System.out.println("runs");
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ");
      System.out.println(
          switch (words[0]) {
            case "early" -> early(words[1]);
            case "late" -> Late.late(words[1]);
            case "search" -> Search.search(words[1]);
            case "deployed" -> deployedIsCollected();
            case "servers" -> MBeanServerFactory.findMBeanServer(null).size();
            case "beans" -> beans();
            case "get" -> server().getAttribute(bean(words[1]), words[2]);
            case "call" -> call(words);
            case "early-and-bean" -> early(words[1]) + "; " + beans();
            case "late-and-bean" -> Late.late(words[1]) + "; " + beans();
            case "listen" -> listen();
            case "manager" -> {
              System.setProperty("java.util.logging.manager", "Main$OwnLogManager");
              yield "set";
            }
            case "managed" -> LogManager.getLogManager().getClass().getName();
            default -> "what?";
          });
    }
  }

  private static MBeanServer server() {
    return ManagementFactory.getPlatformMBeanServer();
  }

  private static ObjectName bean(String cache) throws Exception {
    return new ObjectName("dev.larder:type=Cache,name=" + cache);
  }

  private static String beans() throws Exception {
    TreeSet<String> names = new TreeSet<>();
    for (ObjectName each : server().queryNames(new ObjectName("dev.larder:*"), null)) {
      names.add(each.getKeyProperty("type") + " " + each.getKeyProperty("name"));
    }
    return String.join("; ", names);
  }

  private static Object call(String[] words) throws Exception {
    return words.length == 3
        ? server().invoke(bean(words[1]), words[2], null, null)
        : server()
            .invoke(
                bean(words[1]),
                words[2],
                new Object[] {words[3]},
                new String[] {String.class.getName()});
  }

  /** Wants to know what is registered, and fails. */
  private static String listen() throws Exception {
    server()
        .addNotificationListener(
            MBeanServerDelegate.DELEGATE_NAME,
            (notification, handback) -> {
              throw new IllegalStateException("the application's own");
            },
            null,
            null);
    return "listens";
  }

  private static String deployedIsCollected() throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String each : System.getProperty("java.class.path").split(File.pathSeparator)) {
      urls.add(Path.of(each).toUri().toURL());
    }
    WeakReference<ClassLoader> gone = deploy(urls.toArray(new URL[0]));
    for (int i = 0; i < 500 && gone.get() != null; i++) {
      System.gc();
      Thread.sleep(10);
    }
    return gone.get() == null ? "collected; " + beans() : "kept";
  }

  @SuppressWarnings("unchecked")
  private static WeakReference<ClassLoader> deploy(URL[] urls) throws Exception {
    URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
    UnaryOperator<String> deployed =
        (UnaryOperator<String>)
            Class.forName("Main$Deployed", true, loader).getConstructor().newInstance();
    if (!deployed.apply("a").equals(deployed.apply("a")) || !beans().contains("deployed")) {
      throw new IllegalStateException("not cached, or not seen: " + beans());
    }
    loader.close();
    return new WeakReference<>(loader);
  }
}
