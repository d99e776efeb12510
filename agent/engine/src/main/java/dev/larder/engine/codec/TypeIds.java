/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.codec;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.DatabindContext;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.jsontype.PolymorphicTypeValidator;
import com.fasterxml.jackson.databind.jsontype.TypeDeserializer;
import com.fasterxml.jackson.databind.jsontype.TypeIdResolver;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.jsontype.impl.StdTypeResolverBuilder;
import com.fasterxml.jackson.databind.jsontype.impl.TypeIdResolverBase;
import dev.larder.engine.value.PlainCollections;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes the class of a value where its declared type leaves it open, and reads back none but those
 * that the declared type, or the user, allows there.
 *
 * <p>This is not Jackson's default typing: the declared class itself has the id {@code "."}, and
 * another's name is looked at before any class is loaded for it.
 */
final class TypeIds extends StdTypeResolverBuilder {

  private static final long serialVersionUID = 1L;
  private static final String DECLARED = ".";
  private static final String ARRAY = "[]";

  /** What arrays may be of, beside values. */
  private static final Map<String, Class<?>> PRIMITIVES =
      Stream.of(
              boolean.class,
              byte.class,
              short.class,
              char.class,
              int.class,
              long.class,
              float.class,
              double.class,
              Object.class)
          .collect(Collectors.toUnmodifiableMap(Class::getName, each -> each));

  private static final String PAGES = "org.springframework.data.domain";
  private static final Set<String> PAGE_TYPES =
      Set.of(
          "PageImpl",
          "SliceImpl",
          "WindowImpl",
          "PageRequest",
          "Unpaged",
          "Sort",
          "Sort$Order",
          "OffsetScrollPosition",
          "KeysetScrollPosition");

  /** By it a window knows where each of its elements lies. */
  private static final String POSITIONS = PAGES + ".OffsetScrollPosition$OffsetPositionFunction";

  private final transient OpenTypes open;
  private final transient ClassLoader loader;

  @SuppressWarnings("deprecation") // its successor came with annotations 2.22 alone
  TypeIds(OpenTypes open, ClassLoader loader) {
    super(
        JsonTypeInfo.Value.construct(
            JsonTypeInfo.Id.CUSTOM, JsonTypeInfo.As.PROPERTY, "@type", null, false, true));
    this.open = open;
    this.loader = loader;
  }

  @Override
  public TypeSerializer buildTypeSerializer(
      SerializationConfig config, JavaType baseType, Collection<NamedType> subtypes) {
    return DateIds.areOf(baseType)
        ? DateIds.writer(new Ids(baseType, open, loader))
        : isOpen(baseType) ? super.buildTypeSerializer(config, baseType, subtypes) : null;
  }

  @Override
  public TypeDeserializer buildTypeDeserializer(
      DeserializationConfig config, JavaType baseType, Collection<NamedType> subtypes) {
    return DateIds.areOf(baseType)
        ? DateIds.reader(baseType, new Ids(baseType, open, loader))
        : isOpen(baseType) ? super.buildTypeDeserializer(config, baseType, subtypes) : null;
  }

  /** Is asked where an interface stands for a class of the JDK's: bytes without an id are none. */
  @Override
  public StdTypeResolverBuilder withDefaultImpl(Class<?> defaultImpl) {
    return this;
  }

  @Override
  protected TypeIdResolver idResolver(
      MapperConfig<?> config,
      JavaType baseType,
      PolymorphicTypeValidator subtypeValidator,
      Collection<NamedType> subtypes,
      boolean forSer,
      boolean forDeser) {
    return new Ids(baseType, open, loader);
  }

  /** Whether values of other classes than the declared one may stand there. */
  private static boolean isOpen(JavaType type) {
    Class<?> raw = type.getRawClass();
    if (type.isContainerType()
        || type.isReferenceType()
        || type.isPrimitive()
        || raw.isEnum()
        || JdkTexts.isClosed(raw)
        || Modifier.isFinal(raw.getModifiers())) {
      return false;
    }
    return !isJdk(raw) || raw == Object.class || Modifier.isAbstract(raw.getModifiers());
  }

  static boolean isJdk(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    return loader == null || loader == ClassLoader.getPlatformClassLoader();
  }

  /** The ids that may stand under one declared type. */
  private static final class Ids extends TypeIdResolverBase {
    private final Class<?> declared;
    private final OpenTypes open;
    private final ClassLoader loader;

    Ids(JavaType declared, OpenTypes open, ClassLoader loader) {
      super(declared, null);
      this.declared = declared.getRawClass();
      this.open = open;
      this.loader = loader;
    }

    @Override
    public JsonTypeInfo.Id getMechanism() {
      return JsonTypeInfo.Id.CUSTOM;
    }

    @Override
    public String idFromValueAndType(Object value, Class<?> suggested) {
      return value == null ? nameOf(suggested) : idFromValue(value);
    }

    @Override
    public String idFromValue(Object value) {
      return nameOf(
          value instanceof Enum ? ((Enum<?>) value).getDeclaringClass() : value.getClass());
    }

    private String nameOf(Class<?> type) {
      if (type == declared) {
        return DECLARED;
      }
      if (type.isArray()) {
        Class<?> element = type.getComponentType();
        return (element.isPrimitive() || element == Object.class
                ? element.getName()
                : nameOf(element))
            + ARRAY;
      }
      boolean isJdk = isJdk(type) || PlainCollections.has(type);
      String name = isJdk ? OpenTypes.nameOf(type) : type.getName();
      boolean allowed =
          isJdk ? OpenTypes.isJdkValue(name) : allows(name) || open.allowsBySupertype(type);
      if (!allowed) {
        throw new IllegalArgumentException(
            name
                + " stands where "
                + declared.getName()
                + " is declared, and is neither in types nor in the method's package;"
                + " add it to types, or declare it");
      }
      return name;
    }

    @Override
    public JavaType typeFromId(DatabindContext context, String id) throws IOException {
      if (id.equals(DECLARED)) {
        return _baseType;
      }
      if (id.endsWith(ARRAY)) {
        Class<?> array = array(id);
        return array != null && declared.isAssignableFrom(array)
            ? context.constructType(array)
            : null;
      }
      boolean isNamed = OpenTypes.isJdkValue(id) || allows(id);
      if (isNamed || open.asksForSupertypes()) {
        Class<?> type = load(id);
        if (type != null
            && declared.isAssignableFrom(type)
            && isJdk(type) == OpenTypes.isJdkValue(id)
            && (isNamed || open.allowsBySupertype(type))) {
          return context.constructSpecializedType(_baseType, type);
        }
      }
      return null;
    }

    /** The class of an array; null if it may not be read. */
    private Class<?> array(String id) {
      String name = id.substring(0, id.length() - ARRAY.length());
      Class<?> element =
          name.endsWith(ARRAY)
              ? array(name)
              : PRIMITIVES.containsKey(name)
                  ? PRIMITIVES.get(name)
                  : OpenTypes.isJdkValue(name) || allows(name) ? load(name) : null;
      return element == null ? null : element.arrayType();
    }

    private boolean allows(String name) {
      return isPermitted(declared, name) || isPage(declared, name) || open.allows(name);
    }

    /** Spring's pages are declared by interfaces, and hold parts of their own package. */
    private static boolean isPage(Class<?> type, String name) {
      return type == IntFunction.class
          ? name.equals(POSITIONS)
          : type.getPackageName().equals(PAGES)
              && name.startsWith(PAGES + ".")
              && PAGE_TYPES.contains(name.substring(PAGES.length() + 1));
    }

    private static boolean isPermitted(Class<?> type, String name) {
      if (type.isSealed()) {
        for (Class<?> each : type.getPermittedSubclasses()) {
          if (each.getName().equals(name) || isPermitted(each, name)) {
            return true;
          }
        }
      }
      return AnnotationBridge.subtypesOf(type).contains(name);
    }

    private Class<?> load(String name) {
      try {
        return Class.forName(name, false, loader);
      } catch (ClassNotFoundException | LinkageError e) {
        return null;
      }
    }
  }
}
