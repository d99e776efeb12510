/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness;

import dev.larder.backend.dynamodb.DynamoDbBackend;
import dev.larder.harness.server.DynamoServer;
import dev.larder.harness.server.Ports;
import dev.larder.harness.server.Servers;
import dev.larder.spi.Backend;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.ExtendWith;

@Alone
@ExtendWith(Servers.class)
class DynamoDbContractIT extends BackendContractTest {

  private final DynamoServer dynamo;

  DynamoDbContractIT(DynamoServer dynamo) {
    this.dynamo = dynamo;
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
  }

  @AfterAll
  void forgetCredentials() {
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }

  @Override
  protected Backend newBackend() {
    return new DynamoDbBackend();
  }

  @Override
  protected Map<String, String> reachable() {
    return Map.of(
        "dynamodb.endpoint", dynamo.endpoint(),
        "dynamodb.region", "eu-central-1",
        "dynamodb.create-table", "true");
  }

  @Override
  protected Map<String, String> unreachable() {
    return Map.of(
        "dynamodb.endpoint", "http://127.0.0.1:" + Ports.free(), "dynamodb.region", "eu-central-1");
  }

  @Override
  protected int largeValue() {
    return 390_000;
  }

  @Override
  protected int tooLargeValue() {
    return 400 * 1024;
  }
}
