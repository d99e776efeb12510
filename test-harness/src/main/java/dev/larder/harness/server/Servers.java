/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.server;

import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a JUnit test its servers: {@code @ExtendWith(Servers.class)}, and a parameter of a server's
 * class in a test, a constructor or a {@code @BeforeAll}.
 *
 * <p>A server is started once for a test class and closed after it. Its address comes from the
 * environment ({@code LARDER_TEST_REDIS}, {@code LARDER_TEST_MEMCACHED}, {@code
 * LARDER_TEST_DYNAMODB}: {@code host:port}), else it runs in a container where Docker runs, else as
 * a process of this machine. Without JUnit call the classes' {@code start} methods.
 */
public final class Servers implements ParameterResolver {

  private static final Map<Class<?>, Supplier<AutoCloseable>> KNOWN =
      Map.of(
          RedisServer.class, () -> RedisServer.start(),
          RedisSentinel.class, RedisSentinel::start,
          RedisCluster.class, RedisCluster::start,
          MemcachedServer.class, MemcachedServer::start,
          DynamoServer.class, DynamoServer::start);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return KNOWN.containsKey(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    ExtensionContext ofClass = context;
    while (ofClass.getTestMethod().isPresent()) {
      ofClass = ofClass.getParent().orElseThrow();
    }
    return ofClass
        .getStore(Namespace.create(Servers.class, ofClass.getRequiredTestClass()))
        .computeIfAbsent(type, key -> KNOWN.get(type).get());
  }
}
