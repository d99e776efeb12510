/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.larder.Larder;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.springframework.context.support.GenericApplicationContext;

/** Links every class of its libraries, and then has some of them do what they are for. */
public final class Main {

  public static void main(String[] args) throws Exception {
    int classes = 0;
    TreeSet<String> unlinked = new TreeSet<>();
    for (String element : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (element.contains("corpus") && element.endsWith(".jar")) {
        try (JarFile jar = new JarFile(element)) {
          for (JarEntry entry : jar.stream().filter(Main::isClass).toList()) {
            classes += link(entry.getName(), unlinked);
          }
        }
      }
    }
    System.out.println("classes=" + classes);
    unlinked.forEach(each -> System.out.println("unlinked " + each));
    System.out.println("json=" + json());
    System.out.println("sql=" + sql());
    System.out.println("beans=" + beans());
    System.out.println("http=" + http());
    System.out.println("asked=" + Larder.stats("all").bypassed());
    System.out.println("answered=" + Larder.stats("all").hits());
  }

  private static boolean isClass(JarEntry entry) {
    return entry.getName().endsWith(".class")
        && !entry.getName().startsWith("META-INF/")
        && !entry.getName().endsWith("-info.class");
  }

  private static int link(String file, TreeSet<String> unlinked) {
    String name = file.substring(0, file.length() - ".class".length()).replace('/', '.');
    try {
      Class.forName(name, false, Main.class.getClassLoader()).getDeclaredMethods(); // which links
      return 1;
    } catch (ClassNotFoundException | LinkageError missing) {
      unlinked.add(name + ": " + missing.getClass().getSimpleName());
      return 0;
    }
  }

  private static String json() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    Map<?, ?> read = mapper.readValue("{\"name\":\"jam\",\"prices\":[1,2.5,null]}", Map.class);
    return mapper.writeValueAsString(read);
  }

  private static String sql() throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:corpus");
        Statement statement = connection.createStatement()) {
      statement.execute("create table product (id int primary key, name varchar(20))");
      for (int i = 1; i <= 20; i++) {
        statement.execute("insert into product values (" + i + ", 'n" + i + "')");
      }
      try (ResultSet found =
          statement.executeQuery(
              "select count(*), max(name), sum(id) from product where id > 5 and name like 'n1%'")) {
        found.next();
        return found.getInt(1) + " " + found.getString(2) + " " + found.getInt(3);
      }
    }
  }

  private static String beans() {
    try (GenericApplicationContext context = new GenericApplicationContext()) {
      context.registerBean("first", StringBuilder.class, () -> new StringBuilder("a bean"));
      context.refresh();
      return context.getBean("first") + " " + context.getBeansOfType(StringBuilder.class).size();
    }
  }

  private static String http() throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(new File("tomcat").getAbsolutePath());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context context = tomcat.addContext("", new File(".").getAbsolutePath());
    Tomcat.addServlet(context, "hello", new Hello()).addMapping("/hello");
    tomcat.start();
    try {
      URI uri = URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort());
      String first = new String(uri.resolve("/hello").toURL().openStream().readAllBytes());
      return first + new String(uri.resolve("/hello").toURL().openStream().readAllBytes());
    } finally {
      tomcat.stop();
      tomcat.destroy();
    }
  }

  static final class Hello extends HttpServlet {
    private int asked;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.getWriter().print("hello " + ++asked + ";");
    }
  }
}
