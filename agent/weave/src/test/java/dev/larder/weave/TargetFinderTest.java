/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Cache;
import dev.larder.CacheEvict;
import dev.larder.CacheIgnore;
import dev.larder.CachePut;
import dev.larder.engine.match.FaultyPattern;
import dev.larder.engine.match.MethodPattern;
import dev.larder.engine.method.TargetSpec;
import dev.larder.engine.method.TargetSpec.Operation;
import dev.larder.engine.method.TargetSpec.Trait;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Which methods are targets, of which caches, and which are refused for which reason. */
class TargetFinderTest {

  private static final String HERE = "dev.larder.weave.TargetFinderTest";
  private static final ClassLoader LOADER = TargetFinderTest.class.getClassLoader();

  static class Repository {
    @Cache(value = "products", ttl = "60s", staleIfError = "10m", cacheNull = false)
    static String find(long id, @CacheIgnore String trace) {
      return trace + id;
    }

    @Cache
    private String unnamed() {
      return "";
    }

    String plain() {
      return unnamed();
    }

    @CacheEvict(value = "products", key = "{id}")
    @CacheEvict(value = "lists", all = true)
    void save(long id) {}

    @CachePut("products")
    String update(String product) {
      return product;
    }

    @Cache
    @CachePut("products")
    String both() {
      return "";
    }

    @Cache("nothing")
    void nothing() {}

    @Cache("native")
    native String byNative();
  }

  @Cache("whole")
  static class Whole {
    public String first() {
      return "";
    }

    @Cache("own")
    public String second() {
      return "";
    }

    @CacheEvict("whole")
    public String third() {
      return "";
    }

    public void fourth() {}

    public static String fifth() {
      return "";
    }

    String sixth() {
      return "";
    }

    @Override
    public String toString() {
      return "";
    }
  }

  interface Finder<K, V> {
    @Cache("found")
    V find(K key);
  }

  interface NamedFinder extends Finder<String, Integer> {}

  static class Finding implements NamedFinder {
    @Override
    public Integer find(String key) {
      return key.length();
    }

    public Integer find(long key) {
      return (int) key;
    }
  }

  /** Whose superclass has the bridge that calls it. */
  static class FindingAnew extends Finding {
    @Override
    public Integer find(String key) {
      return -key.length();
    }
  }

  /** Who knows of no interface. */
  static class Plain {
    public Integer find(String key) {
      return key.length();
    }

    public Integer find(long key) {
      return (int) key;
    }
  }

  interface TextFinder {
    @Cache("texts")
    Integer find(String key);
  }

  /** What finds in it is its superclass's. */
  static class Inheriting extends Plain implements TextFinder {}

  interface Kept {
    String read(long id);

    void change(long id);

    void remove(long id);

    @CacheEvict(value = "kept", all = true)
    void drop(long id);
  }

  static class Store {
    public String read(long id) {
      return "" + id;
    }

    public void change(long id) {}

    public void remove(long id) {}

    public void drop(long id) {}

    public void other(long id) {}
  }

  static class Keeping extends Store implements Kept {}

  interface Counting {
    default int count(String key) {
      return key.length();
    }

    default int twice(String key) {
      return 2 * key.length();
    }
  }

  interface CountingTexts extends Counting {
    @Override
    default int twice(String key) {
      return 2;
    }
  }

  static class Counter implements CountingTexts {}

  static class InheritingAnew extends FindingText implements TextFinder {}

  static class FindingText implements TextFinder {
    @Override
    public Integer find(String key) {
      return key.length();
    }
  }

  abstract static class Unfinished {
    @Cache("unfinished")
    abstract String find(long id);
  }

  enum Kind {
    ONE;

    String label() {
      return "one";
    }
  }

  @interface Slow {}

  static class Marked {
    @Slow
    String find() {
      return "";
    }

    String quick() {
      return "";
    }
  }

  @Cache("prices")
  interface Prices {
    long price(String product);

    void change(String product);
  }

  static class FixedPrices implements Prices {
    @Override
    public long price(String product) {
      return product.length();
    }

    @Override
    public void change(String product) {}

    public long other(String product) {
      return 0;
    }
  }

  interface Stock {
    @CacheEvict(value = "stock", key = "{product}")
    void sold(String product);

    @CachePut(value = "stock", key = "{product}")
    int counted(String product, @CacheIgnore int number);

    @CacheEvict("stock")
    void moved(String product);
  }

  static class Shelf implements Stock {
    @Override
    public void sold(String it) {}

    @Override
    public int counted(String it, int number) {
      return number;
    }

    @CacheEvict("shelf")
    @Override
    public void moved(String it) {}
  }

  /** As the JDK generates it. */
  static class OnlyStock extends Proxy implements Stock {
    private static final long serialVersionUID = 1L;

    OnlyStock(InvocationHandler handler) {
      super(handler);
    }

    @Override
    public void sold(String it) {}

    @Override
    public int counted(String it, int number) {
      return number;
    }

    @Override
    public void moved(String it) {}
  }

  /** As a framework generates it. */
  static class Shelf$$Proxy extends Shelf {
    @Override
    public void sold(String it) {}

    @Override
    public int counted(String it, int number) {
      return number;
    }
  }

  static class Patterns {
    public String findOne(long id) {
      return "" + id;
    }

    public String findForUpdate(long id) {
      return "" + id;
    }

    @Cache("own")
    public String findOwn() {
      return "";
    }

    @CacheEvict("own")
    public String findAndEvict() {
      return "";
    }

    public void save(long id) {}

    @Override
    public String toString() {
      return "";
    }
  }

  interface Many<T extends Comparable<T>> {
    String all(T[] keys, int limit);

    <K> String own(K key);

    <S extends T> S kept(S key);
  }

  interface ByKey<Q extends Comparable<Q>> extends Finder<Q, List<? super Q>>, Many<Q> {}

  interface ByName extends ByKey<String> {}

  static class Listing {
    public String all(List<Long> ids) {
      return "" + ids;
    }
  }

  private record Refusal(String method, String reason, boolean askedFor) {}

  private final List<Refusal> refusals = new ArrayList<>();

  @Test
  void annotatedMethod_isATarget_withWhatTheAnnotationSays() {
    TargetSpec spec = find(Repository.class).get("find(JLjava/lang/String;)Ljava/lang/String;");
    assertThat(spec.lookup())
        .isEqualTo(
            new Operation(
                "products", Map.of("ttl", "60s", "stale-if-error", "10m", "cache-null", "false")));
    assertThat(spec.isStatic()).isTrue();
    assertThat(spec.parameterNames()).containsExactly("id", "trace");
    assertThat(spec.ignored()).containsExactly(1);
    assertThat(spec.traits()).containsExactly(Trait.ASKED_FOR);
    assertThat(TargetSpec.decode(spec.encode())).isEqualTo(spec);
  }

  @Test
  void annotation_withoutName_namesClassAndMethod() {
    assertThat(caches(find(Repository.class)))
        .containsEntry("unnamed", HERE + "$Repository.unnamed")
        .doesNotContainKey("plain");
  }

  @Test
  void evictionsAndPuts_areTargetsWithoutALookup() {
    Map<String, TargetSpec> targets = find(Repository.class);
    TargetSpec save = targets.get("save(J)V");
    assertThat(save.lookup()).isNull();
    assertThat(save.evictions())
        .containsExactly(
            new Operation("products", Map.of("key", "{id}")),
            new Operation("lists", Map.of("all", "true")));
    TargetSpec update = targets.get("update(Ljava/lang/String;)Ljava/lang/String;");
    assertThat(update.lookup()).isNull();
    assertThat(update.puts()).containsExactly(new Operation("products", Map.of()));
  }

  @Test
  void whatCannotBeCached_isRefusedWithItsReason() {
    assertThat(find(Repository.class)).doesNotContainKeys("nothing()V", "both()Ljava/lang/String;");
    assertThat(refusals).extracting(Refusal::method).containsOnly("nothing", "byNative", "both");
    assertThat(reason("nothing")).contains("returns nothing");
    assertThat(reason("byNative")).contains("native");
    assertThat(reason("both")).contains("@Cache").contains("@CachePut");
    assertThat(refusals).allMatch(Refusal::askedFor);
  }

  /** The JVM allows a method three places more than what a call site calls has for them. */
  @Test
  void argumentsThatNoCallSiteTakes_areRefusedWithTheirNumber() {
    ClassWriter writer = new ClassWriter(0);
    writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "com/acme/Wide", null, "java/lang/Object", null);
    for (String annotation : List.of(Annotations.CACHE, Annotations.EVICT)) {
      String kind = annotation.equals(Annotations.CACHE) ? "find" : "evict";
      wide(writer, kind + "Most", "J".repeat(126), annotation);
      wide(writer, kind + "More", "J".repeat(126) + "I", annotation);
    }
    writer.visitEnd();

    Map<String, TargetSpec> found =
        finder(List.of()).find(OutlineReader.read(writer.toByteArray()), LOADER);

    assertThat(found.values()).extracting(TargetSpec::method).containsOnly("findMost", "evictMost");
    assertThat(refusals).extracting(Refusal::method).containsOnly("findMore", "evictMore");
    assertThat(reason("findMore")).contains("253 places").contains("252");
    assertThat(refusals).allMatch(Refusal::askedFor);
  }

  private static void wide(ClassWriter writer, String name, String types, String annotation) {
    MethodVisitor method =
        writer.visitMethod(
            Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, name, "(" + types + ")I", null, null);
    method.visitAnnotation(annotation, false).visitEnd();
    method.visitCode();
    method.visitInsn(Opcodes.ICONST_1);
    method.visitInsn(Opcodes.IRETURN);
    method.visitMaxs(1, 253);
    method.visitEnd();
  }

  @Test
  void classOfAnOldVersion_isRefusedWithTheVersion() {
    assertThat(finder(List.of()).find(old(""), LOADER)).isEmpty();
    assertThat(refusals).as("one for the class").hasSize(1);
    assertThat(reason("*")).contains("Java 6");
    assertThat(refusals).allMatch(Refusal::askedFor);
  }

  @Test
  void classOfAnOldVersion_thatAContainerHasGenerated_isNotAskedFor() {
    assertThat(finder(List.of()).find(old("$$$view1"), LOADER)).isEmpty();
    assertThat(refusals).hasSize(1).noneMatch(Refusal::askedFor);
  }

  /** A class with a target in a class file of Java 6's. */
  private static Outline old(String suffix) {
    ClassWriter writer = new ClassWriter(0);
    new ClassReader(WovenClasses.bytesOf(Repository.class))
        .accept(
            new ClassVisitor(OutlineReader.ASM, writer) {
              @Override
              public void visit(
                  int version,
                  int access,
                  String name,
                  String signature,
                  String superName,
                  String[] interfaces) {
                super.visit(Opcodes.V1_6, access, name + suffix, signature, superName, interfaces);
              }
            },
            ClassReader.SKIP_FRAMES);
    return OutlineReader.read(writer.toByteArray());
  }

  @Test
  void annotatedType_coversItsPublicInstanceMethodsThatReturnSomething() {
    Map<String, String> caches = caches(find(Whole.class));
    assertThat(caches)
        .containsOnlyKeys("first", "second", "third")
        .containsEntry("first", "whole")
        .containsEntry("second", "own")
        .containsEntry("third", null);
    assertThat(refusals).isEmpty();
  }

  @Test
  void annotationOnAGenericInterface_holdsForWhatItsBridgeCalls() {
    Map<String, TargetSpec> targets = find(Finding.class);
    assertThat(targets).containsOnlyKeys("find(Ljava/lang/String;)Ljava/lang/Integer;");
    TargetSpec spec = targets.values().iterator().next();
    assertThat(spec.lookup().cache()).isEqualTo("found");
    assertThat(spec.traits()).contains(Trait.THROUGH_INTERFACE);
    assertThat(spec.contracts()).containsExactly(HERE + "$Finder.find(Ljava/lang/Object;)");
  }

  @Test
  void annotationOnAGenericInterface_holdsForWhatOverridesAnImplementation() {
    Map<String, TargetSpec> targets = find(FindingAnew.class);
    assertThat(targets).containsOnlyKeys("find(Ljava/lang/String;)Ljava/lang/Integer;");
    assertThat(targets.values().iterator().next().lookup().cache()).isEqualTo("found");
  }

  @Test
  void annotationOnAnInterface_isRefusedWhereTheBodyIsInheritedFromElsewhere()
      throws FaultyPattern {
    assertThat(find(Inheriting.class)).isEmpty();
    assertThat(refusals).hasSize(1);
    assertThat(reason("find"))
        .isEqualTo(
            "it inherits the body from "
                + HERE
                + "$Plain, which does not implement "
                + HERE
                + "$TextFinder; annotate the method there, or name it in the file");
    assertThat(refusals).allMatch(Refusal::askedFor);

    refusals.clear();
    find(InheritingAnew.class);
    find(Plain.class);
    find(Inheriting.class, cache("file", HERE + ".Plain.find(String)", "", ""));
    assertThat(refusals).isEmpty();
  }

  @Test
  void whatAnInterfaceAsksFor_isRefusedWhereTheBodyIsInheritedFromElsewhere() throws FaultyPattern {
    Selection.CachePatterns evicting =
        cache("file", "", "", HERE + ".Kept.change(..), " + HERE + ".Kept.rem*(..)");
    find(Keeping.class, cache("file", HERE + ".Kept.read(long)", "", ""), evicting);
    assertThat(refusals)
        .extracting(refusal -> refusal.method() + " " + refusal.askedFor())
        .containsExactlyInAnyOrder("read true", "change true", "remove false", "drop true");
    assertThat(refusals)
        .extracting(Refusal::reason)
        .containsOnly(
            "it inherits the body from "
                + HERE
                + "$Store, which does not implement "
                + HERE
                + "$Kept; annotate the method there, or name it in the file");

    refusals.clear();
    find(
        Keeping.class,
        cache("file", HERE + ".Kept.re*(long)", HERE + ".Kept.read(..)", ""),
        cache("more", HERE + ".Store.*(..)", "", HERE + ".Store.*(..)"));
    assertThat(refusals).isEmpty();
  }

  @Test
  void defaultMethod_thatAnInterfaceInherits_isRefusedWhereItAloneIsNamed() throws FaultyPattern {
    Selection.CachePatterns texts = cache("file", HERE + ".CountingTexts.*(..)", "", "");
    find(Counter.class, texts);
    assertThat(refusals).hasSize(1);
    assertThat(reason("count"))
        .isEqualTo(
            "it inherits the body from "
                + HERE
                + "$Counting, which does not extend "
                + HERE
                + "$CountingTexts; annotate the method there, or name it in the file");
    assertThat(find(CountingTexts.class, texts)).containsOnlyKeys("twice(Ljava/lang/String;)I");

    refusals.clear();
    Selection.CachePatterns any = cache("more", HERE + ".Counting.*(..)", "", "");
    find(Counter.class, texts, any);
    assertThat(find(Counting.class, texts, any)).hasSize(2);
    assertThat(refusals).isEmpty();
  }

  /** Each would be looked up by what a look-up calls. */
  @ParameterizedTest
  @CsvSource({
    "reactor/core/publisher/Mono, flatMap, Lreactor/core/publisher/Mono;, such values",
    "reactor/core/publisher/Mono, flatMap, Lreactor/core/publisher/Flux;, such values",
    "io/reactivex/rxjava3/core/Maybe, flatMap, Lio/reactivex/rxjava3/core/Single;, such values",
    "io/smallrye/mutiny/groups/UniOnItem, call, Lio/smallrye/mutiny/Uni;, such values",
    "org/springframework/transaction/support/TransactionSynchronizationManager,"
        + " isActualTransactionActive, Z, transactions",
    "com/acme/Manager, getTransaction, Ljakarta/transaction/Transaction;, transactions",
    "com/acme/Manager, getStatus, I, transactions",
  })
  void methodThatLarderCallsItself_isRefused(
      String owner, String method, String returned, String why) throws FaultyPattern {
    String name = owner.replace('/', '.');
    TargetFinder finder =
        finder(
            List.of(
                cache("looked", name + "." + method + "(..)", "", name + "." + method + "(..)"),
                cache("all", name + ".*(..), com.acme.Shop.*(..)", "", "")));

    assertThat(caches(finder.find(library(owner, method, returned), LOADER)))
        .as("what else a library has is like any other method, but for Spring's manager's")
        .isEqualTo(owner.startsWith("org/springframework/") ? Map.of() : Map.of("other", "all"));
    assertThat(refusals).extracting(Refusal::method).contains(method);
    assertThat(reason(method)).contains("Larder itself calls it", why);
    assertThat(caches(finder.find(library("com/acme/Shop", "price", returned), LOADER)))
        .as("of an application")
        .containsOnlyKeys("price", "other");
  }

  private static Outline library(String owner, String method, String returned) {
    ClassWriter writer = new ClassWriter(0);
    String[] interfaces = {"jakarta/transaction/TransactionManager"};
    writer.visit(Opcodes.V1_8, Opcodes.ACC_PUBLIC, owner, null, "java/lang/Object", interfaces);
    writer.visitMethod(Opcodes.ACC_PUBLIC, method, "()" + returned, null, null);
    writer.visitMethod(Opcodes.ACC_PUBLIC, "other", "()Z", null, null);
    writer.visitEnd();
    return OutlineReader.read(writer.toByteArray());
  }

  @Test
  void constructor_isRefusedWhereAPatternNamesIt() throws FaultyPattern {
    find(Store.class, cache("file", HERE + ".Store.new(..)", "", ""));
    assertThat(refusals).extracting(Refusal::method).containsExactly("new");
    assertThat(reason("new")).contains("it is a constructor", "name the methods that give one");
    assertThat(refusals).allMatch(Refusal::askedFor);

    refusals.clear();
    find(Store.class, cache("file", HERE + ".Store.*(..)", "", HERE + ".Store.n*(..)"));
    assertThat(refusals).extracting(Refusal::method).doesNotContain("new");
  }

  @Test
  void annotatedMethodWithoutBody_isRefusedInAClass() {
    assertThat(find(Unfinished.class)).isEmpty();
    assertThat(refusals).hasSize(1);
    assertThat(reason("find")).contains("abstract");
    assertThat(find(Finder.class)).isEmpty();
    assertThat(refusals).as("those of an interface hold elsewhere").hasSize(1);
  }

  @Test
  void pattern_withWildcard_leavesOutWhatTheCompilerGivesAnEnum() throws FaultyPattern {
    Selection.CachePatterns all = cache("file", HERE + ".Kind.*(..)", "", HERE + ".Kind.*(..)");
    Map<String, TargetSpec> targets = find(Kind.class, all);
    assertThat(targets).containsOnlyKeys("label()Ljava/lang/String;");
  }

  @Test
  void pattern_byANestedAnnotation_isWrittenAsInSource() throws FaultyPattern {
    for (String name : List.of(HERE + ".Slow", HERE + "$Slow")) {
      assertThat(caches(find(Marked.class, cache("file", "@" + name + " *", "", ""))))
          .as(name)
          .containsOnlyKeys("find");
    }
  }

  @Test
  void annotatedInterface_holdsForWhatImplementsItsMethods() {
    assertThat(caches(find(FixedPrices.class))).containsOnlyKeys("price").containsValue("prices");
  }

  @Test
  void evictionsAndPutsOfAnInterface_holdForWhatImplementsIt() {
    Map<String, TargetSpec> targets = find(Shelf.class);

    assertThat(targets.get("sold(Ljava/lang/String;)V").evictions())
        .containsExactly(new Operation("stock", Map.of("key", "{product}")));
    TargetSpec counted = targets.get("counted(Ljava/lang/String;I)I");
    assertThat(counted.puts()).containsExactly(new Operation("stock", Map.of("key", "{product}")));
    assertThat(counted.ignored()).containsExactly(1);
    assertThat(targets.get("moved(Ljava/lang/String;)V").evictions())
        .as("its own in place of the interface's")
        .extracting(Operation::cache)
        .containsExactly("shelf");
  }

  @Test
  void evictionsAndPutsOfAnInterface_areLeftToWhatAProxyExtends() {
    assertThat(find(Shelf$$Proxy.class)).isEmpty();
  }

  @Test
  void evictionsAndPutsOfAnInterface_holdForAProxyThatIsAllThereIs() {
    Map<String, TargetSpec> targets = find(OnlyStock.class);

    assertThat(targets.get("sold(Ljava/lang/String;)V").evictions()).hasSize(1);
    assertThat(targets.get("counted(Ljava/lang/String;I)I").traits())
        .containsExactly(Trait.PUTS_AROUND);
    assertThat(targets.get("counted(Ljava/lang/String;I)I").puts())
        .containsExactly(new Operation("stock", Map.of("key", "{product}")));
  }

  @Test
  void parametersOfAnInterface_areNamedByItWhereItIsAnnotated() {
    Map<String, TargetSpec> targets = find(Shelf.class);

    assertThat(targets.get("sold(Ljava/lang/String;)V").parameterNames())
        .containsExactly("product");
    assertThat(targets.get("moved(Ljava/lang/String;)V").parameterNames()).containsExactly("it");
  }

  @Test
  void pattern_withWildcard_leavesOutWhatItMay() throws FaultyPattern {
    Map<String, String> caches =
        caches(
            find(
                Patterns.class,
                cache("file", HERE + ".Patterns.*(..)", HERE + ".*.findForUpdate(..)", "")));
    assertThat(caches)
        .containsOnlyKeys("findOne", "findOwn", "findAndEvict")
        .containsEntry("findOne", "file")
        .containsEntry("findOwn", "own")
        .containsEntry("findAndEvict", null);
    assertThat(refusals)
        .containsExactly(new Refusal("save", "it returns nothing that could be kept", false));
  }

  @Test
  void pattern_withoutWildcard_takesAnAnnotatedMethodOver() throws FaultyPattern {
    assertThat(caches(find(Patterns.class, cache("file", HERE + ".Patterns.findOwn()", "", ""))))
        .containsEntry("findOwn", "file");
  }

  @Test
  void caches_thatMatchOneMethod_leaveItToTheFirst() throws FaultyPattern {
    assertThat(
            caches(
                find(
                    Patterns.class,
                    cache("first", HERE + ".Patterns.findO*(long)", "", ""),
                    cache("second", HERE + ".Patterns.findOne(..)", "", ""))))
        .containsEntry("findOne", "first");
  }

  @Test
  void pattern_ofParameters_matchesThemAlone() throws FaultyPattern {
    assertThat(
            caches(find(Patterns.class, cache("file", HERE + ".Patterns.find*(String)", "", ""))))
        .doesNotContainKeys("findOne", "findForUpdate");
  }

  @Test
  void pattern_ofAnInterface_meansWhatImplementsIt() throws FaultyPattern {
    assertThat(caches(find(Finding.class, cache("file", HERE + ".NamedFinder.find(..)", "", ""))))
        .containsValue("file")
        .hasSize(1);
  }

  @Test
  void pattern_ofAnInterfaceWithTypeVariables_hasParametersAsItOrWhatImplementsItDeclaresThem()
      throws FaultyPattern {
    for (String parameter : List.of("Object", "String")) {
      Selection.CachePatterns named =
          cache("file", HERE + ".NamedFinder.find(" + parameter + ")", "", "");
      assertThat(find(Finding.class, named).get("find(Ljava/lang/String;)Ljava/lang/Integer;"))
          .as(parameter)
          .extracting(spec -> spec.lookup().cache())
          .isEqualTo("file");
    }
    Selection.CachePatterns other = cache("file", HERE + ".NamedFinder.find(long)", "", "");
    assertThat(caches(find(Finding.class, other))).doesNotContainValue("file");
  }

  @Test
  void pattern_ofAnInterfaceThatSaysWhatTypeVariablesAre_hasParametersAsReadersOfItKnowThem()
      throws FaultyPattern {
    for (String found :
        List.of("ByName.find(String)", "ByName.find(Object)", "Finder.find(Object)")) {
      assertThat(caches(findInProxy(found))).as(found).containsEntry("find", "file");
    }
    assertThat(caches(findInProxy("ByName.all(String[], int)"))).containsEntry("all", "file");
    assertThat(caches(findInProxy("ByName.kept(String)"))).containsEntry("kept", "file");
    for (String other :
        List.of("ByName.find(Integer)", "Finder.find(String)", "ByName.own(String)")) {
      assertThat(caches(findInProxy(other))).as(other).doesNotContainValue("file");
    }
  }

  /**
   * The targets of a class of {@code ByName}'s as the JDK generates it: with erased types alone.
   */
  private Map<String, TargetSpec> findInProxy(String pattern) throws FaultyPattern {
    ClassWriter proxy = new ClassWriter(0);
    proxy.visit(
        Opcodes.V17,
        Opcodes.ACC_PUBLIC,
        "$Proxy1",
        null,
        "java/lang/reflect/Proxy",
        new String[] {Type.getInternalName(ByName.class)});
    for (String method :
        List.of(
            "find(Ljava/lang/Object;)Ljava/lang/Object;",
            "all([Ljava/lang/Comparable;I)Ljava/lang/String;",
            "kept(Ljava/lang/Comparable;)Ljava/lang/Comparable;",
            "own(Ljava/lang/Object;)Ljava/lang/String;")) {
      int open = method.indexOf('(');
      proxy
          .visitMethod(
              Opcodes.ACC_PUBLIC, method.substring(0, open), method.substring(open), null, null)
          .visitEnd();
    }
    proxy.visitEnd();
    return finder(List.of(cache("file", HERE + "." + pattern, "", "")))
        .find(OutlineReader.read(proxy.toByteArray()), LOADER);
  }

  @Test
  void pattern_ofParametersWithSubtypes_asksTheirClasses() throws FaultyPattern {
    String all = HERE + ".Listing.all";
    for (String parameters : List.of("java.util.List<Long>", "java.util.Collection+", "Object+")) {
      assertThat(caches(find(Listing.class, cache("file", all + "(" + parameters + ")", "", ""))))
          .as(parameters)
          .containsEntry("all", "file");
    }
    assertThat(find(Listing.class, cache("file", all + "(java.util.Collection)", "", "")))
        .isEmpty();
    assertThat(find(Listing.class, cache("file", all + "(java.util.Map+)", "", ""))).isEmpty();
  }

  @Test
  void evictOn_makesATargetThatEvicts() throws FaultyPattern {
    TargetSpec save =
        find(Patterns.class, cache("file", "", "", HERE + ".Patterns.save(..)")).get("save(J)V");
    assertThat(save.lookup()).isNull();
    assertThat(save.evictions())
        .containsExactly(new Operation("file", Map.of(TargetSpec.BY_FILE, "true")));
    assertThat(refusals).isEmpty();
  }

  private String reason(String method) {
    return refusals.stream()
        .filter(refusal -> refusal.method().equals(method))
        .map(Refusal::reason)
        .findFirst()
        .orElseThrow();
  }

  private Map<String, TargetSpec> find(Class<?> type, Selection.CachePatterns... caches) {
    return finder(List.of(caches)).find(OutlineReader.read(WovenClasses.bytesOf(type)), LOADER);
  }

  private TargetFinder finder(List<Selection.CachePatterns> caches) {
    return new TargetFinder(
        new Selection(caches),
        new Outlines(),
        (type, method, reason, askedFor) -> refusals.add(new Refusal(method, reason, askedFor)));
  }

  private static Selection.CachePatterns cache(
      String name, String methods, String except, String evictOn) throws FaultyPattern {
    return new Selection.CachePatterns(name, parse(methods), parse(except), parse(evictOn));
  }

  private static List<MethodPattern> parse(String patterns) throws FaultyPattern {
    return patterns.isEmpty() ? List.of() : MethodPattern.parseList(patterns);
  }

  /** The caches by method; null of a method without a look-up. */
  private static Map<String, String> caches(Map<String, TargetSpec> targets) {
    Map<String, String> caches = new TreeMap<>();
    targets
        .values()
        .forEach(
            spec ->
                caches.put(spec.method(), spec.lookup() == null ? null : spec.lookup().cache()));
    return caches;
  }
}
