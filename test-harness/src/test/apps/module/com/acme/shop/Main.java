/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme.shop;

import dev.larder.Cache;
import dev.larder.Larder;
import java.util.ArrayList;
import java.util.List;

/** Keys and values of types that only this module can reach. */
public final class Main {

  private record Query(String text, List<Integer> pages) {}

  private static final class Answer {
    private final List<String> lines = new ArrayList<>();
  }

  private int runs;

  @Cache
  private Answer ask(Query query) {
    Answer answer = new Answer();
    answer.lines.add(query.text() + " run " + ++runs);
    return answer;
  }

  @Cache(value = "texts", key = "{query.text}", tags = "text:{query.text}")
  private String text(Query query) {
    return query.text() + " run " + ++runs;
  }

  public static void main(String[] args) {
    Main main = new Main();
    main.ask(new Query("jar", List.of(1))).lines.clear();
    System.out.println(
        "asked="
            + main.ask(new Query("jar", List.of(1))).lines
            + main.ask(new Query("jar", List.of(2))).lines);
    System.out.println(
        "text=" + main.text(new Query("a", List.of())) + "|" + main.text(new Query("a", null)));
    System.out.println("tag=" + Larder.evictTag("text:a"));
    Module own = Main.class.getModule();
    System.out.println(
        "module="
            + own.getName()
            + " open="
            + own.isOpen("com.acme.shop", Object.class.getModule()));
  }
}
