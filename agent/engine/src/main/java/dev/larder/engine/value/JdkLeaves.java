/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.value;

import dev.larder.engine.value.HolderPlan.Holds;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;

/** The plans for the JDK's values that can change and are no collections. */
@SuppressWarnings("JdkObsolete") // these are what it copies
final class JdkLeaves {

  private JdkLeaves() {}

  static Map<String, Plan> plans() {
    Map<String, Plan> plans = new HashMap<>();
    leaf(plans, BitSet.class, value -> (BitSet) value.clone());
    leaf(plans, StringBuilder.class, StringBuilder::new);
    leaf(plans, StringBuffer.class, StringBuffer::new);
    leaf(plans, AtomicInteger.class, value -> new AtomicInteger(value.get()));
    leaf(plans, AtomicLong.class, value -> new AtomicLong(value.get()));
    leaf(plans, AtomicBoolean.class, value -> new AtomicBoolean(value.get()));
    leaf(plans, AtomicIntegerArray.class, JdkLeaves::copyOf);
    leaf(plans, AtomicLongArray.class, JdkLeaves::copyOf);
    leaf(plans, LongAdder.class, JdkLeaves::copyOf);
    plans.put(
        AtomicReference.class.getName(),
        new HolderPlan<>(
            AtomicReference.class,
            Holds.OPEN,
            value -> new Object[] {value.get()},
            (value, held) -> new AtomicReference<>(held[0])));
    for (String name :
        new String[] {
          "HeapByteBuffer", "HeapByteBufferR", "DirectByteBuffer", "DirectByteBufferR"
        }) {
      plans.put("java.nio." + name, new LeafPlan<>(ByteBuffer.class, JdkLeaves::copyOf));
    }
    return plans;
  }

  private static <T> void leaf(Map<String, Plan> plans, Class<T> type, UnaryOperator<T> copier) {
    plans.put(type.getName(), new LeafPlan<>(type, copier));
  }

  private static AtomicIntegerArray copyOf(AtomicIntegerArray value) {
    AtomicIntegerArray copy = new AtomicIntegerArray(value.length());
    for (int i = 0; i < value.length(); i++) {
      copy.set(i, value.get(i));
    }
    return copy;
  }

  private static AtomicLongArray copyOf(AtomicLongArray value) {
    AtomicLongArray copy = new AtomicLongArray(value.length());
    for (int i = 0; i < value.length(); i++) {
      copy.set(i, value.get(i));
    }
    return copy;
  }

  private static LongAdder copyOf(LongAdder value) {
    LongAdder copy = new LongAdder();
    copy.add(value.sum());
    return copy;
  }

  /** All its bytes, with position, limit and order; its mark cannot be read and is lost. */
  private static ByteBuffer copyOf(ByteBuffer value) {
    ByteBuffer copy =
        value.isDirect()
            ? ByteBuffer.allocateDirect(value.capacity())
            : ByteBuffer.allocate(value.capacity());
    copy.put(value.duplicate().clear());
    ByteBuffer whole = value.isReadOnly() ? copy.asReadOnlyBuffer() : copy;
    whole.clear().limit(value.limit()).position(value.position());
    return whole.order(value.order());
  }
}
