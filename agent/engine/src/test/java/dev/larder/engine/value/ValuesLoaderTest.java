/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.larder.engine.OwnClasses;
import dev.larder.engine.key.FieldAccess;
import java.lang.ref.WeakReference;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@SuppressWarnings("UnusedVariable") // fields are copied
class ValuesLoaderTest {

  private final Values values = new Values(FieldAccess.plain());

  /** What an application lets go of. */
  static class Part {
    private Part next;
    private List<Object> parts = new ArrayList<>(List.of("a"));
  }

  @Test
  void keep_classLoaderLetGo_isCollected() throws Exception {
    WeakReference<ClassLoader> loader = copyOneOf(apart());

    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> {
              System.gc();
              return loader.get() == null;
            });

    assertThat(loader.get()).isNull();
  }

  @Test
  void keep_whatIsOfALoaderBelow_isRefusedWhereverItLies() throws Exception {
    ClassLoader below = apart();
    Home home = new Home(ValuesLoaderTest.class.getClassLoader());
    Object part = partOf(below);

    for (Object value : List.of(part, List.of("a", Map.of("b", part)), new Object[] {part})) {
      assertThatThrownBy(() -> values.keep(value, ValueMode.AUTO, home))
          .isInstanceOf(UncacheableValue.class)
          .hasMessageContaining("of a class loader below");
      assertThat(values.keep(value, ValueMode.AUTO, new Home(below)).value()).isNotNull();
    }
    assertThat(values.keep(new Part(), ValueMode.AUTO, new Home(below)).value()).isNotNull();
    assertThat(values.keep(List.of("a", 1), ValueMode.AUTO, home).value()).isNotNull();
  }

  @Test
  void keep_whatIsOfALoaderBeside_isKeptIfItIsFoundUnderItsName() throws Exception {
    ClassLoader beside =
        new ClassLoader(null) {
          @Override
          protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.equals(Part.class.getName())) {
              return found();
            }
            throw new ClassNotFoundException(name);
          }
        };

    assertThat(values.keep(partOf(apart), ValueMode.AUTO, new Home(beside)).value()).isNotNull();
  }

  /** Whose component {@code two} is called {@code one} as well, as obfuscators call them. */
  record Obfuscated(int one, List<String> two) {
    @Override
    public String toString() { // as the one that the JVM makes looks for the class around it
      return one + " " + two;
    }
  }

  @Test
  void keep_recordWhoseComponentsHaveOneName_isCopied() throws Exception {
    ClassLoader obfuscator =
        new OwnClasses(name -> name.equals(Obfuscated.class.getName())) {
          @Override
          protected byte[] written(byte[] compiled) {
            Charset bytes = StandardCharsets.ISO_8859_1;
            return new String(compiled, bytes)
                .replace("\u0001\u0000\u0003two", "\u0001\u0000\u0003one")
                .getBytes(bytes);
          }
        };
    Constructor<?> constructor =
        Class.forName(Obfuscated.class.getName(), true, obfuscator)
            .getDeclaredConstructor(int.class, List.class);
    constructor.setAccessible(true);
    List<String> texts = new ArrayList<>(List.of("a"));
    Object obfuscated = constructor.newInstance(1, texts);
    assertThat(obfuscated.getClass().getRecordComponents())
        .extracting(RecordComponent::getName)
        .containsExactly("one", "one");

    Kept kept = values.keep(obfuscated, ValueMode.AUTO, new Home(obfuscator));
    texts.add("b");

    assertThat(kept.value()).isNotSameAs(obfuscated).hasToString("1 [a]");
  }

  private final ClassLoader apart = apart();

  private Class<?> found() throws ClassNotFoundException {
    return apart.loadClass(Part.class.getName());
  }

  private static ClassLoader apart() {
    return new OwnClasses(Part.class.getName()::equals);
  }

  private static Object partOf(ClassLoader loader) throws Exception {
    Constructor<?> constructor = loader.loadClass(Part.class.getName()).getDeclaredConstructor();
    constructor.setAccessible(true);
    return constructor.newInstance();
  }

  private WeakReference<ClassLoader> copyOneOf(ClassLoader apart) throws Exception {
    Constructor<?> constructor = apart.loadClass(Part.class.getName()).getDeclaredConstructor();
    constructor.setAccessible(true);
    List<Object> list = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      list.add(constructor.newInstance());
    }
    Kept kept = values.keep(list, ValueMode.AUTO);
    assertThat(((List<?>) kept.give()).get(0).getClass().getClassLoader()).isSameAs(apart);
    return new WeakReference<>(apart);
  }
}
