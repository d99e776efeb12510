/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalIoHandler;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FlushHandlerTest {

  private final MultiThreadIoEventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, LocalIoHandler.newFactory());
  private final AtomicInteger flushes = new AtomicInteger();
  private final Channel channel = new LocalChannel();

  @BeforeEach
  void open() throws InterruptedException {
    channel
        .pipeline()
        .addLast(
            new ChannelOutboundHandlerAdapter() {
              @Override
              public void flush(ChannelHandlerContext context) {
                flushes.incrementAndGet();
              }
            })
        .addLast(new FlushHandler());
    loops.register(channel).sync();
  }

  @AfterEach
  void close() throws InterruptedException {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
  }

  private void afterAllTasks() throws InterruptedException {
    for (int i = 0; i < 2; i++) { // what a task has left behind runs before the second
      channel.eventLoop().submit(() -> {}).sync();
    }
  }

  @Test
  void flush_alone_goesOutAtOnce() throws InterruptedException {
    int[] seen = new int[1];
    channel
        .eventLoop()
        .submit(
            () -> {
              channel.flush();
              seen[0] = flushes.get();
            })
        .sync();
    assertThat(seen[0]).isEqualTo(1);
    afterAllTasks();
    assertThat(flushes).hasValue(1);
  }

  @Test
  void flush_byManyWhileTheLoopIsBusy_isOne() throws InterruptedException {
    CountDownLatch busy = new CountDownLatch(1);
    channel.eventLoop().execute(() -> await(busy));
    for (int i = 0; i < 8; i++) {
      channel.flush();
    }
    busy.countDown();
    afterAllTasks();
    assertThat(flushes).hasValue(1);
    channel.flush();
    afterAllTasks();
    assertThat(flushes).hasValue(2);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }
}
