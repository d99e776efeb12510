/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.method;

import java.lang.invoke.MethodType;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The types of a method as its source declares them.
 *
 * <p>The class of a JDK proxy has erased ones alone: {@code Optional findById(Object)} of a
 * repository that extends {@code CrudRepository<Product, Long>}. What counts is the interface's
 * method, with what its type variables are in the interface that the proxy implements. So it is
 * with a method that a class inherits: {@code T find(K key)} of a {@code Repository<T, K>} gives a
 * {@code Product} where the receiver is a {@code ProductRepository}.
 */
final class DeclaredTypes {

  private final Class<?> home;
  private final Method method;
  private final Map<TypeVariable<?>, Type> known = new HashMap<>();

  private DeclaredTypes(Class<?> home, Method method) {
    this.home = home;
    this.method = method;
  }

  /**
   * The types of a class's method.
   *
   * @throws NoSuchMethodException where reflection does not find it
   */
  static DeclaredTypes of(Class<?> owner, String name, MethodType type)
      throws NoSuchMethodException {
    if (Proxy.isProxyClass(owner)) {
      for (Class<?> each : owner.getInterfaces()) {
        Method declared = methodOf(each.getMethods(), name, type);
        if (declared != null) {
          DeclaredTypes types = new DeclaredTypes(each, declared);
          types.learn(each);
          types.learnItsOwn();
          return types;
        }
      }
    }
    Method declared = methodOf(owner.getDeclaredMethods(), name, type);
    if (declared == null) {
      throw new NoSuchMethodException(owner.getName() + "." + name + type);
    }
    return new DeclaredTypes(owner, declared);
  }

  /** The same as a receiver's class has them. */
  DeclaredTypes in(Class<?> receiver) {
    DeclaredTypes types = new DeclaredTypes(home, method);
    types.learn(receiver);
    types.learnItsOwn();
    return types;
  }

  /** Whether a type has variables in it that a receiver's class may have something for. */
  static boolean isOpen(Type type) {
    if (type instanceof TypeVariable<?> variable) {
      return variable.getGenericDeclaration() instanceof Class<?>
          || variable.getBounds()[0] instanceof TypeVariable<?>;
    }
    if (type instanceof ParameterizedType generic) {
      return areOpen(generic.getActualTypeArguments());
    }
    if (type instanceof GenericArrayType array) {
      return isOpen(array.getGenericComponentType());
    }
    return type instanceof WildcardType wildcard
        && (areOpen(wildcard.getUpperBounds()) || areOpen(wildcard.getLowerBounds()));
  }

  private static boolean areOpen(Type[] types) {
    return Arrays.stream(types).anyMatch(DeclaredTypes::isOpen);
  }

  /** The method of a name and a whole type: obfuscators leave some that differ by result alone. */
  private static Method methodOf(Method[] among, String name, MethodType type) {
    for (Method each : among) {
      if (each.getName().equals(name)
          && each.getReturnType() == type.returnType()
          && Arrays.equals(each.getParameterTypes(), type.parameterArray())) {
        return each;
      }
    }
    return null;
  }

  /** The class that declares the method; of a proxy the interface that it implements. */
  Class<?> home() {
    return home;
  }

  Type returned() {
    return resolved(method.getGenericReturnType());
  }

  Type[] parameters() {
    Type[] types = method.getGenericParameterTypes();
    for (int i = 0; i < types.length; i++) {
      types[i] = resolved(types[i]);
    }
    return types;
  }

  /** Learns what the type variables of all classes and interfaces above one stand for. */
  private void learn(Class<?> type) {
    learnAbove(type.getGenericSuperclass());
    for (Type above : type.getGenericInterfaces()) {
      learnAbove(above);
    }
  }

  private void learnAbove(Type above) {
    if (above instanceof ParameterizedType generic) {
      learnArguments(generic);
      learn((Class<?>) generic.getRawType());
    } else if (above instanceof Class<?> plain) {
      learn(plain);
    }
  }

  private void learnArguments(ParameterizedType generic) {
    TypeVariable<?>[] variables = ((Class<?>) generic.getRawType()).getTypeParameters();
    for (int i = 0; i < variables.length; i++) {
      known.putIfAbsent(variables[i], resolved(generic.getActualTypeArguments()[i]));
    }
    if (generic.getOwnerType() instanceof ParameterizedType outer) {
      learnArguments(outer);
    }
  }

  /**
   * Learns what the method's own variables stand for, as in {@code <S extends T> S save(S one)}.
   */
  private void learnItsOwn() {
    for (TypeVariable<Method> each : method.getTypeParameters()) {
      Type bound = each.getBounds()[0];
      if (bound instanceof TypeVariable<?> && known.containsKey(bound)) {
        known.put(each, known.get(bound));
      }
    }
  }

  /** A type with what is known of its variables; the very same where there is nothing to put in. */
  private Type resolved(Type type) {
    if (type instanceof TypeVariable<?> variable) {
      return known.getOrDefault(variable, type);
    }
    if (type instanceof ParameterizedType generic) {
      List<Type> arguments = resolved(generic.getActualTypeArguments());
      return arguments.equals(List.of(generic.getActualTypeArguments()))
          ? type
          : new Parameterized(generic.getRawType(), generic.getOwnerType(), arguments);
    }
    if (type instanceof GenericArrayType array) {
      Type component = resolved(array.getGenericComponentType());
      return component instanceof Class<?> known
          ? known.arrayType()
          : component.equals(array.getGenericComponentType()) ? type : new ArrayOf(component);
    }
    if (type instanceof WildcardType wildcard) {
      List<Type> upper = resolved(wildcard.getUpperBounds());
      List<Type> lower = resolved(wildcard.getLowerBounds());
      return upper.equals(List.of(wildcard.getUpperBounds()))
              && lower.equals(List.of(wildcard.getLowerBounds()))
          ? type
          : new Wildcard(upper, lower);
    }
    return type;
  }

  private List<Type> resolved(Type[] types) {
    List<Type> resolved = new ArrayList<>(types.length);
    for (Type each : types) {
      resolved.add(resolved(each));
    }
    return List.copyOf(resolved);
  }

  private static String names(List<Type> types, String between) {
    return types.stream().map(Type::getTypeName).collect(Collectors.joining(between));
  }

  /** Named as the JDK's own, since types are compared by their names. */
  private record Parameterized(Type rawType, Type ownerType, List<Type> arguments)
      implements ParameterizedType {

    @Override
    public Type[] getActualTypeArguments() {
      return arguments.toArray(new Type[0]);
    }

    @Override
    public Type getRawType() {
      return rawType;
    }

    @Override
    public Type getOwnerType() {
      return ownerType;
    }

    @Override
    public String getTypeName() {
      return rawType.getTypeName() + "<" + names(arguments, ", ") + ">";
    }

    @Override
    public String toString() {
      return getTypeName();
    }
  }

  private record ArrayOf(Type component) implements GenericArrayType {

    @Override
    public Type getGenericComponentType() {
      return component;
    }

    @Override
    public String getTypeName() {
      return component.getTypeName() + "[]";
    }

    @Override
    public String toString() {
      return getTypeName();
    }
  }

  private record Wildcard(List<Type> upper, List<Type> lower) implements WildcardType {

    @Override
    public Type[] getUpperBounds() {
      return upper.toArray(new Type[0]);
    }

    @Override
    public Type[] getLowerBounds() {
      return lower.toArray(new Type[0]);
    }

    @Override
    public String getTypeName() {
      if (!lower.isEmpty()) {
        return "? super " + names(lower, " & ");
      }
      return upper.equals(List.of(Object.class)) ? "?" : "? extends " + names(upper, " & ");
    }

    @Override
    public String toString() {
      return getTypeName();
    }
  }
}
