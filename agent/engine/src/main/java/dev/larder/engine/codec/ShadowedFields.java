/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.codec;

import com.fasterxml.jackson.databind.AnnotationIntrospector;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.PropertyName;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.AccessorNamingStrategy;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.AnnotatedField;
import com.fasterxml.jackson.databind.introspect.AnnotationMap;
import com.fasterxml.jackson.databind.introspect.BasicClassIntrospector;
import com.fasterxml.jackson.databind.introspect.ClassIntrospector;
import com.fasterxml.jackson.databind.introspect.POJOPropertiesCollector;
import com.fasterxml.jackson.databind.introspect.POJOPropertyBuilder;
import com.fasterxml.jackson.databind.introspect.TypeResolutionContext;
import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Finds the fields of superclasses that a class has fields of the same names as, too.
 *
 * <p>By itself Jackson takes the nearest of such fields for all of them. The others are written
 * under the name of their class and their own, with a dot between, as no field can be called; where
 * an annotation has given that very name to another field, under it with a prime.
 */
final class ShadowedFields extends BasicClassIntrospector {

  private static final long serialVersionUID = 1L;

  @Override
  public ClassIntrospector copy() {
    return new ShadowedFields();
  }

  @Override
  protected POJOPropertiesCollector constructPropertyCollector(
      MapperConfig<?> config,
      AnnotatedClass described,
      JavaType type,
      boolean forSerialization,
      AccessorNamingStrategy naming) {
    return new Collector(config, forSerialization, type, described, naming);
  }

  private static final class Collector extends POJOPropertiesCollector {

    Collector(
        MapperConfig<?> config,
        boolean forSerialization,
        JavaType type,
        AnnotatedClass described,
        AccessorNamingStrategy naming) {
      super(config, forSerialization, type, described, naming);
    }

    @Override
    protected void _addFields(Map<String, POJOPropertyBuilder> properties) {
      super._addFields(properties);
      Set<String> nearer = new HashSet<>();
      for (JavaType next = _type;
          next != null && !TypeIds.isJdk(next.getRawClass());
          next = next.getSuperClass()) {
        for (Field field : next.getRawClass().getDeclaredFields()) {
          if (isWritten(field) && !nearer.add(field.getName())) {
            add(field, next, properties);
          }
        }
      }
    }

    private static boolean isWritten(Field field) {
      return !field.isSynthetic()
          && !Modifier.isStatic(field.getModifiers())
          && !Modifier.isTransient(field.getModifiers());
    }

    private void add(Field field, JavaType owner, Map<String, POJOPropertyBuilder> properties) {
      String name = field.getDeclaringClass().getName() + "." + field.getName();
      while (isTaken(name, properties)) {
        name += "'";
      }
      AnnotatedField described =
          new AnnotatedField(
              new TypeResolutionContext.Basic(_config.getTypeFactory(), owner.getBindings()),
              field,
              annotationsOf(field));
      AnnotationIntrospector annotations = _annotationIntrospector;
      _property(properties, name)
          .addField(
              described,
              PropertyName.construct(name),
              true,
              true,
              annotations.hasIgnoreMarker(described));
    }

    private static boolean isTaken(String name, Map<String, POJOPropertyBuilder> properties) {
      return properties.values().stream()
          .anyMatch(
              each ->
                  each.getInternalName().equals(name)
                      || each.findExplicitNames().stream()
                          .anyMatch(given -> given.hasSimpleName(name)));
    }

    private AnnotationMap annotationsOf(Field field) {
      AnnotationMap all = new AnnotationMap();
      for (Annotation each : field.getDeclaredAnnotations()) {
        all.add(each);
        if (_annotationIntrospector.isAnnotationBundle(each)) {
          for (Annotation within : each.annotationType().getDeclaredAnnotations()) {
            all.addIfNotPresent(within);
          }
        }
      }
      return all;
    }
  }
}
