/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import java.util.List;

/**
 * What the HTTP part is told by the configuration.
 *
 * @param rules the path rules, in the order of the file
 * @param defaults what holds where no path rule does: the global {@code http.KEY} values
 * @param handlers whether any handler method is a target, so that each GET and HEAD is watched
 */
public record HttpConfig(List<Rule> rules, Rule defaults, boolean handlers) {

  /** Nothing configured. */
  public static final HttpConfig NONE =
      new HttpConfig(List.of(), Rule.named("http").build(), false);
}
