/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.method;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the weaver knows of a target when it weaves it.
 *
 * <p>It travels as text in the woven class itself ({@link #encode}, {@link #decode}), so that
 * nothing has to be kept from the weaving of a class to the first call of its methods, and nothing
 * is left behind when the class goes.
 *
 * @param declaringClass the binary name of the class whose body is woven
 * @param method the method's name
 * @param descriptor the method's descriptor
 * @param isStatic whether it has no receiver
 * @param parameterNames by position; empty where the class file has none
 * @param ignored positions of parameters that do not belong to the key
 * @param lookup the cache whose entries answer calls; null where the target only evicts or puts
 * @param evictions what a call removes
 * @param puts what a call always stores
 * @param contracts the interface methods that it implements, as {@code Type.method(parameters)}
 * @param traits what else is to be known
 */
public record TargetSpec(
    String declaringClass,
    String method,
    String descriptor,
    boolean isStatic,
    List<String> parameterNames,
    Set<Integer> ignored,
    Operation lookup,
    List<Operation> evictions,
    List<Operation> puts,
    List<String> contracts,
    Set<Trait> traits) {

  /**
   * The attribute of an eviction that the file asked for, with its own {@code evict-…} keys, which
   * are read when the target is linked.
   */
  public static final String BY_FILE = "by-file";

  /**
   * What an annotation or the file asks of a method.
   *
   * @param cache the cache's name
   * @param attributes the annotation's, in kebab-case, as far as they are given
   */
  public record Operation(String cache, Map<String, String> attributes) {}

  /** What sets a target apart from others. */
  public enum Trait {
    /** It is cached because its interface, or a pattern that names its interface, says so. */
    THROUGH_INTERFACE,
    /** An annotation or a pattern without {@code *} in its method name asked for it. */
    ASKED_FOR,
    /** It answers HTTP requests for a framework. */
    HANDLER,
    /** It is a method of a proxy that, or whose interface, carries authorisation. */
    GUARDED,
    /**
     * It is a method of a generated proxy: what it puts is left to what it reaches, if that puts.
     */
    PUTS_AROUND
  }

  /**
   * Whether a descriptor is that of a suspend function of Kotlin's: the last parameter is whoever
   * continues with the value, and what is returned is the value, or a mark that it comes later.
   */
  public static boolean isSuspending(String descriptor) {
    return descriptor.endsWith("Lkotlin/coroutines/Continuation;)Ljava/lang/Object;");
  }

  /** Whether both are of one method of one class. */
  @SuppressWarnings("ReferenceEquality") // of most, which saves the rest
  public boolean isOfSameMethod(TargetSpec other) {
    return this == other
        || (declaringClass.equals(other.declaringClass)
            && method.equals(other.method)
            && descriptor.equals(other.descriptor));
  }

  /** Whether both implement one interface method. */
  public boolean sharesContract(TargetSpec other) {
    for (String contract : contracts) {
      if (other.contracts.contains(contract)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The method as messages name it, a proxy's by its interface: {@code com.acme.Repository.find}.
   */
  public String displayName() {
    if (isOfJdkProxy() && !contracts.isEmpty()) {
      String contract = contracts.get(0);
      return contract.substring(0, contract.indexOf('('));
    }
    return declaringClass + "." + method;
  }

  /** Whether the class is one whose name its JVM made up: such a name tells nobody anything. */
  private boolean isOfJdkProxy() {
    return declaringClass.startsWith("$Proxy", declaringClass.lastIndexOf('.') + 1);
  }

  /** All of it as one text. */
  public String encode() {
    Writer out = new Writer();
    out.text(declaringClass).text(method).text(descriptor).text(isStatic ? "1" : "0");
    out.texts(parameterNames);
    out.texts(ignored.stream().map(String::valueOf).toList());
    out.operations(lookup == null ? List.of() : List.of(lookup));
    out.operations(evictions);
    out.operations(puts);
    out.texts(contracts);
    out.texts(traits.stream().map(Trait::name).toList());
    return out.text.toString();
  }

  /**
   * The spec that a text came from.
   *
   * @throws IllegalArgumentException if {@link #encode} never gave such a text
   */
  public static TargetSpec decode(String text) {
    Reader in = new Reader(text);
    String declaringClass = in.text();
    String method = in.text();
    String descriptor = in.text();
    boolean isStatic = in.text().equals("1");
    List<String> names = in.texts();
    Set<Integer> ignored = new TreeSet<>();
    for (String position : in.texts()) {
      ignored.add(Integer.valueOf(position));
    }
    List<Operation> lookup = in.operations();
    List<Operation> evictions = in.operations();
    List<Operation> puts = in.operations();
    List<String> contracts = in.texts();
    Set<Trait> traits = EnumSet.noneOf(Trait.class);
    for (String trait : in.texts()) {
      traits.add(Trait.valueOf(trait));
    }
    return new TargetSpec(
        declaringClass,
        method,
        descriptor,
        isStatic,
        names,
        ignored,
        lookup.isEmpty() ? null : lookup.get(0),
        evictions,
        puts,
        contracts,
        traits);
  }

  /** Writes each text behind its length, so that no text can be taken for another. */
  private static final class Writer {
    private final StringBuilder text = new StringBuilder();

    Writer text(String value) {
      text.append(value.length()).append(':').append(value);
      return this;
    }

    void texts(List<String> values) {
      text(String.valueOf(values.size()));
      values.forEach(this::text);
    }

    void operations(List<Operation> operations) {
      text(String.valueOf(operations.size()));
      for (Operation operation : operations) {
        text(operation.cache);
        text(String.valueOf(operation.attributes.size()));
        operation.attributes.forEach((key, value) -> text(key).text(value));
      }
    }
  }

  private static final class Reader {
    private final String text;
    private int at;

    Reader(String text) {
      this.text = text;
    }

    String text() {
      int colon = text.indexOf(':', at);
      if (colon < 0) {
        throw new IllegalArgumentException("a length is missing at " + at + " in " + text);
      }
      int length = Integer.parseInt(text.substring(at, colon));
      at = colon + 1 + length;
      return text.substring(colon + 1, at);
    }

    List<String> texts() {
      int count = Integer.parseInt(text());
      List<String> values = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        values.add(text());
      }
      return values;
    }

    List<Operation> operations() {
      int count = Integer.parseInt(text());
      List<Operation> operations = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        String cache = text();
        int attributes = Integer.parseInt(text());
        Map<String, String> given = new LinkedHashMap<>();
        for (int j = 0; j < attributes; j++) {
          String key = text();
          given.put(key, text());
        }
        operations.add(new Operation(cache, given));
      }
      return operations;
    }
  }
}
