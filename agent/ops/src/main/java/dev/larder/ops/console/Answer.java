/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.ops.console;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer of the console.
 *
 * @param headers those beside what each answer carries
 */
record Answer(int status, String type, byte[] body, Map<String, String> headers) {

  static final String JSON = "application/json";

  static Answer json(int status, String json) {
    return new Answer(status, JSON, json.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  static Answer text(String type, String text) {
    return new Answer(200, type, text.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  static Answer empty() {
    return new Answer(204, null, new byte[0], Map.of());
  }

  /**
   * What could not be done.
   *
   * @param cause what was wrong, in a sentence
   * @param remedy what to do about it
   */
  static Answer refusal(int status, String cause, String remedy) {
    return json(status, Json.refusal(status, cause, remedy));
  }

  /** The same with one more header field. */
  Answer with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Answer(status, type, body, more);
  }
}
