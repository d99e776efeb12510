/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.backend.dynamodb;

import dev.larder.spi.BackendSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

/**
 * Where the table is.
 *
 * @param table its name
 * @param endpoint null for the region's own
 * @param region null for what the SDK finds in its usual places
 * @param createTable whether to make the table if it is not there
 * @param timeout what one request may take
 */
record DynamoSettings(
    String table, URI endpoint, String region, boolean createTable, Duration timeout) {

  static final Set<String> NAMES =
      Set.of("dynamodb.table", "dynamodb.endpoint", "dynamodb.region", "dynamodb.create-table");

  static DynamoSettings of(BackendSettings settings) {
    String table = settings.get("dynamodb.table", "larder");
    if (!table.matches("[a-zA-Z0-9_.-]{3,255}") && !table.startsWith("arn:")) {
      throw new IllegalArgumentException(
          "dynamodb.table is \""
              + table
              + "\"; a table's name has 3 to 255 of the characters a-z, A-Z, 0-9, _, - and .");
    }
    return new DynamoSettings(
        table,
        endpoint(settings.get("dynamodb.endpoint")),
        settings.get("dynamodb.region"),
        flag(settings.get("dynamodb.create-table", "false")),
        Duration.ofMillis(settings.timeout()));
  }

  private static URI endpoint(String text) {
    if (text == null) {
      return null;
    }
    if (!text.matches("https?://[^/\\s]+/?")) {
      throw new IllegalArgumentException(
          "dynamodb.endpoint is \"" + text + "\"; write http://host:port or https://host");
    }
    return URI.create(text);
  }

  private static boolean flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException(
              "dynamodb.create-table is \"" + text + "\"; it is true or false");
    };
  }
}
