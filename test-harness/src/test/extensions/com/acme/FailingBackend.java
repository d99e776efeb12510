/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme;

import dev.larder.spi.Backend;
import dev.larder.spi.BackendListener;
import dev.larder.spi.BackendSettings;
import dev.larder.spi.Capability;
import dev.larder.spi.Deadline;
import dev.larder.spi.Outcome;
import dev.larder.spi.Timed;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A backend that says that it is there, and then fails in every way but the agreed one. */
public class FailingBackend implements Backend {

  @Override
  public Set<Capability> capabilities() {
    return Set.of(Capability.CONDITIONAL);
  }

  @Override
  public void start(BackendSettings settings, BackendListener listener) {}

  @Override
  public CompletionStage<Void> ping(Deadline deadline) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<byte[]> get(String key, Deadline deadline) {
    throw new AssertionError("Acme did not think of this");
  }

  @Override
  public CompletionStage<Timed> getTimed(String key, Deadline deadline) {
    throw new AssertionError("nor of this");
  }

  @Override
  public CompletionStage<Outcome> put(String key, byte[] value, long millis, Deadline deadline) {
    return null;
  }

  @Override
  public CompletionStage<byte[]> putIfAbsent(
      String key, byte[] value, long millis, Deadline deadline) {
    return null;
  }

  @Override
  public CompletionStage<Outcome> replace(
      String key, byte[] expected, byte[] value, long millis, Deadline deadline) {
    return null;
  }

  @Override
  public CompletionStage<byte[]> exchange(
      String key, byte[] value, long millis, int head, Deadline deadline) {
    throw new StackOverflowError();
  }

  @Override
  public CompletionStage<Boolean> touch(String key, long millis, Deadline deadline) {
    return null;
  }

  @Override
  public CompletionStage<Boolean> remove(String key, Deadline deadline) {
    return null;
  }

  @Override
  public CompletionStage<Boolean> removeIf(String key, byte[] expected, Deadline deadline) {
    return null;
  }

  @Override
  public void close() {
    throw new AssertionError("nor of an end");
  }
}
