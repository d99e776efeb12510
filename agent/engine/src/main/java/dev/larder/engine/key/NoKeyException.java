/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.key;

/**
 * Says that an argument has no value that a key could be made of, so that the call runs uncached.
 *
 * <p>The message names the class and the path to it inside the argument; who catches it adds method
 * and parameter. It carries no stack trace: it may be thrown at every call of a method.
 */
public final class NoKeyException extends Exception {

  private static final long serialVersionUID = 1L;

  public NoKeyException(String reason) {
    super(reason, null, false, false);
  }
}
