/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.value;

import dev.larder.engine.key.TypeNames;
import java.io.File;
import java.lang.invoke.MethodType;
import java.lang.reflect.Member;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Currency;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Classes whose instances are never copied: they cannot change, or are what they are by identity.
 */
final class SharedTypes {

  private static final Set<Class<?>> EXACT =
      Set.of(
          Object.class,
          String.class,
          Boolean.class,
          Character.class,
          Byte.class,
          Short.class,
          Integer.class,
          Long.class,
          Float.class,
          Double.class,
          BigInteger.class,
          BigDecimal.class,
          MathContext.class,
          UUID.class,
          URI.class,
          URL.class,
          Locale.class,
          Currency.class,
          Pattern.class,
          File.class,
          Inet4Address.class,
          Inet6Address.class,
          InetSocketAddress.class,
          OptionalInt.class,
          OptionalLong.class,
          OptionalDouble.class,
          StackTraceElement.class,
          MethodType.class);

  private static final Set<String> EXACT_NAMES =
      Set.of(
          "java.lang.String$CaseInsensitiveComparator",
          "java.util.Collections$ReverseComparator",
          "java.util.Collections$EmptyList",
          "java.util.Collections$EmptySet",
          "java.util.Collections$EmptyMap");

  /** Loggers, and what Groovy knows of a class: each object of such a class refers to it. */
  private static final Set<String> NAMES =
      Set.of(
          MetaClasses.NAME,
          "org.slf4j.Logger",
          "org.apache.commons.logging.Log",
          "org.apache.logging.log4j.Logger",
          "org.apache.log4j.Category",
          "org.jboss.logging.Logger",
          "io.micrometer.common.util.internal.logging.InternalLogger",
          "java.util.logging.Logger",
          "java.lang.System$Logger");

  private SharedTypes() {}

  static boolean contains(Class<?> type) {
    if (EXACT.contains(type) || isEnum(type)) {
      return true;
    }
    if (JdkTypes.isJdk(type)
        && (type.getPackageName().startsWith("java.time")
            || Type.class.isAssignableFrom(type)
            || Member.class.isAssignableFrom(type)
            || Charset.class.isAssignableFrom(type)
            || Path.class.isAssignableFrom(type)
            || EXACT_NAMES.contains(type.getName()))) {
      return true;
    }
    return Throwable.class.isAssignableFrom(type) || TypeNames.isAmong(NAMES, type);
  }

  /** Whether it is an enum, or the class of a constant that has a body. */
  private static boolean isEnum(Class<?> type) {
    return Enum.class.isAssignableFrom(type);
  }
}
