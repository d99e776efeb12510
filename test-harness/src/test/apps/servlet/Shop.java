/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import dev.larder.Cache;
import dev.larder.CacheEvict;
import dev.larder.CacheStats;
import dev.larder.Larder;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A web application's servlets: one for each way in which an answer comes about. */
public final class Shop implements ServletContainerInitializer {

  private static final String TEXT = "text/plain;charset=UTF-8";

  /** Where answers depend on who asks. */
  private static final String[] VISITED = {
    "/visitors/*",
    "/named/*",
    "/edge/*",
    "/override/*",
    "/override-edge/*",
    "/stripped/*",
    "/stripped-edge/*",
    "/cookied/*",
    "/soon/*",
    "/renewed/*",
    "/renewed-edge/*",
    "/account/*",
    "/unstored/*",
    "/queried/*",
    "/counted/*"
  };

  /** One permission for each request to {@code /go}: to write a second event. */
  private static final Semaphore SECOND_EVENT = new Semaphore(0);

  /** One permission for each POST to {@code /release}: to answer at {@code /stored/held}. */
  private static final Semaphore HELD = new Semaphore(0);

  @Override
  public void onStartup(Set<Class<?>> none, ServletContext context) {
    servlet(context, new Constant(), "/plain/*", "/unmatched/*");
    servlet(context, new Counted(), "/stored/*");
    servlet(context, new Removal(), "/removal/*");
    servlet(context, new Annotated(), "/annotated/*");
    servlet(context, new Overriding(), "/overriding/*");
    servlet(context, new Around(), "/around/*");
    context.addServlet("Synchronous", new Annotated()).addMapping("/synchronous/*");
    servlet(context, new Failing(), "/failing/*", "/unmatched/failing/*");
    servlet(context, new Personal(), "/personal/*");
    servlet(context, new Asynchronous(), "/async/*");
    servlet(
        context, new Events(), "/events", "/unmatched/events", "/trickle/*", "/plain/trickle/*");
    servlet(context, new Heap(), "/unmatched/heap");
    servlet(context, new Go(), "/go");
    servlet(context, new Release(), "/release");
    servlet(context, new Corpus(), "/corpus/*", "/kept/*", "/unmatched/corpus/*");
    servlet(context, new Visitors(), VISITED);
    filter(context, new Stamp(), "/*");
    filter(context, new Door(), VISITED);
  }

  private static void filter(ServletContext context, Filter filter, String... paths) {
    var registered = context.addFilter(filter.getClass().getSimpleName(), filter);
    registered.setAsyncSupported(true);
    registered.addMappingForUrlPatterns(null, false, paths);
  }

  private static void servlet(ServletContext context, HttpServlet servlet, String... paths) {
    var registered = context.addServlet(servlet.getClass().getSimpleName(), servlet);
    registered.setAsyncSupported(true);
    registered.addMapping(paths);
  }

  private static void write(HttpServletResponse response, String text) throws IOException {
    response.setContentType(TEXT);
    response.getWriter().write(text);
  }

  /** A filter that runs at every request, and shows that it did. */
  static final class Stamp implements Filter {

    private final AtomicInteger passed = new AtomicInteger();

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      String path = ((HttpServletRequest) request).getServletPath();
      if (!path.startsWith("/unmatched")) {
        ((HttpServletResponse) response)
            .setHeader("X-Passed", String.valueOf(passed.incrementAndGet()));
      }
      chain.doFilter(request, response);
    }
  }

  /** Says the same at each request, in several manners. */
  static final class Constant extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.setHeader("X-Shop", "pantry");
      switch (String.valueOf(request.getPathInfo())) {
        case "/length" -> {
          byte[] bytes = "sixteen bytes...".getBytes("UTF-8");
          response.setContentLength(bytes.length);
          response.getOutputStream().write(bytes);
        }
        case "/flushed" -> {
          write(response, "first part, ");
          response.flushBuffer();
          response.getWriter().write("second part");
        }
        case "/tagged" -> {
          response.setHeader("ETag", "\"the application's\"");
          response.setHeader("Cache-Control", "max-age=5");
          write(response, "tagged");
        }
        case "/guarded" -> {
          response.setHeader("Cache-Control", "no-store");
          write(response, "guarded");
        }
        default -> write(response, "plain, with an ä, at " + request.getPathInfo());
      }
    }
  }

  /** Says how often it ran. */
  static final class Counted extends HttpServlet {

    private final AtomicInteger runs = new AtomicInteger();

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.setHeader("X-Shop", "pantry");
      int run = runs.incrementAndGet();
      if (request.getPathInfo().startsWith("/held")) {
        HELD.acquireUninterruptibly();
      }
      write(response, request.getPathInfo() + " run " + run);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }
  }

  /**
   * Removes what is stored of a rule, all or one key of it, or of a tag, and says how much went.
   */
  static final class Removal extends HttpServlet {
    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      String rule = request.getParameter("rule");
      String key = request.getParameter("key");
      String tag = request.getParameter("tag");
      if (request.getParameter("annotated") != null) {
        switch (request.getParameter("annotated")) {
          case "all" -> all();
          case "servlet" -> servlet();
          case "key" -> byKey(key);
          default -> byTag(tag);
        }
        return;
      }
      long gone =
          tag != null
              ? Larder.evictTag(tag)
              : key != null ? Larder.evictKey(rule, key) : Larder.clear(rule);
      write(response, String.valueOf(gone));
    }

    @CacheEvict(value = "visitors", all = true)
    private void all() {}

    @CacheEvict(value = "annotated", all = true)
    private void servlet() {}

    @CacheEvict(value = "visitors", key = "{p0}")
    private void byKey(String key) {}

    @CacheEvict(tags = "{p0}")
    private void byTag(String tag) {}

    /** What a rule has met so far. */
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      CacheStats stats = Larder.stats(request.getParameter("rule"));
      write(
          response,
          String.format(
              "hits=%d misses=%d bypassed=%d stale=%d loads=%d stores=%d removals=%d entries=%d",
              stats.hits(),
              stats.misses(),
              stats.bypassed(),
              stats.stale(),
              stats.loads(),
              stats.stores(),
              stats.removals(),
              stats.entries()));
    }
  }

  static class Annotated extends HttpServlet {

    private final AtomicInteger runs = new AtomicInteger();

    @Override
    @Cache(value = "annotated", ttl = "90s")
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      write(response, request.getPathInfo() + " run " + runs.incrementAndGet());
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
      Visitors.posted(request, response);
    }
  }

  /** Has a {@code doGet} of its own, of which nobody has said that it is to be cached. */
  static final class Overriding extends Annotated {

    private final AtomicInteger ownRuns = new AtomicInteger();

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      write(response, request.getPathInfo() + " run " + ownRuns.incrementAndGet());
    }
  }

  static final class Failing extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException, ServletException {
      switch (request.getPathInfo()) {
        case "/sent" -> response.sendError(503, "closed for stocktaking");
        case "/late" -> {
          write(response, "what was written before the error");
          response.sendError(500, "came to grief");
        }
        case "/thrown" -> {
          write(response, "what was written before the exception");
          throw new ServletException("out of jars");
        }
        case "/redirected" -> response.sendRedirect("elsewhere");
        default -> {
          response.setStatus(404);
          write(response, "no such shelf");
        }
      }
    }
  }

  /** Answers that are for one visitor, and say how often they were made. */
  static final class Personal extends HttpServlet {

    private final AtomicInteger runs = new AtomicInteger();

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      switch (request.getPathInfo()) {
        case "/cookie" -> response.addCookie(new Cookie("basket", "7"));
        case "/session" -> request.getSession().setAttribute("basket", 7);
        default -> request.getSession(false);
      }
      write(response, "run " + runs.incrementAndGet());
    }
  }

  /** Answers in another thread. */
  static final class Asynchronous extends HttpServlet {

    private final AtomicInteger runs = new AtomicInteger();

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
      AsyncContext context =
          request.getPathInfo().equals("/own")
              ? request.startAsync()
              : request.startAsync(request, response);
      int run = runs.incrementAndGet();
      new Thread(() -> complete(context, run)).start();
    }

    private static void complete(AsyncContext context, int run) {
      try {
        write((HttpServletResponse) context.getResponse(), "async, ");
        context.getResponse().getWriter().write("run " + run);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        context.complete();
      }
    }
  }

  /** A stream whose second part waits until somebody asks for {@code /go}. */
  static final class Events extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException, ServletException {
      boolean events = request.getServletPath().endsWith("/events");
      response.setContentType(events ? "text/event-stream" : "text/plain");
      response.setCharacterEncoding("UTF-8");
      if ("/async".equals(request.getPathInfo())) {
        AsyncContext context = request.startAsync(request, response);
        new Thread(() -> complete(context)).start();
        return;
      }
      if ("/whole".equals(request.getPathInfo())) {
        whole(response);
        return;
      }
      first(response);
      if ("/written".equals(request.getPathInfo())) {
        response.getWriter().write("data: between\n\n");
      }
      second(response);
    }

    private static void complete(AsyncContext context) {
      try {
        first((HttpServletResponse) context.getResponse());
        second((HttpServletResponse) context.getResponse());
      } catch (IOException | ServletException e) {
        throw new IllegalStateException(e);
      } finally {
        context.complete();
      }
    }

    /** All of the answer, of the length that is said before, and more to do behind it. */
    private static void whole(HttpServletResponse response) throws IOException, ServletException {
      byte[] text = "data: first\n\n".getBytes(StandardCharsets.UTF_8);
      response.setContentLength(2 * text.length);
      response.getOutputStream().write(text);
      response.getOutputStream().write(text);
      response.getOutputStream().flush();
      awaitGo();
    }

    private static void first(HttpServletResponse response) throws IOException {
      response.getWriter().write("data: first\n\n");
      response.flushBuffer();
    }

    private static void second(HttpServletResponse response) throws IOException, ServletException {
      response.getWriter().write(awaitGo() ? "data: second\n\n" : "data: nobody asked\n\n");
    }

    private static boolean awaitGo() throws ServletException {
      try {
        return SECOND_EVENT.tryAcquire(20, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        throw new ServletException(e);
      }
    }
  }

  static final class Release extends HttpServlet {
    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
      HELD.release();
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }
  }

  /** How many bytes are in use. */
  static final class Heap extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      write(response, String.valueOf(runtime.totalMemory() - runtime.freeMemory()));
    }
  }

  static final class Go extends HttpServlet {
    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
      SECOND_EVENT.release();
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }
  }
}
