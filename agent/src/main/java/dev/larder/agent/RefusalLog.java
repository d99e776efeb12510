/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent;

import dev.larder.weave.Refusals;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says which methods were to be targets and cannot be: loudly where just they were asked for. */
final class RefusalLog implements Refusals {

  @Override
  public void refuse(String type, String method, String reason, boolean askedFor) {
    Logger log = LoggerFactory.getLogger(RefusalLog.class);
    if (askedFor) {
      log.warn("{}.{} is not cached: {}", type, method, reason);
    } else {
      log.debug("{}.{} is not cached: {}", type, method, reason);
    }
  }
}
