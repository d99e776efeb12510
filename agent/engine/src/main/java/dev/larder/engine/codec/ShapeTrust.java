/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.codec;

import dev.larder.engine.value.Differences;
import dev.larder.spi.Codec;
import dev.larder.spi.CodecException;
import java.lang.reflect.Type;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Believes a codec about a type once the first values of it have come back as they were.
 *
 * <p>Each class that a method gives is believed on its own. A class of which one value came back
 * different is never written again. Where values of a class may fare differently, each is read
 * back; where one holds an object of a class that none before it had, belief begins anew. One
 * object belongs to one declared type.
 */
public final class ShapeTrust {

  private static final int NEEDED = 3;

  private final Codec codec;
  private final Type type;
  private final ClassLoader loader;
  private final Differences differences;
  private final ClassValue<State> states =
      new ClassValue<>() {
        @Override
        protected State computeValue(Class<?> given) {
          return new State();
        }
      };

  /**
   * Watches over a codec.
   *
   * @param type the declared type of the values
   * @param loader where its classes come from
   */
  public ShapeTrust(Codec codec, Type type, ClassLoader loader, Differences differences) {
    this.codec = codec;
    this.type = type;
    this.loader = loader;
    this.differences = differences;
  }

  /**
   * The bytes of a value, read back first while its class is not believed.
   *
   * @throws CodecException if it cannot be written, or values of its class do not come back as they
   *     were; the message is the same at each call then
   */
  public byte[] encode(Object value) throws CodecException {
    State state = states.get(value.getClass());
    String refusal = state.refusal;
    if (refusal != null) {
      throw new CodecException(refusal, null);
    }
    int before = met();
    byte[] bytes = codec.encode(value, type);
    if (bytes == null) {
      throw new CodecException("codec " + codec.name() + " gave null in place of bytes", null);
    }
    int met = met();
    if (met != state.met) {
      state.equal.set(0);
      state.met = met;
    }
    if (met != before || state.equal.get() < NEEDED || mayLose()) {
      Object back = codec.decode(bytes, type, loader);
      String difference = differences.between(value, back);
      if (difference != null) {
        state.refusal =
            type.getTypeName() + " does not survive codec " + codec.name() + ": " + difference;
        throw new CodecException(state.refusal, null);
      }
      state.equal.incrementAndGet();
    }
    return bytes;
  }

  private int met() {
    return codec instanceof JsonCodec json ? json.met() : 0;
  }

  private boolean mayLose() {
    return codec instanceof JsonCodec json && json.mayLose();
  }

  /** What is known about one class. */
  private static final class State {
    final AtomicInteger equal = new AtomicInteger();

    /** How many types the codec had met when it was last asked. */
    volatile int met;

    volatile String refusal;
  }
}
