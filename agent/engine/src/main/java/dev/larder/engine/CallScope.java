/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

/** The scopes in which an application has its calls go past the caches. */
public final class CallScope {

  private CallScope() {}

  /**
   * Opens a scope on this thread.
   *
   * @param mode {@code bypass} or {@code refresh}
   * @return what {@link #leave} is to be given
   */
  public static Object enter(String mode) {
    return ThreadMode.enter(
        "refresh".equals(mode) ? ThreadMode.Ask.REFRESH : ThreadMode.Ask.BYPASS);
  }

  /** Closes the scope that gave this. */
  public static void leave(Object before) {
    if (before instanceof ThreadMode.Ask ask) {
      ThreadMode.leave(ask);
    }
  }
}
