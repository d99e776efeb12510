/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.Externalizable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.io.ObjectOutputStream;
import java.io.Reader;
import java.io.Serializable;
import java.io.StringReader;
import java.io.Writer;
import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Year;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Calendar;
import java.util.Collections;
import java.util.Currency;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SimpleTimeZone;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hibernate.collection.spi.PersistentCollection;
import org.hibernate.proxy.HibernateProxy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table of values, old ones too: applications have them. */
@SuppressWarnings({"JavaUtilDate", "JdkObsolete", "UnnecessaryStringBuilder"})
class KeyPartsTest {

  private static final KeyParts KEYS = new KeyParts(FieldAccess.plain());

  enum Colour {
    RED,
    BLUE {
      @Override
      public String toString() {
        return "sky";
      }
    }
  }

  enum Other {
    RED
  }

  record Point(int x, int y) {}

  record Spot(int x, int y) {}

  record Everything(
      boolean z, byte b, short s, char c, int i, long j, float f, double d, Object rest) {}

  /** Has an equals, and would betray any call of the application's code. */
  static class Hostile {
    private final String id;

    @SuppressWarnings("UnusedVariable")
    private transient int left;

    private final transient int kept;

    Hostile(String id, int left, int kept) {
      this.id = id;
      this.left = left;
      this.kept = kept;
    }

    public String getId() {
      throw new AssertionError("a getter was called");
    }

    @Override
    public boolean equals(Object other) {
      throw new AssertionError("equals was called");
    }

    @Override
    public int hashCode() {
      throw new AssertionError("hashCode was called");
    }

    @Override
    public String toString() {
      throw new AssertionError("toString was called with " + id + kept);
    }
  }

  /**
   * As Guava's multimaps and Scala's hash maps: what it holds is transient, and written by hand.
   */
  static class Table implements Serializable {
    private transient Map<String, Integer> entries;

    Table(String key, int value) {
      entries = Map.of(key, value);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Table table && entries.equals(table.entries);
    }

    @Override
    public int hashCode() {
      return entries.hashCode();
    }
  }

  static class WrittenTable extends Table {
    WrittenTable(String key, int value) {
      super(key, value);
    }

    @SuppressWarnings("UnusedMethod") // for serialization
    private void writeObject(ObjectOutputStream out) throws IOException {
      out.defaultWriteObject();
    }
  }

  static class ReplacedTable extends Table {
    ReplacedTable(String key, int value) {
      super(key, value);
    }

    Object writeReplace() {
      return "written otherwise";
    }
  }

  static class ExternalTable extends Table implements Externalizable {
    ExternalTable(String key, int value) {
      super(key, value);
    }

    @Override
    public void writeExternal(ObjectOutput out) {}

    @Override
    public void readExternal(ObjectInput in) {}
  }

  static class Sub extends Hostile {
    @SuppressWarnings("UnusedVariable")
    private final int id;

    Sub(String id, int own) {
      super(id, 0, 0);
      this.id = own;
    }
  }

  static class Bean {
    private final long number;
    private final boolean open;
    public String shown = "s";

    Bean(long number, boolean open) {
      this.number = number;
      this.open = open;
    }

    public long getNumber() {
      return number;
    }

    public boolean isOpen() {
      return open;
    }
  }

  static class Opaque {
    @SuppressWarnings("UnusedVariable")
    private final int secret = 1;
  }

  static class Stateless {}

  static class MyDate extends Date {
    private static final long serialVersionUID = 1L;

    MyDate(long time) {
      super(time);
    }
  }

  private static Object part(Object argument) {
    try {
      return KEYS.part(argument);
    } catch (NoKeyException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  private static String refusal(Object argument) {
    try {
      KEYS.part(argument);
    } catch (NoKeyException e) {
      return e.getMessage();
    }
    throw new AssertionError("a part was made of " + argument.getClass());
  }

  private static void same(Object one, Object two) {
    assertThat(part(one)).isEqualTo(part(two)).hasSameHashCodeAs(part(two));
    assertThat(KeyText.of(part(one))).isEqualTo(KeyText.of(part(two)));
  }

  private static void allDiffer(Object... values) {
    Set<Object> parts = new HashSet<>();
    Set<String> texts = new HashSet<>();
    Set<Object> nested = new HashSet<>();
    for (Object each : values) {
      assertThat(parts.add(part(each))).as("part of %s", each).isTrue();
      assertThat(texts.add(KeyText.of(part(each)))).as("text of %s", each).isTrue();
      assertThat(nested.add(part(Collections.singletonList(each)))).as("list of %s", each).isTrue();
    }
  }

  @Test
  void part_ofAtoms_isTheArgumentItself() {
    for (Object atom :
        List.of(
            "x",
            1,
            1L,
            1.5,
            true,
            'c',
            UUID.randomUUID(),
            new BigDecimal("1.0"),
            Locale.UK,
            LocalDate.EPOCH,
            Instant.EPOCH,
            ZoneId.of("Europe/Paris"),
            Currency.getInstance("EUR"),
            DayOfWeek.MONDAY)) {
      assertThat(part(atom)).isSameAs(atom);
      assertThat(KEYS.isAtom(atom.getClass())).isTrue();
    }
    assertThat(part(null)).isNull();
    assertThat(KEYS.isAtom(long.class)).isTrue();
    for (Class<?> none : List.of(Colour.class, Object.class, List.class, Point.class, URI.class)) {
      assertThat(KEYS.isAtom(none)).isFalse();
    }
  }

  static class Plain<T> {
    List<T> list;
    T[] array;
    List<? extends T> upper;
    List<? super T> lower;
    Map<String, T> map;
  }

  static class Bounded<T extends Enum<T>> {
    List<T> list;
    T[] array;
    List<? extends T> upper;
    List<? super T> lower;
    Map<String, T> map;
  }

  static <T> void one(T argument) {}

  static <T> void two(T argument) {}

  /** Each variable is called T, and that is all that the JDK's own texts say of it. */
  @Test
  void part_ofReflectedTypes_tellsWhatDeclaresTheirVariables() throws Exception {
    List<Object> types = new ArrayList<>();
    for (Class<?> owner : List.of(Plain.class, Bounded.class)) {
      types.add(owner.getTypeParameters()[0]);
      for (Field field : owner.getDeclaredFields()) {
        if (!field.isSynthetic()) {
          types.add(field.getGenericType());
        }
      }
    }
    for (String method : List.of("one", "two")) {
      types.add(KeyPartsTest.class.getDeclaredMethod(method, Object.class).getTypeParameters()[0]);
    }
    assertThat(types).hasSize(14);

    allDiffer(types.toArray());
    same(Plain.class.getTypeParameters()[0], Plain.class.getTypeParameters()[0]);
    same(
        Plain.class.getDeclaredField("upper").getGenericType(),
        Plain.class.getDeclaredField("upper").getGenericType());
  }

  @Test
  void part_ofDifferentTypesWithEqualContent_differs() throws Exception {
    allDiffer(
        null,
        1,
        1L,
        "1",
        true,
        '1',
        (short) 1,
        (byte) 1,
        1f,
        1.0,
        BigInteger.ONE,
        BigDecimal.ONE,
        new BigDecimal("1.0"),
        new AtomicInteger(1),
        new AtomicLong(1),
        Optional.of(1),
        List.of(1),
        Set.of(1),
        new int[] {1},
        new Integer[] {1},
        new Object[] {1},
        new Number[] {1},
        new long[] {1},
        new short[] {1},
        new byte[] {1},
        new char[] {1},
        new boolean[] {true},
        new float[] {1},
        new double[] {1},
        new int[][] {{1}},
        Map.of(1, 1),
        Map.entry(1, 1),
        new Point(1, 1),
        new Spot(1, 1),
        Colour.RED,
        Other.RED,
        Colour.BLUE,
        "RED",
        ByteBuffer.wrap(new byte[] {1}),
        BitSet.valueOf(new byte[] {1}),
        new Date(1),
        new Timestamp(1),
        new java.sql.Date(1),
        new java.sql.Time(1),
        Instant.ofEpochMilli(1),
        Duration.ofMillis(1),
        LocalDate.EPOCH,
        new File("1"),
        Path.of("1"),
        URI.create("1"),
        Pattern.compile("1"),
        Pattern.compile("1", 2),
        int.class,
        Integer.class,
        Locale.ENGLISH,
        Locale.UK,
        TimeZone.getTimeZone("UTC"),
        ZoneId.of("UTC"),
        Optional.empty(),
        List.of(),
        Set.of(),
        Map.of(),
        "",
        new int[0],
        new Object[0],
        new Stateless(),
        new Bean(1, true),
        InetAddress.getByAddress(new byte[] {1, 1, 1, 1}),
        false,
        0,
        0.0,
        -0.0,
        0f,
        -0f,
        Double.NaN,
        Arrays.asList((Object) null),
        List.of(List.of()),
        List.of(List.of(), List.of()),
        List.of(1, 2),
        List.of(2, 1),
        "\ud800",
        "?",
        "\u00e9",
        List.of("a", "b"),
        List.of("ab"),
        List.of("a,b"));
  }

  @Test
  void part_ofEqualValues_isEqual() throws Exception {
    same(new ArrayList<>(List.of(1, 2)), new LinkedList<>(List.of(1, 2)));
    same(List.of(1, 2), new ArrayDeque<>(List.of(1, 2)));
    same(List.of(1), Collections.unmodifiableCollection(Set.of(1)));
    same(new LinkedHashSet<>(List.of("a", "b")), new LinkedHashSet<>(List.of("b", "a")));
    same(new TreeSet<>(List.of(3, 1, 2)), new HashSet<>(List.of(1, 2, 3)));
    same(new TreeMap<>(Map.of("x", 1, "y", 2)), new HashMap<>(Map.of("y", 2, "x", 1)));
    same(new int[] {1, 2}, new int[] {1, 2});
    same(new Object[] {new int[] {1}}, new Object[] {new int[] {1}});
    same(new Point(1, 2), new Point(1, 2));
    same(new Bean(1, true), new Bean(1, true));
    same(new StringBuilder().append("ab"), new StringBuffer("ab"));
    same("ab", java.nio.CharBuffer.wrap("xab", 1, 3));
    same(new AtomicInteger(3), new AtomicInteger(3));
    same(URI.create("http://a/"), URI.create("http://a/"));
    same(new URL("http://no.such.host/a?b#c"), new URL("http://no.such.host/a?b#c"));
    same(
        InetAddress.getByAddress("one", new byte[] {9, 9, 9, 9}),
        InetAddress.getByAddress("two", new byte[] {9, 9, 9, 9}));
    same(InetSocketAddress.createUnresolved("h", 1), InetSocketAddress.createUnresolved("h", 1));
    same(Map.entry("k", 1), new java.util.AbstractMap.SimpleEntry<>("k", 1));
    same(Pattern.compile("a+"), Pattern.compile("a+"));
    same(Optional.of(new int[] {1}), Optional.of(new int[] {1}));
    same(Double.NaN, Double.longBitsToDouble(0x7ff8000000000001L));
    same(List.of(Double.NaN), List.of(Double.longBitsToDouble(0x7ff8000000000001L)));
    same(
        new GregorianCalendar(2020, Calendar.MAY, 1), new GregorianCalendar(2020, Calendar.MAY, 1));
    same(Colour.BLUE, Colour.valueOf("BLUE"));
    same(new Stateless(), new Stateless());
  }

  @Test
  void part_ofJdkValues_countsAllThatMakesThemDiffer() throws Exception {
    allDiffer(
        new Locale("en"),
        new Locale("en", "US"),
        new Locale("en", "US", "X"),
        new Locale("en", "", "US"),
        new Locale("", "en"),
        new Locale("en.US"),
        Locale.forLanguageTag("en-US-u-ca-buddhist"),
        Locale.forLanguageTag("en-Latn-US"),
        StandardCharsets.UTF_8,
        StandardCharsets.US_ASCII,
        TimeZone.getTimeZone("Europe/Paris"),
        new SimpleTimeZone(3_600_000, "Europe/Paris"),
        new SimpleTimeZone(7_200_000, "Europe/Paris"),
        String.class.getMethod("isEmpty"),
        String.class.getMethod("length"),
        IntBuffer.wrap(new int[] {1}),
        LongBuffer.wrap(new long[] {1}),
        ShortBuffer.wrap(new short[] {1}),
        FloatBuffer.wrap(new float[] {1}),
        DoubleBuffer.wrap(new double[] {1}),
        ByteBuffer.wrap(new byte[] {1}),
        InetAddress.getByAddress(new byte[16]),
        InetAddress.getByAddress(new byte[4]),
        new InetSocketAddress(InetAddress.getByAddress(new byte[4]), 1),
        new InetSocketAddress(InetAddress.getByAddress(new byte[4]), 2),
        InetSocketAddress.createUnresolved("0.0.0.0", 1),
        new URL("http://a/b"),
        new URL("http://a/b#"),
        new URL("http://a:80/b"),
        new URL("https://a/b"),
        new URL("http://u@a/b"),
        new URL("file:/b"),
        OptionalInt.of(1),
        OptionalLong.of(1),
        OptionalInt.empty(),
        Year.of(1),
        new LongAdder(),
        MathContext.DECIMAL32);
    same(new Locale("en", "US"), Locale.US);
    same(
        TimeZone.getTimeZone("Europe/Paris"),
        (TimeZone) TimeZone.getTimeZone("Europe/Paris").clone());
    same(String.class.getMethod("isEmpty"), String.class.getMethod("isEmpty"));
    same(FileSystems.getDefault().getPath("a", "b"), Path.of("a/b"));
    same(BitSet.valueOf(new long[] {1, 0, 0}), BitSet.valueOf(new long[] {1}));
  }

  @Test
  void part_ofPathInArchive_countsTheArchive(@TempDir Path dir) throws Exception {
    try (FileSystem one = archive(dir.resolve("one.zip"));
        FileSystem two = archive(dir.resolve("two.zip"))) {
      same(one.getPath("/a"), one.getPath("/a"));
      allDiffer(one.getPath("/a"), two.getPath("/a"), Path.of("/a"));
    }
  }

  private static FileSystem archive(Path path) throws Exception {
    return FileSystems.newFileSystem(path, Map.of("create", "true"));
  }

  @Test
  void part_ofDates_countsNanoseconds() {
    Timestamp one = new Timestamp(1);
    Timestamp two = new Timestamp(1);
    two.setNanos(two.getNanos() + 1);
    allDiffer(one, two);
  }

  @Test
  void part_ofBuffer_isWhatRemainsAndMovesNothing() {
    ByteBuffer buffer = ByteBuffer.wrap(new byte[] {1, 2, 3});
    buffer.get();
    same(buffer, ByteBuffer.allocateDirect(2).put((byte) 2).put((byte) 3).flip());
    assertThat(buffer.position()).isEqualTo(1);
  }

  @Test
  void part_ofCalendar_leavesItAsItWas() {
    Calendar calendar = new GregorianCalendar(2020, Calendar.JANUARY, 1);
    calendar.set(Calendar.DAY_OF_MONTH, 40);
    String before = calendar.toString();
    part(calendar);
    assertThat(calendar.toString()).isEqualTo(before);
  }

  @Test
  void transientFields_ofAClassThatWritesItself_count() {
    same(new Table("a", 1), new Table("a", 2));
    same(new WrittenTable("a", 1), new WrittenTable("a", 1));
    differ(new WrittenTable("a", 1), new WrittenTable("a", 2));
    differ(new ReplacedTable("a", 1), new ReplacedTable("b", 1));
    differ(new ExternalTable("a", 1), new ExternalTable("a", 2));
  }

  @Test
  void part_ofObject_readsFieldsAndCallsNothing() {
    same(new Hostile("a", 1, 5), new Hostile("a", 2, 5));
    differ(new Hostile("a", 1, 5), new Hostile("b", 1, 5));
    differ(new Hostile("a", 1, 5), new Hostile("a", 1, 6));
    differ(new Sub("a", 1), new Sub("a", 2));
    differ(new Sub("a", 1), new Sub("b", 1));
    differ(new Sub("a", 0), new Hostile("a", 0, 0));
  }

  private static void differ(Object one, Object two) {
    assertThat(part(one).equals(part(two))).isFalse();
  }

  @Test
  void part_ofRecordOfAllPrimitives_countsEach() {
    Everything base = new Everything(true, (byte) 1, (short) 1, 'a', 1, 1, 1, 1, null);
    same(base, new Everything(true, (byte) 1, (short) 1, 'a', 1, 1, 1, 1, null));
    allDiffer(
        base,
        new Everything(false, (byte) 1, (short) 1, 'a', 1, 1, 1, 1, null),
        new Everything(true, (byte) 2, (short) 1, 'a', 1, 1, 1, 1, null),
        new Everything(true, (byte) 1, (short) 2, 'a', 1, 1, 1, 1, null),
        new Everything(true, (byte) 1, (short) 1, 'b', 1, 1, 1, 1, null),
        new Everything(true, (byte) 1, (short) 1, 'a', 2, 1, 1, 1, null),
        new Everything(true, (byte) 1, (short) 1, 'a', 1, 2, 1, 1, null),
        new Everything(true, (byte) 1, (short) 1, 'a', 1, 1, 2, 1, null),
        new Everything(true, (byte) 1, (short) 1, 'a', 1, 1, 1, 2, null),
        new Everything(true, (byte) 1, (short) 1, 'a', 1, 1, 1, 1, 0));
  }

  @Test
  void part_afterArgumentChanged_isWhatItWas() {
    List<int[]> list = new ArrayList<>(List.of(new int[] {1}));
    Object before = part(list);
    Object copy = part(List.of(new int[] {1}));
    list.get(0)[0] = 2;
    assertThat(before).isEqualTo(copy).isNotEqualTo(part(list));
  }

  @Test
  void part_ofWhatHasNoValue_isRefused() throws Exception {
    Supplier<String> lambda = () -> "x";
    Runnable reference = KeyPartsTest::new;
    try (Socket socket = new Socket()) {
      for (Object none :
          List.of(
              lambda,
              reference,
              new Object(),
              new Opaque(),
              Stream.of(1),
              List.of(1).iterator(),
              Thread.currentThread(),
              new ReentrantLock(),
              new ByteArrayInputStream(new byte[0]),
              new StringReader(""),
              socket,
              new CompletableFuture<>(),
              getClass().getClassLoader(),
              new IllegalStateException(),
              ThreadLocal.withInitial(() -> 1),
              new MyDate(1),
              java.lang.reflect.Proxy.newProxyInstance(
                  getClass().getClassLoader(),
                  new Class<?>[] {Runnable.class},
                  (p, m, a) -> null))) {
        assertThat(refusal(none)).isNotBlank();
        assertThat(refusal(List.of(none))).contains("List");
      }
    }
    assertThat(refusal(new Opaque())).contains("Opaque").contains("secret");
    assertThat(refusal(new Everything(true, (byte) 1, (short) 1, 'a', 1, 1, 1, 1, List.of(lambda))))
        .contains("Everything.rest")
        .contains("lambda");
  }

  @Test
  void part_ofCycle_isRefused() {
    List<Object> cycle = new ArrayList<>();
    cycle.add(Optional.of(cycle));
    assertThat(refusal(cycle)).contains("cycle");
    Map<String, Object> map = new HashMap<>();
    map.put("self", map);
    assertThat(refusal(map)).contains("cycle");
    List<Object> twice = List.of(1);
    same(List.of(twice, twice), List.of(List.of(1), List.of(1)));
  }

  @Test
  void part_ofOverThousandNodes_isRefused() {
    assertThat(part(Collections.nCopies(999, 1))).isInstanceOf(Composite.class);
    assertThat(refusal(Collections.nCopies(1000, 1))).contains("1000");
    assertThat(part(new byte[100_000])).isInstanceOf(Composite.class);
    List<Object> deep = List.of();
    for (int i = 0; i < 998; i++) {
      deep = List.of(deep);
    }
    assertThat(part(deep)).isInstanceOf(Composite.class);
    assertThat(refusal(List.of(List.of(deep)))).contains("1000");
  }

  @Test
  void part_ofLongArgument_isSmall() {
    Composite part = (Composite) part(new byte[100_000]);
    assertThat(part.weight()).isLessThan(200);
    byte[] other = new byte[100_000];
    other[99_999] = 1;
    differ(new byte[100_000], other);
  }

  @Test
  void part_whoseIteratorThrows_isRefused() {
    List<Integer> failing =
        new ArrayList<>(List.of(1)) {
          private static final long serialVersionUID = 1L;

          @Override
          public java.util.Iterator<Integer> iterator() {
            throw new java.util.ConcurrentModificationException();
          }
        };
    assertThat(refusal(failing)).contains("ConcurrentModificationException");
  }

  @Test
  void part_ofMapInAnyOrder_isEqualWithMixedKeys() {
    Map<Object, Object> one = new LinkedHashMap<>();
    Map<Object, Object> two = new LinkedHashMap<>();
    Object[] keys = {1, 1L, "1", null, List.of(1), new Point(1, 2), Colour.RED};
    for (int i = 0; i < keys.length; i++) {
      one.put(keys[i], i);
    }
    for (int i = keys.length - 1; i >= 0; i--) {
      two.put(keys[i], i);
    }
    same(one, two);
    two.put(null, 0);
    differ(one, two);
  }

  static class Interceptor {
    @SuppressWarnings("UnusedVariable")
    private final boolean initialized;

    @SuppressWarnings("UnusedVariable")
    private final Object target;

    Interceptor(Object target) {
      this.initialized = target != null;
      this.target = target;
    }
  }

  static class LazyPoint implements HibernateProxy {
    @SuppressWarnings({"UnusedVariable", "MemberName"})
    private final Interceptor $$_hibernate_interceptor;

    LazyPoint(Object target) {
      this.$$_hibernate_interceptor = new Interceptor(target);
    }
  }

  static class LazyList extends ArrayList<Integer> implements PersistentCollection {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("UnusedVariable")
    private final boolean initialized;

    LazyList(boolean initialized) {
      this.initialized = initialized;
      add(1);
    }
  }

  record AttributeLoader(Set<String> lazyFields, Set<String> initializedLazyFields) {}

  static class Enhanced {
    @SuppressWarnings({"UnusedVariable", "MemberName"})
    private transient Object $$_hibernate_attributeInterceptor;

    public String text = "x";

    Enhanced(Object interceptor) {
      this.$$_hibernate_attributeInterceptor = interceptor;
    }
  }

  @Test
  void part_ofEnhancedEntity_isMadeOnlyWhenAllIsLoaded() {
    same(new Enhanced(null), new Enhanced(new AttributeLoader(Set.of(), null)));
    same(new Enhanced(null), new Enhanced(new AttributeLoader(Set.of("a"), Set.of("a"))));
    assertThat(refusal(new Enhanced(new AttributeLoader(Set.of("a"), null)))).contains("lazy");
    assertThat(refusal(new Enhanced(new AttributeLoader(Set.of("a", "b"), Set.of("a")))))
        .contains("lazy");
    assertThat(refusal(new Enhanced(new Interceptor(null)))).contains("lazy");
  }

  @Test
  void part_ofLazyProxy_isItsTargetOnlyWhenLoaded() {
    same(new LazyPoint(new Point(1, 2)), new Point(1, 2));
    assertThat(refusal(new LazyPoint(null))).contains("lazy");
    same(new LazyList(true), List.of(1));
    assertThat(refusal(new LazyList(false))).contains("lazy");
  }

  @Test
  void isCarrier_byHierarchy_isKnown() {
    for (Class<?> carrier :
        List.of(InputStream.class, ByteArrayInputStream.class, Reader.class, Writer.class)) {
      assertThat(CarrierTypes.isCarrier(carrier)).isTrue();
    }
    for (Class<?> value : List.of(String.class, Object.class, int.class, byte[].class)) {
      assertThat(CarrierTypes.isCarrier(value)).isFalse();
    }
  }

  @Test
  void part_whereAccessIsRefused_isRefused() {
    KeyParts closed =
        new KeyParts(
            type -> {
              throw new IllegalAccessException("closed to us");
            });
    assertThatThrownBy(() -> closed.part(new Point(1, 2)))
        .isInstanceOf(NoKeyException.class)
        .hasMessageContaining("closed to us");
  }
}
