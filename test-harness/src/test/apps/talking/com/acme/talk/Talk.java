/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme.talk;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Answers each line that is read with one line, so that a test can let applications take turns. */
public final class Talk {

  private Talk() {}

  /** What an application answers. */
  @FunctionalInterface
  public interface Answers {
    Object to(String[] words) throws Exception;
  }

  /** Answers until there is nothing more to be read. */
  public static void listen(Answers answers) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String answer;
      try {
        answer = String.valueOf(answers.to(line.split(" ")));
      } catch (Exception failure) {
        answer = "FAILED " + failure;
      }
      System.out.println(answer);
      System.out.flush();
    }
  }
}
