/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Types are those that the source declares, with what is known of their variables. */
class DeclaredTypesTest {

  interface Crud<T, K extends Comparable<K>> {
    Optional<T> findById(K key);

    T[] array(Map.Entry<K, ? extends T> entry, List<? super K>[] keys);

    <S extends T> List<S> saveAll(Collection<S> all);

    <R> List<R> mapped(R one);
  }

  interface Middle<E> extends Crud<List<E>, Long> {}

  interface Repository extends Middle<String> {
    List<Integer> counts(Map<String, Integer> byName);

    // As the proxy's methods are to be.
    Optional<List<String>> likeFindById(Long key);

    List<String>[] likeArray(
        Map.Entry<Long, ? extends List<String>> entry, List<? super Long>[] keys);
  }

  private static final Class<?> PROXY =
      Proxy.newProxyInstance(
              DeclaredTypesTest.class.getClassLoader(),
              new Class<?>[] {Runnable.class, Repository.class},
              (proxy, method, arguments) -> null)
          .getClass();

  @Test
  void typesOfAProxy_areItsInterfaces() throws NoSuchMethodException {
    DeclaredTypes counts = of("counts", List.class, Map.class);

    assertThat(counts.home()).isEqualTo(Repository.class);
    assertThat(counts.returned()).isEqualTo(declared("counts").getGenericReturnType());
    assertThat(counts.parameters()).isEqualTo(declared("counts").getGenericParameterTypes());
  }

  @Test
  void typeVariables_areWhatTheInterfaceSays_andNamedAsTheJdkNamesThem()
      throws NoSuchMethodException {
    DeclaredTypes byId = of("findById", Optional.class, Comparable.class);
    assertThat(byId.returned().getTypeName())
        .isEqualTo(declared("likeFindById").getGenericReturnType().getTypeName());
    assertThat(byId.parameters()).containsExactly(Long.class);

    DeclaredTypes array = of("array", Object[].class, Map.Entry.class, List[].class);
    assertThat(array.returned().getTypeName())
        .isEqualTo(declared("likeArray").getGenericReturnType().getTypeName());
    assertThat(names(array.parameters()))
        .isEqualTo(names(declared("likeArray").getGenericParameterTypes()));
  }

  @Test
  void typeVariableOfTheMethodItself_isWhatBoundsIt_orStaysOne() throws NoSuchMethodException {
    assertThat(of("saveAll", List.class, Collection.class).returned().getTypeName())
        .isEqualTo("java.util.List<java.util.List<java.lang.String>>");
    assertThat(of("mapped", List.class, Object.class).returned().getTypeName())
        .isEqualTo("java.util.List<R>");
  }

  interface Any {
    Object made(int number);
  }

  static final class Text implements Any {
    @Override
    public String made(int number) { // beside which the compiler writes one that gives an Object
      return "made " + number;
    }
  }

  @Test
  void methodsThatDifferByResultAlone_haveEachTheirOwn() throws NoSuchMethodException {
    assertThat(returned(Text.class, Object.class)).isEqualTo(Object.class);
    assertThat(returned(Text.class, String.class)).isEqualTo(String.class);
    assertThatThrownBy(() -> returned(Text.class, Integer.class))
        .isInstanceOf(NoSuchMethodException.class)
        .hasMessageContaining("made(int)Integer");
  }

  private static Type returned(Class<?> owner, Class<?> result) throws NoSuchMethodException {
    return DeclaredTypes.of(owner, "made", MethodType.methodType(result, int.class)).returned();
  }

  static class Base<T, K> {
    Map<K, ? extends List<? super T>> nested() {
      return null;
    }

    T[] array() {
      return null;
    }

    <S extends T> Optional<S> bounded() {
      return null;
    }

    <R> List<R> own() {
      return null;
    }

    class Inner {
      T outer() {
        return null;
      }
    }
  }

  static class Narrowed<E extends Comparable<E>> extends Base<E, Long> {}

  static class Texts extends Narrowed<String> {
    class OfTexts extends Inner {}
  }

  @SuppressWarnings("rawtypes")
  static class Raw extends Base {}

  abstract static class Node<N extends Node<N>> {
    N child() {
      return null;
    }
  }

  static final class Leaf extends Node<Leaf> {}

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nested|java.util.Map<java.lang.Long, ? extends java.util.List<? super java.lang.String>>",
        "array|java.lang.String[]",
        "bounded|java.util.Optional<java.lang.String>",
        "own|java.util.List<R>"
      })
  void inheritedMethod_hasTheTypesOfTheReceiversClass(String name, String expected)
      throws NoSuchMethodException {
    assertThat(returned(Base.class, name, Texts.class)).isEqualTo(expected);
    assertThat(returned(Base.class, name, new Texts() {}.getClass())).isEqualTo(expected);
  }

  @Test
  void inheritedMethod_ofAClassThatLeavesThemOpen_hasVariables() throws NoSuchMethodException {
    assertThat(returned(Base.class, "array", Narrowed.class)).isEqualTo("E[]");
    assertThat(returned(Base.class, "array", Raw.class)).isEqualTo("T[]");
    assertThat(returned(Base.class, "array", Base.class)).isEqualTo("T[]");
  }

  @Test
  void inheritedMethod_ofASelfBoundedOrInnerClass_hasTheTypesOfTheReceiversClass()
      throws NoSuchMethodException {
    assertThat(returned(Node.class, "child", Leaf.class)).isEqualTo(Leaf.class.getTypeName());
    assertThat(returned(Base.Inner.class, "outer", Texts.OfTexts.class))
        .isEqualTo("java.lang.String");
  }

  private static String returned(Class<?> owner, String name, Class<?> receiver)
      throws NoSuchMethodException {
    MethodType type = MethodType.methodType(owner.getDeclaredMethod(name).getReturnType());
    return DeclaredTypes.of(owner, name, type).in(receiver).returned().getTypeName();
  }

  private static DeclaredTypes of(String name, Class<?> returned, Class<?>... parameters)
      throws NoSuchMethodException {
    return DeclaredTypes.of(PROXY, name, MethodType.methodType(returned, parameters));
  }

  private static Method declared(String name) {
    return Arrays.stream(Repository.class.getDeclaredMethods())
        .filter(each -> each.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> names(Type[] types) {
    return Arrays.stream(types).map(Type::getTypeName).toList();
  }
}
