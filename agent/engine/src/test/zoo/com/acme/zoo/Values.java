/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme.zoo;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.sql.Timestamp;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Calendar;
import java.util.Collection;
import java.util.Date;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.TimeUnit;

/** Values of the JDK's, and of classes without annotations. */
public class Values {

  public record Money(BigDecimal amount, String currency) {}

  public static class Named {
    private final String name = "above";
  }

  public static class Renamed extends Named {
    private final List<String> name = new ArrayList<>(List.of("below"));
  }

  private static final Money MONEY = new Money(new BigDecimal("1.10"), "EUR");

  public static Renamed fieldOfTheSameName() {
    return new Renamed();
  }

  public static Money[] array() {
    return new Money[] {MONEY, null};
  }

  public static Object arraysInTheOpen() {
    return new Object[] {new int[] {1}, new String[] {"a"}, new Money[] {MONEY}};
  }

  public static BitSet bitSet() {
    return BitSet.valueOf(new long[] {5, 0, -1});
  }

  public static ByteBuffer buffer() {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putShort((short) 5);
  }

  public static Calendar calendar() {
    Calendar calendar = Calendar.getInstance(TimeZone.getTimeZone("Asia/Tokyo"), Locale.FRANCE);
    calendar.setTimeInMillis(5);
    return calendar;
  }

  public static List<Date> dates() {
    return List.of(new Timestamp(5), new java.sql.Date(6), new java.sql.Time(7), new Date(8));
  }

  public static Map<String, Money> nullKey() {
    Map<String, Money> map = new HashMap<>();
    map.put(null, MONEY);
    map.put("null", null);
    return map;
  }

  public static Map<Object, List<Money>> anyKeys() {
    return Map.of(1L, List.of(MONEY), "1", List.of(), MONEY, List.of());
  }

  public static Map<TimeUnit, Money> enumMap() {
    return new EnumMap<>(Map.of(TimeUnit.DAYS, MONEY));
  }

  public static Collection<Object> mixed() {
    return new ArrayDeque<>(Arrays.asList(1L, 'a', List.of(MONEY), new ArrayList<>()));
  }

  public static Map<String, Money> neverByIdentity() {
    return new IdentityHashMap<>(Map.of("a", MONEY));
  }
}
