/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent;

import dev.larder.engine.CallScope;
import dev.larder.engine.Engine;
import dev.larder.http.ResponseStores;
import dev.larder.weave.PlainTelling;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/**
 * Answers what the application asks through {@code dev.larder.Larder}, and takes what the JDK hands
 * over (see {@link dev.larder.weave.Service}) and old classes tell (see {@link PlainTelling}).
 */
final class Facade implements BiFunction<String, Object[], Object> {

  private final Supplier<Engine> engine;
  private final HttpRoom http;
  private final Monitoring monitoring;
  private final PlainTelling telling = new PlainTelling();

  Facade(Supplier<Engine> engine, HttpRoom http, Monitoring monitoring) {
    this.engine = engine;
    this.http = http;
    this.monitoring = monitoring;
  }

  @Override
  public Object apply(String request, Object[] arguments) {
    try {
      return answer(request, arguments);
    } catch (RuntimeException failure) {
      LoggerFactory.getLogger(Facade.class)
          .error("Larder.{} failed and did nothing", request, failure);
      return null;
    }
  }

  private Object answer(String request, Object[] arguments) {
    String first = arguments.length > 0 && arguments[0] instanceof String text ? text : null;
    return switch (request) {
      case "attached" -> true;
      case "clearAll" -> ResponseStores.sum(engine.get().clearAll(), responses(http::clearAll));
      case "platformMBeanServer" -> {
        monitoring.server(arguments[0]);
        yield null;
      }
      case "flightRecorder" -> {
        monitoring.flightRecorder();
        yield null;
      }
      case PlainTelling.REQUEST -> {
        telling.tell(arguments);
        yield null;
      }
      case "enter" -> CallScope.enter(first);
      case "leave" -> {
        CallScope.leave(arguments[0]);
        yield null;
      }
      default -> first == null ? null : answer(request, first, arguments);
    };
  }

  private Object answer(String request, String name, Object[] arguments) {
    return switch (request) {
      case "evict" -> engine.get().evict(name, (Object[]) arguments[1]);
      // Rules last: what is made of an entry until that has gone goes with theirs, and what is near
      // goes once the mark of what is with the backend is another.
      case "evictKey" ->
          arguments[1] instanceof String key
              ? (Object)
                  ResponseStores.sum(
                      engine.get().evictKey(name, key),
                      responses(() -> http.removeResponses(name, key)))
              : null;
      case "evictTag" ->
          ResponseStores.sum(engine.get().evictTag(name), responses(() -> http.removeTagged(name)));
      case "clear" ->
          ResponseStores.sum(engine.get().clear(name), responses(() -> http.clearResponses(name)));
      case "stats" -> http.isRule(name) ? http.figures(name) : engine.get().figures(name);
      default -> {
        LoggerFactory.getLogger(Facade.class)
            .warn("a newer larder-api asks for {}, which this agent does not know", request);
        yield null;
      }
    };
  }

  /** What goes of stored responses now, and again after the commit of this thread's transaction. */
  private long responses(LongSupplier removal) {
    return engine.get().removeElsewhere(removal);
  }
}
