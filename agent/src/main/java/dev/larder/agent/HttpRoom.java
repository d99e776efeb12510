/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent;

import dev.larder.engine.Engine;
import dev.larder.engine.Handlers;
import dev.larder.engine.Witness.Removed;
import dev.larder.engine.config.CacheKeys;
import dev.larder.engine.config.GlobalKeys;
import dev.larder.engine.config.Key;
import dev.larder.engine.config.Settings;
import dev.larder.engine.method.CachePolicy;
import dev.larder.engine.method.FaultyAttribute;
import dev.larder.engine.method.SettingsPolicies;
import dev.larder.engine.method.TargetSpec.Operation;
import dev.larder.engine.remote.RemotePolicy;
import dev.larder.http.Exchange;
import dev.larder.http.HandlerCall;
import dev.larder.http.HttpAgent;
import dev.larder.http.HttpConfig;
import dev.larder.http.HttpSettings;
import dev.larder.http.MemoryShelf;
import dev.larder.http.RemoteShelf;
import dev.larder.http.ResponseStores;
import dev.larder.http.Rule;
import dev.larder.http.Shelf;
import dev.larder.spi.ObjectStores;
import dev.larder.weave.Exchanges;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/** The HTTP part, made when the first servlet or filter is entered. */
final class HttpRoom implements Exchanges, Handlers {

  private volatile Settings settings;
  private final Supplier<Engine> engine;
  private final Set<String> servletRules = ConcurrentHashMap.newKeySet();

  /** What annotations say of servlets. */
  private final List<Annotated> servlets = new CopyOnWriteArrayList<>();

  private final ResponseStores responses;
  private final Supplier<ObjectStores> stores;
  private final Monitoring monitoring;
  private volatile HttpAgent http;

  /** A class that declares a {@code doGet} with {@code @Cache}. */
  private record Annotated(WeakReference<ClassLoader> loader, String name, Operation operation) {

    boolean isGoneOr(ClassLoader other, String otherName) {
      return loader.refersTo(null) || (loader.refersTo(other) && name.equals(otherName));
    }
  }

  HttpRoom(
      Settings settings,
      Supplier<Engine> engine,
      Supplier<ObjectStores> stores,
      Monitoring monitoring) {
    this.settings = settings;
    this.monitoring = monitoring;
    this.engine = engine;
    this.stores = stores;
    this.responses = new ResponseStores(this::shelf);
  }

  private Shelf shelf(String rule) {
    RemotePolicy remote = remote(rule);
    if (remote != null) {
      Shelf.Counters counters = new Shelf.Counters();
      return new RemoteShelf(
          engine.get().responses(rule, remote, counters.errors), counters, stores.get());
    }
    return new MemoryShelf(
        stores.get(), of(rule, CacheKeys.MAX_ENTRIES), of(rule, CacheKeys.MAX_BYTES));
  }

  private RemotePolicy remote(String rule) {
    SettingsPolicies policies = new SettingsPolicies(settings);
    return settings.ruleNames().contains(rule) ? policies.ofRule(rule) : policies.remote(rule);
  }

  /** What changes of where responses are kept; another backend needs a restart. */
  private void adapt(String rule, Shelf shelf) {
    RemotePolicy remote = remote(rule);
    if (shelf instanceof RemoteShelf there && remote != null) {
      there.take(remote);
    } else if (shelf instanceof MemoryShelf here) {
      here.resize(of(rule, CacheKeys.MAX_ENTRIES), of(rule, CacheKeys.MAX_BYTES));
    }
  }

  /** What holds for a path rule; for a servlet's, as it is an annotated cache, what that has. */
  private <T> T of(String rule, Key<T> key) {
    return settings.ruleNames().contains(rule)
        ? settings.rule(rule, key)
        : settings.cache(rule, key);
  }

  /** Whether a name is that of a path rule, or of a servlet's. */
  boolean isRule(String name) {
    return settings.ruleNames().contains(name) || servletRules.contains(name);
  }

  /** The names of the path rules and of the servlets' ones. */
  Set<String> ruleNames() {
    Set<String> names = new TreeSet<>(settings.ruleNames());
    names.addAll(servletRules);
    return names;
  }

  /** Removes all variants of a URL; how many there were, 0 where the name is no rule's. */
  @Override
  public long removeResponses(String rule, String target) {
    return isRule(rule)
        ? told(Removed.KEY, rule, responses.of(rule).remove(http().target(rule, target)))
        : 0;
  }

  private long told(Removed what, String rule, long entries) {
    monitoring.removed(what, rule, entries);
    return entries;
  }

  /** Removes the responses that carry a tag; how many there were. */
  @Override
  public long removeTagged(String tag) {
    long entries = responses.removeTag(tag);
    return entries == 0 ? 0 : told(Removed.TAG, null, entries);
  }

  /** Removes all responses; how many there were. */
  long clearAll() {
    long entries = responses.clear();
    return entries == 0 ? 0 : told(Removed.ALL, null, entries);
  }

  /** Removes a rule's responses; how many there were, 0 where the name is no rule's. */
  @Override
  public long clearResponses(String rule) {
    return isRule(rule) ? told(Removed.CACHE, rule, responses.of(rule).clear()) : 0;
  }

  /** The figures of a rule in the order in which the public statistics read them. */
  long[] figures(String rule) {
    Shelf shelf = responses.known(rule);
    if (shelf == null) {
      return new long[0];
    }
    Shelf.Counters counters = shelf.counters();
    return new long[] {
      counters.hits.sum(),
      counters.misses.sum(),
      counters.bypassed.sum(),
      counters.stale.sum(),
      counters.loads.sum(),
      counters.loadNanos.sum(),
      counters.stores.sum(),
      counters.removals.sum(),
      shelf.evictions(),
      counters.errors.sum(),
      shelf.entries()
    };
  }

  /** Where whole responses are kept. */
  ResponseStores responses() {
    return responses;
  }

  private HttpAgent http() {
    HttpAgent made = http;
    return made != null ? made : make();
  }

  private synchronized HttpAgent make() {
    if (http == null) {
      http = new HttpAgent(HttpSettings.of(settings), responses, monitoring);
    }
    return http;
  }

  /**
   * Takes up other settings. What is stored keeps its time; of a rule that stores no more, or has
   * other paths, it goes, since no request that changes something would remove it meanwhile.
   */
  synchronized void take(Settings changed) {
    List<Rule> before = HttpSettings.of(settings).rules();
    HttpConfig config = HttpSettings.of(changed);
    settings = changed;
    responses.forEach(this::adapt);
    if (http != null) {
      http.configure(config);
    }
    for (Rule rule : before) {
      if (rule.stores() && !isKept(rule, config.rules())) {
        responses.of(rule.name()).clear();
      }
    }
    for (Annotated each : servlets) {
      ClassLoader loader = each.loader().get();
      if (loader != null) {
        takeServlet(loader, each.name(), each.operation());
      }
    }
  }

  private static boolean isKept(Rule rule, List<Rule> rules) {
    for (Rule each : rules) {
      if (each.name().equals(rule.name())) {
        return each.stores()
            && each.paths().equals(rule.paths())
            && Objects.equals(each.context(), rule.context());
      }
    }
    return false;
  }

  /** Whether calls are observed, and answers are left as they are. */
  private boolean observes() {
    return settings.global(GlobalKeys.MODE) == GlobalKeys.Mode.OBSERVE;
  }

  @Override
  public Object enter(Object component, boolean servlet, Object request, Object response) {
    if (observes()) {
      return null;
    }
    try {
      monitoring.rulesInUse();
      return http().enter(component, servlet, request, response);
    } catch (Throwable failure) { // the exchange goes on as if nobody had asked
      LoggerFactory.getLogger(HttpRoom.class).error("an exchange is left alone", failure);
      return null;
    }
  }

  @Override
  public boolean answered(Object exchange) {
    Exchange entered = (Exchange) exchange;
    if (!entered.answered()) {
      return false;
    }
    entered.exit(null); // there is no body whose end would tell it
    return true;
  }

  @Override
  public Object request(Object exchange) {
    return ((Exchange) exchange).request();
  }

  @Override
  public Object response(Object exchange) {
    return ((Exchange) exchange).response();
  }

  @Override
  public boolean exit(Object exchange, Throwable failure) {
    return exchange != null && ((Exchange) exchange).exit(failure);
  }

  @Override
  public void servletRule(ClassLoader loader, String servletClass, Operation operation) {
    if (observes()) {
      return;
    }
    servlets.removeIf(each -> each.isGoneOr(loader, servletClass));
    servlets.add(new Annotated(new WeakReference<>(loader), servletClass, operation));
    String key = operation.attributes().get("key");
    if (key != null && !key.isEmpty()) {
      LoggerFactory.getLogger(HttpRoom.class)
          .warn(
              "{}.doGet: key = {} has no effect, since a whole response belongs to its URL",
              servletClass,
              key);
    }
    takeServlet(loader, servletClass, operation);
  }

  private void takeServlet(ClassLoader loader, String servletClass, Operation operation) {
    try {
      CachePolicy policy = new SettingsPolicies(settings).of(operation);
      if (policy.isOff()) {
        dropServlet(loader, servletClass, operation.cache());
        return;
      }
      Rule rule = HttpSettings.servletRule(settings, operation.cache(), policy);
      servletRules.add(operation.cache());
      monitoring.rulesChanged();
      http().servletRule(loader, servletClass, rule);
    } catch (FaultyAttribute faulty) {
      LoggerFactory.getLogger(HttpRoom.class)
          .warn("{}.doGet: it runs uncached, since {}", servletClass, faulty.getMessage());
      dropServlet(loader, servletClass, operation.cache());
    }
  }

  private void dropServlet(ClassLoader loader, String servletClass, String cache) {
    if (servletRules.contains(cache)) {
      http().dropServletRule(loader, servletClass);
      responses.of(cache).clear();
    }
  }

  @Override
  public void handlerFound() {
    if (!observes()) {
      http().watchHandlers();
    }
  }

  @Override
  public Handlers.Call entered() {
    if (observes()) {
      return Handlers.Call.UNOBSERVED;
    }
    HandlerCall call = http().handlerEntered();
    return call == HandlerCall.NONE ? Observed.OUTSIDE : new Observed(call);
  }

  @Override
  public Handlers.Call behind() {
    return observes() ? Handlers.Call.UNOBSERVED : Observed.OUTSIDE;
  }

  private record Observed(HandlerCall call) implements Handlers.Call {

    /** A call outside any exchange. */
    static final Observed OUTSIDE = new Observed(HandlerCall.NONE);

    @Override
    public boolean mayStore(Object result) {
      return call.mayStore(result);
    }

    @Override
    public void served(boolean hit, boolean stored, long remainingMillis) {
      call.served(hit, stored, remainingMillis);
    }
  }
}
