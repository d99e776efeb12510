/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Texts to look for in constant pools, in groups, ordered so that most others fall out by length.
 */
final class Wanted {

  private final int groups;
  private final byte[][][] byLength;
  private final int[][] groupByLength;

  /** Of texts by group; groups are numbered from 0 in this order. */
  Wanted(List<List<String>> groups) {
    this.groups = groups.size();
    int longest = 0;
    for (List<String> group : groups) {
      for (String text : group) {
        longest = Math.max(longest, text.length());
      }
    }
    List<List<byte[]>> texts = new ArrayList<>();
    List<List<Integer>> numbers = new ArrayList<>();
    for (int i = 0; i <= longest; i++) {
      texts.add(new ArrayList<>());
      numbers.add(new ArrayList<>());
    }
    for (int group = 0; group < groups.size(); group++) {
      for (String text : groups.get(group)) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        texts.get(bytes.length).add(bytes);
        numbers.get(bytes.length).add(group);
      }
    }
    this.byLength = new byte[longest + 1][][];
    this.groupByLength = new int[longest + 1][];
    for (int i = 0; i <= longest; i++) {
      byLength[i] = texts.get(i).toArray(new byte[0][]);
      groupByLength[i] = new int[numbers.get(i).size()];
      for (int j = 0; j < groupByLength[i].length; j++) {
        groupByLength[i][j] = numbers.get(i).get(j);
      }
    }
  }

  int groups() {
    return groups;
  }

  /** Whether any text is so many bytes long. */
  boolean hasLength(int length) {
    return length < byLength.length && byLength[length].length > 0;
  }

  /** The group of the text that stands in these bytes, of a length that one has; -1 for none. */
  int groupOf(byte[] bytes, int from, int length) {
    byte[][] candidates = byLength[length];
    for (int i = 0; i < candidates.length; i++) {
      if (isAt(bytes, from, candidates[i])) {
        return groupByLength[length][i];
      }
    }
    return -1;
  }

  private static boolean isAt(byte[] bytes, int from, byte[] text) {
    for (int i = text.length - 1; i >= 0; i--) { // most begin alike
      if (bytes[from + i] != text[i]) {
        return false;
      }
    }
    return true;
  }
}
