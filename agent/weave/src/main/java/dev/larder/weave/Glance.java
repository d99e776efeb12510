/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import java.nio.charset.StandardCharsets;

/**
 * What one pass over a class file's constant pool tells: its name, its supertypes, and which of the
 * wanted texts stand in it.
 *
 * <p>Every class that the JVM loads is glanced at, so nothing is made of the pool but an array of
 * offsets, and no text but the class's name and its supertypes'. The format is the Java Virtual
 * Machine Specification's, chapter 4.4.
 */
final class Glance {

  private static final int UTF8 = 1;
  private static final int WIDE = 9;

  /**
   * The bytes that an entry takes, by its tag; of a text those before its own. A table, since the
   * compiler makes far less of it than of a switch, and it compiles this at each start.
   */
  private static final int[] SIZES = {
    0, 3, 0, 5, 5, WIDE, WIDE, 3, 3, 5, 5, 5, 5, 0, 0, 4, 3, 5, 5, 3, 3
  };

  private final int version;
  private final int access;
  private final String name;
  private final String superName;
  private final String[] interfaces;
  private final int[] found;

  private Glance(byte[] bytes, int[] offsets, int header, int[] found) {
    this.version = u2(bytes, 6);
    this.access = u2(bytes, header);
    this.name = className(bytes, offsets, u2(bytes, header + 2));
    int above = u2(bytes, header + 4);
    this.superName = above == 0 ? null : className(bytes, offsets, above);
    this.interfaces = new String[u2(bytes, header + 6)];
    for (int i = 0; i < interfaces.length; i++) {
      interfaces[i] = className(bytes, offsets, u2(bytes, header + 8 + 2 * i));
    }
    this.found = found;
  }

  /**
   * Glances at a class file.
   *
   * @param wanted the texts to look for
   * @return null if these are not the bytes of a class file that can be read
   */
  static Glance at(byte[] bytes, Wanted wanted) {
    try {
      return read(bytes, wanted);
    } catch (IndexOutOfBoundsException truncated) {
      return null; // the JVM will say what is wrong with it
    }
  }

  private static Glance read(byte[] bytes, Wanted wanted) {
    if (u4(bytes, 0) != 0xCAFEBABE) {
      return null;
    }
    int count = u2(bytes, 8);
    int[] offsets = new int[count];
    int[] found = new int[wanted.groups()];
    int at = 10;
    for (int i = 1; i < count; i++) {
      offsets[i] = at;
      int tag = bytes[at];
      int size = SIZES[tag];
      if (tag == UTF8) {
        int length = u2(bytes, at + 1);
        if (wanted.hasLength(length)) {
          int group = wanted.groupOf(bytes, at + size, length);
          if (group >= 0) {
            found[group]++;
          }
        }
        at += length;
      } else if (size == 0) {
        return null;
      } else if (size == WIDE) {
        i++; // a long or a double takes two places
      }
      at += size;
    }
    return new Glance(bytes, offsets, at, found);
  }

  /** The class file's major version. */
  int version() {
    return version;
  }

  boolean isInterface() {
    return (access & 0x0200) != 0;
  }

  boolean isFinal() {
    return (access & 0x0010) != 0;
  }

  /** The internal name of the class. */
  String name() {
    return name;
  }

  /** The internal name of the superclass; null of {@code Object} and of a module. */
  String superName() {
    return superName;
  }

  int interfaceCount() {
    return interfaces.length;
  }

  /** The internal name of a direct superinterface. */
  String interfaceName(int i) {
    return interfaces[i];
  }

  /** Whether a text of the group stands in the constant pool. */
  boolean has(int group) {
    return found[group] > 0;
  }

  private static String className(byte[] bytes, int[] offsets, int classIndex) {
    int at = offsets[u2(bytes, offsets[classIndex] + 1)];
    return new String(bytes, at + 3, u2(bytes, at + 1), StandardCharsets.UTF_8);
  }

  private static int u2(byte[] bytes, int at) {
    return ((bytes[at] & 0xFF) << 8) | (bytes[at + 1] & 0xFF);
  }

  private static int u4(byte[] bytes, int at) {
    return (u2(bytes, at) << 16) | u2(bytes, at + 2);
  }
}
