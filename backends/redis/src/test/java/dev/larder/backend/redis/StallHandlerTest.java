/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.protocol.CommandEncoder;
import io.lettuce.core.protocol.CommandHandler;
import io.lettuce.core.protocol.ConnectionFacade;
import io.lettuce.core.protocol.DefaultEndpoint;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StallHandlerTest {

  private static final long TIMEOUT = 250;

  private final ClientResources resources = DefaultClientResources.create();
  private EmbeddedChannel channel;
  private int asked;

  @BeforeEach
  void open() {
    open(TIMEOUT);
  }

  private void open(long timeout) {
    DefaultEndpoint endpoint = new DefaultEndpoint(ClientOptions.create(), resources);
    endpoint.setConnectionFacade(new NoFacade());
    channel =
        new EmbeddedChannel(
            new StallHandler(timeout),
            new CommandEncoder(),
            new CommandHandler(ClientOptions.create(), resources, endpoint),
            new ExpiryHandler(timeout));
    channel.freezeTime();
  }

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
    resources.shutdown(0, 0, TimeUnit.MILLISECONDS);
  }

  private static final class NoFacade implements ConnectionFacade {
    @Override
    public void activated() {}

    @Override
    public void deactivated() {}
  }

  private void ask() {
    channel.writeOutbound(new GetCell("shop:" + asked++));
  }

  private void answer(String bytes) {
    channel.writeInbound(Unpooled.copiedBuffer(bytes, StandardCharsets.US_ASCII));
  }

  private void pass(long millis) {
    channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
    channel.runScheduledPendingTasks();
  }

  @Test
  void answer_takenForTheRestOfAnother_endsTheConnection() {
    ask();
    answer("$90000\r\nvalue\r\n"); // it was five
    for (int half = 0; half < 6 && channel.isOpen(); half++) {
      ask();
      answer("$5\r\nvalue\r\n");
      pass(500);
    }
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void answer_thatNeverComes_endsTheConnection() {
    ask();
    for (int half = 0; half < 5; half++) {
      pass(500);
      assertThat(channel.isOpen()).isTrue();
    }
    pass(500);
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void answer_thatNeverComesWithALongTimeout_endsTheConnectionAfterSixSeconds() {
    channel.finishAndReleaseAll();
    open(20_000);
    ask();
    for (int half = 0; half < 12; half++) {
      pass(500);
      assertThat(channel.isOpen()).isTrue();
    }
    pass(500);
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void answer_takenForThatOfAnOlderCommand_endsTheConnection() {
    for (int lost = 0; lost < 20; lost++) {
      ask();
    }
    pass(1_000);
    for (int half = 0; half < 6 && channel.isOpen(); half++) {
      ask();
      answer("$5\r\nvalue\r\n");
      pass(500);
    }
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void answer_thatComesTooLateForItsCaller_keepsTheConnection() {
    ask();
    ask();
    for (int half = 0; half < 10; half++) {
      pass(500);
      answer("$5\r\nvalue\r\n");
      ask();
    }
    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void question_none_keepsTheConnection() {
    for (int half = 0; half < 10; half++) {
      pass(500);
    }
    assertThat(channel.isOpen()).isTrue();
  }
}
