/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

/**
 * Who asks for a value without a thread that waits for it: a subscriber.
 *
 * @param within the run of a body that the asker is a part of; null where none is known
 * @param context what its library carries from it to its source; null for nothing
 * @param ask what the thread asked for when it called the method
 */
record Asker(Loading within, Object context, ThreadMode.Ask ask) {

  /** One of whom nothing is known. */
  static final Asker UNKNOWN = new Asker(null, null, ThreadMode.Ask.NOTHING);
}
