/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

/** Is told of each method that was to be a target and cannot be. */
@FunctionalInterface
public interface Refusals {

  /**
   * Tells of one method.
   *
   * @param type the binary name of its class
   * @param method its name
   * @param reason why, and what to do
   * @param askedFor whether an annotation or a pattern without {@code *} asked for just this method
   */
  void refuse(String type, String method, String reason, boolean askedFor);
}
