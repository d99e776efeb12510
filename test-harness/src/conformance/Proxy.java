/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * What {@code conformance.sh} runs under the agent: a servlet that hands each request on to an
 * origin and its answer back, and does nothing of its own about caching.
 *
 * <p>It speaks to the origin over a plain socket, since no client of the JDK shows interim
 * responses.
 */
public final class Proxy extends HttpServlet {

  private static final long serialVersionUID = 1;

  /** Of one connection: what a servlet has no say in. */
  private static final Set<String> HOP =
      Set.of("host", "connection", "keep-alive", "transfer-encoding", "expect", "content-length");

  private final int origin;

  private Proxy(int origin) {
    this.origin = origin;
  }

  private record Field(String name, String value) {}

  private record Head(int status, List<Field> fields) {

    String value(String name) {
      for (Field field : fields) {
        if (field.name().equalsIgnoreCase(name)) {
          return field.value();
        }
      }
      return null;
    }
  }

  public static void main(String[] args) throws Exception {
    Server server = new Server();
    HttpConfiguration plain = new HttpConfiguration();
    plain.setSendServerVersion(false);
    ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(plain));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/");
    context.addServlet(new ServletHolder(new Proxy(Integer.parseInt(args[0]))), "/*");
    server.setHandler(context);
    server.start();
    System.out.println("port=" + connector.getLocalPort());
    server.join();
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), origin)) {
      send(request, socket);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      Head head = head(in);
      while (head.status() < 200) {
        interim(head, response);
        head = head(in);
      }
      byte[] body = body(request.getMethod(), head, in);
      response.setStatus(head.status());
      give(head, response);
      if (body.length > 0) {
        response.getOutputStream().write(body);
      }
    }
  }

  private static void send(HttpServletRequest request, Socket socket) throws IOException {
    byte[] body = request.getInputStream().readAllBytes();
    StringBuilder head = new StringBuilder();
    String query = request.getQueryString();
    head.append(request.getMethod()).append(' ').append(request.getRequestURI());
    head.append(query == null ? "" : "?" + query).append(" HTTP/1.1\r\n");
    head.append("Host: localhost\r\nConnection: close\r\n");
    for (String name : Collections.list(request.getHeaderNames())) {
      if (!HOP.contains(name.toLowerCase(Locale.ROOT))) {
        for (String value : Collections.list(request.getHeaders(name))) {
          head.append(name).append(": ").append(value).append("\r\n");
        }
      }
    }
    if (body.length > 0) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    head.append("\r\n");
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    message.write(body);
    message.writeTo(socket.getOutputStream());
  }

  /** Jetty sends an interim response, with the fields set so far, by this method. */
  private static void interim(Head head, HttpServletResponse response) throws IOException {
    give(head, response);
    response.sendError(head.status());
    head.fields().forEach(field -> response.setHeader(field.name(), null));
  }

  private static void give(Head head, HttpServletResponse response) {
    List<String> set = new ArrayList<>();
    for (Field field : head.fields()) {
      String name = field.name().toLowerCase(Locale.ROOT);
      boolean framing =
          name.equals("transfer-encoding") || (name.equals("keep-alive") && isTimeout(field));
      if (framing || (name.equals("connection") && isFraming(field.value()))) {
        continue;
      }
      if (set.contains(name)) {
        response.addHeader(field.name(), field.value());
      } else {
        response.setHeader(field.name(), field.value());
        set.add(name);
      }
    }
  }

  private static boolean isTimeout(Field field) {
    return field.value().startsWith("timeout=");
  }

  private static boolean isFraming(String connection) {
    return connection.equalsIgnoreCase("close") || connection.equalsIgnoreCase("keep-alive");
  }

  private static Head head(InputStream in) throws IOException {
    String[] status = line(in).split(" ", 3);
    List<Field> fields = new ArrayList<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      fields.add(new Field(line.substring(0, colon), line.substring(colon + 1).strip()));
    }
    return new Head(Integer.parseInt(status[1]), fields);
  }

  private static byte[] body(String method, Head head, InputStream in) throws IOException {
    if (method.equals("HEAD") || head.status() == 204 || head.status() == 304) {
      return new byte[0];
    }
    if ("chunked".equalsIgnoreCase(head.value("Transfer-Encoding"))) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      for (int size = size(in); size > 0; size = size(in)) {
        body.write(exactly(in, size));
        line(in);
      }
      return body.toByteArray();
    }
    String length = head.value("Content-Length");
    return length == null ? in.readAllBytes() : exactly(in, Integer.parseInt(length));
  }

  private static int size(InputStream in) throws IOException {
    return Integer.parseInt(line(in).strip(), 16);
  }

  private static byte[] exactly(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the origin gave " + bytes.length + " of " + length + " bytes");
    }
    return bytes;
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the origin closed the connection");
      }
      if (c != '\r') {
        line.write(c);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }
}
