/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;

/** A table for people: names to the left, numbers to the right. */
final class Table {

  private static final int GAP = 2;

  private Table() {}

  /** Of rows that are equally long, the first of which is the head. */
  static String of(List<String[]> rows) {
    int[] widths = new int[rows.get(0).length];
    for (String[] row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < widths.length; i++) {
      columns.add(new Column(widths[i] + (i == 0 ? 0 : GAP), 0, Overflow.TRUNCATE));
    }
    TextTable table =
        TextTable.forColumns(Help.defaultColorScheme(Ansi.OFF), columns.toArray(new Column[0]));
    for (String[] row : rows) {
      String[] shown = row.clone();
      for (int i = 1; i < shown.length; i++) {
        shown[i] = " ".repeat(GAP + widths[i] - row[i].length()) + row[i];
      }
      table.addRowValues(shown);
    }
    return table.toString().stripTrailing();
  }
}
