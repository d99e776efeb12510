/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.spi;

import java.util.Collection;

/**
 * Whom a backend tells of what happens without being asked. Every method may be called by any
 * thread, returns at once and throws nothing.
 */
public interface BackendListener {

  /** Each of these keys has changed since {@link Backend#getWatched} read it. */
  void changed(Collection<String> keys);

  /**
   * Any key may have changed and nobody was told: a connection was lost, or the server forgot what
   * it was to watch. Nothing that {@link Backend#getWatched} gave before counts any more. Called
   * within two seconds of when pushes stopped coming.
   */
  void flush();

  /** Says something that a person should read, once and not at each call; it holds no secret. */
  void warn(String message);
}
