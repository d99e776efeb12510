/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.engine.match.FaultyPattern;
import dev.larder.engine.match.MethodPattern;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.transaction.TransactionManager;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.interceptor.DelegatingTransactionAttribute;
import org.springframework.transaction.interceptor.TransactionAttribute;
import org.springframework.transaction.jta.JtaTransactionManager;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;

/** Which loaded classes are looked into for all that they are a library's. */
class LibraryClassesTest {

  /** As one that a library makes while the application runs. */
  private abstract static class OfAnApplication implements TransactionAttribute {}

  @Test
  void librarysClass_isLeft() throws FaultyPattern {
    assertThat(with().canLeave(DelegatingTransactionAttribute.class)).isTrue();
    assertThat(with("com.acme.*.find(..)").canLeave(TransactionAttribute.class)).isTrue();
    assertThat(with().canLeave(ServletRequestWrapper.class)).isTrue();
    assertThat(with().canLeave(PlatformTransactionManager.class)).isTrue();
  }

  @Test
  void applicationsClass_isLookedInto() {
    assertThat(with().canLeave(OfAnApplication.class)).isFalse();
  }

  @Test
  void servletAndFilter_areLookedInto() {
    assertThat(with().canLeave(HttpServlet.class)).isFalse();
    assertThat(with().canLeave(HttpFilter.class)).isFalse();
  }

  @Test
  void whatTellsOfTransactions_isLookedInto() {
    assertThat(with().canLeave(AbstractPlatformTransactionManager.class)).isFalse();
    assertThat(with().canLeave(ofJta().getClass())).isFalse();
  }

  @Test
  void librarysClassOrSupertypeThatAPatternNames_isLookedInto() throws FaultyPattern {
    LibraryClasses classes = with("org.springframework..TransactionAttribute+.get*(..)");

    assertThat(classes.canLeave(TransactionAttribute.class)).isFalse();
    assertThat(classes.canLeave(DelegatingTransactionAttribute.class)).isFalse();
    assertThat(classes.canLeave(JtaTransactionManager.class)).isTrue();
  }

  @Test
  void patternThatAsksForAnAnnotation_meansAnyClass() throws FaultyPattern {
    assertThat(with("@com.acme.Slow *").canLeave(TransactionAttribute.class)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org/springframework/beans/factory/BeanFactory",
        "jakarta/servlet/Servlet",
        "com/google/common/collect/ImmutableList"
      })
  void classOfALibrary_isKnown(String name) {
    assertThat(Libraries.have(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Main",
        "com/acme/Shop",
        "com/google/maps/Tiles",
        "org/apache/Main",
        "org/springframeworks/Main",
        "org/springframework/samples/petclinic/owner/Owner"
      })
  void applicationOfALibrarysMakers_isNone(String name) {
    assertThat(Libraries.have(name)).isFalse();
  }

  private static TransactionManager ofJta() {
    return (TransactionManager)
        Proxy.newProxyInstance(
            LibraryClassesTest.class.getClassLoader(),
            new Class<?>[] {TransactionManager.class},
            (proxy, method, arguments) -> null);
  }

  private static LibraryClasses with() {
    return new LibraryClasses(List.of());
  }

  private static LibraryClasses with(String patterns) throws FaultyPattern {
    return new LibraryClasses(MethodPattern.parseList(patterns));
  }
}
