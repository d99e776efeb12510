/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Every manner of answering that the Servlet API has, each at a path of its own. */
final class Corpus extends HttpServlet {

  private static final String TEXT = "text/plain;charset=UTF-8";

  /** More than a rule holds. */
  private static final int LARGE = 3 << 19;

  /** What {@code async/kept} has completed. */
  private volatile AsyncContext kept;

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    doGet(request, response);
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    if (request.getDispatcherType() == DispatcherType.INCLUDE) {
      response.setHeader("X-Ignored", "of an include");
      response.setStatus(404);
      include(String.valueOf(request.getParameter("say")), response);
      return;
    }
    String[] kind = request.getPathInfo().substring(1).split("/");
    String variant = kind.length > 1 ? kind[1] : "";
    response.setHeader("X-Kind", kind[0]);
    switch (kind[0]) {
      case "plain" -> plain(variant, response);
      case "both" -> both(variant, response);
      case "length" -> length(variant, response);
      case "flush" -> flush(variant, response);
      case "close" -> close(variant, response);
      case "large" -> large(variant, response);
      case "reset" -> reset(variant, response);
      case "error" -> error(variant, response);
      case "thrown" -> thrown(variant, response);
      case "dispatch" -> dispatch(variant, request, response);
      case "async" -> async(variant, request, response);
      case "listener" -> listen(variant, request, response);
      case "fields" -> fields(variant, response);
      case "late" -> {
        response.setStatus(Integer.parseInt(variant));
        write(response, "with status " + variant);
        response.setHeader("X-Late", "behind the first of the body");
      }
      case "status" -> {
        response.setStatus(Integer.parseInt(variant));
        if (!variant.equals("304") && !variant.equals("204")) {
          write(response, "with status " + variant);
        }
      }
      case "file" -> file(request, response);
      case "trailer" -> {
        response.setHeader("Trailer", "X-End");
        response.setTrailerFields(() -> Map.of("X-End", "reached"));
        write(response, "before its trailer");
        if (variant.isEmpty()) {
          response.flushBuffer();
        }
      }
      case "upgrade" -> {
        response.setStatus(HttpServletResponse.SC_SWITCHING_PROTOCOLS);
        response.setHeader("Upgrade", "echo");
        response.setHeader("Connection", "Upgrade");
        request.upgrade(Echo.class);
      }
      default -> throw new ServletException("no such kind: " + kind[0]);
    }
  }

  private static void write(HttpServletResponse response, String text) throws IOException {
    response.setContentType(TEXT);
    response.getWriter().write(text);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void plain(String variant, HttpServletResponse response) throws IOException {
    switch (variant) {
      case "empty" -> response.setContentType(TEXT);
      case "untyped" -> response.getOutputStream().write(bytes("of no type"));
      case "bytes" -> {
        response.setContentType("application/octet-stream");
        for (byte each : bytes("one by one")) {
          response.getOutputStream().write(each);
        }
      }
      case "pieces" -> {
        response.setContentType(TEXT);
        byte[] piece = bytes("one of twenty. ".repeat(66));
        for (int i = 0; i < 20; i++) {
          response.getOutputStream().write(piece);
        }
      }
      case "print" -> {
        response.setContentType(TEXT);
        response.getOutputStream().print("printed, ");
        response.getOutputStream().println(7);
      }
      case "print-wide" -> {
        response.setContentType("text/html");
        response.getOutputStream().print("Vorräte, ");
        response.getOutputStream().println('ä');
      }
      case "format" -> {
        response.setContentType(TEXT);
        response.setLocale(Locale.GERMANY);
        response.getWriter().printf("%.2f", 1.5);
      }
      case "lines" -> {
        response.setContentType(TEXT);
        response.getWriter().println("first line");
        response.getWriter().println(2);
        response.getWriter().println();
      }
      case "latin" -> {
        response.setContentType("text/plain");
        response.setCharacterEncoding("ISO-8859-1");
        response.getWriter().write("a pantry: Vorräte");
      }
      case "utf16" -> {
        response.setContentType("text/plain;charset=UTF-16");
        response.getWriter().write("wide ä");
      }
      case "locale" -> {
        response.setContentType("text/html");
        response.setLocale(Locale.JAPAN);
        response.getWriter().printf(Locale.ROOT, "%s of %d", response.getCharacterEncoding(), 3);
      }
      case "late" -> {
        response.setContentType("text/plain");
        PrintWriter writer = response.getWriter();
        response.setCharacterEncoding("UTF-16");
        response.setContentType("text/html;charset=UTF-8");
        writer.append("as ").append(response.getContentType());
      }
      default -> write(response, "plain, with an ä and a smile \uD83D\uDE00");
    }
  }

  private static void both(String first, HttpServletResponse response) throws IOException {
    response.setContentType(TEXT);
    if (first.equals("stream")) {
      ServletOutputStream stream = response.getOutputStream();
      try {
        response.getWriter();
        stream.print("both were given");
      } catch (IllegalStateException refused) {
        stream.print("no writer beside the stream");
      }
    } else {
      PrintWriter writer = response.getWriter();
      try {
        response.getOutputStream();
        writer.write("both were given");
      } catch (IllegalStateException refused) {
        writer.write("no stream beside the writer");
      }
    }
  }

  private static void length(String variant, HttpServletResponse response) throws IOException {
    byte[] body = bytes("sixteen bytes...");
    response.setContentType(TEXT);
    switch (variant) {
      case "long" -> response.setContentLengthLong(body.length);
      case "field" -> response.setHeader("Content-Length", "16");
      case "int" -> response.setIntHeader("Content-Length", 16);
      case "added" -> response.addHeader("Content-Length", "16");
      case "less" -> response.setContentLength(7);
      case "more" -> response.setContentLength(99);
      case "none" -> {
        response.setContentLength(0);
        return;
      }
      default -> response.setContentLength(body.length);
    }
    response.getOutputStream().write(body);
  }

  private static void flush(String variant, HttpServletResponse response) throws IOException {
    response.setContentType(TEXT);
    switch (variant) {
      case "first" -> {
        response.flushBuffer();
        response.setHeader("X-Late", "is not sent");
        response.setStatus(404);
        response.getWriter().write("after the header");
      }
      case "last" -> {
        response.getWriter().write("all of it");
        response.flushBuffer();
      }
      case "stream" -> {
        response.getOutputStream().print("first, ");
        response.getOutputStream().flush();
        response.getOutputStream().print("second");
      }
      case "writer" -> {
        response.getWriter().write("first, ");
        response.getWriter().flush();
        response.getWriter().write("committed: " + response.isCommitted());
      }
      case "sized" -> {
        response.setBufferSize(4096);
        response.getWriter().write("x".repeat(100) + (response.getBufferSize() >= 4096));
        response.flushBuffer();
        try {
          response.setBufferSize(16384);
          response.getWriter().write("grown");
        } catch (IllegalStateException refused) {
          response.getWriter().write("not grown");
        }
      }
      default -> {
        response.getWriter().write("first, ");
        response.flushBuffer();
        response.flushBuffer();
        response.getWriter().write("second, ");
        response.flushBuffer();
        response.getWriter().write("third");
      }
    }
  }

  private static void close(String variant, HttpServletResponse response) throws IOException {
    response.setContentType(TEXT);
    if (variant.equals("stream")) {
      response.getOutputStream().print("all of it");
      response.getOutputStream().close();
      response.setHeader("X-Late", "is not sent");
    } else {
      response.getWriter().write("all of it");
      response.getWriter().close();
      response.getWriter().write(" and more");
    }
  }

  private static void large(String variant, HttpServletResponse response) throws IOException {
    response.setContentType("application/octet-stream");
    byte[] block = new byte[1 << 14];
    for (int i = 0; i < block.length; i++) {
      block[i] = (byte) (i * 31);
    }
    if (variant.equals("length")) {
      response.setContentLength(LARGE);
    }
    if (variant.equals("writer")) {
      response.setContentType("text/plain;charset=UTF-8");
      for (int i = 0; i < LARGE; i += 64) {
        response
            .getWriter()
            .write("a line of sixty-four characters, all of them written as they ar\n");
      }
      return;
    }
    for (int sent = 0; sent < LARGE; sent += block.length) {
      response.getOutputStream().write(block);
    }
  }

  private static void reset(String variant, HttpServletResponse response) throws IOException {
    response.setHeader("X-Before", "the reset");
    write(response, "before the reset");
    switch (variant) {
      case "buffer" -> {
        response.resetBuffer();
        response.getWriter().write("after the reset of the buffer");
      }
      case "flushed" -> {
        response.flushBuffer();
        try {
          response.reset();
          response.getWriter().write(", and again");
        } catch (IllegalStateException refused) {
          response.getWriter().write(", which was refused");
        }
      }
      default -> {
        response.reset();
        response.setContentType("application/octet-stream");
        response.getOutputStream().write(bytes("after the reset, as a stream"));
      }
    }
  }

  private static void error(String variant, HttpServletResponse response) throws IOException {
    switch (variant) {
      case "404" -> response.sendError(404);
      case "message" -> response.sendError(503, "closed for stocktaking");
      case "written" -> {
        write(response, "before the error");
        response.sendError(500, "came to grief");
      }
      case "flushed" -> {
        write(response, "before the error");
        response.flushBuffer();
        try {
          response.sendError(500, "came to grief");
        } catch (IllegalStateException refused) {
          response.getWriter().write(", which was refused");
        }
      }
      case "then-flushed" -> {
        write(response, "before the error");
        response.sendError(404);
        response.flushBuffer();
      }
      case "hints" -> {
        response.setHeader("Link", "</style.css>; rel=preload");
        response.sendError(103);
        if (!response.isCommitted()) {
          write(response, "after early hints");
        }
      }
      case "redirect" -> response.sendRedirect("elsewhere?a=b");
      default -> response.sendRedirect("http://shop.test/elsewhere");
    }
  }

  private static void thrown(String variant, HttpServletResponse response)
      throws IOException, ServletException {
    if (!variant.equals("early")) {
      write(response, "before the exception");
    }
    if (variant.equals("flushed")) {
      response.flushBuffer();
    }
    if (variant.equals("runtime")) {
      throw new IllegalArgumentException("out of jars");
    }
    if (variant.equals("io")) {
      throw new IOException("out of jars");
    }
    throw new ServletException("out of jars");
  }

  /** What has no effect in an include, whether it says it before the body or behind it. */
  private static void include(String say, HttpServletResponse response) throws IOException {
    if (say.equals("length")) {
      response.setContentLength(3);
    }
    response.getWriter().write("included, ");
    if (say.equals("error")) {
      response.sendError(404);
    } else if (say.equals("closed")) {
      response.getWriter().close();
    }
  }

  private static void dispatch(
      String variant, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    String base = request.getServletPath();
    switch (variant) {
      case "include" -> {
        write(response, "outside, ");
        request.getRequestDispatcher(base + "/plain").include(request, response);
        response.getWriter().write("outside again");
      }
      case "include-error", "include-length", "include-closed" -> {
        write(response, "outside, ");
        String say = variant.substring("include-".length());
        request.getRequestDispatcher(base + "/plain?say=" + say).include(request, response);
        response.getWriter().write("outside again");
      }
      case "written" -> {
        write(response, "lost");
        request.getRequestDispatcher(base + "/length/long").forward(request, response);
      }
      case "context" -> {
        write(response, "lost");
        request
            .getServletContext()
            .getRequestDispatcher(base + "/plain")
            .forward(request, response);
      }
      case "context-empty" ->
          request
              .getServletContext()
              .getRequestDispatcher(base + "/plain/empty")
              .forward(request, response);
      case "empty" ->
          request.getRequestDispatcher(base + "/plain/empty").forward(request, response);
      case "again" -> {
        write(response, "lost");
        request.getRequestDispatcher(base + "/plain").forward(request, response);
      }
      case "missing" ->
          request.getRequestDispatcher(base + "/error/404").forward(request, response);
      default -> request.getRequestDispatcher(base + "/plain/latin").forward(request, response);
    }
  }

  private void async(String variant, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getDispatcherType() == DispatcherType.ASYNC) {
      write(response, "dispatched back");
      return;
    }
    if (variant.equals("late")) {
      late(response);
      return;
    }
    if (variant.endsWith("written")) {
      write(response, "before, ");
    }
    AsyncContext context =
        variant.equals("given") ? request.startAsync(request, response) : request.startAsync();
    switch (variant) {
      case "dispatch" -> new Thread(context::dispatch).start();
      case "timeout", "timeout-written" -> context.setTimeout(200);
      case "kept" -> {
        kept = context;
        context.complete();
      }
      case "inside" -> {
        write((HttpServletResponse) context.getResponse(), "completed inside");
        context.complete();
      }
      case "inside-more" -> {
        write((HttpServletResponse) context.getResponse(), "completed inside, ");
        context.complete();
        context.getResponse().getWriter().write("and more");
      }
      case "inside-thrown" -> {
        write((HttpServletResponse) context.getResponse(), "completed inside");
        context.complete();
        throw new IllegalStateException("thrown behind the completion");
      }
      case "dispatch-thrown" -> {
        context.dispatch();
        throw new IllegalStateException("thrown behind the dispatch");
      }
      default -> new Thread(() -> complete(context, variant)).start();
    }
  }

  /** Completes what has ended before. */
  private void late(HttpServletResponse response) throws IOException {
    try {
      kept.complete();
      write(response, "completed again");
    } catch (IllegalStateException refused) {
      write(response, "not completed again");
    }
  }

  private static void complete(AsyncContext context, String variant) {
    HttpServletResponse response = (HttpServletResponse) context.getResponse();
    try {
      write(response, "async, ");
      if (variant.equals("flushed")) {
        response.flushBuffer();
      }
      response.getWriter().write("by another thread");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      context.complete();
    }
  }

  /** Writes without blocking. */
  private static void listen(
      String variant, HttpServletRequest request, HttpServletResponse response) throws IOException {
    AsyncContext context =
        variant.equals("given") ? request.startAsync(request, response) : request.startAsync();
    HttpServletResponse into = (HttpServletResponse) context.getResponse();
    into.setContentType("application/octet-stream");
    ServletOutputStream stream = into.getOutputStream();
    byte[] block = new byte[10_000];
    stream.setWriteListener(
        new WriteListener() {
          private int blocks;

          @Override
          public void onWritePossible() throws IOException {
            while (stream.isReady()) {
              if (blocks == 40) {
                context.complete();
                return;
              }
              blocks++;
              stream.write(block);
            }
          }

          @Override
          public void onError(Throwable failure) {
            context.complete();
          }
        });
  }

  private static void fields(String variant, HttpServletResponse response) throws IOException {
    response.addHeader("X-Many", "one");
    response.addHeader("X-Many", "two, three");
    response.setIntHeader("X-Number", 7);
    response.setDateHeader("X-Moment", 784111777000L);
    response.addCookie(new Cookie("basket", "7"));
    response.setHeader("Vary", "X-Shelf");
    switch (variant) {
      case "last-modified" -> response.setDateHeader("Last-Modified", 784111777000L);
      case "etag" -> response.setHeader("ETag", "\"the application's\"");
      case "own" -> response.setHeader("Cache-Control", "max-age=5, private");
      case "expires" -> response.setDateHeader("Expires", 784111777000L);
      default -> response.setHeader("X-Unset", null);
    }
    write(
        response,
        response.getHeaders("X-Many")
            + " "
            + response.containsHeader("x-many")
            + " "
            + response.getHeader("X-Number")
            + " "
            + response.getStatus());
  }

  /** By the container's own hands where it has them (Tomcat). */
  private static void file(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Path file = Path.of("sent.txt").toAbsolutePath();
    byte[] body = bytes("a line of a file\n".repeat(10_000));
    Files.write(file, body);
    response.setContentType(TEXT);
    response.setContentLength(body.length);
    if (Boolean.TRUE.equals(request.getAttribute("org.apache.tomcat.sendfile.support"))) {
      request.setAttribute("org.apache.tomcat.sendfile.filename", file.toString());
      request.setAttribute("org.apache.tomcat.sendfile.start", 0L);
      request.setAttribute("org.apache.tomcat.sendfile.end", (long) body.length);
    } else {
      response.getOutputStream().write(body);
    }
  }

  /** Says one thing in another protocol, and ends it. */
  public static final class Echo implements HttpUpgradeHandler {
    @Override
    public void init(WebConnection connection) {
      try (connection) {
        connection.getOutputStream().write(bytes("in another protocol"));
        connection.getOutputStream().flush();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void destroy() {}
  }
}
