/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.backend.dynamodb;

import static dev.larder.backend.dynamodb.Item.KEY;
import static dev.larder.backend.dynamodb.Item.TTL;

import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/** The table: whether it is as it has to be, and how it is made. */
final class Table {

  /** What the table has to be, for messages. */
  static final String SCHEMA =
      "it needs a partition key \"key\" of type S and no sort key, and \"ttl\" as its time-to-live"
          + " attribute (values stand in \"value\", type B)";

  private final DynamoDbClient client;
  private final String name;

  Table(DynamoDbClient client, String name) {
    this.client = client;
    this.name = name;
  }

  /** What is wrong with the table, for a person to read; null if nothing is, or none may know. */
  String fault() {
    try {
      TableDescription table = describe();
      boolean keyed =
          table.keySchema().size() == 1
              && table.keySchema().get(0).attributeName().equals(KEY)
              && table.attributeDefinitions().stream()
                  .anyMatch(
                      each ->
                          each.attributeName().equals(KEY)
                              && each.attributeType() == ScalarAttributeType.S);
      return keyed
          ? timeToLiveFault()
          : "the DynamoDB table " + name + " has another key; " + SCHEMA;
    } catch (ResourceNotFoundException missing) {
      return missing();
    } catch (DynamoDbException notPermitted) {
      return null; // who may only read and write items is not to be told of more
    }
  }

  private String timeToLiveFault() {
    var state =
        client.describeTimeToLive(request -> request.tableName(name)).timeToLiveDescription();
    boolean on =
        state.timeToLiveStatus() == TimeToLiveStatus.ENABLED
            || state.timeToLiveStatus() == TimeToLiveStatus.ENABLING;
    return on && TTL.equals(state.attributeName())
        ? null
        : "the DynamoDB table "
            + name
            + " does not delete what is over, and will grow; switch its time to live on, with the"
            + " attribute \"ttl\"";
  }

  String missing() {
    return "there is no DynamoDB table "
        + name
        + " here; create it, or let Larder do so with dynamodb.create-table = true; "
        + SCHEMA;
  }

  String gone() {
    return "there is no DynamoDB table " + name + " any more; it is made again";
  }

  private TableDescription describe() {
    return client.describeTable(request -> request.tableName(name)).table();
  }

  /** Makes the table, unless somebody else does, and waits until it is there. */
  void create() throws InterruptedException {
    try {
      client.createTable(
          request ->
              request
                  .tableName(name)
                  .billingMode(BillingMode.PAY_PER_REQUEST)
                  .attributeDefinitions(
                      AttributeDefinition.builder()
                          .attributeName(KEY)
                          .attributeType(ScalarAttributeType.S)
                          .build())
                  .keySchema(
                      KeySchemaElement.builder().attributeName(KEY).keyType(KeyType.HASH).build()));
    } catch (ResourceInUseException madeByAnother) {
      // Then this is only a wait for it.
    }
    while (describe().tableStatus() != TableStatus.ACTIVE) {
      Thread.sleep(500);
    }
    if (timeToLiveFault() != null) {
      client.updateTimeToLive(
          request ->
              request
                  .tableName(name)
                  .timeToLiveSpecification(to -> to.attributeName(TTL).enabled(true)));
    }
  }

  /** Whether the table is there. */
  boolean exists() {
    try {
      return List.of(TableStatus.ACTIVE, TableStatus.UPDATING).contains(describe().tableStatus());
    } catch (ResourceNotFoundException missing) {
      return false;
    }
  }
}
