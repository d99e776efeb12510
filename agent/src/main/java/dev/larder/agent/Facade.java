/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent;

import dev.larder.engine.CallScope;
import dev.larder.engine.Engine;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers what the application asks through {@code dev.larder.Larder}. */
final class Facade implements BiFunction<String, Object[], Object> {

  private static final Logger LOG = LoggerFactory.getLogger(Facade.class);

  private final Engine engine;

  Facade(Engine engine) {
    this.engine = engine;
  }

  @Override
  public Object apply(String request, Object[] arguments) {
    try {
      return answer(request, arguments);
    } catch (RuntimeException failure) {
      LOG.error("Larder.{} failed and did nothing", request, failure);
      return null;
    }
  }

  private Object answer(String request, Object[] arguments) {
    String first = arguments.length > 0 && arguments[0] instanceof String text ? text : null;
    switch (request) {
      case "attached":
        return Boolean.TRUE;
      case "clearAll":
        return engine.clearAll();
      case "enter":
        return CallScope.enter(first);
      case "leave":
        CallScope.leave(arguments[0]);
        return null;
      default:
        return first == null ? null : answer(request, first, arguments);
    }
  }

  private Object answer(String request, String name, Object[] arguments) {
    switch (request) {
      case "evict":
        return engine.evict(name, (Object[]) arguments[1]);
      case "evictKey":
        return arguments[1] == null ? null : engine.evictKey(name, (String) arguments[1]);
      case "evictTag":
        return engine.evictTag(name);
      case "clear":
        return engine.clear(name);
      case "stats":
        return engine.figures(name);
      default:
        LOG.warn("a newer larder-api asks for {}, which this agent does not know", request);
        return null;
    }
  }
}
