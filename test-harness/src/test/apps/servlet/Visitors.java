/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Answers that say whom they are for and how often they were made, as {@code run 7 for ann}. The
 * first segment of the path says what else makes the answer one that is shared, or is not.
 */
final class Visitors extends HttpServlet {

  private static final String TEXT = "text/plain;charset=UTF-8";

  /** The fields by which a user is told to this site. */
  private static final List<String> USER_FIELDS =
      List.of("Authorization", "X-Api-Key", "X-Auth-Token", "X-Forwarded-User", "X-Remote-User");

  /** The fields that a parameter of the same name gives an answer. */
  private static final List<String> GIVEN =
      List.of(
          "Cache-Control",
          "Vary",
          "ETag",
          "Last-Modified",
          "Expires",
          "Content-Location",
          "Content-Range");

  private final AtomicInteger runs = new AtomicInteger();
  private final Later later = new Later(this);

  /** One permission for each gated run that may go on, by the servlet path. */
  private final Map<String, Semaphore> gates = new ConcurrentHashMap<>();

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    if (request.getParameter("open") != null) {
      gate(request.getServletPath()).release(Integer.parseInt(request.getParameter("open")));
    }
    if (request.getParameter("user") != null) {
      request.getSession().setAttribute("user", request.getParameter("user"));
    }
    String how = request.getHeader("X-Answer-How");
    if (how == null || request.getDispatcherType() == DispatcherType.ASYNC) {
      posted(request, response);
    } else if (how.startsWith("async")) {
      later.post(how, request, response);
    } else {
      write(response, "posted");
      response.flushBuffer();
      awaitGate(request.getServletPath());
    }
  }

  /** Answers as the request's fields ask for. */
  static void posted(HttpServletRequest request, HttpServletResponse response) {
    for (String name : List.of("Location", "Content-Location")) {
      if (request.getHeader("X-Answer-" + name) != null) {
        response.setHeader(name, request.getHeader("X-Answer-" + name));
      }
    }
    String status = request.getHeader("X-Answer-Status");
    response.setStatus(status == null ? 204 : Integer.parseInt(status));
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    String kind = request.getPathInfo().split("/")[1];
    if (kind.equals("session-read")) {
      request.getSession(false);
    }
    String who = who(request, kind.equals("session") || kind.equals("session-read"));
    if (request.getDispatcherType() == DispatcherType.ASYNC) {
      write(response, String.valueOf(request.getAttribute(Later.BODY)));
      return;
    }
    String body = "run " + runs.incrementAndGet() + " for " + who;
    said(request, response, who);
    if (request.getHeader("X-Fail") != null) {
      response.sendError(503, body);
      return;
    }
    if (kind.startsWith("async")) {
      later.begin(kind, request, response, body);
      return;
    }
    switch (kind) {
      case "cookie" -> response.addCookie(new Cookie("basket", who));
      case "cookie-field" -> response.setHeader("Set-Cookie", "basket=" + who);
      case "cookie-beside" -> response.addHeader("set-cookie", "basket=" + who);
      case "session-made" -> request.getSession();
      case "error" -> {
        response.sendError(503, body);
        return;
      }
      case "error-lifetime" -> {
        response.setHeader("Cache-Control", "max-age=60");
        response.sendError(404, body);
        return;
      }
      case "redirect" -> {
        response.setHeader("Cache-Control", "max-age=60");
        response.sendRedirect("elsewhere?" + runs.get());
        return;
      }
      case "thrown" -> {
        write(response, body);
        throw new ServletException(body);
      }
      case "broken" -> {
        write(response, body);
        response.flushBuffer();
        throw new IOException(body);
      }
      case "short" -> response.setContentLength(body.length() + 9);
      case "long" -> response.setContentLength(9);
      case "over" -> {
        write(response, body);
        response.getOutputStream().write(new byte[20_000]);
        return;
      }
      case "over-writer" -> {
        response.setContentType(TEXT);
        response.getWriter().write(body);
        response.getWriter().write("x".repeat(20_000));
        return;
      }
      case "flushed" -> {
        write(response, body);
        response.flushBuffer();
        write(response, ", and more");
        return;
      }
      case "echo" -> body += asked(request);
      case "entity" ->
          body += " " + new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      case "url" -> body += " at " + request.getRequestURL();
      case "flood" -> {
        flood(request, response, body);
        return;
      }
      case "gated" -> awaitGate(request.getServletPath());
      case "languages" -> request.getLocale();
      case "moved" -> {
        response.setHeader("Cache-Control", "max-age=60");
        moved(response);
        return;
      }
      case "events" -> {
        response.setContentType("text/event-stream");
        response.getOutputStream().write(bytes("data: " + body + "\n\n"));
        return;
      }
      case "trailer" -> response.setTrailerFields(() -> Map.of("X-End", "1"));
      default -> {}
    }
    write(response, body + filling(request, who));
  }

  /** Redirects for good, by the method of Servlet 6.1 where there is one. */
  private static void moved(HttpServletResponse response) throws ServletException {
    try {
      HttpServletResponse.class
          .getMethod("sendRedirect", String.class, int.class)
          .invoke(response, "/shop/elsewhere", HttpServletResponse.SC_MOVED_PERMANENTLY);
    } catch (NoSuchMethodException olderApi) {
      response.setStatus(HttpServletResponse.SC_MOVED_PERMANENTLY);
      response.setHeader("Location", "/shop/elsewhere");
    } catch (ReflectiveOperationException e) {
      throw new ServletException(e);
    }
  }

  /** The place that was asked for, as this site understands it. */
  private static String asked(HttpServletRequest request) {
    boolean otherPort = request.getServerPort() != request.getLocalPort();
    return " at "
        + request.getScheme()
        + "://"
        + request.getServerName()
        + (otherPort ? ":" + request.getServerPort() : "")
        + " "
        + request.getServletPath()
        + "|"
        + request.getPathInfo()
        + "|"
        + request.getQueryString()
        + "|"
        + request.getParameter("a");
  }

  /** As many bytes as are asked for, and an end by which it can be told that they are all there. */
  private static void flood(HttpServletRequest request, HttpServletResponse response, String body)
      throws IOException {
    write(response, body);
    byte[] block = new byte[1 << 14];
    Arrays.fill(block, (byte) '.');
    long left = Long.parseLong(request.getParameter("size"));
    for (; left > 0; left -= block.length) {
      response.getOutputStream().write(block, 0, (int) Math.min(left, block.length));
    }
    response.getOutputStream().print(" end");
  }

  private Semaphore gate(String path) {
    return gates.computeIfAbsent(path, any -> new Semaphore(0));
  }

  /** Until somebody posts to let one run go on. */
  void awaitGate(String path) throws ServletException {
    try {
      if (!gate(path).tryAcquire(20, TimeUnit.SECONDS)) {
        throw new ServletException("nobody has opened the gate within 20 s");
      }
    } catch (InterruptedException e) {
      throw new ServletException(e);
    }
  }

  /** What the parameters say of the answer. */
  private static void said(HttpServletRequest request, HttpServletResponse response, String who) {
    response.setHeader("X-For", who);
    for (String name : GIVEN) {
      String value = request.getParameter(name);
      if (value != null) {
        response.setHeader(name, value.replace("WHO", who));
      }
    }
    String origin = request.getParameter("Allow-Origin");
    if (origin != null) {
      response.setHeader("Access-Control-Allow-Origin", origin);
    }
    if (request.getParameter("status") != null) {
      response.setStatus(Integer.parseInt(request.getParameter("status")));
    }
    if (request.getParameter("cookie") != null) {
      response.addCookie(new Cookie("last", who));
    }
  }

  private static String filling(HttpServletRequest request, String who) {
    String times = request.getParameter("times");
    return times == null ? "" : (" for " + who).repeat(Integer.parseInt(times));
  }

  /** Who is asking, by any of the ways to say so. */
  private static String who(HttpServletRequest request, boolean bySession) {
    if (request.getUserPrincipal() != null) {
      return request.getUserPrincipal().getName();
    }
    if (request.getRemoteUser() != null) {
      return request.getRemoteUser();
    }
    if (request.getAttribute(Door.CERTIFIED) != null) {
      return (String) request.getAttribute(Door.CERTIFIED);
    }
    if (request.getAttribute(Door.CERTIFICATES) instanceof X509Certificate[] all
        && all.length > 0) {
      return all[0].getSubjectX500Principal().getName();
    }
    HttpSession session = bySession ? request.getSession(false) : null;
    if (session != null && session.getAttribute("user") != null) {
      return (String) session.getAttribute("user");
    }
    for (String name : USER_FIELDS) {
      String value = request.getHeader(name);
      if (value != null) {
        return value.substring(value.indexOf(' ') + 1);
      }
    }
    if (request.getCookies() != null) {
      for (Cookie cookie : request.getCookies()) {
        if (cookie.getName().equals("user")) {
          return cookie.getValue();
        }
      }
    }
    return "nobody";
  }

  static void write(HttpServletResponse response, String text) throws IOException {
    response.setContentType(TEXT);
    OutputStream out = response.getOutputStream();
    out.write(bytes(text));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
