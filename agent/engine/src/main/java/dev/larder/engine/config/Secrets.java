/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.config;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Reads secrets from where they are kept; none of its messages holds any part of one. */
final class Secrets {

  private static final String ALLOWED = "the secret itself, env:NAME or file:PATH";
  private static final String VARIABLE = "env:";
  private static final String FILE = "file:";

  private Secrets() {}

  /** Reads secrets separated by commas, which may come from different places, as one text. */
  static Secret readAll(String text, Map<String, String> variables) throws FaultyValue {
    StringBuilder all = new StringBuilder();
    for (String each : Texts.split(text)) {
      if (!each.isEmpty()) {
        all.append(all.length() == 0 ? "" : ",").append(read(each, variables).value());
      }
    }
    return all.length() == 0 ? read(text, variables) : new Secret(all.toString());
  }

  /** Reads a secret, with the variables that {@code env:} may name. */
  static Secret read(String text, Map<String, String> variables) throws FaultyValue {
    String secret = text;
    if (text.startsWith(VARIABLE)) {
      secret = variables.get(text.substring(VARIABLE.length()));
      if (secret == null) {
        throw new FaultyValue("the environment variable that env: names is not set", ALLOWED);
      }
    } else if (text.startsWith(FILE)) {
      try (FileInputStream file = new FileInputStream(text.substring(FILE.length()))) {
        secret = new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
      } catch (IOException unreadable) {
        throw new FaultyValue("the file that file: names cannot be read", ALLOWED);
      }
    }
    if (secret.isEmpty()) {
      throw new FaultyValue("the secret is empty", ALLOWED);
    }
    return new Secret(secret);
  }
}
