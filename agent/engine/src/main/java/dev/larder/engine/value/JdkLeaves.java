/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.value;

import dev.larder.engine.value.HolderPlan.Holds;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/** The plans for the JDK's values that can change and are no collections. */
@SuppressWarnings("JdkObsolete") // these are what it copies
final class JdkLeaves {

  private JdkLeaves() {}

  /** The plan for a class of this name; null if it is none of them. */
  static Plan plan(String name) {
    return switch (name) {
      case "java.util.BitSet" -> new LeafPlan<>(BitSet.class, value -> (BitSet) value.clone());
      case "java.lang.StringBuilder" -> new LeafPlan<>(StringBuilder.class, StringBuilder::new);
      case "java.lang.StringBuffer" -> new LeafPlan<>(StringBuffer.class, StringBuffer::new);
      case "java.util.concurrent.atomic.AtomicInteger" ->
          new LeafPlan<>(AtomicInteger.class, value -> new AtomicInteger(value.get()));
      case "java.util.concurrent.atomic.AtomicLong" ->
          new LeafPlan<>(AtomicLong.class, value -> new AtomicLong(value.get()));
      case "java.util.concurrent.atomic.AtomicBoolean" ->
          new LeafPlan<>(AtomicBoolean.class, value -> new AtomicBoolean(value.get()));
      case "java.util.concurrent.atomic.AtomicIntegerArray" ->
          new LeafPlan<>(AtomicIntegerArray.class, JdkLeaves::copyOf);
      case "java.util.concurrent.atomic.AtomicLongArray" ->
          new LeafPlan<>(AtomicLongArray.class, JdkLeaves::copyOf);
      case "java.util.concurrent.atomic.LongAdder" ->
          new LeafPlan<>(LongAdder.class, JdkLeaves::copyOf);
      case "java.util.concurrent.atomic.AtomicReference" ->
          new HolderPlan<>(
              AtomicReference.class,
              Holds.OPEN,
              value -> new Object[] {value.get()},
              (value, held) -> new AtomicReference<>(held[0]));
      case "java.nio.HeapByteBuffer",
          "java.nio.HeapByteBufferR",
          "java.nio.DirectByteBuffer",
          "java.nio.DirectByteBufferR" ->
          new LeafPlan<>(ByteBuffer.class, JdkLeaves::copyOf);
      default -> null;
    };
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
