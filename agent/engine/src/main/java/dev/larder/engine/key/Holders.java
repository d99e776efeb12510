/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.key;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Shapes of what holds other values: arrays, collections, maps, entries and optionals. */
final class Holders {

  private Holders() {}

  static Shape of(Class<?> type) {
    if (Map.class.isAssignableFrom(type)) {
      return new MapShape();
    }
    return Set.class.isAssignableFrom(type) ? new SetShape() : new ListShape();
  }

  static Shape array(Class<?> type) {
    return type.getComponentType().isPrimitive() ? primitives(type) : new ArrayShape(type);
  }

  static Shape entry() {
    return new EntryShape();
  }

  static Shape optional() {
    return new OptionalShape();
  }

  private static final class ListShape extends Shape {
    @Override
    void write(Object value, Walk walk) throws NoKeyException {
      walk.enter(value);
      walk.out().put(Bytes.LIST);
      int index = 0;
      for (Object each : (Collection<?>) value) {
        walk.step(index++);
        walk.value(each);
      }
      walk.out().put(Bytes.END);
      walk.leave();
    }
  }

  private static final class SetShape extends Shape {
    @Override
    void write(Object value, Walk walk) throws NoKeyException {
      walk.enter(value);
      walk.out().put(Bytes.SET);
      int[] starts = new int[16];
      int count = 0;
      for (Object each : (Collection<?>) value) {
        if (count == starts.length) {
          starts = Arrays.copyOf(starts, 2 * count);
        }
        starts[count++] = walk.out().length();
        walk.step("element");
        walk.value(each);
      }
      walk.out().sort(starts, count);
      walk.out().put(Bytes.END);
      walk.leave();
    }
  }

  private static final class MapShape extends Shape {
    @Override
    void write(Object value, Walk walk) throws NoKeyException {
      walk.enter(value);
      walk.out().put(Bytes.MAP);
      int[] starts = new int[16];
      int count = 0;
      for (Map.Entry<?, ?> each : ((Map<?, ?>) value).entrySet()) {
        if (count == starts.length) {
          starts = Arrays.copyOf(starts, 2 * count);
        }
        starts[count++] = walk.out().length();
        walk.step("key");
        walk.value(each.getKey());
        walk.step("value");
        walk.value(each.getValue());
      }
      walk.out().sort(starts, count);
      walk.out().put(Bytes.END);
      walk.leave();
    }
  }

  private static final class EntryShape extends Shape {
    @Override
    void write(Object value, Walk walk) throws NoKeyException {
      Map.Entry<?, ?> entry = (Map.Entry<?, ?>) value;
      walk.enter(value);
      walk.out().put(Bytes.ENTRY);
      walk.step("key");
      walk.value(entry.getKey());
      walk.step("value");
      walk.value(entry.getValue());
      walk.leave();
    }
  }

  private static final class OptionalShape extends Shape {
    @Override
    void write(Object value, Walk walk) throws NoKeyException {
      walk.enter(value);
      walk.out().put(Bytes.OPTIONAL);
      walk.step("value");
      walk.value(((Optional<?>) value).orElse(null));
      walk.leave();
    }
  }

  private static final class ArrayShape extends Shape {
    private final String name;

    ArrayShape(Class<?> type) {
      this.name = type.getName();
    }

    @Override
    void write(Object value, Walk walk) throws NoKeyException {
      Object[] array = (Object[]) value;
      walk.enter(value);
      walk.out().put(Bytes.ARRAY);
      walk.out().putText(name);
      for (int i = 0; i < array.length; i++) {
        walk.step(i);
        walk.value(array[i]);
      }
      walk.out().put(Bytes.END);
      walk.leave();
    }
  }

  /** An array of primitives is one value: its elements are not counted. */
  private static Shape primitives(Class<?> type) {
    return new Shape() {
      @Override
      void write(Object value, Walk walk) {
        Bytes out = walk.out();
        out.put(Bytes.ARRAY);
        if (value instanceof byte[] array) {
          out.put('B');
          out.putSized(array);
        } else if (value instanceof int[] array) {
          start(out, 'I', array.length);
          for (int each : array) {
            out.putInt(each);
          }
        } else if (value instanceof long[] array) {
          start(out, 'J', array.length);
          for (long each : array) {
            out.putLong(each);
          }
        } else if (value instanceof double[] array) {
          start(out, 'D', array.length);
          for (double each : array) {
            out.putLong(Double.doubleToLongBits(each));
          }
        } else if (value instanceof float[] array) {
          start(out, 'F', array.length);
          for (float each : array) {
            out.putInt(Float.floatToIntBits(each));
          }
        } else if (value instanceof char[] array) {
          start(out, 'C', array.length);
          for (char each : array) {
            out.putShort(each);
          }
        } else if (value instanceof short[] array) {
          start(out, 'S', array.length);
          for (short each : array) {
            out.putShort(each);
          }
        } else if (value instanceof boolean[] array) {
          start(out, 'Z', array.length);
          for (boolean each : array) {
            out.put(each ? 1 : 0);
          }
        } else {
          throw new IllegalStateException(type + " is no array of primitives");
        }
      }

      private void start(Bytes out, char kind, int length) {
        out.put(kind);
        out.putSize(length);
      }
    };
  }
}
