/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.skin;

import dev.larder.http.RequestView;
import dev.larder.http.message.HttpDate;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpUpgradeHandler;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The request as the application sees it: a HEAD looks like a GET, and a precondition that another
 * one rules out (RFC 9110, 13.1.3) is not there.
 */
final class LarderRequest extends HttpServletRequestWrapper {

  private static final String RULED_OUT = "If-Modified-Since";

  private final HttpServletRequest raw;
  private final ServletExchange exchange;
  private final boolean hides;

  /** What would make the application answer with less than the whole response. */
  private static final Set<String> CONDITIONS =
      Set.of(
          "if-none-match",
          "if-modified-since",
          "if-match",
          "if-unmodified-since",
          "if-range",
          "range");

  /** The request by which Larder, not the application, asks on this thread. */
  private static final ThreadLocal<LarderRequest> LOOKING = new ThreadLocal<>();

  private boolean headAsGet;

  /** The body, where its first byte has been read ahead; null else. */
  private PeekedStream peeked;

  /** Whether a filter has asked for the body before that, and may keep it for the servlet. */
  private boolean bodyAsked;

  /** The reader of what was read ahead. */
  private BufferedReader reader;

  // Set by any thread of an asynchronous answer, and never taken back.
  private volatile boolean acceptRead;
  private volatile boolean languageRead;
  private volatile boolean known;
  private volatile boolean sessionMade;

  LarderRequest(HttpServletRequest raw, ServletExchange exchange, boolean headAsGet) {
    super(raw);
    this.raw = raw;
    this.exchange = exchange;
    this.headAsGet = headAsGet;
    hides = raw.getHeader("If-None-Match") != null && raw.getHeader(RULED_OUT) != null;
  }

  /**
   * Notes whether somebody is known where the servlet runs: filters may have wrapped the request in
   * one that has a user or a session of its own.
   */
  void look(HttpServletRequest seen) {
    if (known) {
      return;
    }
    if (seen == this) {
      // Of the container's own request no session is asked for, so that nobody need be told apart.
      if (raw.getUserPrincipal() != null || raw.getRemoteUser() != null) {
        known = true;
      }
      return;
    }
    LOOKING.set(this);
    try {
      if (seen.getUserPrincipal() != null
          || seen.getRemoteUser() != null
          || (seen.getSession(false) != null && raw.getSession(false) == null)) {
        known = true;
      }
    } finally {
      LOOKING.remove();
    }
  }

  /**
   * Whether there is a session where the servlet runs: one made through this request, or such as
   * filters have wrapped the request in.
   *
   * @param seen the request as the filters handed it to the servlet; null if it has not had it
   */
  private boolean hasSession(HttpServletRequest seen) {
    if (sessionMade || seen == null || seen == this) {
      return sessionMade;
    }
    LOOKING.set(this);
    try {
      return seen.getSession(false) != null;
    } finally {
      LOOKING.remove();
    }
  }

  /** Makes a HEAD look like a GET from here on. */
  void runAsGet() {
    headAsGet = true;
  }

  boolean isHead() {
    return headAsGet || "HEAD".equals(raw.getMethod());
  }

  boolean isHeadAsGet() {
    return headAsGet;
  }

  /** Whether an included servlet runs; Tomcat alone does not say so here. */
  boolean isIncluded() {
    return raw.getDispatcherType() == DispatcherType.INCLUDE;
  }

  @Override
  public Object getAttribute(String name) {
    return ServletSkin.MARK.equals(name) ? exchange : super.getAttribute(name);
  }

  @Override
  public String getMethod() {
    return headAsGet ? "GET" : super.getMethod();
  }

  private boolean isHidden(String name) {
    note(name);
    return isHeldBack(name);
  }

  private boolean isHeldBack(String name) {
    if (exchange.answer().isFilling()) {
      return mayBeCondition(name) && CONDITIONS.contains(name.toLowerCase(Locale.ROOT));
    }
    return hides && exchange.answer().isRuled() && RULED_OUT.equalsIgnoreCase(name);
  }

  /** By the first letter, since frameworks ask for many fields. */
  private static boolean mayBeCondition(String name) {
    return !name.isEmpty() && "iIrR".indexOf(name.charAt(0)) >= 0;
  }

  /** What Larder itself asks in place of a hidden precondition; null for nothing. */
  private String own(String name) {
    return exchange.answer().validator(name.toLowerCase(Locale.ROOT));
  }

  private void note(String name) {
    if ("Accept".equalsIgnoreCase(name)) {
      acceptRead = true;
    } else if ("Accept-Language".equalsIgnoreCase(name)) {
      languageRead = true;
    }
  }

  @Override
  public Locale getLocale() {
    languageRead = true;
    return super.getLocale();
  }

  @Override
  public Enumeration<Locale> getLocales() {
    languageRead = true;
    return super.getLocales();
  }

  @Override
  public String getHeader(String name) {
    return isHidden(name) ? own(name) : super.getHeader(name);
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    if (!isHidden(name)) {
      return super.getHeaders(name);
    }
    String own = own(name);
    return Collections.enumeration(own == null ? List.of() : List.of(own));
  }

  @Override
  public long getDateHeader(String name) {
    if (!isHidden(name)) {
      return super.getDateHeader(name);
    }
    long own = HttpDate.parse(own(name));
    return own == HttpDate.NONE ? -1 : own;
  }

  @Override
  public Enumeration<String> getHeaderNames() {
    // Whoever goes through the names is told of those that are not there; of the others it reads.
    if (raw.getHeader("Accept") == null) {
      acceptRead = true;
    }
    if (raw.getHeader("Accept-Language") == null) {
      languageRead = true;
    }
    Enumeration<String> names = super.getHeaderNames();
    if (names == null || (!hides && !exchange.answer().isFilling())) {
      return names;
    }
    List<String> shown = Collections.list(names);
    shown.removeIf(this::isHeldBack);
    for (String field : List.of("If-None-Match", RULED_OUT)) {
      if (own(field) != null) {
        shown.add(field);
      }
    }
    return Collections.enumeration(shown);
  }

  @Override
  public HttpSession getSession() {
    return getSession(true);
  }

  @Override
  public HttpSession getSession(boolean create) {
    boolean asksItself = LOOKING.get() == this;
    // Noted before, since behind a stale answer that has gone out none can be made.
    if (create && !asksItself) {
      known = true;
      if (super.getSession(false) == null) {
        sessionMade = true;
      }
    }
    HttpSession session = super.getSession(create);
    if (session != null && !asksItself) {
      known = true;
    }
    return session;
  }

  private boolean hasUntoldBody() {
    if (raw.getProtocol().startsWith("HTTP/1")) {
      return false; // which says it, or has none (RFC 9112, 6.3)
    }
    try {
      if (peeked == null && !bodyAsked) {
        peeked = PeekedStream.of(raw);
      }
      return bodyAsked || peeked.isAny();
    } catch (IOException | IllegalStateException somebodyReadsIt) {
      return true;
    }
  }

  @Override
  public ServletInputStream getInputStream() throws IOException {
    if (peeked == null) {
      bodyAsked = true;
      return super.getInputStream();
    }
    if (reader != null) {
      throw new IllegalStateException("the body is read by its reader already");
    }
    return peeked;
  }

  @Override
  public BufferedReader getReader() throws IOException {
    if (peeked == null) {
      bodyAsked = true;
      return super.getReader();
    }
    if (reader == null) {
      String encoding = raw.getCharacterEncoding();
      reader =
          new BufferedReader(
              new InputStreamReader(peeked, encoding == null ? "ISO-8859-1" : encoding));
    }
    return reader;
  }

  @Override
  public RequestDispatcher getRequestDispatcher(String path) {
    RequestDispatcher dispatcher = super.getRequestDispatcher(path);
    return dispatcher == null ? null : new Dispatcher(dispatcher, exchange);
  }

  /** The container's dispatcher; what is held counts as the buffer that a forward clears. */
  private record Dispatcher(RequestDispatcher raw, ServletExchange exchange)
      implements RequestDispatcher {

    @Override
    public void forward(ServletRequest request, ServletResponse given)
        throws ServletException, IOException {
      exchange.forwards.clear();
      raw.forward(request, given);
    }

    @Override
    public void include(ServletRequest request, ServletResponse given)
        throws ServletException, IOException {
      raw.include(request, given);
    }
  }

  @Override
  public AsyncContext startAsync() {
    if (!exchange.answer().isRuled()) {
      // The container's own pair goes on without us, so nothing may be held from here on.
      exchange.response.passOn();
      return super.startAsync();
    }
    // Without arguments the container would hand out its own response, past this wrapper.
    return exchange.async.start(raw::startAsync);
  }

  @Override
  public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
    return exchange.async.start(request, response, raw::startAsync);
  }

  @Override
  public AsyncContext getAsyncContext() {
    AsyncContext async = exchange.async.context();
    return async == null ? super.getAsyncContext() : async;
  }

  @Override
  public <T extends HttpUpgradeHandler> T upgrade(Class<T> handlerClass)
      throws IOException, ServletException {
    exchange.capture.pass();
    return super.upgrade(handlerClass);
  }

  /** Host and port as a {@code Host} would name them. */
  private String authority() {
    int port = raw.getServerPort();
    boolean usual = port <= 0 || port == ("https".equals(raw.getScheme()) ? 443 : 80);
    return usual ? raw.getServerName() : raw.getServerName() + ':' + port;
  }

  /** What the core sees: the client's own request. */
  RequestView view() {
    return new RequestView() {
      @Override
      public String method() {
        return raw.getMethod();
      }

      @Override
      public String header(String name) {
        return raw.getHeader(name);
      }

      @Override
      public List<String> headers(String name) {
        if (raw.getHeader(name) == null) {
          return List.of();
        }
        Enumeration<String> lines = raw.getHeaders(name);
        return lines == null ? List.of() : Collections.list(lines);
      }

      @Override
      public List<String> hosts() {
        List<String> lines = headers("Host");
        boolean unnamed = lines.isEmpty() && !raw.getProtocol().startsWith("HTTP/1");
        return unnamed ? List.of(authority()) : lines;
      }

      @Override
      public boolean isElsewhere() {
        return Containers.isUndertow(raw)
            && !hosts().isEmpty()
            && !isHere(raw.getRequestURL(), hosts());
      }

      private boolean isHere(StringBuffer url, List<String> hosts) {
        String here = raw.getScheme() + "://" + hosts.get(0);
        return url.length() >= here.length()
            && url.substring(0, here.length()).equalsIgnoreCase(here)
            && (url.length() == here.length() || url.charAt(here.length()) == '/');
      }

      @Override
      public boolean hasUntoldBody() {
        return LarderRequest.this.hasUntoldBody();
      }

      @Override
      public String scheme() {
        return raw.getScheme();
      }

      @Override
      public String rawPath() {
        return raw.getRequestURI();
      }

      @Override
      public String query() {
        return raw.getQueryString();
      }

      @Override
      public boolean wasRead(String name) {
        return name.equals("Accept") ? acceptRead : languageRead;
      }

      @Override
      public boolean isKnown() {
        return known
            || raw.getUserPrincipal() != null
            || raw.getRemoteUser() != null
            || raw.getAttribute("jakarta.servlet.request.X509Certificate") != null
            || raw.getAttribute("javax.servlet.request.X509Certificate") != null;
      }

      @Override
      public boolean hasSession() {
        return LarderRequest.this.hasSession(exchange.servletPart.seen());
      }
    };
  }
}
