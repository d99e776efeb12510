/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.larder.engine.key.FieldAccess;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Set;
import java.util.Stack;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings({
  "JdkObsolete",
  "JavaUtilDate",
  "NonApiType",
  "IdentityHashMapUsage",
  "UnusedVariable"
}) // these are what is copied
class ValuesTest {

  private final Values values = new Values(FieldAccess.plain());

  record Money(BigDecimal amount, String currency) {}

  record Order(UUID id, List<Money> lines) {}

  static class Product {
    private final long id;
    private String name;
    private boolean draft;
    private double weight;
    private Date since;
    private List<String> tags;
    private transient int seen;

    Product(long id, String name) {
      this.id = id;
      this.name = name;
      this.since = new Date(id);
      this.tags = new ArrayList<>(List.of("a", "b"));
      this.draft = true;
      this.weight = 1.5;
      this.seen = 7;
    }
  }

  /** All fields are final, though not all of what they hold. */
  static final class Immutable {
    private final String name;
    private final List<?> parts;

    Immutable(String name, List<?> parts) {
      this.name = name;
      this.parts = parts;
    }
  }

  static final class Node {
    final List<Node> children = new ArrayList<>();
    Node parent;
    Object extra;

    Node child() {
      Node child = new Node();
      child.parent = this;
      children.add(child);
      return child;
    }
  }

  static Stream<Object> immutable() {
    return Stream.of(
        "text",
        1,
        2L,
        'c',
        new BigDecimal("1.10"),
        TimeUnit.DAYS,
        UUID.randomUUID(),
        LocalDate.EPOCH,
        Instant.EPOCH,
        String.class,
        List.of("a", 1),
        List.of(new Money(BigDecimal.ONE, "EUR")),
        Map.of("a", List.of(1)),
        Optional.of(LocalDate.EPOCH),
        Optional.empty(),
        Collections.emptyList(),
        Collections.singletonList("a"),
        new Money(BigDecimal.TEN, "EUR"),
        new Order(UUID.randomUUID(), List.of(new Money(BigDecimal.ONE, "EUR"))),
        new Immutable("a", List.of("b")),
        Map.entry("a", 1),
        new IllegalStateException("kept as it is"));
  }

  @ParameterizedTest
  @MethodSource("immutable")
  void keep_immutableValue_sharesIt(Object value) throws UncacheableValue {
    Kept kept = values.keep(value, ValueMode.AUTO);

    assertThat(kept.isShared()).isTrue();
    assertThat(kept.give()).isSameAs(value);
  }

  static Stream<Object> mutable() {
    List<Object> content = Arrays.asList("a", null, new BigDecimal("1.10"), new ArrayList<>());
    Properties defaults = new Properties();
    defaults.setProperty("a", "1");
    return Stream.of(
        new ArrayList<>(content),
        new LinkedList<>(content),
        new Vector<>(content),
        stack("a", "b"),
        Arrays.asList("a", "b"),
        new ArrayList<>(content).subList(1, 3),
        new CopyOnWriteArrayList<>(content),
        content.stream().toList(),
        List.of(new ArrayList<>()),
        Optional.of(new ArrayList<>()),
        new HashSet<>(content),
        new LinkedHashSet<>(content),
        new TreeSet<>(List.of("a", "b")),
        descending("a", "b"),
        EnumSet.of(TimeUnit.DAYS),
        new HashMap<>(Map.of("a", new ArrayList<>(content))),
        new LinkedHashMap<>(Map.of("a", 1)),
        new TreeMap<>(Map.of("a", 1, "b", 2)),
        new TreeMap<>(Map.of("a", 1, "b", 2)).headMap("b"),
        new HashMap<>(Map.of("a", 1)).keySet(),
        new ConcurrentHashMap<>(Map.of("a", 1)),
        new ConcurrentSkipListMap<>(Map.of("a", 1)),
        new EnumMap<>(Map.of(TimeUnit.DAYS, new Date(1))),
        new EnumMap<>(TimeUnit.class),
        Collections.synchronizedList(new ArrayList<>(content)),
        Collections.synchronizedMap(new HashMap<>(Map.of("a", 1))),
        Collections.unmodifiableList(new ArrayList<>(content)),
        Collections.unmodifiableSet(new HashSet<>(content)),
        Collections.unmodifiableMap(new HashMap<>(Map.of("a", new Date(1)))),
        new Properties(defaults),
        new Date(1),
        new GregorianCalendar(2026, 1, 1),
        bits(3, 5),
        new Immutable("a", new ArrayList<>(content)),
        new Order(UUID.randomUUID(), new ArrayList<>(List.of(new Money(BigDecimal.ONE, "EUR")))),
        new Product(1, "a"),
        Optional.of(new Object[] {"a", new Date(1)}),
        new int[] {1, 2},
        Optional.of(new String[][] {{"a"}, {}}),
        new byte[] {1});
  }

  @ParameterizedTest
  @MethodSource("mutable")
  void keep_mutableValue_givesEqualCopies(Object value) throws UncacheableValue {
    Kept kept = values.keep(value, ValueMode.AUTO);
    Object given = kept.give();

    assertThat(kept.isShared()).isFalse();
    assertThat(given).isNotSameAs(value).isNotSameAs(kept.value()).isNotSameAs(kept.give());
    assertThat(given).usingRecursiveComparison().isEqualTo(value);
    if (value.getClass() == given.getClass() && overridesEquals(value)) {
      assertThat(given).isEqualTo(value);
    }
  }

  @Test
  void adopt_aMutableValue_isKeptItselfAndCopiedForEachCaller() throws UncacheableValue {
    Product made = new Product(1, "made");
    Kept kept = values.adopt(made, ValueMode.AUTO);
    assertThat(kept.value()).isSameAs(made);

    Product given = (Product) kept.copier().copyOf(kept.value());
    given.tags.clear();
    assertThat(made.tags).containsExactly("a", "b");
    assertThat(kept.copier().copyOf(kept.value())).isNotSameAs(given).isNotSameAs(made);
  }

  @Test
  void adopt_whatNobodyCanChange_isShared() throws UncacheableValue {
    Order made =
        new Order(UUID.randomUUID(), Collections.unmodifiableList(new ArrayList<>(List.of())));
    assertThat(values.adopt(made, ValueMode.AUTO).copier())
        .as("nobody else holds what lies under the view")
        .isNull();
    assertThat(values.adopt(made, ValueMode.COPY).copier()).isNotNull();
    assertThat(values.adopt(new Product(1, "made"), ValueMode.SHARE).copier()).isNull();
  }

  @Test
  void adopt_whatCannotBeCopied_isRefused() {
    assertThatThrownBy(
            () -> values.adopt(new ArrayList<>(List.of(new ReentrantLock())), ValueMode.AUTO))
        .isInstanceOf(UncacheableValue.class);
  }

  @Test
  void keep_mutatedCopy_changesNothingForTheNext() throws UncacheableValue {
    Product product = new Product(1, "a");
    Kept kept = values.keep(product, ValueMode.AUTO);
    product.tags.add("by the method");
    Product first = (Product) kept.give();
    first.tags.clear();
    first.since.setTime(99);
    first.name = "changed";

    Product second = (Product) kept.give();

    assertThat(second.tags).containsExactly("a", "b");
    assertThat(second.since).isEqualTo(new Date(1));
    assertThat(second.name).isEqualTo("a");
    assertThat(second.id).isEqualTo(1);
    assertThat(second.draft).isTrue();
    assertThat(second.weight).isEqualTo(1.5);
    assertThat(second.seen).isEqualTo(7);
  }

  @Test
  void keep_unmodifiableViewOfTexts_isSharedOnceCopied() throws UncacheableValue {
    List<String> behind = new ArrayList<>(List.of("a"));
    Kept kept = values.keep(Collections.unmodifiableList(behind), ValueMode.AUTO);
    behind.add("b");

    assertThat(kept.isShared()).isTrue();
    assertThat(kept.give()).isEqualTo(List.of("a"));
  }

  @Test
  void keep_circle_isTheSameCircle() throws UncacheableValue {
    Node root = new Node();
    Node child = root.child();
    root.child().extra = child;

    Node given = (Node) values.keep(root, ValueMode.AUTO).give();

    assertThat(given).isNotSameAs(root);
    assertThat(given.children.get(0).parent).isSameAs(given);
    assertThat(given.children.get(1).extra).isSameAs(given.children.get(0));
  }

  @Test
  void keep_circleThroughHashSet_findsItsElements() throws UncacheableValue {
    HashSet<Object> set = new HashSet<>();
    Node node = new Node();
    node.extra = set;
    set.add(node);

    @SuppressWarnings("unchecked")
    HashSet<Object> given = (HashSet<Object>) values.keep(set, ValueMode.AUTO).give();
    Node copy = (Node) given.iterator().next();

    assertThat(copy).isNotSameAs(node);
    assertThat(copy.extra).isSameAs(given);
    assertThat(given.contains(copy)).isTrue();
  }

  @Test
  void keep_keysThatHashByIdentity_areFoundInTheCopy() throws UncacheableValue {
    Map<Node, String> map = new HashMap<>();
    map.put(new Node(), "a");

    Map<?, ?> given = (Map<?, ?>) values.keep(map, ValueMode.AUTO).give();
    Object key = given.keySet().iterator().next();

    assertThat(map.containsKey(key)).isFalse();
    assertThat(given.get(key)).isEqualTo("a");
  }

  /** There is nothing in it to change, and applications compare it with a constant of theirs. */
  @Test
  void keep_emptyArray_isShared() throws UncacheableValue {
    for (Object empty : List.of(new int[0], new byte[0], new boolean[0], new String[0])) {
      assertThat(values.keep(empty, ValueMode.AUTO).give()).isSameAs(empty);
    }
  }

  @Test
  void keep_sharedPart_staysShared() throws UncacheableValue {
    List<String> part = new ArrayList<>(List.of("a"));

    List<?> given = (List<?>) values.keep(List.of(part, part), ValueMode.AUTO).give();

    assertThat(given.get(0)).isSameAs(given.get(1)).isNotSameAs(part);
  }

  @Test
  void keep_recordThatHoldsItself_isRefused() {
    List<Object> list = new ArrayList<>();
    list.add(new Immutable("a", List.of()));
    record Holder(List<Object> list) {}
    list.add(new Holder(list));

    assertRefused(list.get(1), "result.list[1]", "holds itself");
  }

  static class Audited extends ArrayList<String> {
    private static final long serialVersionUID = 1L;
    private final AtomicInteger added = new AtomicInteger();
    private String owner;

    Audited(String owner) {
      this.owner = owner;
    }

    @Override
    public boolean add(String element) {
      added.incrementAndGet();
      return super.add(element + "!");
    }
  }

  @Test
  void keep_applicationsList_isCopiedPastItsOverrides() throws UncacheableValue {
    Audited list = new Audited("me");
    list.add("a");

    Audited given = (Audited) values.keep(list, ValueMode.AUTO).give();
    given.owner = "you";

    assertThat(given).containsExactly("a!").isNotSameAs(list);
    assertThat(given.added).hasValue(1).isNotSameAs(list.added);
    assertThat(list.owner).isEqualTo("me");
  }

  static class Lru extends LinkedHashMap<Node, String> {
    private static final long serialVersionUID = 1L;
    private int max = 2;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Node, String> eldest) {
      return size() > max;
    }
  }

  @Test
  void keep_applicationsMap_isHashedAnew() throws UncacheableValue {
    Lru map = new Lru();
    map.put(new Node(), "a");
    map.put(new Node(), "b");

    Lru given = (Lru) values.keep(map, ValueMode.AUTO).give();

    assertThat(given.values()).containsExactly("a", "b");
    assertThat(given.keySet()).allMatch(given::containsKey).noneMatch(map::containsKey);
    assertThat(given.max).isEqualTo(2);
  }

  static final class Connection implements AutoCloseable {
    @Override
    public void close() {}
  }

  static Stream<Arguments> refused() {
    Supplier<String> lambda = () -> "a";
    return Stream.of(
        new Arguments(List.of(new ReentrantLock()), "result[0]", "is a lock"),
        new Arguments(new Node[] {holding(Thread.currentThread())}, "result[0].extra", "thread"),
        new Arguments(holding(lambda), "result.extra", "is a lambda"),
        new Arguments(holding(List.of().iterator()), "result.extra", "iterator"),
        new Arguments(holding(new ByteArrayInputStream(new byte[0])), "result.extra", "stream"),
        new Arguments(Stream.of(1), "result", "stream"),
        new Arguments(Map.of("a", new Connection()), "result[1]", "to be closed"),
        new Arguments(
            Proxy.newProxyInstance(
                ValuesTest.class.getClassLoader(),
                new Class<?>[] {Runnable.class},
                (proxy, method, args) -> null),
            "result",
            "is a proxy"),
        new Arguments(
            new TreeMap<>(Comparator.comparing(String::length)), "result.comparator()", "lambda"));
  }

  record Arguments(Object value, String path, String reason) {}

  @ParameterizedTest
  @MethodSource("refused")
  void keep_valueBoundToMore_isRefused(Arguments arguments) {
    assertRefused(arguments.value, arguments.path, arguments.reason);
  }

  @Test
  void keep_lock_isSharedWhereAsked() throws UncacheableValue {
    Object lock = List.of(new ReentrantLock());

    assertThat(values.keep(lock, ValueMode.SHARE).give()).isSameAs(lock);
  }

  @Test
  void keep_copyOfImmutable_isAnotherInstance() throws UncacheableValue {
    Money money = new Money(BigDecimal.ONE, "EUR");
    Kept kept = values.keep(money, ValueMode.COPY);

    assertThat(kept.give()).isEqualTo(money).isNotSameAs(money).isNotSameAs(kept.give());
    assertThat(values.keep("text", ValueMode.COPY).isShared()).isTrue();
    Immutable immutable = new Immutable("a", List.of());
    assertThat(((Immutable) values.keep(immutable, ValueMode.COPY).give()).name).isEqualTo("a");
  }

  @Test
  void keep_veryDeepValue_isRefused() {
    Node deep = new Node();
    for (int i = 0; i < 100_000; i++) {
      deep = holding(deep);
    }
    Node value = deep;

    UncacheableValue refusal =
        catchThrowableOfType(UncacheableValue.class, () -> values.keep(value, ValueMode.AUTO));

    assertThat(refusal.reason()).contains("nested");
    assertThat(refusal.getMessage()).as("the path in a line that can be read").hasSizeLessThan(400);
  }

  @Test
  void keep_null_isShared() throws UncacheableValue {
    assertThat(values.keep(null, ValueMode.COPY)).isEqualTo(new Kept(null, null));
  }

  @Test
  void keep_buffer_hasItsPositionAndBytes() throws UncacheableValue {
    ByteBuffer buffer = ByteBuffer.wrap(new byte[] {1, 2, 3, 4});
    buffer.position(1).limit(3);

    ByteBuffer given = (ByteBuffer) values.keep(buffer, ValueMode.AUTO).give();

    assertThat(given).isEqualTo(buffer).isNotSameAs(buffer);
    assertThat(given.capacity()).isEqualTo(4);
  }

  @Test
  void keep_atomics_areCopied() throws UncacheableValue {
    AtomicReference<List<String>> reference = new AtomicReference<>(new ArrayList<>());

    @SuppressWarnings("unchecked")
    AtomicReference<List<String>> given =
        (AtomicReference<List<String>>) values.keep(reference, ValueMode.AUTO).give();
    given.get().add("a");

    assertThat(reference.get()).isEmpty();
  }

  @Test
  void keep_identityMap_hasTheCopiesAsKeys() throws UncacheableValue {
    Map<Object, Object> map = new IdentityHashMap<>();
    map.put(new Date(1), "a");

    Map<?, ?> given = (Map<?, ?>) values.keep(map, ValueMode.AUTO).give();

    assertThat(given.get(given.keySet().iterator().next())).isEqualTo("a");
  }

  @Test
  void keep_queue_keepsItsOrder() throws UncacheableValue {
    PriorityQueue<String> queue = new PriorityQueue<>(Comparator.reverseOrder());
    queue.addAll(List.of("a", "c", "b"));
    ArrayDeque<Object> deque = new ArrayDeque<>(List.of(queue));

    ArrayDeque<?> given = (ArrayDeque<?>) values.keep(deque, ValueMode.AUTO).give();

    assertThat(((PriorityQueue<?>) given.peek()).poll()).isEqualTo("c");
    assertThat(queue).hasSize(3);
  }

  private void assertRefused(Object value, String path, String reason) {
    UncacheableValue refusal =
        catchThrowableOfType(UncacheableValue.class, () -> values.keep(value, ValueMode.AUTO));

    assertThat(refusal.path()).isEqualTo(path);
    assertThat(refusal.reason()).contains(reason);
    assertThat(refusal).hasMessageContaining(refusal.type()).hasMessageContaining("values = share");
  }

  private static Node holding(Object extra) {
    Node node = new Node();
    node.extra = extra;
    return node;
  }

  private static Stack<String> stack(String... elements) {
    Stack<String> stack = new Stack<>();
    Collections.addAll(stack, elements);
    return stack;
  }

  private static TreeSet<String> descending(String... elements) {
    TreeSet<String> set = new TreeSet<>(Comparator.reverseOrder());
    Collections.addAll(set, elements);
    return set;
  }

  private static BitSet bits(int... set) {
    BitSet bits = new BitSet();
    for (int bit : set) {
      bits.set(bit);
    }
    return bits;
  }

  private static boolean overridesEquals(Object value) {
    return value instanceof List || value instanceof Map || value instanceof Set;
  }

  static class Line {
    String article;
    int quantity;

    Line(String article, int quantity) {
      this.article = article;
      this.quantity = quantity;
    }
  }

  static class Gift extends Line {
    final List<String> words = new ArrayList<>(List.of("for you"));

    Gift() {
      super("gift", 1);
    }
  }

  /** Lists of so many lines, copied often enough for whatever is made for that. */
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 9, 16, 21})
  void copiedOften_listOfSmallObjects_isWholeAndNobodyElses(int size) throws Exception {
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      lines.add(new Line("article " + i, i));
    }
    Kept kept = values.keep(lines, ValueMode.AUTO);

    for (int turn = 0; turn < 500; turn++) {
      List<?> copy = (List<?>) kept.give();
      assertThat(copy).usingRecursiveComparison().isEqualTo(lines);
      ((Line) copy.get(turn % size)).quantity = -1;
    }
  }

  @Test
  void copiedOften_listOfSmallObjectsAndOthers_isWhole() throws Exception {
    List<Object> all = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      all.add(new Line("article " + i, i));
    }
    all.set(3, null);
    all.add(9, new Gift());
    all.add(20, "text");
    all.add(new Gift());
    Kept kept = values.keep(all, ValueMode.AUTO);

    for (int turn = 0; turn < 500; turn++) {
      List<?> copy = (List<?>) kept.give();
      assertThat(copy).usingRecursiveComparison().withStrictTypeChecking().isEqualTo(all);
      ((Gift) copy.get(9)).words.add("and for me");
      ((Line) copy.get(10)).article = null;
    }
  }

  @ParameterizedTest
  @EnumSource(ValueMode.class)
  void keep_responseOfAFrameworkThatIsNotKnown_isRefusedInEachMode(ValueMode mode) {
    UncacheableValue refusal =
        catchThrowableOfType(UncacheableValue.class, () -> values.keep(new Response() {}, mode));

    assertThat(refusal).hasMessageContaining("in Jersey or RESTEasy; return Response.status(");
  }

  @Test
  void keep_codeThatWritesAnAnswer_isRefused() {
    StreamingOutput output =
        new StreamingOutput() {
          @Override
          public void write(OutputStream to) {}
        };

    assertThatThrownBy(() -> values.keep(output, ValueMode.AUTO))
        .hasMessageContaining("is code that writes an answer");
  }
}
