/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.codec;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.introspect.VisibilityChecker;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.jsontype.TypeResolverBuilder;
import com.fasterxml.jackson.databind.jsontype.impl.StdTypeResolverBuilder;
import dev.larder.engine.key.FieldAccess;
import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the application's Jackson annotations by their names.
 *
 * <p>What they say about the classes of values is left out: {@link TypeIds} decides that alone.
 * What names a class made for the application's Jackson cannot be used by Larder's, and is refused.
 */
final class Introspector extends JacksonAnnotationIntrospector {

  private static final long serialVersionUID = 1L;

  private static final Set<String> BY_CLASS =
      Set.of(
          "com.fasterxml.jackson.databind.annotation.JsonSerialize",
          "com.fasterxml.jackson.databind.annotation.JsonDeserialize",
          "tools.jackson.databind.annotation.JsonSerialize",
          "tools.jackson.databind.annotation.JsonDeserialize");

  private static final List<String> CLASS_ATTRIBUTES =
      List.of("using", "contentUsing", "keyUsing", "nullsUsing", "converter", "contentConverter");

  private static final String BUNDLE = "com.fasterxml.jackson.annotation.JacksonAnnotationsInside";

  private static final Set<String> NAMING =
      Set.of(
          "com.fasterxml.jackson.databind.annotation.JsonNaming",
          "tools.jackson.databind.annotation.JsonNaming");

  /** What the annotation says where it says nothing. */
  private static final Set<String> NAMING_NONE =
      Set.of(
          "com.fasterxml.jackson.databind.PropertyNamingStrategy",
          "tools.jackson.databind.PropertyNamingStrategy");

  private static final Pattern NAMES_OF_JACKSONS =
      Pattern.compile(
          "(com\\.fasterxml|tools)\\.jackson\\.databind\\.PropertyNamingStrateg(y|ies)\\$");

  private static final Map<String, Class<?>> STRATEGIES =
      Stream.of(
              PropertyNamingStrategies.LowerCamelCaseStrategy.class,
              PropertyNamingStrategies.UpperCamelCaseStrategy.class,
              PropertyNamingStrategies.SnakeCaseStrategy.class,
              PropertyNamingStrategies.UpperSnakeCaseStrategy.class,
              PropertyNamingStrategies.LowerCaseStrategy.class,
              PropertyNamingStrategies.KebabCaseStrategy.class,
              PropertyNamingStrategies.LowerDotCaseStrategy.class)
          .collect(Collectors.toUnmodifiableMap(Class::getSimpleName, each -> each));

  private final transient FieldAccess access;

  private final transient Losses losses;

  Introspector(FieldAccess access, Losses losses) {
    this.access = access;
    this.losses = losses;
  }

  @Override
  protected <A extends Annotation> A _findAnnotation(Annotated annotated, Class<A> type) {
    if (type.getName().startsWith("com.fasterxml.jackson.databind.")) {
      return null;
    }
    for (Annotation each : annotationsOf(annotated)) {
      if (each.annotationType().getName().equals(type.getName())) {
        losses.note(each);
        return AnnotationBridge.bridge(each, type);
      }
    }
    return null;
  }

  @Override
  protected boolean _hasAnnotation(Annotated annotated, Class<? extends Annotation> type) {
    return _findAnnotation(annotated, type) != null;
  }

  @Override
  protected boolean _hasOneOf(Annotated annotated, Class<? extends Annotation>[] types) {
    for (Class<? extends Annotation> each : types) {
      if (_hasAnnotation(annotated, each)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean isAnnotationBundle(Annotation annotation) {
    for (Annotation each : annotation.annotationType().getDeclaredAnnotations()) {
      if (each.annotationType().getName().equals(BUNDLE)) {
        return true;
      }
    }
    return false;
  }

  /** Jackson's own strategies are Larder's Jackson's of the same name; any other is refused. */
  @Override
  public Object findNamingStrategy(AnnotatedClass type) {
    for (Annotation each : annotationsOf(type)) {
      if (NAMING.contains(each.annotationType().getName())
          && AnnotationBridge.valueOf(each, "value") instanceof Class<?> named
          && !NAMING_NONE.contains(named.getName())) {
        Class<?> ours = STRATEGIES.get(named.getSimpleName());
        if (ours == null || !NAMES_OF_JACKSONS.matcher(named.getName()).lookingAt()) {
          throw madeForTheApplication(type, named, "naming");
        }
        return ours;
      }
    }
    return null;
  }

  /** Is asked of each class before its fields are touched. */
  @Override
  public VisibilityChecker<?> findAutoDetectVisibility(
      AnnotatedClass type, VisibilityChecker<?> checker) {
    for (Class<?> next = type.getRawType();
        next != null && !next.isArray() && !TypeIds.isJdk(next);
        next = next.getSuperclass()) {
      try {
        access.lookupIn(next);
        noteTransient(next);
      } catch (IllegalAccessException e) {
        throw new IllegalArgumentException(next.getName() + " cannot be looked into", e);
      }
    }
    return checker;
  }

  private void noteTransient(Class<?> type) {
    for (Field field : type.getDeclaredFields()) {
      if (Modifier.isTransient(field.getModifiers()) && !Modifier.isStatic(field.getModifiers())) {
        losses.noteTransient();
      }
    }
  }

  @Override
  public Object findSerializer(Annotated annotated) {
    refuseClasses(annotated);
    return null;
  }

  @Override
  public Object findDeserializer(Annotated annotated) {
    refuseClasses(annotated);
    JsonFormat format = _findAnnotation(annotated, JsonFormat.class);
    return format != null && format.shape() == JsonFormat.Shape.STRING
        ? NumbersAsText.reader(annotated.getRawType())
        : null;
  }

  private void refuseClasses(Annotated annotated) {
    for (Annotation each : annotationsOf(annotated)) {
      if (BY_CLASS.contains(each.annotationType().getName())) {
        for (String attribute : CLASS_ATTRIBUTES) {
          Object named = AnnotationBridge.valueOf(each, attribute);
          if (named instanceof Class && isSomething((Class<?>) named)) {
            throw madeForTheApplication(annotated, (Class<?>) named, attribute);
          }
        }
      }
    }
  }

  private static IllegalArgumentException madeForTheApplication(
      Annotated annotated, Class<?> named, String attribute) {
    return new IllegalArgumentException(
        annotated.getName()
            + " is written by "
            + named.getName()
            + ", which is made for the application's Jackson ("
            + attribute
            + "); set codec = java, or keep this cache in memory");
  }

  /**
   * All that a member or a class carries, and what stands in its bundles; a class's nearest first,
   * then its supertypes'.
   */
  @SuppressWarnings("deprecation") // nothing else gives annotations that are known by name alone
  private Iterable<Annotation> annotationsOf(Annotated annotated) {
    if (!(annotated instanceof AnnotatedClass)) {
      return annotated.annotations();
    }
    List<Annotation> all = new ArrayList<>();
    for (Class<?> next = annotated.getRawType(); next != null; next = next.getSuperclass()) {
      addTo(all, next.getDeclaredAnnotations());
      for (Class<?> each : next.getInterfaces()) {
        addTo(all, each.getAnnotations());
      }
    }
    return all;
  }

  private void addTo(List<Annotation> all, Annotation[] annotations) {
    for (Annotation each : annotations) {
      all.add(each);
      if (isAnnotationBundle(each)) {
        all.addAll(Arrays.asList(each.annotationType().getDeclaredAnnotations()));
      }
    }
  }

  /** Whether it is not one of the classes that stand for none. */
  private static boolean isSomething(Class<?> named) {
    return named != Void.class
        && !named.getName().endsWith(".NoClass")
        && !named.getName().endsWith("$None");
  }

  @Override
  public JsonTypeInfo.Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated annotated) {
    return null;
  }

  @Override
  public TypeResolverBuilder<?> findTypeResolver(
      MapperConfig<?> config, AnnotatedClass type, JavaType baseType) {
    return null;
  }

  @Override
  public TypeResolverBuilder<?> findPropertyTypeResolver(
      MapperConfig<?> config, AnnotatedMember member, JavaType baseType) {
    // Among the fields of another object there is no place for a class.
    return _hasAnnotation(member, JsonUnwrapped.class)
        ? StdTypeResolverBuilder.noTypeInfoBuilder()
        : null;
  }

  @Override
  public TypeResolverBuilder<?> findPropertyContentTypeResolver(
      MapperConfig<?> config, AnnotatedMember member, JavaType containerType) {
    return null;
  }

  @Override
  public List<NamedType> findSubtypes(Annotated annotated) {
    return null;
  }
}
