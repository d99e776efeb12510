/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.backend.memcached;

import java.nio.ByteBuffer;
import net.spy.memcached.ops.StatusCode;

/**
 * A server's answer.
 *
 * @param code that it did what it was asked, or why it need not have done
 * @param version of the item, for what is written against it
 * @param value what came with it; null where {@code code} is no success
 */
record Answer(StatusCode code, long version, ByteBuffer value) {

  boolean isGood() {
    return code == StatusCode.SUCCESS;
  }
}
