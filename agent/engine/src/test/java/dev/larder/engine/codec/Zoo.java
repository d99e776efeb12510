/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.codec;

import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.File;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Calendar;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.EnumMap;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.PageRequest;

/** The types that a codec must give back as they were: each method declares one and gives one. */
@SuppressWarnings({"unused", "UnusedMethod", "JavaUtilDate", "JdkObsolete"}) // found by reflection
class Zoo {

  record Money(BigDecimal amount, String currency) {}

  record Pair<A, B>(A first, B second) {}

  record Kinds(
      Map<String, Collection<Integer>> sortedWithin,
      Collection<String> set,
      Collection<String> sortedSet,
      SortedMap<String, Integer> declared,
      List<Map<String, Integer>> mixed) {}

  sealed interface Shape permits Circle, Square {}

  record Circle(double radius) implements Shape {}

  static final class Square implements Shape {
    private final int side;

    Square(int side) {
      if (side <= 0) {
        throw new IllegalArgumentException("a square has a side");
      }
      this.side = side;
    }
  }

  static class Box<T> {
    private final T content;
    private final List<T> others;

    Box(T content) {
      this.content = content;
      this.others = new ArrayList<>(List.of(content));
    }
  }

  enum Level {
    LOW,
    HIGH {
      @Override
      boolean isHigh() {
        return true;
      }
    };

    boolean isHigh() {
      return false;
    }
  }

  static class Animal {
    protected String name = "cat";
  }

  static class Dog extends Animal {
    private int bones = 3;
  }

  static class Tree {
    private Tree left;
    private Tree right;
    private int value = 1;

    Tree(boolean leaf) {
      left = leaf ? null : new Tree(true);
    }
  }

  /** As Lombok's {@code @Value} and Kotlin's data classes are: no setter, one constructor. */
  static final class Data {
    private final String text;
    private final long number;
    private final boolean active;
    private final List<Money> parts;
    private final Optional<Money> best;

    Data(String text, long number, List<Money> parts) {
      this.text = text;
      this.number = number;
      this.active = true;
      this.parts = List.copyOf(parts);
      this.best = parts.stream().findFirst();
    }
  }

  static class Annotated {
    @JsonProperty("full_name")
    private String name = "Ann";
  }

  @Retention(RetentionPolicy.RUNTIME)
  @JacksonAnnotationsInside
  @JsonProperty("full_name")
  @interface FullName {}

  @Retention(RetentionPolicy.RUNTIME)
  @JacksonAnnotationsInside
  @JsonPropertyOrder("town")
  @interface TownFirst {}

  @TownFirst
  static class Bundled {
    @FullName private String name = "Ann";
    private String town = "Ulm";
  }

  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  static class Snake {
    private String fullName = "Ann";
  }

  static class Wrapping {
    @JsonUnwrapped(prefix = "her_")
    private Annotated person = new Annotated();
  }

  static class Shouting extends PropertyNamingStrategies.NamingBase {
    private static final long serialVersionUID = 1L;

    @Override
    public String translate(String name) {
      return name.toUpperCase(Locale.ROOT);
    }
  }

  @JsonNaming(Shouting.class)
  static class Loud {
    private String fullName = "Ann";
  }

  static class Dropping {
    @JsonIgnore private String secret = "kept";
  }

  static class ByClass {
    @JsonSerialize(using = ToStringSerializer.class)
    private long id = 1;
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
  @JsonSubTypes({@JsonSubTypes.Type(value = Cash.class, name = "cash")})
  interface Payment {}

  static class Cash implements Payment {
    private int cents = 5;
  }

  static final class Only {
    static final Only INSTANCE = new Only();

    private Only() {}
  }

  static final class Side {
    static final Side LEFT = new Side();
    static final Side RIGHT = new Side();

    private Side() {}
  }

  static class Named {
    private String name = "above";
    private int id = 1;
  }

  static class Renamed extends Named {
    private long name = 2;
    private Named named = new Named();
  }

  /** One of its fields has the very name that the shadowed one would have. */
  static class Twice extends Renamed {
    private List<String> name = new ArrayList<>(List.of("below"));

    @JsonProperty("dev.larder.engine.codec.Zoo$Named.name")
    private String other = "other";
  }

  static class Holding<T> {
    private T content;
  }

  static class HoldingTwo<T> extends Holding<List<T>> {
    private T content;
  }

  static class Circular {
    private Circular self = this;
  }

  static final class Cases {
    String text() {
      return "naïve \"text\" \u0000";
    }

    long number() {
      return Long.MAX_VALUE;
    }

    BigDecimal exact() {
      return new BigDecimal("1.10");
    }

    BigDecimal exponent() {
      return new BigDecimal("1E+3");
    }

    double notANumber() {
      return Double.NaN;
    }

    ZoneId zone() {
      return ZoneId.of("Europe/Berlin");
    }

    ZoneId offset() {
      return ZoneOffset.ofHours(2);
    }

    TimeZone timeZone() {
      return TimeZone.getTimeZone("Asia/Tokyo");
    }

    Timestamp timestamp() {
      return nanos();
    }

    List<Path> paths() {
      return List.of(Path.of("a/../b"), Path.of(""), Path.of("/c"));
    }

    File relative() {
      return new File("a/../b");
    }

    Map.Entry<String, BigDecimal> entry() {
      return Map.entry("a", new BigDecimal("1.0"));
    }

    Set<Map.Entry<UUID, List<Long>>> entries() {
      return Map.of(new UUID(1, 2), List.of(3L)).entrySet();
    }

    List<Object> jdkValuesInTheOpen() {
      return List.of(ZoneId.of("Europe/Berlin"), Path.of("a"), new File("b"), nanos());
    }

    private static Timestamp nanos() {
      return Timestamp.from(Instant.ofEpochSecond(1, 123_456_789));
    }

    Date timestampAsDate() {
      return nanos();
    }

    List<Date> dates() {
      return List.of(new Date(1), nanos(), new java.sql.Date(-1), new Time(7));
    }

    java.sql.Date sqlDate() {
      return new java.sql.Date(123_456_789);
    }

    Time sqlTime() {
      return new Time(-123_456_789);
    }

    BitSet bitSet() {
      return BitSet.valueOf(new long[] {8, 0, -1});
    }

    ByteBuffer buffer() {
      return ByteBuffer.wrap(new byte[] {1, 2, 3, 4}).order(ByteOrder.LITTLE_ENDIAN).limit(3);
    }

    List<ByteBuffer> buffers() {
      return List.of(
          ByteBuffer.wrap(new byte[] {1, 2, 3}, 1, 1),
          ByteBuffer.allocate(4).putShort((short) 5).asReadOnlyBuffer(),
          ByteBuffer.allocateDirect(2).put((byte) 6));
    }

    Calendar calendar() {
      Calendar calendar = Calendar.getInstance(TimeZone.getTimeZone("Asia/Tokyo"), Locale.FRANCE);
      calendar.setTimeInMillis(-5);
      return calendar;
    }

    GregorianCalendar gregorian() {
      GregorianCalendar calendar = new GregorianCalendar(2020, Calendar.MAY, 31);
      calendar.setLenient(false);
      calendar.setGregorianChange(new Date(Long.MIN_VALUE));
      calendar.setMinimalDaysInFirstWeek(4);
      return calendar;
    }

    List<Calendar> otherCalendars() {
      return List.of(
          new Calendar.Builder().setCalendarType("buddhist").setInstant(5).build(),
          new Calendar.Builder().setCalendarType("japanese").setInstant(5).build());
    }

    List<Pattern> regexes() {
      return List.of(Pattern.compile("a+"), Pattern.compile("B", Pattern.CASE_INSENSITIVE));
    }

    List<Charset> charsets() {
      return List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE);
    }

    List<InetAddress> addresses() throws UnknownHostException {
      return List.of(
          InetAddress.getByAddress("no.such.host.invalid", new byte[] {127, 0, 0, 9}),
          InetAddress.getByAddress(new byte[] {127, 0, 0, 9}),
          InetAddress.getByAddress(new byte[16]));
    }

    List<InetSocketAddress> sockets() throws UnknownHostException {
      return List.of(
          InetSocketAddress.createUnresolved("localhost", 80),
          new InetSocketAddress(InetAddress.getByAddress(new byte[16]), 80));
    }

    List<Object> counters() {
      AtomicLongArray array = new AtomicLongArray(new long[] {1, 2});
      LongAdder adder = new LongAdder();
      adder.add(3);
      return List.of(new AtomicBoolean(true), new AtomicInteger(5), array, adder);
    }

    List<Object> moreJdkValuesInTheOpen() {
      return List.of(
          timeZone(), bitSet(), calendar(), Pattern.compile("a"), new java.sql.Date(5), buffer());
    }

    File noFile() {
      return new File("");
    }

    BigInteger large() {
      return BigInteger.ONE.shiftLeft(60_000);
    }

    Money[] array() {
      return new Money[] {new Money(BigDecimal.ONE, "EUR"), null};
    }

    Shape[][] sealedArray() {
      return new Shape[][] {{new Circle(1)}, {}};
    }

    Renamed fieldOfTheSameName() {
      return new Renamed();
    }

    Twice fieldsOfTheSameName() {
      return new Twice();
    }

    Named fieldOfTheSameNameInTheOpen() {
      return new Twice();
    }

    HoldingTwo<Money> fieldOfTheSameNameAndAnotherType() {
      HoldingTwo<Money> two = new HoldingTwo<>();
      two.content = new Money(BigDecimal.ONE, "EUR");
      ((Holding<List<Money>>) two).content = new ArrayList<>(List.of(two.content));
      return two;
    }

    byte[] bytes() {
      return new byte[] {-1, 0, 1};
    }

    int[][] arrays() {
      return new int[][] {{1}, {}};
    }

    UUID uuid() {
      return new UUID(1, 2);
    }

    Instant instant() {
      return Instant.parse("2026-01-01T00:00:00.123456789Z");
    }

    ZonedDateTime zoned() {
      return ZonedDateTime.of(2026, 1, 1, 0, 0, 0, 1, ZoneId.of("Europe/Berlin"));
    }

    Duration duration() {
      return Duration.ofNanos(1_500_000_001);
    }

    Date date() {
      return new Date(1);
    }

    Optional<List<Map<UUID, Money>>> deep() {
      return Optional.of(List.of(Map.of(new UUID(1, 2), new Money(BigDecimal.ONE, "EUR"))));
    }

    Pair<Level, Pair<LocalDate, List<Money>>> generic() {
      return new Pair<>(
          Level.HIGH, new Pair<>(LocalDate.EPOCH, List.of(new Money(BigDecimal.TEN, "USD"))));
    }

    List<Shape> sealed() {
      return List.of(new Circle(1.5), new Square(2));
    }

    Animal subclassOfTheMethodsPackage() {
      return new Dog();
    }

    Animal itself() {
      return new Animal();
    }

    Tree recursive() {
      return new Tree(false);
    }

    Data immutable() {
      return new Data("a", 2, List.of(new Money(BigDecimal.ONE, "EUR")));
    }

    Annotated annotated() {
      return new Annotated();
    }

    Payment polymorphic() {
      return new Cash();
    }

    Object open() {
      return new ArrayList<>(Arrays.asList(1, 2L, "a", null, 1.5f, new BigDecimal("2.50"), true));
    }

    List<?> openElements() {
      return List.of(new Money(BigDecimal.ONE, "EUR"), List.of(1L), Map.of("a", 'c'));
    }

    Map<String, Object> openValues() {
      return new LinkedHashMap<>(Map.of("a", LocalDate.EPOCH, "b", new HashMap<>(Map.of("c", 1))));
    }

    Number openNumber() {
      return 5L;
    }

    Comparable<?> openComparable() {
      return "a";
    }

    Map<Level, Integer> enumKeys() {
      return new EnumMap<>(Map.of(Level.LOW, 1));
    }

    SortedMap<Long, String> sorted() {
      return new TreeMap<>(Map.of(2L, "b", 1L, "a"));
    }

    Map<Long, String> sortedAsMap() {
      return new TreeMap<>(Map.of(2L, "b", 1L, "a"));
    }

    Map<Long, Map<Long, SortedSet<String>>> sortedWithin() {
      return Map.of(1L, new TreeMap<>(Map.of(2L, new TreeSet<>(Set.of("b", "a")))));
    }

    ConcurrentNavigableMap<Long, String> sortedForThreads() {
      return new ConcurrentSkipListMap<>(Map.of(2L, "b", 1L, "a"));
    }

    Collection<Long> sortedForThreadsAsCollection() {
      return new ConcurrentSkipListSet<>(Set.of(2L, 1L));
    }

    SortedMap<Long, String> sortedView() {
      return Collections.unmodifiableSortedMap(new TreeMap<>(Map.of(2L, "b", 1L, "a")));
    }

    NavigableSet<Long> sortedPart() {
      return new TreeSet<>(Set.of(2L, 1L)).headSet(2L, false);
    }

    Map<String, String> sortedNowhere() {
      return new LinkedHashMap<>(Map.of("@type", "java.util.TreeMap"));
    }

    Set<BigDecimal> sortedAsSet() {
      return new TreeSet<>(Set.of(BigDecimal.TEN, BigDecimal.ONE));
    }

    Collection<Money> setAsCollection() {
      return new HashSet<>(List.of(new Money(BigDecimal.ONE, "EUR")));
    }

    Queue<Integer> priorityQueue() {
      return new PriorityQueue<>(List.of(3, 1, 2));
    }

    Object sortedAsObject() {
      return new TreeMap<>(Map.of("a", new PriorityQueue<>(List.of(3, 1, 2))));
    }

    Kinds kinds() {
      return new Kinds(
          new TreeMap<>(Map.of("b", new TreeSet<>(Set.of(2, 1)))),
          new HashSet<>(Set.of("a")),
          new TreeSet<>(Set.of("b", "a")),
          new TreeMap<>(Map.of("b", 1)),
          List.of(new TreeMap<>(Map.of("b", 1)), new HashMap<>(Map.of("a", 2))));
    }

    Map<LocalDate, Set<TimeUnit>> dateKeys() {
      return Map.of(LocalDate.EPOCH, new HashSet<>(List.of(TimeUnit.DAYS, TimeUnit.HOURS)));
    }

    Map<Money, Integer> recordKeys() {
      return Map.of(new Money(new BigDecimal("1.10"), "EUR"), 1);
    }

    Map<Shape, List<Shape>> sealedKeys() {
      return Map.of(new Circle(1), List.of(new Square(1)));
    }

    Page<Money> page() {
      return new PageImpl<>(List.of(new Money(BigDecimal.ONE, "EUR")), new PageRequest(2, 10), 21);
    }

    Box<Box<Money>> box() {
      return new Box<>(new Box<>(new Money(BigDecimal.ONE, "EUR")));
    }

    Collection<Integer> collection() {
      return Collections.unmodifiableCollection(new ArrayList<>(List.of(1)));
    }
  }
}
