/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.remote;

import dev.larder.spi.Backend;
import dev.larder.spi.BackendSettings;
import dev.larder.spi.Codec;
import dev.larder.spi.KeyBuilder;

/** Makes what the settings name: the agent knows where the classes are. */
public interface BackendFactory {

  /**
   * A new backend, not started.
   *
   * @param name as {@code backend} has it
   * @throws IllegalArgumentException if there is none of the name; the message says what to do
   */
  Backend create(String name);

  /** What a backend is to be started with; secrets are resolved. */
  BackendSettings settings(Backend backend);

  /**
   * What any call may wait for its backend by now, in milliseconds: settings change. 0 where it
   * stays what a backend is started with.
   */
  default long timeout() {
    return 0;
  }

  /**
   * A new codec of the user's.
   *
   * @param className as {@code codec} has it
   * @throws IllegalArgumentException if there is none of the name; the message says what to do
   */
  Codec codec(String className);

  /**
   * A new key builder of the user's, as {@code key-builder} names it; null where there is none.
   *
   * @throws IllegalArgumentException if there is none of the name; the message says what to do
   */
  default KeyBuilder keyBuilder() {
    return null;
  }
}
