/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;

/** Which servlets an annotation on a {@code doGet} is about. */
class ServletRulesTest {

  private static final Rule RULE = Rule.named("base").build();
  private static final ClassLoader LOADER = ServletRulesTest.class.getClassLoader();

  static class Base extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {}
  }

  static class Inheriting extends Base {
    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {}
  }

  static class Overriding extends Base {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {}
  }

  /** As a framework generates it. */
  static class Base$$Proxy extends Base {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {}
  }

  private final ServletRules rules = new ServletRules();

  @Test
  void rule_ofAClass_holdsForWhatRunsItsDoGet() {
    rules.put(LOADER, Base.class.getName(), RULE);
    assertThat(rules.of(new Base())).isEqualTo(RULE);
    assertThat(rules.of(new Inheriting())).isEqualTo(RULE);
    assertThat(rules.of(new Base$$Proxy())).isEqualTo(RULE);
    assertThat(rules.of(new Overriding())).isNull();
    assertThat(rules.of(new HttpServlet() {})).isNull();
    assertThat(rules.of("no servlet")).isNull();
  }

  @Test
  void rule_ofAClassOfAnotherLoader_isNotThisOnes() throws Exception {
    try (URLClassLoader other = new URLClassLoader(new URL[0], null)) {
      rules.put(other, Base.class.getName(), RULE);
      assertThat(rules.of(new Base())).isNull();

      Rule own = Rule.named("own").build();
      rules.put(LOADER, Base.class.getName(), own);
      assertThat(rules.of(new Base())).isEqualTo(own);
      rules.remove(LOADER, Base.class.getName());
      assertThat(rules.of(new Base())).isNull();
      assertThat(rules.isEmpty()).isFalse();
      rules.remove(other, Base.class.getName());
      assertThat(rules.isEmpty()).isTrue();
    }
  }
}
