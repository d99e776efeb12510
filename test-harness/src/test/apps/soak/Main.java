/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import com.acme.soak.Calls;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.InputStreamReader;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;

/** An embedded Tomcat whose one web application is deployed again and again, as it is told. */
public final class Main {

  private static final int CLIENTS = 4;
  private static final int REQUESTS = 25;

  private static final long PATIENCE_NANOS = 20_000_000_000L;
  private static final long PAUSE_MILLIS = 200;

  private final Tomcat tomcat = new Tomcat();
  private final String application;
  private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
  private final List<WeakReference<ClassLoader>> deployed = new ArrayList<>();
  private Context context;
  private int seed;

  private Main(String application) {
    this.application = application;
  }

  public static void main(String[] args) throws Exception {
    Main main = new Main(args[0]);
    main.start();
    System.out.println("runs");
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(main.answer(line));
    }
    System.exit(0);
  }

  private void start() throws Exception {
    tomcat.setBaseDir(new File("tomcat").getAbsolutePath());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    tomcat.getConnector().setProperty("maxThreads", "8");
    tomcat.getConnector().setProperty("minSpareThreads", "8");
    // Its own thread, which looks after each application now and then, is nothing that one leaves
    tomcat.getEngine().setBackgroundProcessorDelay(-1);
    tomcat.start();
    deploy();
  }

  private Object answer(String line) throws Exception {
    return switch (line) {
      case "work" -> work();
      case "redeploy" -> {
        undeploy();
        deploy();
        yield deployed.size();
      }
      case "undeploy" -> {
        undeploy();
        yield deployed.size();
      }
      case "measure" -> measure();
      case "faults" -> Calls.faults();
      case "uncounted" -> Calls.uncounted();
      case "hits" -> Calls.hits();
      default -> throw new IllegalArgumentException(line);
    };
  }

  private void deploy() {
    context = tomcat.addContext("/shop", application);
    Tomcat.addServlet(context, "shop", "com.acme.soak.shop.ShopServlet").setAsyncSupported(true);
    context.addServletMappingDecoded("/*", "shop");
    if (context.getLoader() == null) {
      throw new IllegalStateException("the web application did not start");
    }
    deployed.add(new WeakReference<>(context.getLoader().getClassLoader()));
  }

  private void undeploy() throws Exception {
    tomcat.getHost().removeChild(context);
    context = null;
  }

  /** Has every client send its requests; what came back that should not have. */
  private String work() throws Exception {
    List<Callable<Integer>> all = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      int from = ++seed * REQUESTS;
      all.add(() -> requests(from));
    }
    int failed = 0;
    for (Future<Integer> each : clients.invokeAll(all)) {
      failed += each.get();
    }
    return String.valueOf(failed);
  }

  private int requests(int from) throws Exception {
    int failed = 0;
    for (int i = from; i < from + REQUESTS; i++) {
      String method = i % 7 == 0 ? "POST" : "GET";
      String answer = request(method, (i % 3 == 0 ? "/shop/page/" : "/shop/mix/") + i % 50);
      boolean good = answer.startsWith("HTTP/1.1 200") && answer.endsWith("of " + i % 50);
      if (!good) {
        failed++;
        Calls.wrong("request", answer);
      }
    }
    return failed;
  }

  private String request(String method, String path) throws Exception {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), tomcat.getConnector().getLocalPort())) {
      socket.setSoTimeout(30_000);
      String request =
          method
              + " "
              + path
              + " HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n"
              + (method.equals("POST") ? "Content-Length: 0\r\n\r\n" : "\r\n");
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  /**
   * Serializes something, whatever it is: the JDK's own cache of serialized classes, where {@code
   * codec = java} has had it look some up, lets go of those that are not used when it is asked
   * next.
   */
  private static void serialize() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(1);
    }
    new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
  }

  /** What this JVM takes: heap and metaspace in KB, threads, open files, and loaders not gone. */
  private String measure() throws Exception {
    long live;
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      System.gc();
      serialize();
      live = deployed.stream().filter(each -> each.get() != null).count();
      if (live <= (context == null ? 0 : 1) || System.nanoTime() > end) {
        break;
      }
      // A background run may be at work in what was undeployed; or the JVM's compiler, which gets
      // nowhere while one collection follows the other
      Thread.sleep(PAUSE_MILLIS);
    }
    System.gc(); // what was only reachable from loaders that have just gone
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    long meta = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      meta += pool.getName().equals("Metaspace") ? pool.getUsage().getUsed() : 0;
    }
    String[] files = new File("/proc/self/fd").list();
    return (heap >> 10)
        + " "
        + (meta >> 10)
        + " "
        + ManagementFactory.getThreadMXBean().getThreadCount()
        + " "
        + (files == null ? -1 : files.length)
        + " "
        + live;
  }
}
