/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ServletSkinTest {

  private static final Map<String, Object> ASKED =
      Map.of(
          "getMethod", "GET",
          "getDispatcherType", DispatcherType.REQUEST,
          "getServletPath", "",
          "getPathInfo", "/plain",
          "getRequestURI", "/plain",
          "getProtocol", "HTTP/1.1");

  private final HttpAgent agent =
      new HttpAgent(
          new HttpConfig(
              List.of(
                  Rule.named("plain").paths("/plain").build(),
                  Rule.named("shop").paths("/plain").context("/shop").build()),
              Rule.named("defaults").build(),
              false),
          null);

  /** As Spark has it, which calls its filter in a Jetty that runs no web application. */
  @Test
  void request_outsideOfAnyWebApplication_matchesTheRulesOfNoContext() {
    Exchange exchange =
        agent.enter(
            "a filter",
            false,
            some(HttpServletRequest.class, ASKED),
            some(HttpServletResponse.class, Map.of("isCommitted", false)));

    assertThat(exchange).isNotNull();
  }

  /** As Jetty 12 has it with one that can be read in two ways, whatever the application allows. */
  @Test
  void request_whosePathTheContainerRefusesToTell_matchesNoRule() {
    HttpAgent watching =
        new HttpAgent(
            new HttpConfig(
                List.of(Rule.named("all").paths("/**").build()),
                Rule.named("defaults").build(),
                true),
            null);
    Map<String, Object> ambiguous = new HashMap<>(ASKED);
    ambiguous.put("getServletPath", new IllegalArgumentException("ambiguous"));

    Exchange exchange =
        watching.enter(
            "a filter",
            false,
            some(HttpServletRequest.class, ambiguous),
            some(HttpServletResponse.class, Map.of("isCommitted", false)));

    assertThat(exchange).as("watched, as one that matches none").isNotNull();
  }

  private static <T> T some(Class<T> type, Map<String, Object> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              Object answer = answers.get(method.getName());
              if (answer instanceof RuntimeException refusal) {
                throw refusal;
              }
              return answer;
            }));
  }
}
