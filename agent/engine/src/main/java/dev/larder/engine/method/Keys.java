/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.method;

import java.util.Arrays;
import java.util.Objects;

/**
 * The keys of entries in this JVM: a class for each shape of arguments, so that the commonest are
 * made without an array and without boxing, and vanish where the compiler sees that they do not
 * escape the look-up.
 *
 * <p>For that the compiler has to see through {@code equals} wherever a look-up may call it, and
 * where it seldom does, it looks no further than 35 bytes of code: so each is in short methods
 * (HitShapeTest).
 *
 * <p>A key by arguments belongs to a {@link Variant}, compared by identity, and holds parts that
 * are equal iff the arguments are equal by value. A key by template is its text alone.
 */
public final class Keys {

  private Keys() {}

  /** The key of a variant for parts of any number; takes the array over. */
  public static Object of(Variant variant, Object[] parts) {
    return switch (parts.length) {
      case 0 -> new None(variant);
      case 1 -> ofOne(variant, parts[0]);
      case 2, 3 -> ofFew(variant, parts);
      default -> new Many(variant, parts);
    };
  }

  private static Object ofFew(Variant variant, Object[] parts) {
    for (int i = 0; i < parts.length; i++) {
      if (parts[i] instanceof Long number) {
        return new Numbered(
            variant,
            i,
            parts.length,
            number,
            parts[i == 0 ? 1 : 0],
            parts.length == 2 ? null : parts[i == 2 ? 1 : 2]);
      }
    }
    return parts.length == 2
        ? new Two(variant, parts[0], parts[1])
        : new Three(variant, parts[0], parts[1], parts[2]);
  }

  /** The key of a variant for one part. */
  public static Object ofOne(Variant variant, Object part) {
    return part instanceof Long number ? new OneLong(variant, number) : new One(variant, part);
  }

  /** The key that a template's text is, whichever method gave it. */
  public static Object ofText(String text) {
    return new Text(text);
  }

  /** The parts of a key by arguments; null of a key by template. */
  public static Object[] partsOf(Object key) {
    if (key instanceof OneLong one) {
      return new Object[] {one.part};
    }
    if (key instanceof One one) {
      return new Object[] {one.part};
    }
    if (key instanceof Numbered numbered) {
      return numbered.parts();
    }
    if (key instanceof Two two) {
      return new Object[] {two.first, two.second};
    }
    if (key instanceof Three three) {
      return new Object[] {three.first, three.second, three.third};
    }
    if (key instanceof Many many) {
      return many.parts;
    }
    return key instanceof None ? new Object[0] : null;
  }

  /** The text of a key by template. */
  public static String textOf(Object key) {
    return ((Text) key).text;
  }

  /** Whether a key belongs to a variant that the test accepts. */
  public static Variant variantOf(Object key) {
    return key instanceof ByArguments known ? known.variant : null;
  }

  /** Spreads a hash whose low bits alone may differ, as {@code Long.hashCode} gives it. */
  private static int mix(int seed, int hash) {
    return (seed ^ hash) * 0x9E3779B1;
  }

  /** Texts are asked by their type: a call that depends on the type costs as much as the rest. */
  private static int hash(Object part) {
    return part instanceof String text ? text.hashCode() : Objects.hashCode(part);
  }

  /** The very same part is compared no further, and code that meets no other remains small. */
  private static boolean same(Object part, Object other) {
    return part == other || isEqual(part, other);
  }

  private static boolean isEqual(Object part, Object other) {
    return part instanceof String text ? text.equals(other) : Objects.equals(part, other);
  }

  private abstract static class ByArguments {
    final Variant variant;

    ByArguments(Variant variant) {
      this.variant = variant;
    }
  }

  /** Of a method without arguments that count. */
  public static final class None extends ByArguments {
    public None(Variant variant) {
      super(variant);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof None that && that.variant == variant;
    }

    @Override
    public int hashCode() {
      return variant.hash;
    }
  }

  /** Of one {@code long}. */
  public static final class OneLong extends ByArguments {
    private final long part;

    public OneLong(Variant variant, long part) {
      super(variant);
      this.part = part;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof OneLong that && isSame(that);
    }

    private boolean isSame(OneLong that) {
      return part == that.part && variant == that.variant;
    }

    @Override
    public int hashCode() {
      return variant.hash + Long.hashCode(part);
    }
  }

  /** Of one part of any other kind. */
  public static final class One extends ByArguments {
    private final Object part;

    public One(Variant variant, Object part) {
      super(variant);
      this.part = part;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof One that && isSame(that);
    }

    private boolean isSame(One that) {
      return variant == that.variant && same(part, that.part);
    }

    @Override
    public int hashCode() {
      return variant.hash + hash(part);
    }
  }

  /**
   * Of two or three parts of which one is a {@code long}: the first, where there are several. It
   * stands here as it is, and so need be no object for a look-up.
   */
  public static final class Numbered extends ByArguments {
    private final long number;
    private final Object first;
    private final Object second;
    private final byte at;
    private final byte count;

    /**
     * A key of so many parts.
     *
     * @param at the place of the number among them
     * @param first the first of the others
     * @param second the second of the others; null where there is none
     */
    public Numbered(Variant variant, int at, int count, long number, Object first, Object second) {
      super(variant);
      this.number = number;
      this.first = first;
      this.second = second;
      this.at = (byte) at;
      this.count = (byte) count;
    }

    Object[] parts() {
      Object[] parts = new Object[count];
      parts[at] = number;
      parts[at == 0 ? 1 : 0] = first;
      if (count > 2) {
        parts[at == 2 ? 1 : 2] = second;
      }
      return parts;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Numbered that && isSame(that);
    }

    private boolean isSame(Numbered that) {
      return number == that.number && hasSame(that);
    }

    private boolean hasSame(Numbered that) {
      return variant == that.variant && isAlike(that);
    }

    private boolean isAlike(Numbered that) {
      return at == that.at && hasSameOthers(that);
    }

    private boolean hasSameOthers(Numbered that) {
      return same(first, that.first) && same(second, that.second);
    }

    @Override
    public int hashCode() {
      return mix(mix(hashOfNumber(), hash(first)), hash(second));
    }

    private int hashOfNumber() {
      return mix(variant.hash, Long.hashCode(number));
    }
  }

  /** Of two parts, neither of them a number. */
  public static final class Two extends ByArguments {
    private final Object first;
    private final Object second;

    public Two(Variant variant, Object first, Object second) {
      super(variant);
      this.first = first;
      this.second = second;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Two that && isSame(that);
    }

    private boolean isSame(Two that) {
      return variant == that.variant && hasSame(that);
    }

    private boolean hasSame(Two that) {
      return same(first, that.first) && same(second, that.second);
    }

    @Override
    public int hashCode() {
      return mix(mix(variant.hash, hash(first)), hash(second));
    }
  }

  /** Of three parts, none of them a number. */
  public static final class Three extends ByArguments {
    private final Object first;
    private final Object second;
    private final Object third;

    public Three(Variant variant, Object first, Object second, Object third) {
      super(variant);
      this.first = first;
      this.second = second;
      this.third = third;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Three that && isSame(that);
    }

    private boolean isSame(Three that) {
      return variant == that.variant && hasSame(that);
    }

    private boolean hasSame(Three that) {
      return beginsAs(that) && same(third, that.third);
    }

    private boolean beginsAs(Three that) {
      return same(first, that.first) && same(second, that.second);
    }

    @Override
    public int hashCode() {
      return mix(hashOfBeginning(), hash(third));
    }

    private int hashOfBeginning() {
      return mix(mix(variant.hash, hash(first)), hash(second));
    }
  }

  /** Of more parts. */
  static final class Many extends ByArguments {
    private final Object[] parts;
    private final int hash;

    Many(Variant variant, Object[] parts) {
      super(variant);
      this.parts = parts;
      this.hash = mix(variant.hash, Arrays.hashCode(parts));
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Many that && isSame(that);
    }

    private boolean isSame(Many that) {
      return hash == that.hash && hasSame(that);
    }

    private boolean hasSame(Many that) {
      return variant == that.variant && Arrays.equals(parts, that.parts);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  /** Of a template. */
  static final class Text {
    final String text;

    Text(String text) {
      this.text = text;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Text that && that.text.equals(text);
    }

    @Override
    public int hashCode() {
      return text.hashCode();
    }
  }
}
