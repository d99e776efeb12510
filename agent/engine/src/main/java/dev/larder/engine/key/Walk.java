/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.key;

import java.util.Arrays;

/** One walk through an argument: the bytes so far, and the way from the argument to here. */
class Walk {

  /** How many values an argument may hold, itself and every null in it counted. */
  static final int MAX_NODES = 1000;

  private final Shapes shapes;
  private final Bytes out = new Bytes();
  private Object[] path = new Object[8];
  private Object[] steps = new Object[8];
  private int depth;
  private int nodes;

  Walk(Shapes shapes) {
    this.shapes = shapes;
  }

  final Bytes out() {
    return out;
  }

  /** How many steps up from here a value is being walked; 0 where it is not. */
  final int stepsUpTo(Object value) {
    for (int i = depth - 1; i >= 0; i--) {
      if (path[i] == value) {
        return depth - i;
      }
    }
    return 0;
  }

  void value(Object value) throws NoKeyException {
    if (++nodes > MAX_NODES) {
      throw refusal("holds more than " + MAX_NODES + " values");
    }
    if (value == null) {
      out.put(Bytes.NULL);
    } else if (value instanceof String text) {
      out.putText(text);
    } else {
      shapes.of(value.getClass()).write(value, this);
    }
  }

  /** Goes into a value that holds others. */
  final void enter(Object holder) throws NoKeyException {
    if (stepsUpTo(holder) > 0) {
      throw refusal("holds itself: a cycle");
    }
    if (depth == path.length) {
      path = Arrays.copyOf(path, 2 * depth);
      steps = Arrays.copyOf(steps, 2 * depth);
    }
    path[depth++] = holder;
  }

  /** Names what is walked next inside the value entered last. */
  final void step(Object name) {
    steps[depth - 1] = name;
  }

  final void leave() {
    path[--depth] = null;
    steps[depth] = null;
  }

  final NoKeyException refusal(String reason) {
    StringBuilder text = new StringBuilder(depth == 0 ? "it " : "what is at ");
    for (int i = 0; i < depth; i++) {
      if (steps[i] != null) {
        text.append(i == 0 ? "" : " → ").append(path[i].getClass().getName());
        text.append('.').append(steps[i]);
      }
    }
    return new NoKeyException(text.append(depth == 0 ? "" : " ").append(reason).toString());
  }
}
