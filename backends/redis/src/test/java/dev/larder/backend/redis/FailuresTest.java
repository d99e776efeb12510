/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisConnectionException;
import java.net.ConnectException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class FailuresTest {

  @Test
  void reasonOf_aServersRefusal_isWhatItSaid() {
    assertThat(
            Failures.reasonOf(
                new RedisConnectionException(
                    "Unable to connect", new RedisCommandExecutionException("WRONGPASS wrong"))))
        .isEqualTo("WRONGPASS wrong");
  }

  @Test
  void reasonOf_anAddressThatRefuses_namesTheAddress() {
    ConnectException named = new ConnectException("Connection refused: localhost/127.0.0.1:1");
    named.initCause(new ConnectException("Connection refused"));
    assertThat(Failures.reasonOf(new ExecutionException(new RedisConnectionException("it", named))))
        .endsWith("Connection refused: localhost/127.0.0.1:1");
  }

  @Test
  void reasonOf_whatSaysNothing_isItsName() {
    assertThat(Failures.reasonOf(new TimeoutException()))
        .isEqualTo("java.util.concurrent.TimeoutException");
  }

  @Test
  void reasonOf_severalLines_isOne() {
    assertThat(Failures.reasonOf(new RedisConnectionException("None\n\nDetails:\n\ta: away\n")))
        .isEqualTo("None Details: a: away");
  }
}
