/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static dev.larder.harness.e2e.Faults.liveThrough;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.harness.Alone;
import dev.larder.harness.server.DynamoServer;
import dev.larder.harness.server.RefusingProxy;
import dev.larder.harness.server.SlowProxy;
import dev.larder.harness.server.SlowProxy.Manner;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The bad days of a DynamoDB, while sixteen threads call cached methods. DynamoDB Local shares the
 * machine with them and takes many milliseconds for what DynamoDB does in a few: so the threads
 * pause for longer between two calls, and {@code timeout} is longer than usual.
 */
@Alone
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DynamoDbFaultsIT {

  private static final long TIMEOUT = 1_000;
  private static final String PAUSE_MILLIS = "40";

  /** All threads may wait for the timeout twice before the backend is seen to be out. */
  private static final Duration SEVERAL_WAITS = Duration.ofMillis(4 * TIMEOUT);

  private DynamoServer dynamo;
  private SlowProxy slow;
  private RefusingProxy refusing;
  private Load load;

  @BeforeAll
  void start() {
    dynamo = DynamoServer.start();
    slow = SlowProxy.before(dynamo);
    refusing = RefusingProxy.before(slow.address());
    dynamo.kill();
    load =
        Load.of(
            App.named("faults")
                .optimised()
                .argument(PAUSE_MILLIS)
                .environment("AWS_ACCESS_KEY_ID", "test")
                .environment("AWS_SECRET_ACCESS_KEY", "test")
                .agent(
                    "backend=dynamodb;dynamodb.region=eu-central-1;"
                        + "timeout="
                        + TIMEOUT
                        + "ms;dynamodb.endpoint=http://"
                        + refusing.address()),
            TIMEOUT);
    load.figures();
    Load.Served none = load.served();
    Faults.last();
    double meanwhile = load.served().shareSince(none);
    restart();
    Faults.judge("DynamoDB: away at the start", load, meanwhile, load.awaitHits());
  }

  /** In memory it forgets its tables. */
  private void restart() {
    dynamo.restart();
    makeTable();
  }

  private void makeTable() {
    dynamo.call(
        "CreateTable",
        """
        {"TableName": "larder", "BillingMode": "PAY_PER_REQUEST",
         "AttributeDefinitions": [{"AttributeName": "key", "AttributeType": "S"}],
         "KeySchema": [{"AttributeName": "key", "KeyType": "HASH"}]}""");
  }

  @AfterAll
  void end() {
    try (DynamoServer server = dynamo;
        SlowProxy before = slow;
        RefusingProxy first = refusing;
        Load last = load) {
      assertThat(last.err()).as("what Larder said").isNotEmpty();
    }
  }

  @Test
  void killed() {
    liveThrough("DynamoDB: `SIGKILL` and restart", load, dynamo::kill, this::restart);
  }

  @Test
  void stopped() {
    liveThrough("DynamoDB: `SIGSTOP`", load, SEVERAL_WAITS, dynamo::pause, dynamo::resume);
  }

  @Test
  void answersDelayed() {
    liveThrough(
        "DynamoDB: answers 0.6 s late, with a `timeout` of 1 s",
        load,
        () -> slow.delay(600),
        () -> slow.delay(0));
  }

  @ParameterizedTest
  @EnumSource(names = "PASS", mode = EnumSource.Mode.EXCLUDE)
  void answersMangled(Manner manner) {
    liveThrough(
        "DynamoDB: answers " + Faults.done(manner),
        load,
        SEVERAL_WAITS,
        () -> slow.become(manner),
        () -> slow.become(Manner.PASS));
  }

  @Test
  void tableDeleted() {
    liveThrough(
        "DynamoDB: its table deleted (`ResourceNotFoundException`)",
        load,
        () -> dynamo.call("DeleteTable", "{\"TableName\": \"larder\"}"),
        this::makeTable);
  }

  /** Errors of the service as it words them. */
  private enum Refusal {
    THROTTLED(
        "throttled (`ProvisionedThroughputExceededException`)",
        400,
        "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException",
        "The level of configured provisioned throughput for the table was exceeded."),
    EXPIRED(
        "credentials expired (`ExpiredTokenException`)",
        400,
        "com.amazon.coral.service#ExpiredTokenException",
        "The security token included in the request is expired"),
    UNKNOWN(
        "credentials refused (`UnrecognizedClientException`)",
        400,
        "com.amazon.coral.service#UnrecognizedClientException",
        "The security token included in the request is invalid."),
    BROKEN(
        "failing (`InternalServerError`)",
        500,
        "com.amazonaws.dynamodb.v20120810#InternalServerError",
        "The request processing has failed because of an unknown error.");

    final String what;
    final int status;
    final String json;

    Refusal(String what, int status, String type, String message) {
      this.what = what;
      this.status = status;
      this.json = "{\"__type\":\"" + type + "\",\"message\":\"" + message + "\"}";
    }
  }

  @ParameterizedTest
  @EnumSource(Refusal.class)
  void refusing(Refusal refusal) {
    liveThrough(
        "DynamoDB: " + refusal.what,
        load,
        () -> refusing.refuse(refusal.status, refusal.json),
        refusing::pass);
  }
}
