/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.larder.engine.key.FieldAccess;
import dev.larder.engine.value.Differences;
import dev.larder.spi.Codec;
import dev.larder.spi.CodecException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCodecTest {

  private static final ClassLoader LOADER = JsonCodecTest.class.getClassLoader();

  private final FieldAccess access = FieldAccess.plain();
  private final Differences differences = new Differences(access);
  private final JsonCodec codec = codec(LOADER, "dev.larder.engine.codec");
  private final JsonCodec strict = codec(LOADER, "com.acme");

  static Stream<Method> zoo() {
    return Stream.of(Zoo.Cases.class.getDeclaredMethods())
        .filter(method -> !method.isSynthetic() && !Modifier.isStatic(method.getModifiers()))
        .peek(method -> method.setAccessible(true));
  }

  @ParameterizedTest
  @MethodSource("zoo")
  void decode_encodedValue_isAsItWas(Method method) throws Exception {
    Object value = method.invoke(new Zoo.Cases());
    Type type = method.getGenericReturnType();

    byte[] bytes = codec.encode(value, type);
    Object back = codec.decode(bytes, type, LOADER);

    assertThat(differences.between(value, back)).as(text(bytes)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"box", "page", "generic", "sealed", "deep", "sealedKeys"})
  void decode_declaredTypeArguments_needNoTypes(String name) throws Exception {
    Method method = Zoo.Cases.class.getDeclaredMethod(name);
    Object value = method.invoke(new Zoo.Cases());
    Type type = method.getGenericReturnType();

    Object back = strict.decode(strict.encode(value, type), type, LOADER);

    assertThat(differences.between(value, back)).isNull();
  }

  @Test
  void encode_listWithoutEnd_isRefusedOnceItIsTooLong() throws CodecException {
    JsonCodec bounded =
        new JsonCodec(LOADER, access, new OpenTypes(name -> false, "com.acme"), 1_000);
    List<Integer> endless =
        new AbstractList<>() {
          @Override
          public Integer get(int index) {
            assertThat(index).as("of a list that is refused").isLessThan(10_000);
            return index;
          }

          @Override
          public int size() {
            return Integer.MAX_VALUE;
          }
        };

    assertThatThrownBy(() -> bounded.encode(endless, List.class))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("it takes more than 1000 bytes");
    assertThat(bounded.encode("x".repeat(998), String.class)).hasSize(1_000);
    assertThatThrownBy(() -> bounded.encode("x".repeat(999), String.class))
        .isInstanceOf(CodecException.class);
  }

  @Test
  void encode_annotatedField_hasTheNameOfTheAnnotation() throws CodecException {
    assertThat(text(codec.encode(new Zoo.Annotated(), Zoo.Annotated.class)))
        .contains("\"full_name\":\"Ann\"");
  }

  @Test
  void encode_annotationsOfAnotherJackson_areReadByName() throws Exception {
    try (Apart apart = new Apart()) {
      Class<?> type = apart.loadClass("dev.larder.engine.codec.Zoo$Annotated");
      Constructor<?> constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      JsonCodec theirs = codec(apart, "com.acme");

      byte[] bytes = theirs.encode(constructor.newInstance(), type);

      assertThat(type.getDeclaredFields()[0].getAnnotations()[0].annotationType().getClassLoader())
          .isSameAs(apart);
      assertThat(text(bytes)).contains("full_name");
      assertThat(theirs.decode(bytes, type, apart)).isInstanceOf(type);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Bundled | \"town\":\"Ulm\",\"full_name\":\"Ann\"",
        "Snake | \"full_name\":\"Ann\"",
        "Wrapping | \"her_full_name\":\"Ann\""
      })
  void encode_annotationsOfAnotherJackson_holdInHowItIsWritten(String name, String written)
      throws Exception {
    try (Apart apart = new Apart()) {
      Class<?> type = apart.loadClass("dev.larder.engine.codec.Zoo$" + name);
      Constructor<?> constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      Object value = constructor.newInstance();
      JsonCodec theirs = codec(apart, "com.acme");

      byte[] bytes = theirs.encode(value, type);

      assertThat(text(bytes)).contains(written);
      assertThat(differences.between(value, theirs.decode(bytes, type, apart))).isNull();
    }
  }

  @Test
  void encode_namesByAClassMadeForTheApplicationsJackson_isRefused() {
    assertThatThrownBy(() -> codec.encode(new Zoo.Loud(), Zoo.Loud.class))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("Shouting");
  }

  @Test
  void encode_stateThatAnnotationsDrop_isNeverTrusted() {
    ShapeTrust trust = new ShapeTrust(codec, Zoo.Dropping.class, LOADER, differences);

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> trust.encode(new Zoo.Dropping()))
          .isInstanceOf(CodecException.class)
          .hasMessageContaining("result.secret is lost");
    }
  }

  /** Is equal by its number alone, as entities are. */
  static final class Numbering {
    private final int number;
    @JsonIgnore private final String secret;

    Numbering(int number, String secret) {
      this.number = number;
      this.secret = secret;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Numbering same && same.number == number;
    }

    @Override
    public int hashCode() {
      return number;
    }

    @Override
    public String toString() {
      return secret;
    }
  }

  /** Whatever they say themselves of being equal. */
  static Stream<Arguments> dropping() {
    Numbering dropping = new Numbering(1, "secret");
    return Stream.of(
        Arguments.of(Holder.class, new Holder(List.of(dropping))),
        Arguments.of(Holder.class, new Holder(Set.of(dropping))),
        Arguments.of(Holder.class, new Holder(Map.of("a", dropping))),
        Arguments.of(Holder.class, new Holder(Map.of(dropping, "a"))));
  }

  @ParameterizedTest
  @MethodSource("dropping")
  void encode_equalObjectsThatLoseSomething_areRefused(Type type, Object value) {
    assertThatThrownBy(() -> new ShapeTrust(codec, type, LOADER, differences).encode(value))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("secret is lost");
  }

  @Test
  void encode_classMadeForTheApplicationsJackson_isRefused() {
    assertThatThrownBy(() -> codec.encode(new Zoo.ByClass(), Zoo.ByClass.class))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("ToStringSerializer");
  }

  @Test
  void encode_circle_isRefused() {
    assertThatThrownBy(() -> codec.encode(new Zoo.Circular(), Zoo.Circular.class))
        .isInstanceOf(CodecException.class);
  }

  @Test
  void encode_equalRoundTrips_areTrustedByClass() throws CodecException {
    List<Class<?>> readBack = new ArrayList<>();
    Codec watched =
        new Codec() {
          @Override
          public String name() {
            return codec.name();
          }

          @Override
          public byte[] encode(Object value, Type type) throws CodecException {
            return codec.encode(value, type);
          }

          @Override
          public Object decode(byte[] bytes, Type type, ClassLoader loader) throws CodecException {
            Object value = codec.decode(bytes, type, loader);
            readBack.add(value.getClass());
            return value;
          }
        };
    ShapeTrust trust = new ShapeTrust(watched, Object.class, LOADER, differences);
    for (int i = 0; i < 10; i++) {
      trust.encode("text");
    }
    trust.encode(7);

    assertThat(readBack).containsExactly(String.class, String.class, String.class, Integer.class);
  }

  /** Of a class that no value before it held, whatever was believed before. */
  @Test
  void encode_classThatWasNeverMet_isReadBackFirst() throws CodecException {
    ShapeTrust trust = new ShapeTrust(codec, Holder.class, LOADER, differences);
    for (int i = 0; i < 5; i++) {
      trust.encode(new Holder(null));
    }

    assertThatThrownBy(() -> trust.encode(new Holder(new Louder("a"))))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("result.held.text comes back as another");
  }

  record Holder(Object held) {}

  /** Is not made again as it was. */
  record Louder(String text) {
    Louder {
      text += "!";
    }
  }

  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Filled(List<String> all) {}

  record Hiding(@JsonIgnore String secret) {}

  @SuppressWarnings("JavaUtilDate")
  record Daily(
      @JsonFormat(shape = JsonFormat.Shape.STRING, pattern = "yyyy-MM-dd", timezone = "UTC")
          Date on) {}

  record Sorting(SortedSet<String> words) {}

  record Ranking(SortedMap<String, Integer> places) {}

  record Queuing(Queue<Integer> numbers) {}

  static class Hashed {
    @SuppressWarnings({"unused", "UnusedVariable"}) // as a lazy hash is
    private transient int hash;

    Hashed(int hash) {
      this.hash = hash;
    }
  }

  /** Whose constants are written alike. */
  enum Rank {
    FIRST,
    SECOND;

    @JsonValue
    String text() {
      return "rank";
    }
  }

  record Grade(Rank rank) {}

  record Anything(List<Object> all) {}

  record Thrown(Exception exception) {}

  record Listing(List<String> all) {}

  static class Numbered extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings({"unused", "UnusedVariable"}) // is lost
    private final int number = 5;
  }

  record Perhaps(Optional<String> word) {}

  @SuppressWarnings({"JavaUtilDate", "NullOptional"}) // as applications have them
  static Stream<Arguments> laterLosses() {
    TreeSet<String> backwards = new TreeSet<>(Comparator.reverseOrder());
    backwards.addAll(List.of("a", "b"));
    TreeMap<String, Integer> last = new TreeMap<>(Comparator.reverseOrder());
    last.putAll(Map.of("a", 1, "b", 2));
    return Stream.of(
        Arguments.of(new Filled(List.of("a")), new Filled(List.of())),
        Arguments.of(new Hiding(null), new Hiding("s")),
        Arguments.of(new Daily(new Date(0)), new Daily(new Date(1))),
        Arguments.of(new Sorting(new TreeSet<>(List.of("a", "b"))), new Sorting(backwards)),
        Arguments.of(new Ranking(new TreeMap<>(Map.of("a", 1))), new Ranking(last)),
        Arguments.of(
            new Queuing(new PriorityQueue<>(List.of(1))),
            new Queuing(new PriorityQueue<>(Comparator.reverseOrder()))),
        Arguments.of(new Hashed(0), new Hashed(1)),
        Arguments.of(new Grade(Rank.FIRST), new Grade(Rank.SECOND)),
        Arguments.of(new Anything(List.of(1)), new Anything(List.of(new AtomicReference<>("a")))),
        Arguments.of(new Thrown(null), new Thrown(new IllegalStateException("x"))),
        Arguments.of(new Listing(List.of("a")), new Listing(new Numbered())),
        Arguments.of(new Perhaps(Optional.of("a")), new Perhaps(null)));
  }

  @ParameterizedTest
  @MethodSource("laterLosses")
  void encode_valueThatLosesWhatEarlierOnesKept_isRefused(Object whole, Object losing)
      throws CodecException {
    ShapeTrust trust = new ShapeTrust(codec, whole.getClass(), LOADER, differences);
    for (int i = 0; i < 5; i++) {
      trust.encode(whole);
    }

    assertThatThrownBy(() -> trust.encode(losing))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("does not survive codec json");
  }

  /** As Kotlin's objects are compiled. */
  @Test
  void decode_theOnlyObjectOfItsClass_isThatObject() throws CodecException {
    Object back =
        codec.decode(codec.encode(Zoo.Only.INSTANCE, Zoo.Only.class), Zoo.Only.class, LOADER);

    assertThat(back).isSameAs(Zoo.Only.INSTANCE);
  }

  @Test
  void encode_oneOfSeveralConstantsWithoutState_isRefused() {
    ShapeTrust trust = new ShapeTrust(codec, Zoo.Side.class, LOADER, differences);

    assertThatThrownBy(() -> trust.encode(Zoo.Side.LEFT))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("is a constant of");
  }

  @Test
  void decode_classAllowedByASupertype_isAsItWas() throws CodecException {
    JsonCodec byAnimal =
        new JsonCodec(
            LOADER,
            FieldAccess.plain(),
            new OpenTypes(name -> false, Zoo.Animal.class::isAssignableFrom, "com.acme"));

    assertThat(byAnimal.decode(byAnimal.encode(new Zoo.Dog(), Object.class), Object.class, LOADER))
        .isInstanceOf(Zoo.Dog.class);
    assertThatThrownBy(
            () ->
                byAnimal.decode(
                    bytes("{\"@type\":\"" + Zoo.Cash.class.getName() + "\"}"),
                    Object.class,
                    LOADER))
        .isInstanceOf(CodecException.class);
  }

  @Test
  void encode_sortedByAComparator_isRefused() throws CodecException {
    SortedMap<String, Integer> natural = new TreeMap<>(Comparator.naturalOrder());
    natural.put("a", 1);
    ShapeTrust trust = new ShapeTrust(codec, SortedMap.class, LOADER, differences);
    trust.encode(natural);
    SortedSet<String> descending = new TreeSet<>(Comparator.reverseOrder());
    descending.add("a");

    assertThatThrownBy(
            () -> new ShapeTrust(codec, SortedSet.class, LOADER, differences).encode(descending))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("result.comparator() is lost");
  }

  /** Where the first ones had the order that goes without saying. */
  @Test
  void encode_laterMapSortedByAComparator_isRefused() throws Exception {
    Type type = Zoo.Cases.class.getDeclaredMethod("sortedAsMap").getGenericReturnType();
    ShapeTrust trust = new ShapeTrust(codec, type, LOADER, differences);
    for (int i = 0; i < 5; i++) {
      trust.encode(new TreeMap<>(Map.of(1L, "a")));
    }
    TreeMap<Long, String> descending = new TreeMap<>(Comparator.reverseOrder());
    descending.put(1L, "a");

    assertThatThrownBy(() -> trust.encode(descending))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("result.comparator() is lost");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\"java.util.TreeSet\",{}]",
        "[\"java.util.HashMap\",{}]",
        "[\"javax.naming.InitialContext\",{}]",
        "[]",
        "[{}]",
        "[\"java.util.TreeMap\"]",
        "[\"java.util.TreeMap\",{},{}]",
        "{\"java.util.TreeMap\":{}}"
      })
  void decode_kindThatMayNotStandThere_isRefused(String json) throws Exception {
    Type type = Zoo.Cases.class.getDeclaredMethod("sortedAsMap").getGenericReturnType();

    assertThatThrownBy(() -> codec.decode(bytes(json), type, LOADER))
        .isInstanceOf(CodecException.class);
  }

  @Test
  void encode_classOutsideTypes_isRefused() {
    assertThatThrownBy(() -> strict.encode(new Zoo.Dog(), Zoo.Animal.class))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("types");
    assertThatThrownBy(() -> strict.encode(new Zoo.Dog(), Object.class))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("types");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "javax.script.ScriptEngineManager",
        "java.net.URLClassLoader",
        "com.sun.rowset.JdbcRowSetImpl",
        "org.springframework.context.support.ClassPathXmlApplicationContext",
        "java.lang.Thread",
        "java.lang.ProcessBuilder",
        "dev.larder.engine.codec.Zoo$Dog",
        "[Ljava.lang.Thread;",
        "java.util.ArrayList<java.lang.Thread>",
        ""
      })
  void decode_nameOfAnyOtherClass_isRefusedUnloaded(String name) {
    String object = "{\"@type\":\"" + name + "\",\"x\":1}";
    String array = "[\"" + name + "\",{}]";
    for (String json : List.of(object, array)) {
      for (Type type : List.of(Object.class, Zoo.Animal.class, Zoo.Shape.class)) {
        assertThatThrownBy(() -> strict.decode(bytes(json), type, LOADER))
            .isInstanceOf(CodecException.class);
      }
    }
  }

  @Test
  void decode_allowedClassOfAnotherType_isRefused() {
    assertThatThrownBy(
            () ->
                codec.decode(
                    bytes("{\"@type\":\"" + Zoo.Cash.class.getName() + "\"}"),
                    Zoo.Animal.class,
                    LOADER))
        .isInstanceOf(CodecException.class);
  }

  /** No name service is asked, whatever the bytes say. */
  @ParameterizedTest
  @ValueSource(strings = {"\"localhost\"", "\"a/localhost\"", "\"a/b.c\"", "\"a\""})
  void decode_addressWithoutANumber_isRefused(String json) {
    assertThatThrownBy(() -> codec.decode(bytes(json), InetAddress.class, LOADER))
        .isInstanceOf(CodecException.class);
  }

  @Test
  void decode_deepJson_isRefused() {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    String tree = "{\"@type\":\".\",\"left\":".repeat(50_000);

    assertThatThrownBy(() -> codec.decode(bytes(deep), Object.class, LOADER))
        .isInstanceOf(CodecException.class);
    assertThatThrownBy(() -> codec.decode(bytes(tree), Zoo.Tree.class, LOADER))
        .isInstanceOf(CodecException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"5\"", "true", "5.5", "[5]", "{}", "null", "5 5", ""})
  void decode_otherKindOfJson_isRefused(String json) {
    assertThatThrownBy(() -> codec.decode(bytes(json), long.class, LOADER))
        .isInstanceOf(CodecException.class);
  }

  @Property(tries = 200)
  void decode_anyBytes_throwNothingElse(@ForAll byte[] bytes) {
    for (Type type : List.of(Object.class, Zoo.Data.class, Zoo.Money.class)) {
      try {
        codec.decode(bytes, type, LOADER);
      } catch (CodecException e) {
        assertThat(e).hasMessageContaining(type.getTypeName());
      }
    }
  }

  private JsonCodec codec(ClassLoader loader, String methodPackage) {
    return new JsonCodec(loader, access, new OpenTypes(name -> false, methodPackage));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Has the zoo and a Jackson of its own, as an application has. */
  private static final class Apart extends ClassLoader implements AutoCloseable {
    private final List<InputStream> opened = new ArrayList<>();

    Apart() {
      super(LOADER);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith("com.fasterxml.") && !name.startsWith(Zoo.class.getName())) {
        return super.loadClass(name, resolve);
      }
      Class<?> known = findLoadedClass(name);
      if (known != null) {
        return known;
      }
      InputStream in = LOADER.getResourceAsStream(name.replace('.', '/') + ".class");
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      opened.add(in);
      try {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }

    @Override
    public void close() throws IOException {
      for (InputStream each : opened) {
        each.close();
      }
    }
  }
}
