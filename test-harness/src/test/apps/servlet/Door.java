/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.security.cert.X509Certificate;

/**
 * A filter that finds out who somebody is, in the ways of the frameworks: by a principal, a session
 * or a certificate of its own. Fields named {@code X-Door-…} say which.
 */
final class Door implements Filter {

  /** The attribute by which the servlet is told whose certificate it is. */
  static final String CERTIFIED = "shop.certified";

  /** The attribute by which a container tells whose certificate it is. */
  static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest asked = (HttpServletRequest) request;
    HttpServletResponse answer = (HttpServletResponse) response;
    if (asked.getServletPath().startsWith("/override")) {
      answer.setHeader("Cache-Control", "no-cache, no-store, max-age=0, must-revalidate");
      answer.setHeader("Pragma", "no-cache");
      answer.setHeader("Expires", "0");
    }
    if (asked.getHeader("X-Door-Read") != null) {
      asked.getSession(false);
    }
    String certified = asked.getHeader("X-Door-Certificate");
    if (certified != null) {
      asked.setAttribute(CERTIFICATES, new X509Certificate[0]);
      asked.setAttribute(CERTIFIED, certified);
    }
    if (asked.getHeader("X-Door-Cookie") != null) {
      answer.addCookie(new Cookie("door", asked.getHeader("X-Door-Cookie")));
    }
    boolean known =
        asked.getHeader("X-Door-Principal") != null
            || asked.getHeader("X-Door-Remote-User") != null
            || asked.getHeader("X-Door-Session") != null
            || asked.getHeader("X-Door-Meanwhile") != null
            || asked.getHeader("X-Async-End") != null;
    boolean wraps = asked.getHeader("X-Door-Wrap") != null;
    chain.doFilter(
        known ? new Known(asked) : asked, wraps ? new HttpServletResponseWrapper(answer) : answer);
  }

  /** A request of somebody whom a framework knows. */
  private static final class Known extends HttpServletRequestWrapper {

    private volatile String loggedIn;

    Known(HttpServletRequest request) {
      super(request);
    }

    @Override
    public void login(String user, String password) {
      loggedIn = user;
    }

    @Override
    public Principal getUserPrincipal() {
      if (getHeader("X-Door-Meanwhile") != null) {
        readElsewhere();
      }
      String name = loggedIn == null ? getHeader("X-Door-Principal") : loggedIn;
      return name == null ? super.getUserPrincipal() : () -> name;
    }

    /** Reads the session on another thread, while this one is asked who somebody is. */
    private void readElsewhere() {
      Thread other = new Thread(() -> super.getSession(false));
      other.start();
      try {
        other.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public String getRemoteUser() {
      String name = getHeader("X-Door-Remote-User");
      return name == null ? super.getRemoteUser() : name;
    }

    @Override
    public HttpSession getSession() {
      return getSession(true);
    }

    @Override
    public HttpSession getSession(boolean create) {
      String name = getHeader("X-Door-Session");
      return name == null ? super.getSession(create) : session(name);
    }

    private static HttpSession session(String user) {
      return (HttpSession)
          Proxy.newProxyInstance(
              HttpSession.class.getClassLoader(),
              new Class<?>[] {HttpSession.class},
              (proxy, method, arguments) -> method.getName().equals("getAttribute") ? user : null);
    }
  }
}
