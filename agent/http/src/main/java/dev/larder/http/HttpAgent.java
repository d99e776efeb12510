/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import dev.larder.engine.Witness;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The face that the weaver sees: it brings each filter and servlet here as it is entered.
 *
 * <p>A request that no rule matches is left alone after one look at an attribute and at its path.
 * Whatever goes wrong in here is logged once and leaves the exchange as it was.
 */
public final class HttpAgent implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(HttpAgent.class);

  private final SkinLoader skins = new SkinLoader();
  private final Flusher flusher = new Flusher();
  private final ThreadLocal<Place> current = ThreadLocal.withInitial(Place::new);
  private final AtomicBoolean failed = new AtomicBoolean();
  private final ServletRules servletRules = new ServletRules();

  private final ResponseFlights flights = new ResponseFlights();
  private final ResponseStores stores;
  private final Witness witness;

  /** Once a handler method or a servlet is a target it stays one, whatever is configured anew. */
  private boolean watching;

  private volatile Setup setup;

  /**
   * A thread's place for the answer that it makes. It stays with the thread, which costs less than
   * to be made for each request; the answer does not.
   */
  private static final class Place {
    private Answer answer;
    private Exchange unsafe;
  }

  /** What one configuration comes to. */
  private record Setup(Rules rules, Rule defaults, boolean watchAll) {

    boolean stores() {
      return rules.anyStores();
    }
  }

  /** An agent that does what a configuration says, but keeps no responses. */
  public HttpAgent(HttpConfig config) {
    this(config, null);
  }

  /** An agent that does what a configuration says, and tells nobody of it. */
  public HttpAgent(HttpConfig config, ResponseStores stores) {
    this(config, stores, Witness.NONE);
  }

  /**
   * An agent that does what a configuration says.
   *
   * @param stores where responses are kept; null for nowhere
   * @param witness is told what requests meet there
   */
  public HttpAgent(HttpConfig config, ResponseStores stores, Witness witness) {
    this.stores = stores;
    this.witness = witness;
    configure(config);
  }

  /** Takes up another configuration; running exchanges end under the old one. */
  public synchronized void configure(HttpConfig config) {
    watching |= config.handlers();
    setup = new Setup(Rules.of(config.rules()), config.defaults(), watching);
  }

  /** Says that some handler method is a target now, so that each GET and HEAD must be watched. */
  public synchronized void watchHandlers() {
    Setup now = setup;
    watching = true;
    setup = new Setup(now.rules(), now.defaults(), true);
  }

  /**
   * Takes {@code @Cache} on a servlet's {@code doGet} for a rule.
   *
   * @param loader that of the class that declares the method
   * @param className its name
   * @param rule what the annotation says
   */
  public void servletRule(ClassLoader loader, String className, Rule rule) {
    servletRules.put(loader, className, rule);
    watchHandlers();
  }

  /** Leaves a servlet's answers alone from now on. */
  public void dropServletRule(ClassLoader loader, String className) {
    servletRules.remove(loader, className);
  }

  /**
   * Called at the entry of {@code Filter.doFilter} and {@code Servlet.service}.
   *
   * @param component the filter or servlet
   * @param servlet whether it is a servlet
   * @return how this dispatch goes on; null to leave it alone
   */
  public Exchange enter(Object component, boolean servlet, Object request, Object response) {
    Setup now = setup;
    if (now.rules().isEmpty() && !now.watchAll()) {
      return null;
    }
    try {
      Skin skin = skins.of(request);
      return skin == null ? null : skin.enter(this, component, servlet, request, response);
    } catch (RuntimeException | LinkageError e) {
      failed("a request is left alone", e);
      return null;
    }
  }

  /** A cached handler method is about to be looked up on this thread. Never null. */
  public HandlerCall handlerEntered() {
    Answer answer = current.get().answer;
    return answer == null ? HandlerCall.NONE : answer.handlerCall();
  }

  /**
   * The rule for a path; null for none.
   *
   * @param path null where it cannot be told
   */
  public Rule match(String context, String path, String rawPath) {
    Rule rule = path == null ? null : setup.rules().match(context, path);
    return rule == null || Rules.isAmbiguous(rawPath) ? null : rule;
  }

  /** Whether any rule keeps responses, which a request of any path may make untrue. */
  public boolean storesAny() {
    return stores != null && (setup.stores() || !servletRules.isEmpty());
  }

  /** Whether exchanges without a path rule are watched too. */
  public boolean watchesAll() {
    return setup.watchAll();
  }

  /** What holds where no rule does. */
  public Rule defaults() {
    return setup.defaults();
  }

  /** The rule of a servlet, by the class whose {@code doGet} it runs; null for none. */
  public Rule servletRule(Object servlet) {
    return servletRules.of(servlet);
  }

  /** A request's dealings with the store; null if there is none. */
  StoreVisit visit(Rule rule, RequestView request, Personal asker) {
    return stores == null
        ? null
        : new StoreVisit(rule, stores.of(rule.name()), flights, request, asker, witness);
  }

  /**
   * Removes what an unsafe request has made untrue by naming it (RFC 9111, 4.4): what the path's
   * rule keeps or, where none does, any servlet's, since nobody knows where the path leads.
   *
   * @param path inside the web application, decoded, as rules match it
   * @param target path and query as a client would send them
   */
  public void invalidate(String context, String path, String target) {
    Rule rule = setup.rules().match(context, path);
    if (rule != null && rule.stores()) {
      invalidate(rule, target);
    } else {
      servletRules.forEach(each -> invalidate(each, target));
    }
  }

  /** Removes what an unsafe request to a path of the rule has made untrue. */
  public void invalidate(Rule rule, String target) {
    if (stores != null && rule.stores()) {
      stores.of(rule.name()).remove(ResponseKey.target(rule, target));
    }
  }

  /**
   * Path and query as a rule keeps responses under them.
   *
   * @param name the rule's; of a servlet's rule they stand as they are
   * @param asked path and query as clients send them
   */
  public String target(String name, String asked) {
    Rule rule = setup.rules().named(name);
    return rule == null ? asked : ResponseKey.target(rule, asked);
  }

  /** Binds an answer to this thread and returns the one before; null is none. */
  public Answer bind(Answer answer) {
    Place place = current.get();
    Answer before = place.answer;
    place.answer = answer;
    return before;
  }

  /** The unsafe request that this thread serves; null for none. */
  public Exchange unsafe() {
    return current.get().unsafe;
  }

  /** Notes which unsafe request this thread serves; null for none any more. */
  public void serve(Exchange unsafe) {
    current.get().unsafe = unsafe;
  }

  /** A body that flushes by this agent's clock. */
  public Capture capture(Capture.Out out, long limit, boolean holding) {
    return new Capture(out, flusher, limit, holding);
  }

  /** Tells, once, that something went wrong in here. */
  public void failed(String consequence, Throwable cause) {
    if (failed.compareAndSet(false, true)) {
      log.warn(
          "{}, because Larder's HTTP part failed; further failures of it are logged at debug",
          consequence,
          cause);
    } else {
      log.debug("{}, because Larder's HTTP part failed", consequence, cause);
    }
  }

  /** Tells that a stale response could not be renewed. */
  public void renewalFailed(Throwable cause) {
    log.debug("a stale response is served on, since the run that should renew it failed", cause);
  }

  /** Tells that an answer did not reach its client. */
  public void lost(IOException cause) {
    log.debug("an answer did not reach its client", cause);
  }

  @Override
  public void close() {
    flusher.close();
  }
}
