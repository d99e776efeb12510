/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.engine.key.FieldAccess;
import dev.larder.engine.value.Differences;
import dev.larder.engine.value.Home;
import dev.larder.engine.value.Kept;
import dev.larder.engine.value.ValueMode;
import dev.larder.engine.value.Values;
import groovy.lang.ExpandoMetaClass;
import groovy.lang.GString;
import groovy.lang.GroovyClassLoader;
import groovy.lang.GroovyObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects of classes that Groovy's compiler has made are values like others. */
class GroovyObjectsTest {

  private static final String SOURCE =
      """
      import groovy.transform.*

      @Canonical class Tea {
        String name
        List<Tea> blend = []

        static Tea mutable() { new Tea('Assam', [new Tea('Darjeeling')]) }

        static Leaf immutable() { new Leaf('Assam', 7, ['malty']) }

        static Object told(int cups) { "${cups} cups" }
      }

      @Immutable class Leaf {
        String name
        int grade
        List<String> notes
      }
      """;

  private final GroovyClassLoader loader =
      new GroovyClassLoader(GroovyObjectsTest.class.getClassLoader());
  private final GroovyObject teas;
  private final FieldAccess access = FieldAccess.plain();
  private final Differences differences = new Differences(access);
  private final Values values = new Values(access);

  GroovyObjectsTest() throws ReflectiveOperationException {
    Class<?> tea = loader.parseClass(SOURCE);
    this.teas = (GroovyObject) tea.getConstructor().newInstance();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mutable", "immutable"})
  void object_isCopied_andCanBeCalled(String maker) throws Exception {
    GroovyObject made = (GroovyObject) teas.invokeMethod(maker, null);

    GroovyObject given = (GroovyObject) kept(made).give();

    assertThat(given).isNotSameAs(made).isEqualTo(made);
    assertThat(given.getProperty("name")).isEqualTo("Assam");
    assertThat(differences.between(made, given)).isNull();
  }

  @Test
  void object_thatItsCallerChanges_isAsItWasForOthers() throws Exception {
    Kept kept = kept(teas.invokeMethod("mutable", null));

    GroovyObject first = (GroovyObject) kept.give();
    GroovyObject part = (GroovyObject) ((List<?>) first.getProperty("blend")).get(0);
    part.setProperty("name", "Ceylon");

    assertThat(kept.give()).isEqualTo(teas.invokeMethod("mutable", null));
  }

  @Test
  void object_withMethodsOfItsOwn_keepsThem() throws Exception {
    GroovyObject made = (GroovyObject) teas.invokeMethod("mutable", null);
    ExpandoMetaClass own = new ExpandoMetaClass(made.getClass(), false, true);
    own.setProperty("colour", "red");
    own.initialize();
    made.setMetaClass(own);

    assertThat(((GroovyObject) kept(made).give()).getProperty("colour")).isEqualTo("red");
  }

  @Test
  void textWithValuesInIt_isCopied() throws Exception {
    Object told = teas.invokeMethod("told", 3);

    Object given = kept(told).give();

    assertThat(given).isInstanceOf(GString.class).hasToString("3 cups");
    assertThat(((GroovyObject) given).invokeMethod("length", null)).isEqualTo(6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mutable", "immutable"})
  void object_comesBackFromJson_andCanBeCalled(String maker) throws Exception {
    Object made = teas.invokeMethod(maker, null);
    JsonCodec codec = new JsonCodec(loader, access, new OpenTypes(name -> false, "com.acme"));

    byte[] bytes = new ShapeTrust(codec, made.getClass(), loader, differences).encode(made);
    GroovyObject back = (GroovyObject) codec.decode(bytes, made.getClass(), loader);

    assertThat(differences.between(made, back)).isNull();
    assertThat(back.getProperty("name")).isEqualTo("Assam");
    assertThat(back.invokeMethod("toString", null)).isEqualTo(made.toString());
  }

  private Kept kept(Object value) throws Exception {
    return values.keep(value, ValueMode.AUTO, new Home(value.getClass().getClassLoader()));
  }
}
