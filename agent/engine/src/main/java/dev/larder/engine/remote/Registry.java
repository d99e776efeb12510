/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.remote;

import dev.larder.spi.Backend;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The variants of one cache in all JVMs and releases that share the backend, so that an evict by
 * arguments reaches the entries of each.
 *
 * <p>A list belongs to a mark of the cache, and its length is kept from before the mark counts. So
 * where the length or a member is lost, that is seen, and a new mark clears the cache: no variant
 * can have entries that an evict does not reach.
 *
 * <pre>
 *   PREFIX:CACHE:!MARK       how many there are, as text
 *   PREFIX:CACHE:!MARK!0 …   their descriptions
 * </pre>
 */
final class Registry {

  /** Beyond so many variants of one cache something is wrong with the receivers' fields. */
  private static final int MOST = 10_000;

  private final String prefix;
  private final ConcurrentHashMap<String, byte[]> registered = new ConcurrentHashMap<>();

  /**
   * The registry of one cache.
   *
   * @param prefix what the keys of its cells begin with
   */
  Registry(String prefix) {
    this.prefix = prefix;
  }

  private String lengthKey(byte[] mark) {
    return prefix + HexFormat.of().formatHex(mark);
  }

  /**
   * A description as it stands in a list.
   *
   * @param name of the variant, as its keys have it
   * @param types the names of the parameters that count
   */
  static String describe(String name, List<String> types) {
    return name + '\n' + String.join(",", types);
  }

  static String nameOf(String description) {
    return description.substring(0, description.indexOf('\n'));
  }

  static List<String> typesOf(String description) {
    String types = description.substring(description.indexOf('\n') + 1);
    return types.isEmpty() ? List.of() : List.of(types.split(","));
  }

  private static byte[] text(int number) {
    return String.valueOf(number).getBytes(StandardCharsets.US_ASCII);
  }

  /** Begins the list of a mark, before the mark counts. */
  void begin(byte[] mark, Turn turn) {
    turn.run(
        (backend, deadline) -> backend.put(lengthKey(mark), text(0), Backend.FOREVER, deadline));
  }

  /**
   * Sees to it that a variant is in the list of a mark.
   *
   * @return false where the list is lost or full, so that the variant may store nothing
   */
  boolean register(String variant, byte[] mark, Turn turn) {
    if (Arrays.equals(registered.get(variant), mark)) {
      return true;
    }
    List<String> known = members(mark, turn);
    if (known == null) {
      return false;
    }
    byte[] own = variant.getBytes(StandardCharsets.UTF_8);
    boolean listed = known.contains(variant);
    for (int i = known.size(); !listed && i < MOST; i++) {
      String key = lengthKey(mark) + '!' + i;
      byte[] there =
          turn.run((backend, deadline) -> backend.putIfAbsent(key, own, Backend.FOREVER, deadline));
      byte[] before = text(i);
      byte[] after = text(i + 1);
      turn.run( // or another JVM has done it for us
          (backend, deadline) ->
              backend.replace(lengthKey(mark), before, after, Backend.FOREVER, deadline));
      listed = there == null || Arrays.equals(there, own);
    }
    if (listed) {
      registered.put(variant, mark);
    }
    return listed;
  }

  /** A length, as it stands in a cell; -1 where that is none, whoever wrote it. */
  private static int length(byte[] cell) {
    if (cell == null || cell.length == 0 || cell.length > 9) {
      return -1;
    }
    int length = 0;
    for (byte each : cell) {
      if (each < '0' || each > '9') {
        return -1;
      }
      length = 10 * length + each - '0';
    }
    return length > MOST ? -1 : length;
  }

  /** The variants in the list of a mark; null where any of it is lost, or no longer ours. */
  List<String> members(byte[] mark, Turn turn) {
    String lengthKey = lengthKey(mark);
    int count = length(turn.run((backend, deadline) -> backend.get(lengthKey, deadline)));
    if (count < 0) {
      return null;
    }
    if (count == 0) {
      return List.of();
    }
    List<String> keys = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      keys.add(lengthKey + '!' + i);
    }
    List<String> members = new ArrayList<>(count);
    for (byte[] each : turn.run((backend, deadline) -> backend.getAll(keys, deadline))) {
      String description = each == null ? "" : new String(each, StandardCharsets.UTF_8);
      if (description.indexOf('\n') < 0) {
        return null;
      }
      members.add(description);
    }
    return members;
  }
}
