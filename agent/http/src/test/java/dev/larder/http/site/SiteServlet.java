/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.site;

import dev.larder.http.Exchange;
import dev.larder.http.HandlerCall;
import dev.larder.http.HttpAgent;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers of every kind that a container knows, each under a path of its own. */
public final class SiteServlet extends HttpServlet {

  private static final long serialVersionUID = 1;

  private static final byte[] TEXT = "a text of some length".getBytes(StandardCharsets.UTF_8);

  /** More than a connection holds of what its client does not read. */
  private static final int UNREADY = 32 << 20;

  private final transient HttpAgent agent;

  /** Lets go what {@code /flush-more} and {@code /events} hold back. */
  private final transient CountDownLatch more = new CountDownLatch(1);

  /** One permission for each run that {@code hang} holds. */
  private final Semaphore released = new Semaphore(0);

  /** One permit for each answer that has met a client who does not read. */
  private final Semaphore unready = new Semaphore(0);

  private final AtomicInteger runs = new AtomicInteger();
  private final Set<String> failed = ConcurrentHashMap.newKeySet();

  /** What the status was once the body of {@code /large} was written. */
  private final AtomicInteger statusAfterLarge = new AtomicInteger();

  public SiteServlet(HttpAgent agent) {
    this.agent = agent;
  }

  /** Does what the weaver does at the entry of {@code Servlet.service}. */
  @Override
  public void service(ServletRequest request, ServletResponse response)
      throws ServletException, IOException {
    Exchange exchange = agent == null ? null : agent.enter(this, true, request, response);
    if (exchange == null) {
      super.service(request, response);
      return;
    }
    try {
      if (!exchange.answered()) {
        super.service((ServletRequest) exchange.request(), (ServletResponse) exchange.response());
      }
    } catch (Throwable e) {
      if (!exchange.exit(e)) {
        throw e;
      }
      return;
    }
    exchange.exit(null);
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setStatus(204);
    if (request.getHeader("X-Location") != null) {
      response.setHeader("Location", request.getHeader("X-Location"));
    }
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    Object included = request.getAttribute(RequestDispatcher.INCLUDE_SERVLET_PATH);
    String path = included == null ? request.getServletPath() : (String) included;
    boolean forwarded = request.getDispatcherType() == DispatcherType.FORWARD;
    if (request.getParameter("run") != null && !forwarded) {
      run(request, response);
      return;
    }
    if (path.matches("/(kept|edge|soon|framed|stripped|once)/.*")) {
      kept(request, response, path);
      return;
    }
    switch (path) {
      case "/stream", "/unmatched" -> text(response).write(TEXT);
      case "/empty" -> text(response);
      case "/untouched" -> response.setContentType("text/plain");
      case "/writer" -> {
        response.setContentType("text/html;charset=UTF-8");
        response.getWriter().print("Grüße ☃");
      }
      case "/latin" -> {
        response.setContentType("text/plain");
        response.getWriter().print("Grüße");
      }
      case "/json" -> {
        response.setContentType("application/json");
        OutputStream out = response.getOutputStream();
        out.write("{\"a\":1}".getBytes(StandardCharsets.UTF_8));
        out.flush();
        response.flushBuffer();
      }
      case "/closed" -> {
        try (OutputStream out = text(response)) {
          out.write(TEXT);
        }
        response.setHeader("X-Late", "1");
      }
      case "/writer-closed" -> {
        response.setContentType("text/plain");
        try (PrintWriter out = response.getWriter()) {
          out.print("closed");
        }
      }
      case "/length" -> {
        response.setContentLength(TEXT.length);
        text(response).write(TEXT);
      }
      case "/length-header" -> {
        response.setHeader("Content-Length", Integer.toString(TEXT.length));
        text(response).write(TEXT);
      }
      case "/large" -> {
        byte[] body = "more than a buffer takes; ".repeat(5_000).getBytes(StandardCharsets.UTF_8);
        response.setContentLength(body.length);
        text(response).write(body);
        response.setHeader("X-Late", "behind the commit");
        statusAfterLarge.set(response.getStatus());
      }
      case "/status-after-large" ->
          text(response).write(statusAfterLarge.toString().getBytes(StandardCharsets.UTF_8));
      case "/big" -> {
        OutputStream out = text(response);
        for (int i = 0; i < 300_000; i++) {
          out.write(TEXT);
        }
      }
      case "/flush-more" -> {
        OutputStream out = text(response);
        out.write(TEXT);
        out.flush();
        await();
        out.write(TEXT);
      }
      case "/events" -> {
        response.setContentType("text/event-stream");
        PrintWriter out = response.getWriter();
        out.print("data: 1\n\n");
        out.flush();
        await();
        out.print("data: 2\n\n");
      }
      case "/go" -> more.countDown();
      case "/release" -> released.release();
      case "/unready" -> unready.acquireUninterruptibly();
      case "/error" -> {
        text(response).write(TEXT);
        response.sendError(404, "nothing here");
      }
      case "/status" -> {
        response.setStatus(503);
        text(response).write(TEXT);
      }
      case "/redirect" -> response.sendRedirect("/stream");
      case "/throw" -> {
        text(response).write(TEXT);
        throw new IllegalStateException("on purpose");
      }
      case "/reset" -> {
        response.setContentType("text/html");
        response.getWriter().print("not this");
        response.reset();
        text(response).write(TEXT);
      }
      case "/reset-buffer" -> {
        OutputStream out = text(response);
        out.write("not this".getBytes(StandardCharsets.UTF_8));
        response.resetBuffer();
        out.write(TEXT);
      }
      case "/both" -> {
        text(response).write(TEXT);
        try {
          response.getWriter();
        } catch (IllegalStateException expected) {
          response.setHeader("X-Refused", "writer");
        }
      }
      case "/async" -> {
        AsyncContext async = request.startAsync();
        async.start(() -> writeAndComplete(async, TEXT));
      }
      case "/async-dispatch" -> {
        if (request.getDispatcherType() == DispatcherType.ASYNC) {
          text(response).write(TEXT);
        } else {
          AsyncContext async = request.startAsync(request, response);
          async.start(async::dispatch);
        }
      }
      case "/async-complete-more" -> {
        AsyncContext async = request.startAsync(request, response);
        text(response).write(TEXT);
        async.complete();
        response.getOutputStream().write(TEXT);
      }
      case "/async-complete-throw" -> {
        AsyncContext async = request.startAsync(request, response);
        text(response).write(TEXT);
        async.complete();
        throw new IllegalStateException("on purpose");
      }
      case "/async-dispatch-throw" -> {
        if (request.getDispatcherType() == DispatcherType.ASYNC) {
          text(response).write(TEXT);
        } else {
          request.startAsync(request, response).dispatch();
          throw new IllegalStateException("on purpose");
        }
      }
      case "/async-timeout" -> {
        AsyncContext async = request.startAsync();
        async.setTimeout(50);
      }
      case "/async-timeout-written", "/async-timeout-flushed" -> {
        text(response).write(TEXT);
        if (path.endsWith("flushed")) {
          response.flushBuffer();
        }
        request.startAsync().setTimeout(50);
      }
      case "/trailed", "/trailed-missing" -> {
        response.setTrailerFields(() -> Map.of("X-Sum", "1"));
        if (path.endsWith("missing")) {
          response.setStatus(404);
        }
        text(response).write(TEXT);
      }
      case "/nonblocking" -> nonBlocking(request, response);
      case "/nonblocking-flushed" -> flushUnready(request, response);
      case "/short-flushed" -> {
        response.setContentLength(TEXT.length + 5);
        text(response).write(TEXT);
        response.flushBuffer();
      }
      case "/forward" -> request.getRequestDispatcher("/stream").forward(request, response);
      case "/include" -> {
        OutputStream out = text(response);
        out.write('<');
        request.getRequestDispatcher("/stream").include(request, response);
        out.write('>');
      }
      case "/context-forward" -> {
        text(response).write(TEXT);
        getServletContext().getRequestDispatcher("/stream").forward(request, response);
      }
      case "/context-forward-writer" -> {
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().print("lost");
        getServletContext().getRequestDispatcher("/writer").forward(request, response);
      }
      case "/error-flushed" -> {
        text(response).write(TEXT);
        response.sendError(404);
        response.flushBuffer();
      }
      case "/include-error", "/include-redirect", "/include-length" -> {
        OutputStream out = text(response);
        out.write('<');
        request.getRequestDispatcher("/ignored" + path).include(request, response);
        out.write('>');
      }
      case "/ignored/include-error" -> response.sendError(404);
      case "/ignored/include-redirect" -> response.sendRedirect("/stream");
      case "/ignored/include-length" -> {
        response.setContentLength(1);
        response.getOutputStream().write(TEXT);
      }
      case "/late" -> {
        response.setStatus(201);
        text(response).write(TEXT);
        response.setHeader("X-Late", "behind the first of the body");
      }
      case "/tagged" -> {
        response.setHeader("ETag", "\"own\"");
        response.setHeader("Cache-Control", "max-age=7");
        text(response).write(TEXT);
      }
      case "/modified" -> {
        response.setDateHeader("Last-Modified", 1_700_000_000_000L);
        text(response).write(TEXT);
      }
      case "/own-304" -> response.setStatus(304);
      case "/no-store" -> {
        response.setHeader("Cache-Control", "no-store");
        text(response).write(TEXT);
      }
      case "/cookie" -> {
        response.addCookie(new Cookie("a", "b"));
        text(response).write(TEXT);
      }
      case "/session" -> {
        request.getSession();
        text(response).write(TEXT);
      }
      case "/partial" -> {
        response.setStatus(206);
        response.setHeader("Content-Range", "bytes 0-20/100");
        text(response).write(TEXT);
      }
      case "/handler" -> {
        HandlerCall call = handlerCall();
        response.setHeader("X-May-Store", Boolean.toString(call.mayStore("value")));
        call.served(true, true, 42_500);
        text(response).write(TEXT);
      }
      case "/handler-new" -> {
        handlerCall().served(false, true, 59_990);
        text(response).write(TEXT);
      }
      case "/handler-last" -> {
        handlerCall().served(true, true, 400);
        text(response).write(TEXT);
      }
      case "/handler-stale" -> {
        handlerCall().served(true, true, -400);
        text(response).write(TEXT);
      }
      case "/handler-unkept" -> {
        handlerCall().served(false, false, 0);
        text(response).write(TEXT);
      }
      case "/until" -> {
        response.setDateHeader("Expires", System.currentTimeMillis() + 30_900);
        text(response).write(TEXT);
      }
      case "/long-until" -> {
        response.setDateHeader("Expires", System.currentTimeMillis() + 3_600_000);
        text(response).write(TEXT);
      }
      case "/headers" -> {
        response.addHeader("X-Several", "1");
        response.addHeader("X-Several", "2");
        response.setIntHeader("X-Int", 3);
        response.addDateHeader("X-Date", 0);
        text(response).write(TEXT);
      }
      default -> response.sendError(404);
    }
  }

  private HandlerCall handlerCall() {
    return agent == null ? HandlerCall.NONE : agent.handlerEntered();
  }

  /** What is to happen at the next run of a path, as {@code next} said it; null for nothing. */
  private final Map<String, String> next = new ConcurrentHashMap<>();

  /** Says how often it ran, unless {@code next} has asked for something else. */
  private void run(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    String path = request.getServletPath();
    String say = request.getHeader("X-Next");
    if (say != null) {
      next.put(path, say);
      return;
    }
    String run = Integer.toString(runs.incrementAndGet());
    response.setHeader("X-Run", run);
    response.setHeader("X-Asked", String.valueOf(request.getHeader("If-None-Match")));
    String control = request.getParameter("control");
    if (control != null) {
      response.setHeader("Cache-Control", control);
    }
    String tag = request.getParameter("tag");
    if (tag != null) {
      response.setHeader("ETag", '"' + tag + '"');
    }
    switch (String.valueOf(next.remove(path))) {
      case "error" -> response.sendError(503, "closed");
      case "status" -> {
        response.setStatus(502);
        response.setHeader("X-Failed", "1");
        text(response).write("bad gateway".getBytes(StandardCharsets.UTF_8));
        response.flushBuffer();
      }
      case "status-closed" -> {
        response.setStatus(502);
        text(response).close();
      }
      case "throw" -> {
        text(response).write("half of it".getBytes(StandardCharsets.UTF_8));
        throw new IllegalStateException("on purpose");
      }
      case "deny" -> throw new SecurityException("on purpose");
      case "gone" -> response.sendError(404);
      case "same" -> response.setStatus(304);
      case "same-flushed" -> {
        response.setStatus(304);
        response.flushBuffer();
        takeTime();
      }
      case "same-closed" -> {
        response.setStatus(304);
        response.getOutputStream().close();
      }
      case "same-forwarded" -> request.getRequestDispatcher("/own-304").forward(request, response);
      case "same-sent" -> response.sendError(304);
      case "known" -> {
        request.getSession();
        response.sendError(503);
      }
      case "hang" -> {
        awaitRelease();
        text(response).write(("run " + run).getBytes(StandardCharsets.UTF_8));
      }
      default -> text(response).write(("run " + run).getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Who is asking, by any of the ways to say so. */
  private static String user(HttpServletRequest request) {
    for (String name : List.of("Authorization", "X-Api-Key", "X-Forwarded-User")) {
      if (request.getHeader(name) != null) {
        return request.getHeader(name);
      }
    }
    Cookie[] cookies = request.getCookies();
    return cookies == null ? "all" : cookies[0].getValue();
  }

  /** Answers that a rule would store, but for what their names say. */
  private void kept(HttpServletRequest request, HttpServletResponse response, String path)
      throws IOException {
    String run = Integer.toString(runs.incrementAndGet());
    response.setHeader("X-Run", run);
    byte[] body = (path + " run " + run + " ü").getBytes(StandardCharsets.UTF_8);
    switch (path.substring(path.indexOf('/', 1) + 1)) {
      case "text" -> {
        response.setContentType("text/html;charset=UTF-8");
        response.getWriter().print(path + " run " + run + " ü");
        return;
      }
      case "cookie" -> response.addCookie(new Cookie("a", run));
      case "session" -> request.getSession();
      case "private" -> response.setHeader("Cache-Control", "private");
      case "no-store" -> response.setHeader("Cache-Control", "no-store");
      case "own" -> response.setHeader("Cache-Control", "max-age=30");
      case "locale" -> response.setLocale(Locale.GERMAN);
      case "targeted" -> {
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Larder-Cache-Control", "max-age=7");
        response.setHeader("Cache-Control", "max-age=9");
      }
      case "targeted-alone" -> {
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Larder-Cache-Control", "max-age=7");
      }
      case "aged" -> response.setHeader("Age", "15");
      case "coded" -> response.setContentLength(body.length);
      case "until" -> response.setDateHeader("Expires", System.currentTimeMillis() + 30_900);
      case "old-until" -> {
        response.setDateHeader("Date", System.currentTimeMillis() - 20_000);
        response.setDateHeader("Expires", System.currentTimeMillis() + 30_900);
      }
      case "expired" -> response.setHeader("Expires", "0");
      case "twice" -> {
        response.addHeader("X-Twice", "a");
        response.addHeader("X-Twice", "b");
        response.addHeader("X-Twice", "a");
      }
      case "nameless" -> {
        response.setHeader(null, "a");
        response.addHeader(null, "a");
        response.setIntHeader(null, 1);
        response.addIntHeader(null, 1);
        response.setDateHeader(null, 1);
        response.addDateHeader(null, 1);
      }
      case "vary-all" -> response.setHeader("Vary", "*");
      case "cors" -> response.setHeader("Access-Control-Allow-Origin", "https://a.example");
      case "status-500" -> response.setStatus(500);
      case "status-404" -> response.setStatus(404);
      case "error" -> {
        response.sendError(404);
        return;
      }
      case "big" -> body = new byte[2 << 20];
      case "short" -> response.setContentLength(body.length + 5);
      case "language" -> request.getLocale();
      case "names" -> {
        for (String name : Collections.list(request.getHeaderNames())) {
          if (name.equalsIgnoreCase("Accept")) {
            body = request.getHeader(name).getBytes(StandardCharsets.UTF_8);
          }
        }
      }
      case "flushed" -> {
        text(response).write(body);
        response.flushBuffer();
      }
      case "events" -> {
        response.setContentType("text/event-stream");
        response.getOutputStream().write(body);
        response.flushBuffer();
        await();
        return;
      }
      case "whoami" -> {
        String user = user(request);
        response.setHeader("Vary", request.getParameter("vary"));
        if (request.getParameter("control") != null) {
          response.setHeader("Cache-Control", request.getParameter("control"));
        }
        if (request.getParameter("cookie") != null) {
          response.addCookie(new Cookie("last", user));
        }
        if (request.getParameter("tag") != null) {
          response.setHeader("ETag", '"' + user + '"');
          if (('"' + user + '"').equals(request.getHeader("If-None-Match"))) {
            response.setStatus(304);
            return;
          }
        }
        if (request.getHeader("X-Fail") != null) {
          response.sendError(503);
          return;
        }
        body = ("for " + user).getBytes(StandardCharsets.UTF_8);
      }
      case "slow" -> takeTime();
      case "down-once" -> {
        takeTime();
        String how = request.getParameter("how");
        if (failed.add(how)) {
          if (how.equals("throws")) {
            throw new IllegalStateException("down");
          }
          response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
          return;
        }
      }
      case "async-raw" -> {
        AsyncContext async = request.startAsync();
        byte[] whole = body;
        async.start(() -> writeAndComplete(async, whole));
        return;
      }
      default -> {}
    }
    text(response).write(body);
  }

  private static ServletOutputStream text(HttpServletResponse response) throws IOException {
    response.setContentType("text/plain;charset=UTF-8");
    return response.getOutputStream();
  }

  private static void writeAndComplete(AsyncContext async, byte[] body) {
    try {
      text((HttpServletResponse) async.getResponse()).write(body);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } finally {
      async.complete();
    }
  }

  private static void nonBlocking(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    AsyncContext async = request.startAsync(request, response);
    ServletOutputStream out = text(response);
    out.setWriteListener(
        new WriteListener() {
          private boolean written;

          @Override
          public void onWritePossible() throws IOException {
            if (!written && out.isReady()) {
              written = true;
              out.write(TEXT);
            }
            if (written && out.isReady()) {
              async.complete();
            }
          }

          @Override
          public void onError(Throwable failure) {
            async.complete();
          }
        });
  }

  /**
   * Flushes what the container cannot write yet, as the client reads nothing before it is asked.
   */
  private void flushUnready(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    AsyncContext async = request.startAsync(request, response);
    ServletOutputStream out = text(response);
    out.setWriteListener(
        new WriteListener() {
          private String flushed;

          @Override
          public void onWritePossible() throws IOException {
            if (flushed == null && out.isReady()) {
              out.write(new byte[UNREADY]);
              flushed = out.isReady() ? "ready" : flush();
              unready.release();
            }
            if (out.isReady() && !flushed.isEmpty()) {
              byte[] end = flushed.getBytes(StandardCharsets.UTF_8);
              flushed = "";
              out.write(end);
            }
            if (out.isReady()) {
              async.complete();
            }
          }

          private String flush() throws IOException {
            try {
              response.flushBuffer();
              return "flushed";
            } catch (IllegalStateException e) {
              return "refused";
            }
          }

          @Override
          public void onError(Throwable failure) {
            async.complete();
          }
        });
  }

  private void awaitRelease() {
    try {
      if (!released.tryAcquire(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("/release was not asked for within 10 s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void takeTime() {
    try {
      TimeUnit.MILLISECONDS.sleep(200);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void await() {
    try {
      if (!more.await(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("/go was not asked for within 10 s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
