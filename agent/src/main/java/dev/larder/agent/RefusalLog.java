/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent;

import dev.larder.weave.Refusals;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says which methods were to be targets and cannot be: loudly where just they were asked for, and
 * once, however often their class is transformed or loaded.
 */
final class RefusalLog implements Refusals {

  /** So many are remembered: applications have few, but may make classes without end. */
  private static final int ROOM = 1000;

  private final Set<String> said = ConcurrentHashMap.newKeySet();

  @Override
  public void refuse(String type, String method, String reason, boolean askedFor) {
    Logger log = LoggerFactory.getLogger(RefusalLog.class);
    if (!askedFor) {
      log.debug("{}.{} is not cached: {}", type, method, reason);
    } else if (isNew(type + "." + method + ": " + reason)) {
      log.warn("{}.{} is not cached: {}", type, method, reason);
    }
  }

  private boolean isNew(String refusal) {
    return said.size() < ROOM ? said.add(refusal) : !said.contains(refusal);
  }
}
