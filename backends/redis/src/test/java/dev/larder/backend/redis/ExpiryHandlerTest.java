/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.spi.BackendException;
import dev.larder.spi.BackendException.Kind;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExpiryHandlerTest {

  private static final long TIMEOUT = 250;

  private final GetCell first = new GetCell("shop:1");
  private final GetCell second = new GetCell("shop:2");
  private EmbeddedChannel channel;

  @BeforeEach
  void open() {
    channel = new EmbeddedChannel(new ExpiryHandler(TIMEOUT));
    channel.freezeTime();
  }

  private void pass(long millis) {
    channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
    channel.runScheduledPendingTasks();
  }

  private static void assertTimedOut(GetCell command) {
    assertThat(command).isDone();
    assertThatThrownBy(command::get)
        .cause()
        .isInstanceOfSatisfying(
            BackendException.class, failure -> assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT));
  }

  @Test
  void write_unanswered_failsAtItsOwnTime() {
    channel.writeOutbound(first);
    pass(100);
    channel.writeOutbound(second);
    pass(149);
    assertThat(first).isNotDone();
    pass(1);
    assertTimedOut(first);
    assertThat(second).isNotDone();
    pass(99);
    assertThat(second).isNotDone();
    pass(1);
    assertTimedOut(second);
  }

  @Test
  void write_answered_isLeftAloneAndTheNextOneIsNot() {
    channel.writeOutbound(first);
    channel.writeOutbound(second);
    first.complete(null);
    pass(TIMEOUT);
    assertThat(first).isCompletedWithValue(null);
    assertTimedOut(second);
  }

  @Test
  void write_severalAtOnce_eachFails() {
    channel.writeOutbound(List.of(first, second));
    pass(TIMEOUT);
    assertTimedOut(first);
    assertTimedOut(second);
  }

  @Test
  void write_afterAllWasAnswered_isTimedAnew() {
    channel.writeOutbound(first);
    first.complete(null);
    pass(2 * TIMEOUT);
    channel.writeOutbound(second);
    pass(TIMEOUT - 1);
    assertThat(second).isNotDone();
    pass(1);
    assertTimedOut(second);
  }
}
