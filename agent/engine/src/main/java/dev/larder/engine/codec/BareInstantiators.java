/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.codec;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.ValueInstantiator;
import com.fasterxml.jackson.databind.deser.ValueInstantiators;
import dev.larder.engine.key.FieldAccess;
import dev.larder.engine.value.BareInstances;
import dev.larder.engine.value.Singletons;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.function.Supplier;

/** Makes the application's objects without their constructors; their fields are then filled. */
final class BareInstantiators extends ValueInstantiators.Base {

  private final FieldAccess access;

  BareInstantiators(FieldAccess access) {
    this.access = access;
  }

  @Override
  public ValueInstantiator findValueInstantiator(
      DeserializationConfig config, BeanDescription bean, ValueInstantiator given) {
    Class<?> type = bean.getBeanClass();
    // Which may have been of the subclass that keeps an order.
    if (type == HashMap.class) {
      return new Bare(type, LinkedHashMap::new);
    }
    if (type == HashSet.class) {
      return new Bare(type, LinkedHashSet::new);
    }
    if (TypeIds.isJdk(type)
        || type.isRecord()
        || type.isEnum()
        || Modifier.isAbstract(type.getModifiers())
        || bean.findJsonValueAccessor() != null
        || given.canCreateFromObjectWith()
        || given.canCreateUsingDelegate()) {
      return given;
    }
    Object single = Singletons.of(type, access);
    Supplier<Object> maker = single == null ? BareInstances.of(type) : () -> single;
    return maker == null ? given : new Bare(type, maker);
  }

  private static final class Bare extends ValueInstantiator.Base {
    private final Supplier<Object> maker;

    Bare(Class<?> type, Supplier<Object> maker) {
      super(type);
      this.maker = maker;
    }

    @Override
    public boolean canCreateUsingDefault() {
      return true;
    }

    @Override
    public Object createUsingDefault(DeserializationContext context) throws IOException {
      return maker.get();
    }
  }
}
