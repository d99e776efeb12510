/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.method.TargetSpec;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done where Larder itself fails in a call of one target. */
final class OwnFailures {

  private static final Logger LOG = LoggerFactory.getLogger("dev.larder");

  private final TargetSpec spec;
  private final Caching caching;
  private final AtomicBoolean told = new AtomicBoolean();

  /**
   * The failures of one target's calls.
   *
   * @param caching null where they are not looked up
   */
  OwnFailures(TargetSpec spec, Caching caching) {
    this.spec = spec;
    this.caching = caching;
  }

  /**
   * Tells that Larder has failed, and leaves nobody waiting for it.
   *
   * @param miss what it was to end; null for none
   */
  void failed(Throwable failure, Miss miss) {
    giveUp(miss);
    try {
      if (caching != null) {
        caching.cache().counters.errors.increment();
      }
      if (told.compareAndSet(false, true)) {
        LOG.error(
            "{}: Larder failed, and the call runs uncached; further failures of this method are"
                + " counted, and logged at debug",
            spec.displayName(),
            failure);
      } else {
        LOG.debug("{}: Larder failed, and the call runs uncached", spec.displayName(), failure);
      }
    } catch (VirtualMachineError again) {
      // There is too little of the stack or of the heap left to tell it: the call goes on.
    }
  }

  /** Leaves nobody waiting for what a miss was to end. */
  void giveUp(Miss miss) {
    try {
      if (miss != null) {
        caching.ends().giveUp(miss);
      }
    } catch (RuntimeException | VirtualMachineError again) {
      caching.cache().counters.errors.increment(); // the next to fail tells it
    }
  }
}
