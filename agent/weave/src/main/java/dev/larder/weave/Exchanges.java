/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import dev.larder.engine.method.TargetSpec.Operation;

/**
 * What happens at the entry and the end of a servlet's or filter's method; the HTTP part behind one
 * small interface, so that the weaver knows nothing of HTTP.
 */
public interface Exchanges {

  /**
   * At the entry.
   *
   * @param component the servlet or filter
   * @param servlet whether it is a servlet
   * @return what the other methods are given; null to leave the call alone
   */
  Object enter(Object component, boolean servlet, Object request, Object response);

  /** Whether the answer is given already, and the body is to be skipped. */
  boolean answered(Object exchange);

  /** What the body is to see as its request. */
  Object request(Object exchange);

  /** What the body is to see as its response. */
  Object response(Object exchange);

  /**
   * At the end of a body that was not skipped; a null failure means that it returned.
   *
   * @return whether the failure has been made good, and is not to be thrown
   */
  boolean exit(Object exchange, Throwable failure);

  /**
   * Is told of a class that declares a {@code doGet} with {@code @Cache}, before its first request.
   *
   * @param loader the class's, which is not to be kept
   */
  void servletRule(ClassLoader loader, String servletClass, Operation operation);

  /** Is told that a method which answers requests for a framework is cached. */
  void handlerFound();
}
