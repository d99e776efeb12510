/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.GenericServlet;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** That servlets and filters see what the HTTP part gives them, and that it sees how they end. */
class ExchangeWeaverTest {

  private static final ServletRequest REQUEST = empty(ServletRequest.class);
  private static final ServletRequest OTHER_REQUEST = empty(ServletRequest.class);
  private static final ServletResponse RESPONSE = empty(ServletResponse.class);
  private static final ServletResponse OTHER_RESPONSE = empty(ServletResponse.class);

  private static final List<String> ASKED = new ArrayList<>();
  private static boolean enters;
  private static boolean answered;
  private static boolean madeGood;
  private static final List<Throwable> LEFT = new ArrayList<>();

  /** A servlet that notes what it sees, and fails where there is no response. */
  public static class Noting extends GenericServlet {
    @Override
    public void service(ServletRequest request, ServletResponse response) throws ServletException {
      Stub.SEEN.add(request);
      Stub.SEEN.add(response);
      if (response == null) {
        throw new ServletException("nowhere to answer to");
      }
    }
  }

  /** A filter that hands on what it sees. */
  public static class HandingOn implements Filter {
    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      try {
        chain.doFilter(request, response);
      } finally {
        Stub.SEEN.add(chain);
      }
    }
  }

  @BeforeEach
  void forget() {
    Stub.SEEN.clear();
    ASKED.clear();
    enters = true;
    answered = false;
    madeGood = false;
    LEFT.clear();
  }

  @Test
  void servlet_inExchange_seesWhatItGives() throws Exception {
    woven(Noting.class, Servlet.class).service(REQUEST, RESPONSE);
    assertThat(Stub.SEEN).containsExactly(OTHER_REQUEST, OTHER_RESPONSE);
    assertThat(ASKED)
        .containsExactly(
            Bootstrap.EXCHANGE_ENTER_SERVLET,
            Bootstrap.EXCHANGE_ANSWERED,
            Bootstrap.EXCHANGE_REQUEST,
            Bootstrap.EXCHANGE_RESPONSE,
            Bootstrap.EXCHANGE_EXIT);
    assertThat(LEFT).containsOnlyNulls().hasSize(1);
  }

  @Test
  void servlet_outsideOfExchange_seesItsOwn() throws Exception {
    enters = false;
    woven(Noting.class, Servlet.class).service(REQUEST, RESPONSE);
    assertThat(Stub.SEEN).containsExactly(REQUEST, RESPONSE);
    assertThat(ASKED).containsExactly(Bootstrap.EXCHANGE_ENTER_SERVLET, Bootstrap.EXCHANGE_EXIT);
  }

  @Test
  void servlet_answeredAlready_isSkipped() throws Exception {
    answered = true;
    woven(Noting.class, Servlet.class).service(REQUEST, RESPONSE);
    assertThat(Stub.SEEN).isEmpty();
    assertThat(ASKED)
        .containsExactly(Bootstrap.EXCHANGE_ENTER_SERVLET, Bootstrap.EXCHANGE_ANSWERED);
  }

  @Test
  void servlet_thatFails_isToldOfOnceAndFails() throws Exception {
    enters = false;
    Servlet servlet = woven(Noting.class, Servlet.class);
    assertThatThrownBy(() -> servlet.service(REQUEST, null))
        .isInstanceOf(ServletException.class)
        .satisfies(failure -> assertThat(LEFT).containsExactly(failure));
  }

  @Test
  void servlet_whoseFailureIsMadeGood_returns() throws Exception {
    madeGood = true;
    enters = false;
    woven(Noting.class, Servlet.class).service(REQUEST, null);
    assertThat(LEFT).singleElement().isInstanceOf(ServletException.class);
  }

  @Test
  void filter_inExchange_handsOnWhatItGives() throws Exception {
    FilterChain chain =
        (request, response) -> {
          Stub.SEEN.add(request);
          Stub.SEEN.add(response);
        };
    woven(HandingOn.class, Filter.class).doFilter(REQUEST, RESPONSE, chain);
    assertThat(Stub.SEEN).containsExactly(OTHER_REQUEST, OTHER_RESPONSE, chain);
    assertThat(ASKED).startsWith(Bootstrap.EXCHANGE_ENTER_FILTER);
  }

  @Test
  void filter_whoseChainFails_isToldOf() throws Exception {
    IOException failure = new IOException("broken pipe");
    Filter filter = woven(HandingOn.class, Filter.class);
    FilterChain chain =
        (request, response) -> {
          throw failure;
        };
    assertThatThrownBy(() -> filter.doFilter(REQUEST, RESPONSE, chain)).isSameAs(failure);
    assertThat(LEFT).containsExactly(failure);
  }

  @Test
  void class_withoutServletMethods_isLeftAlone() {
    assertThat(
            new ClassWeaver((type, method, reason, askedFor) -> {})
                .weave(
                    WovenClasses.bytesOf(Bodies.class),
                    Map.of(),
                    Gate.Decision.LOOK_FOR_SERVLET_METHODS,
                    Set.of()))
        .isNull();
  }

  private static <T> T woven(Class<?> type, Class<T> face) throws Exception {
    byte[] woven =
        new ClassWeaver((owner, method, reason, askedFor) -> {})
            .weave(
                WovenClasses.bytesOf(type),
                Map.of(),
                Gate.Decision.LOOK_FOR_SERVLET_METHODS,
                Set.of());
    return face.cast(WovenClasses.load(woven, Stub.class).getConstructor().newInstance());
  }

  /** Links call sites, in the dispatcher's place. */
  public static final class Stub {
    /** What servlets and filters have seen. */
    public static final List<Object> SEEN = new ArrayList<>();

    private Stub() {}

    /** The bootstrap method. */
    public static CallSite link(
        MethodHandles.Lookup caller, String name, MethodType type, Object... constants)
        throws ReflectiveOperationException {
      MethodHandle asked =
          MethodHandles.lookup()
              .findStatic(
                  Stub.class,
                  "ask",
                  MethodType.methodType(Object.class, String.class, Object[].class));
      return new ConstantCallSite(
          asked
              .bindTo(name)
              .asCollector(Object[].class, type.parameterCount())
              .asType(type.changeReturnType(Object.class))
              .asType(type));
    }

    static Object ask(String name, Object[] arguments) {
      ASKED.add(name);
      return switch (name) {
        case Bootstrap.EXCHANGE_ENTER_SERVLET, Bootstrap.EXCHANGE_ENTER_FILTER ->
            enters ? Arrays.asList(arguments) : null;
        case Bootstrap.EXCHANGE_ANSWERED -> answered;
        case Bootstrap.EXCHANGE_REQUEST -> OTHER_REQUEST;
        case Bootstrap.EXCHANGE_RESPONSE -> OTHER_RESPONSE;
        case Bootstrap.EXCHANGE_EXIT -> {
          LEFT.add((Throwable) arguments[0]);
          yield madeGood;
        }
        default -> throw new AssertionError("no call site is named " + name);
      };
    }
  }

  private static <T> T empty(Class<T> face) {
    return face.cast(
        Proxy.newProxyInstance(
            face.getClassLoader(),
            new Class<?>[] {face},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "equals" -> proxy == arguments[0];
                  case "hashCode" -> System.identityHashCode(proxy);
                  case "toString" -> face.getSimpleName() + System.identityHashCode(proxy);
                  default -> null;
                }));
  }
}
