/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.method;

import java.lang.invoke.MethodType;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Where a method that is cached per element has its elements, and how it gives their values.
 *
 * @param position of the parameter that holds the elements
 * @param parameter that parameter's declared class
 * @param element the elements' declared class
 * @param valueType the declared type of one element's value
 * @param givesMap whether the values come in a map; else in a list, in the elements' order
 */
public record BatchShape(
    int position, Class<?> parameter, Class<?> element, Type valueType, boolean givesMap) {

  private static final List<Class<?>> GIVEN =
      List.of(ArrayList.class, LinkedHashSet.class, TreeSet.class, LinkedList.class);

  /**
   * Reads it out of a method's declaration.
   *
   * @throws FaultyAttribute if the method is not one that can be cached per element
   */
  static BatchShape of(TargetSpec spec, Body body) throws FaultyAttribute {
    Class<?> returned = body.type().returnType();
    boolean givesMap = returned != Object.class && returned.isAssignableFrom(LinkedHashMap.class);
    boolean givesList =
        List.class.isAssignableFrom(returned) && returned.isAssignableFrom(ArrayList.class);
    if (!givesMap && !givesList) {
      throw faulty(
          "the method returns " + returned.getName() + ", and must return a Map or a List");
    }
    Type declared = body.genericReturnType();
    Type key = givesMap ? argument(declared, 0) : null;
    Type[] parameters = body.genericParameterTypes();
    int position = -1;
    for (int i = 0; i < parameters.length; i++) {
      if (!spec.ignored().contains(i)
          && mayHoldElements(body.type().parameterType(i))
          && isKey(key, argument(parameters[i], 0))) {
        if (position >= 0) {
          throw faulty(
              "parameters "
                  + position
                  + " and "
                  + i
                  + " could both hold the elements; leave one out with @CacheIgnore");
        }
        position = i;
      }
    }
    if (position < 0) {
      throw faulty(
          "no parameter is a Collection, List, Set or Iterable of the elements to be looked up"
              + (key == null ? "" : " (" + key.getTypeName() + ", as the keys of the map)"));
    }
    return new BatchShape(
        position,
        body.type().parameterType(position),
        erased(argument(parameters[position], 0)),
        valueType(declared, givesMap),
        givesMap);
  }

  private static Type valueType(Type returned, boolean givesMap) {
    return argument(returned, givesMap ? 1 : 0);
  }

  /** The type of one element's value as a receiver's class resolves it. */
  Type valueType(Body body, Class<?> receiver) {
    return valueType(body.genericReturnType(receiver), givesMap);
  }

  private static FaultyAttribute faulty(String problem) {
    return new FaultyAttribute("batch", "true", problem);
  }

  private static boolean mayHoldElements(Class<?> parameter) {
    return Iterable.class.isAssignableFrom(parameter)
        && GIVEN.stream().anyMatch(parameter::isAssignableFrom);
  }

  /** Whether elements of a type may be the keys of the returned map, as far as both are told. */
  private static boolean isKey(Type key, Type element) {
    return key == null || erased(key) == erased(element);
  }

  /** The types of a method's parameters, with the element's in place of that of all of them. */
  Type[] typesOfElement(Type[] parameters) {
    Type[] types = parameters.clone();
    types[position] = argument(parameters[position], 0);
    return types;
  }

  private static Type argument(Type type, int i) {
    return type instanceof ParameterizedType parameterized
            && parameterized.getActualTypeArguments().length > i
        ? parameterized.getActualTypeArguments()[i]
        : Object.class;
  }

  static Class<?> erased(Type type) {
    if (type instanceof Class<?> plain) {
      return plain;
    }
    if (type instanceof ParameterizedType parameterized) {
      return erased(parameterized.getRawType());
    }
    if (type instanceof WildcardType wildcard) {
      return erased(wildcard.getUpperBounds()[0]);
    }
    if (type instanceof TypeVariable<?> variable) {
      return erased(variable.getBounds()[0]);
    }
    return type instanceof GenericArrayType array
        ? erased(array.getGenericComponentType()).arrayType()
        : Object.class;
  }

  /** The method's type, with an element in place of all of them. */
  MethodType typeOfElement(MethodType type) {
    return type.changeParameterType(position, element);
  }

  /** The elements of a call, in their order; null where it has none to look up. */
  public List<Object> elements(Object[] arguments) {
    if (!(arguments[position] instanceof Iterable<?> given)) {
      return null;
    }
    List<Object> elements = new ArrayList<>();
    given.forEach(elements::add);
    return elements;
  }

  /** The element of a call for one alone. */
  public Object element(Object[] arguments) {
    return arguments[position];
  }

  /** The arguments of a call for one element: what its key is made of. */
  public Object[] withElement(Object[] arguments, Object element) {
    Object[] changed = arguments.clone();
    changed[position] = element;
    return changed;
  }

  /** The arguments of a call for some of its elements: what the body is given. */
  public Object[] withElements(Object[] arguments, List<Object> elements) {
    Object[] changed = arguments.clone();
    changed[position] = collection(arguments[position], elements);
    return changed;
  }

  /** A new collection of the parameter's type, of the kind that the caller gave if it fits. */
  @SuppressWarnings("JdkObsolete") // a LinkedList is of every type that is left
  private Object collection(Object given, List<Object> elements) {
    Collection<Object> made;
    if (given instanceof SortedSet<?> sorted && parameter.isAssignableFrom(TreeSet.class)) {
      @SuppressWarnings("unchecked") // it has compared these elements before
      SortedSet<Object> same = (SortedSet<Object>) sorted;
      made = new TreeSet<>(same.comparator());
    } else if (given instanceof Set && parameter.isAssignableFrom(LinkedHashSet.class)) {
      made = new LinkedHashSet<>();
    } else if (parameter.isAssignableFrom(ArrayList.class)) {
      made = new ArrayList<>();
    } else if (parameter.isAssignableFrom(LinkedHashSet.class)) {
      made = new LinkedHashSet<>();
    } else {
      made = new LinkedList<>();
    }
    made.addAll(elements);
    return made;
  }

  /** Whether a body's result has a value, or none, for each element that it was asked for. */
  public boolean fits(Object result, List<Object> asked) {
    if (!givesMap) {
      return result instanceof List<?> list && list.size() == asked.size();
    }
    if (!(result instanceof Map<?, ?> map)) {
      return false;
    }
    long known = asked.stream().filter(element -> has(map, element)).count();
    return known >= map.size();
  }

  /** Whether a map has a value for an element; of one that the map refuses it has none. */
  public static boolean has(Map<?, ?> map, Object element) {
    try {
      return map.containsKey(element);
    } catch (NullPointerException | ClassCastException refused) {
      return false;
    }
  }
}
