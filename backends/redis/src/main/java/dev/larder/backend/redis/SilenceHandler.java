/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.backend.redis;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection over which something was sent and nothing has come for two seconds.
 *
 * <p>A machine that vanished closes nothing, and TCP takes minutes to give up; meanwhile each
 * command would wait for its time-out. Closed, the connection is made anew until that works. It
 * also ends a connection whose answers were lost on the way, before commands get each other's.
 */
final class SilenceHandler extends ChannelDuplexHandler {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long LOOK_MILLIS = 500;

  private boolean waiting;
  private long since;

  @Override
  public void channelActive(ChannelHandlerContext context) {
    look(context);
    context.fireChannelActive();
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (!waiting) {
      waiting = true;
      since = System.nanoTime();
    }
    context.write(message, promise);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    waiting = false;
    context.fireChannelRead(message);
  }

  private void look(ChannelHandlerContext context) {
    context
        .executor()
        .schedule(
            () -> {
              if (waiting && System.nanoTime() - since > PATIENCE_NANOS) {
                context.close();
              } else if (context.channel().isActive()) {
                look(context);
              }
            },
            LOOK_MILLIS,
            TimeUnit.MILLISECONDS);
  }
}
