/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.ops.advise;

/** What is advised of a method. */
public enum Verdict {
  /** To cache it. */
  CACHE,
  /** Not to: it would gain too little. */
  NOT_WORTH,
  /** Not to: it would be given what is no longer the result. */
  NOT_SAFE,
  /** Not to: it cannot be cached. */
  NOT_POSSIBLE,
  /** Nothing: too little is known. */
  UNKNOWN
}
