/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.weave.Outline.Mark;
import dev.larder.weave.Outline.MethodOutline;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Opcodes;

/** What Groovy's and Scala's compilers make, as class files of theirs have it. */
class CompilerMadeTest {

  private static final String GENERATED = "Lgroovy/transform/Generated;";

  @Test
  void metaClassOfGroovy_isMarked() {
    assertMarked(
        "com/acme/Shop",
        method(
            "getMetaClass", "()Lgroovy/lang/MetaClass;", GENERATED, "Lgroovy/transform/Internal;"));
  }

  @Test
  void defaultsOfScala_areMarked() {
    assertMarked("com/acme/Shop", method("price$default$2", "()I"));
    assertUnmarked(
        "com/acme/Shop",
        method("price$default$", "()I"),
        method("$default$2", "()I"),
        method("price$default$of2", "()I"));
  }

  @Test
  void overloadsForDefaultsOfGroovy_loseWhatTheyHaveCopied() {
    MethodOutline whole = method("price", "(ILjava/lang/String;J)I", Annotations.CACHE);
    MethodOutline one = method("price", "(I)I", GENERATED, Annotations.CACHE);
    MethodOutline two = method("price", "(IJ)I", GENERATED, Annotations.CACHE);

    List<MethodOutline> all = CompilerMade.marked("com/acme/Shop", List.of(whole, one, two));

    assertThat(all.get(0)).isEqualTo(whole);
    assertThat(all.subList(1, 3))
        .allMatch(each -> each.is(Opcodes.ACC_SYNTHETIC))
        .allMatch(each -> each.annotation(Annotations.CACHE) == null)
        .allMatch(each -> each.annotation(GENERATED) != null);
  }

  @Test
  void whatGroovyHasGeneratedForTheSourcesSake_isUnmarked() {
    assertUnmarked(
        "com/acme/Shop",
        method("getName", "()Ljava/lang/String;", GENERATED),
        method("price", "(I)I", GENERATED, Annotations.CACHE),
        method("price", "(J)I"),
        method("find", "(I)I", Annotations.CACHE),
        method("find", "(IJ)I"));
  }

  @Test
  void bodiesOfTraits_loseWhatTheClassesHave() {
    MethodOutline body = method("price", "(Lcom/acme/Priced;I)I", Annotations.CACHE);
    assertMarked("com/acme/Priced$Trait$Helper", body);
    assertUnmarked("com/acme/Priced", body);
    assertUnmarked(
        "com/acme/Priced$Trait$Helper",
        method("ofTrait", "(Ljava/lang/Class;I)I", Annotations.CACHE),
        new MethodOutline(
            Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC,
            "ofHelper",
            "(Lcom/acme/Priced;I)I",
            null,
            marks(Annotations.CACHE),
            List.of(),
            List.of(),
            null));
  }

  private static void assertMarked(String type, MethodOutline method) {
    MethodOutline marked = CompilerMade.marked(type, List.of(method)).get(0);
    assertThat(marked.is(Opcodes.ACC_SYNTHETIC)).isTrue();
    assertThat(marked.annotation(Annotations.CACHE)).isNull();
  }

  private static void assertUnmarked(String type, MethodOutline... methods) {
    assertThat(CompilerMade.marked(type, List.of(methods))).containsExactly(methods);
  }

  private static MethodOutline method(String name, String descriptor, String... annotations) {
    return new MethodOutline(
        Opcodes.ACC_PUBLIC, name, descriptor, null, marks(annotations), List.of(), List.of(), null);
  }

  private static List<Mark> marks(String... annotations) {
    return Stream.of(annotations).map(each -> new Mark(each, Map.of())).toList();
  }
}
