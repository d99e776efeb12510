/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.backend.redis;

import io.lettuce.core.protocol.CommandHandler;
import io.lettuce.core.protocol.RedisCommand;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection over which some command has had no answer for two seconds beyond the time
 * that it may take, or for six.
 *
 * <p>A machine that vanished closes nothing, and TCP takes minutes to give up; meanwhile each
 * command would wait for its time-out. Nor does a connection end on which a byte of an answer's
 * length was damaged, so that all that comes later is taken for the rest of that answer, or on
 * which answers were lost, so that each is taken for an older one's. Closed, the connection is made
 * anew until that works.
 *
 * <p>What counts is what Lettuce still expects, not what its caller has given up by then: a server
 * that answers late keeps its connection. Commands are answered in their order, so it is enough to
 * follow one at a time.
 */
final class StallHandler extends ChannelInboundHandlerAdapter {

  private static final long PATIENCE_MILLIS = 2_000;

  /** With the longest timeout too, hits are to come back within ten seconds of the server. */
  private static final long LONGEST_MILLIS = 6_000;

  private static final long LOOK_MILLIS = 500;

  private final long patienceNanos;
  private RedisCommand<?, ?, ?> followed;
  private long since;

  /** For commands that may take so long. */
  StallHandler(long timeoutMillis) {
    this.patienceNanos =
        TimeUnit.MILLISECONDS.toNanos(Math.min(timeoutMillis + PATIENCE_MILLIS, LONGEST_MILLIS));
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    lookLater(context, context.pipeline().get(CommandHandler.class));
    context.fireChannelActive();
  }

  private void lookLater(ChannelHandlerContext context, CommandHandler commands) {
    context.executor().schedule(() -> look(context, commands), LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void look(ChannelHandlerContext context, CommandHandler commands) {
    if (!context.channel().isActive()) {
      return;
    }
    Queue<RedisCommand<?, ?, ?>> unanswered = commands.getStack();
    long now = context.executor().ticker().nanoTime();
    if (followed == null || !unanswered.contains(followed)) {
      followed = null;
      for (RedisCommand<?, ?, ?> each : unanswered) {
        followed = each; // the last
      }
      since = now;
    } else if (now - since >= patienceNanos) {
      context.close();
      return;
    }
    lookLater(context, commands);
  }
}
