/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness;

import static dev.larder.harness.BackendUser.deadline;
import static dev.larder.harness.BackendUser.done;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.backend.dynamodb.DynamoDbBackend;
import dev.larder.harness.server.DynamoServer;
import dev.larder.harness.server.Servers;
import dev.larder.spi.BackendException;
import dev.larder.spi.BackendException.Kind;
import dev.larder.spi.Deadline;
import dev.larder.spi.Outcome;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is DynamoDB's own: its table, and what stands in it. */
@Alone
@ExtendWith(Servers.class)
class DynamoDbBackendIT {

  private final String table = "larder-" + UUID.randomUUID();

  @BeforeAll
  static void giveCredentials() {
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
  }

  @AfterAll
  static void forgetCredentials() {
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }

  private Map<String, String> settings(DynamoServer dynamo) {
    Map<String, String> settings = new HashMap<>();
    settings.put("dynamodb.endpoint", dynamo.endpoint());
    settings.put("dynamodb.region", "eu-central-1");
    settings.put("dynamodb.table", table);
    return settings;
  }

  private BackendUser connect(DynamoServer dynamo, String... more) {
    Map<String, String> settings = settings(dynamo);
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return new BackendUser(new DynamoDbBackend(), settings, 2_000);
  }

  @Test
  void ask_withoutATable_refusedAndSaidOnceWithTheSchema(DynamoServer dynamo) {
    try (BackendUser user = connect(dynamo)) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(
              () ->
                  assertThatThrownBy(() -> user.get("shop:key"))
                      .cause()
                      .isInstanceOfSatisfying(
                          BackendException.class,
                          refused -> assertThat(refused.kind()).isEqualTo(Kind.REFUSED))
                      .hasMessageContaining(table)
                      .hasMessageContaining("\"key\" of type S")
                      .hasMessageContaining("dynamodb.create-table = true"));
      assertThat(user.told.warnings()).hasSize(1);
    }
  }

  @Test
  void start_aTableWithAnotherKey_said(DynamoServer dynamo) {
    dynamo.call(
        "CreateTable",
        """
        {"TableName": "%s", "BillingMode": "PAY_PER_REQUEST",
         "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
         "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}]}\
        """
            .formatted(table));
    try (BackendUser user = connect(dynamo)) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(
              () ->
                  assertThat(user.told.warnings())
                      .singleElement()
                      .asString()
                      .contains("another key", table));
    }
  }

  @Test
  void put_intoATableOfItsOwn_standsAsDocumented(DynamoServer dynamo) throws Exception {
    try (BackendUser user = connect(dynamo, "dynamodb.create-table", "true").awaitConnected()) {
      long before = System.currentTimeMillis();
      done(user.backend.put("shop:item", "value".getBytes(UTF_8), 12_345, deadline()));
      long after = System.currentTimeMillis();
      assertThat(dynamo.call("DescribeTimeToLive", "{\"TableName\": \"" + table + "\"}"))
          .contains("\"AttributeName\":\"ttl\"", "ENABLED");
      String items = dynamo.call("Scan", "{\"TableName\": \"" + table + "\"}");
      assertThat(items).contains("\"key\":{\"S\":\"shop:item\"}", "\"value\":{\"B\":\"dmFsdWU=\"}");
      long until = number("until", items);
      assertThat(until).isBetween(before + 12_345, after + 12_345);
      assertThat(number("ttl", items))
          .as("seconds, rounded up: never gone before its time")
          .isEqualTo((until + 999) / 1_000);
    }
  }

  @Test
  void put_afterTheTableHasGone_madeAgain(DynamoServer dynamo) throws Exception {
    try (BackendUser user = connect(dynamo, "dynamodb.create-table", "true").awaitConnected()) {
      dynamo.call("DeleteTable", "{\"TableName\": \"" + table + "\"}");
      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .ignoreExceptions()
          .untilAsserted(() -> user.put("shop:again", "value"));
      assertThat(user.get("shop:again")).isEqualTo("value");
      assertThat(user.told.warnings()).singleElement().asString().contains("made again");
    }
  }

  @Test
  void get_anItemThatIsOverOrNoneOfOurs_absent(DynamoServer dynamo) throws Exception {
    try (BackendUser user = connect(dynamo, "dynamodb.create-table", "true").awaitConnected()) {
      put(dynamo, "shop:over", "\"value\": {\"B\": \"dmFsdWU=\"}, \"ttl\": {\"N\": \"1\"}");
      put(dynamo, "shop:bare", "\"other\": {\"S\": \"x\"}");
      put(
          dynamo,
          "shop:text",
          "\"value\": {\"S\": \"x\"}, \"ttl\": {\"N\": \"9999999999\"}, "
              + "\"until\": {\"N\": \"9999999999000\"}");
      for (String key : new String[] {"shop:over", "shop:bare", "shop:text"}) {
        assertThat(user.get(key)).isNull();
        // The first conditional write of a DynamoDB Local takes its time.
        assertThat(done(user.backend.putIfAbsent(key, new byte[1], 60_000, Deadline.in(1_900))))
            .isNull();
        assertThat(user.get(key)).isEqualTo("\0");
      }
    }
  }

  @Test
  void put_upToTheLongestItem_isTakenByTheServer(DynamoServer dynamo) throws Exception {
    try (BackendUser user = connect(dynamo, "dynamodb.create-table", "true").awaitConnected()) {
      String key = "shop:" + "é".repeat(500);
      int longest = 400 * 1024 - 100 - key.getBytes(UTF_8).length;
      byte[] value = new byte[longest];
      value[longest - 1] = 1;
      assertThat(done(user.backend.put(key, value, 60_000, Deadline.in(1_900))))
          .isEqualTo(Outcome.DONE);
      assertThat(done(user.backend.get(key, Deadline.in(1_900)))).isEqualTo(value);
      for (int i = 0; i < 2; i++) {
        assertThat(done(user.backend.put(key, new byte[longest + 1], 60_000, Deadline.in(1_900))))
            .isEqualTo(Outcome.TOO_LARGE);
      }
      assertThat(user.told.warnings()).singleElement().asString().contains("400 KB");
    }
  }

  /** An answer of DynamoDB has 16 MB at most; what does not fit is left for the next. */
  @Test
  void getAll_ofMoreThanOneAnswerHolds_isWhole(DynamoServer dynamo) throws Exception {
    connect(dynamo, "dynamodb.create-table", "true").awaitConnected().close();
    Deadline enough = Deadline.in(30_000);
    try (BackendUser user =
        new BackendUser(new DynamoDbBackend(), settings(dynamo), 30_000).awaitConnected()) {
      List<String> keys = IntStream.range(0, 50).mapToObj(i -> "shop:large" + i).toList();
      for (int i = 0; i < keys.size(); i++) {
        byte[] value = new byte[390_000];
        value[0] = (byte) i;
        user.backend.put(keys.get(i), value, 600_000, enough).toCompletableFuture().join();
      }
      List<byte[]> found = user.backend.getAll(keys, enough).toCompletableFuture().join();
      for (int i = 0; i < keys.size(); i++) {
        assertThat(found.get(i)).as(keys.get(i)).hasSize(390_000).startsWith((byte) i);
      }
    }
  }

  @Test
  void start_twoThatMakeTheTable_bothHaveIt(DynamoServer dynamo) throws Exception {
    try (BackendUser one = connect(dynamo, "dynamodb.create-table", "true");
        BackendUser other = connect(dynamo, "dynamodb.create-table", "true")) {
      one.awaitConnected();
      other.awaitConnected();
      assertThat(done(one.backend.put("shop:made", new byte[1], 60_000, Deadline.in(1_900))))
          .isEqualTo(Outcome.DONE);
      assertThat(done(other.backend.get("shop:made", Deadline.in(1_900)))).hasSize(1);
      assertThat(one.told.warnings()).isEmpty();
      assertThat(other.told.warnings()).isEmpty();
    }
  }

  @Test
  void start_aTableThatDeletesNothing_said(DynamoServer dynamo) {
    dynamo.call(
        "CreateTable",
        """
        {"TableName": "%s", "BillingMode": "PAY_PER_REQUEST",
         "AttributeDefinitions": [{"AttributeName": "key", "AttributeType": "S"}],
         "KeySchema": [{"AttributeName": "key", "KeyType": "HASH"}]}\
        """
            .formatted(table));
    try (BackendUser user = connect(dynamo).awaitConnected()) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(
              () ->
                  assertThat(user.told.warnings())
                      .singleElement()
                      .asString()
                      .contains("will grow", "\"ttl\"", table));
    }
  }

  private static long number(String attribute, String items) {
    Matcher found = Pattern.compile("\"" + attribute + "\":\\{\"N\":\"(\\d+)\"").matcher(items);
    assertThat(found.find()).as("%s in %s", attribute, items).isTrue();
    return Long.parseLong(found.group(1));
  }

  private void put(DynamoServer dynamo, String key, String attributes) {
    dynamo.call(
        "PutItem",
        "{\"TableName\": \"%s\", \"Item\": {\"key\": {\"S\": \"%s\"}, %s}}"
            .formatted(table, key, attributes));
  }
}
