/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

  /** A number that no process has. */
  private static final String NOBODY = "999999999";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "status",
        "status shop",
        "stats",
        "stats 1 products 2",
        "evict",
        "evict 1",
        "evict 1 --key 7",
        "evict 1 products 7 --key 7",
        "evict 1 --tag t --key 7",
        "evict 1 products --tag t",
        "evict 1 products --kye 7",
        "clear",
        "clear 1 products 7",
        "clear 1 --all",
        "advise",
        "advise 1 2",
        "advise 1 --jsn",
        "advise 99999999999999999999"
      })
  void command_notUnderstood_endsWithTwoAndSaysWhy(String line) {
    assertThat(run(line)).isEqualTo(CommandLine.USAGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "stats", "clear", "stats --json", "evict --tag t", "advise"})
  void command_ofNoJvm_endsWithOne(String line) {
    assertThat(run(line + " " + NOBODY)).isEqualTo(CommandLine.FAULTS);
  }

  @Test
  void table_ofNames_alignsNumbersToTheRight() {
    String table =
        Table.of(
            List.of(
                new String[] {"cache", "hits"},
                new String[] {"com.acme.Shop.find", "7"},
                new String[] {"b", "1234567"}));

    assertThat(table.lines())
        .containsExactly(
            "cache                  hits", //
            "com.acme.Shop.find        7",
            "b                   1234567");
  }

  private static int run(String line) {
    PrintStream err = System.err;
    System.setErr(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
    try {
      return CommandLine.run(line.isEmpty() ? new String[0] : line.split(" "));
    } finally {
      System.setErr(err);
    }
  }
}
