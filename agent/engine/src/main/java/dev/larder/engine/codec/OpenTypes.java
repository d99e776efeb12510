/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.codec;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Calendar;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TimeZone;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which classes may stand where a declared type is open.
 *
 * @param types whether the user allows a class, by its binary name ({@code types} of the cache)
 * @param subtypes whether the user allows a class by a supertype; null where that is never asked
 *     for, so that no class is loaded to look at its supertypes
 * @param methodPackage the package of the method's class, whose own classes are allowed; empty for
 *     the unnamed one
 */
public record OpenTypes(
    Predicate<String> types, Predicate<Class<?>> subtypes, String methodPackage) {

  /** The same, where no class is allowed by a supertype. */
  public OpenTypes(Predicate<String> types, String methodPackage) {
    this(types, null, methodPackage);
  }

  private static final Set<String> JDK =
      Stream.of(
              "java.lang.String java.lang.Boolean java.lang.Character java.lang.Byte",
              "java.lang.Short java.lang.Integer java.lang.Long java.lang.Float java.lang.Double",
              "java.math.BigDecimal java.math.BigInteger java.net.URI java.net.URL",
              "java.util.UUID java.util.Date java.util.Currency java.util.Locale",
              "java.util.ArrayList java.util.LinkedList java.util.ArrayDeque java.util.HashSet",
              "java.util.LinkedHashSet java.util.TreeSet java.util.HashMap",
              "java.util.LinkedHashMap java.util.TreeMap java.util.concurrent.ConcurrentHashMap",
              "java.util.PriorityQueue java.util.concurrent.ConcurrentSkipListMap",
              "java.util.concurrent.ConcurrentSkipListSet",
              "java.time.Instant java.time.LocalDate java.time.LocalTime java.time.LocalDateTime",
              "java.time.OffsetDateTime java.time.OffsetTime java.time.ZonedDateTime",
              "java.time.Duration java.time.Period java.time.Year java.time.YearMonth",
              "java.time.MonthDay java.time.ZoneOffset java.time.Month java.time.DayOfWeek",
              "java.time.ZoneId java.nio.file.Path java.io.File java.sql.Timestamp",
              "java.sql.Date java.sql.Time java.util.Calendar java.util.GregorianCalendar",
              "java.util.TimeZone java.util.BitSet java.util.regex.Pattern java.nio.ByteBuffer",
              "java.nio.charset.Charset java.net.InetAddress java.net.InetSocketAddress",
              "java.lang.StringBuilder java.lang.StringBuffer",
              "java.util.concurrent.atomic.AtomicBoolean",
              "java.util.concurrent.atomic.AtomicInteger",
              "java.util.concurrent.atomic.AtomicLong",
              "java.util.concurrent.atomic.AtomicIntegerArray",
              "java.util.concurrent.atomic.AtomicLongArray",
              "java.util.concurrent.atomic.LongAdder",
              "java.util.Vector java.util.Stack java.util.Hashtable java.util.Properties",
              "java.util.concurrent.CopyOnWriteArrayList",
              "java.util.concurrent.CopyOnWriteArraySet",
              "java.util.concurrent.ConcurrentLinkedQueue",
              "java.util.concurrent.ConcurrentLinkedDeque",
              "java.util.List java.util.Set java.util.SortedSet java.util.Map java.util.SortedMap",
              "java.util.Collection")
          .flatMap(line -> Stream.of(line.split(" ")))
          .collect(Collectors.toUnmodifiableSet());

  /**
   * Of these the JDK has classes of its own, which come back as such by what is written of them.
   */
  private static final List<Class<?>> KINDS =
      List.of(
          ZoneId.class,
          Path.class,
          ByteBuffer.class,
          Calendar.class,
          Charset.class,
          TimeZone.class,
          InetAddress.class);

  /** Whether a class of the JDK's, by its binary name, is one of its values and collections. */
  static boolean isJdkValue(String name) {
    return JDK.contains(name);
  }

  /** Whether a class of the application's, by its binary name, may stand anywhere. */
  boolean allows(String name) {
    String itsPackage = name.substring(0, Math.max(0, name.lastIndexOf('.')));
    return itsPackage.equals(methodPackage) || types.test(name);
  }

  /** Whether a class may be one that is allowed by a supertype, as only the class itself tells. */
  boolean asksForSupertypes() {
    return subtypes != null;
  }

  /** Whether a class of the application's is allowed by a supertype. */
  boolean allowsBySupertype(Class<?> type) {
    return subtypes != null && subtypes.test(type);
  }

  /**
   * The class by which a value of the JDK's comes back, by its binary name: the JDK's private ones
   * have no constructor.
   */
  static String nameOf(Class<?> type) {
    if (isJdkValue(type.getName())) {
      return type.getName();
    }
    for (Class<?> each : KINDS) {
      if (each.isAssignableFrom(type)) {
        return each.getName();
      }
    }
    if (SortedMap.class.isAssignableFrom(type)) {
      return "java.util.TreeMap";
    }
    if (Map.class.isAssignableFrom(type)) {
      return "java.util.LinkedHashMap";
    }
    if (SortedSet.class.isAssignableFrom(type)) {
      return "java.util.TreeSet";
    }
    if (Set.class.isAssignableFrom(type)) {
      return "java.util.LinkedHashSet";
    }
    return List.class.isAssignableFrom(type) ? "java.util.ArrayList" : type.getName();
  }
}
