/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.value;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * One making of a copy.
 *
 * <p>A value in which nothing that can change is reached twice is a tree, and its copies need no
 * memory of what was copied already; {@link Scan} has found out. One object then serves all copies.
 */
@SuppressWarnings("NonApiType") // these are what it copies
final class Copying {

  private final Plans plans;
  private final IdentityHashMap<Object, Object> made;
  private final List<Runnable> later;

  private Copying(Plans plans, boolean graph) {
    this.plans = plans;
    this.made = graph ? new IdentityHashMap<>() : null;
    this.later = graph ? new ArrayList<>() : null;
  }

  /** For trees; for use by many threads. */
  static Copying tree(Plans plans) {
    return new Copying(plans, false);
  }

  /** For one copy of a value in which objects are shared or go in a circle. */
  static Copying graph(Plans plans) {
    return new Copying(plans, true);
  }

  boolean isGraph() {
    return made != null;
  }

  /** The copy of a part; null of null. */
  Object copy(Object value) {
    if (value == null) {
      return null;
    }
    Plan plan = plans.of(value.getClass());
    return plan.frozen ? value : copy(value, plan);
  }

  /** The copy of a part that is likely of a class that needs none. */
  Object copyUnless(Class<?> shared, Object value) {
    return value == null || value.getClass() == shared ? value : copy(value);
  }

  /** The copy of a part that is likely an array list. */
  Object copyList(Object value) {
    return made == null && value instanceof ArrayList && value.getClass() == ArrayList.class
        ? copyOf((ArrayList<?>) value)
        : copy(value);
  }

  /** The copy of an array list in a tree. */
  ArrayList<Object> copyOf(ArrayList<?> list) {
    int size = list.size();
    Class<?> type = null;
    for (int i = 0; i < size; i++) {
      Object value = list.get(i);
      if (value != null && value.getClass() != type) {
        type = value.getClass();
        if (!isFrozen(type)) {
          return copyOf(list, i);
        }
      }
    }
    return new ArrayList<>(list);
  }

  /** The same, where the elements before the first that needs a copy are known. */
  private ArrayList<Object> copyOf(ArrayList<?> list, int first) {
    int size = list.size();
    ArrayList<Object> copy = new ArrayList<>(size);
    for (int i = 0; i < first; i++) {
      copy.add(list.get(i));
    }
    Class<?> type = null;
    Plan plan = null;
    for (int i = first; i < size; i++) {
      Object value = list.get(i);
      if (value != null) {
        if (value.getClass() != type) {
          type = value.getClass();
          plan = plans.of(type);
        }
        if (!plan.frozen) {
          value = plan.copy(value, this);
        }
      }
      copy.add(value);
    }
    return copy;
  }

  /** The copy of a part that is likely a hash map. */
  Object copyMap(Object value) {
    return made == null
            && value instanceof HashMap
            && value.getClass() == HashMap.class
            && holdsNoneToCopy((HashMap<?, ?>) value)
        ? new HashMap<>((HashMap<?, ?>) value)
        : copy(value);
  }

  private boolean holdsNoneToCopy(HashMap<?, ?> map) {
    Class<?> keys = null;
    Class<?> values = null;
    for (Map.Entry<?, ?> each : map.entrySet()) {
      Object key = each.getKey();
      if (key != null && key.getClass() != keys) {
        keys = key.getClass();
        if (!isFrozen(keys)) {
          return false;
        }
      }
      Object value = each.getValue();
      if (value != null && value.getClass() != values) {
        values = value.getClass();
        if (!isFrozen(values)) {
          return false;
        }
      }
    }
    return true;
  }

  /** Whether all instances of a class are shared; texts are asked about most often. */
  private boolean isFrozen(Class<?> type) {
    return type == String.class || plans.of(type).frozen;
  }

  /** Whether a part is of exactly this class, and nothing has to be kept track of. */
  boolean isTreeOf(Class<?> type, Object value) {
    return made == null && value != null && value.getClass() == type;
  }

  private Object copy(Object value, Plan plan) {
    if (made == null) {
      return plan.copy(value, this);
    }
    Object known = made.get(value);
    if (known == null) {
      known = plan.copy(value, this);
      made.put(value, known);
    }
    return known;
  }

  /** Puts copies in the place of what an array holds. */
  Object[] copyAll(Object[] values) {
    Class<?> type = null;
    Plan plan = null;
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      if (value == null) {
        continue;
      }
      if (value.getClass() != type) {
        type = value.getClass();
        plan = plans.of(type);
      }
      if (!plan.frozen) {
        values[i] = copy(value, plan);
      }
    }
    return values;
  }

  /** Notes a copy before what it holds is copied, since that may lead back to it. */
  void begun(Object value, Object copy) {
    if (made != null) {
      made.put(value, copy);
    }
  }

  /**
   * Does what needs copies to be whole, such as to hash them: at once in a tree, else at the end,
   * inner parts first.
   */
  void whenWhole(Runnable step) {
    if (later == null) {
      step.run();
    } else {
      later.add(step);
    }
  }

  /** The copy of a whole graph. */
  Object root(Object value, Plan plan, boolean duplicate) {
    Object copy = duplicate ? plan.duplicate(value, this) : plan.copy(value, this);
    later.forEach(Runnable::run);
    return copy;
  }
}
