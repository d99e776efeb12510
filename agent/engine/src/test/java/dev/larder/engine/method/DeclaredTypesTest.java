/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.method;

import static org.assertj.core.api.Assertions.assertThat;

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

/** The types of a proxy's methods are those that its interface's source declares. */
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
