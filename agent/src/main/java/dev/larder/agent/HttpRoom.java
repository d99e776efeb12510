/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent;

import dev.larder.engine.CachePolicy;
import dev.larder.engine.FaultyAttribute;
import dev.larder.engine.Handlers;
import dev.larder.engine.SettingsPolicies;
import dev.larder.engine.TargetSpec.Operation;
import dev.larder.engine.config.Settings;
import dev.larder.http.Exchange;
import dev.larder.http.HandlerCall;
import dev.larder.http.HttpAgent;
import dev.larder.http.HttpSettings;
import dev.larder.weave.Exchanges;
import org.slf4j.LoggerFactory;

/** The HTTP part, made when the first servlet or filter is entered. */
final class HttpRoom implements Exchanges, Handlers {

  private final Settings settings;
  private volatile HttpAgent http;

  HttpRoom(Settings settings) {
    this.settings = settings;
  }

  private HttpAgent http() {
    HttpAgent made = http;
    return made != null ? made : make();
  }

  private synchronized HttpAgent make() {
    if (http == null) {
      http = new HttpAgent(HttpSettings.of(settings));
    }
    return http;
  }

  @Override
  public Object enter(Object component, boolean servlet, Object request, Object response) {
    try {
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
  public void exit(Object exchange, Throwable failure) {
    if (exchange != null) {
      ((Exchange) exchange).exit(failure);
    }
  }

  @Override
  public void servletRule(String servletClass, Operation operation) {
    try {
      CachePolicy policy = new SettingsPolicies(settings).of(operation);
      if (!policy.isOff()) {
        http()
            .servletRule(
                servletClass, HttpSettings.servletRule(settings, operation.cache(), policy.ttl()));
      }
    } catch (FaultyAttribute faulty) {
      LoggerFactory.getLogger(HttpRoom.class)
          .warn("{}.doGet: it runs uncached, since {}", servletClass, faulty.getMessage());
    }
  }

  @Override
  public void handlerFound() {
    http().watchHandlers();
  }

  @Override
  public Handlers.Call entered() {
    HandlerCall call = http().handlerEntered();
    return call == HandlerCall.NONE ? Handlers.Call.UNOBSERVED : new Observed(call);
  }

  private record Observed(HandlerCall call) implements Handlers.Call {

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
