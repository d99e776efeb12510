/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness;

import dev.larder.harness.server.DynamoServer;
import dev.larder.harness.server.Servers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.ExtendWith;

/** Caches whose entries are in a table of DynamoDB. */
@ExtendWith(Servers.class)
class DynamoDbCacheIT extends RemoteCacheContract {

  DynamoDbCacheIT(DynamoServer dynamo) {
    super(new DynamoDbContractIT(dynamo));
  }

  @AfterAll
  void forgetCredentials() {
    ((DynamoDbContractIT) place()).forgetCredentials();
  }
}
