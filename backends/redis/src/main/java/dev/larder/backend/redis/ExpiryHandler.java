/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.backend.redis;

import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.protocol.RedisCommand;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * Fails commands that have waited for their answers too long.
 *
 * <p>Lettuce would hang a timer on each command, and a stage that stops it. But all commands of a
 * connection may take as long as each other, and are answered in their order: so they stand in a
 * queue here, which the connection's own thread sees to, and a timer runs for the first alone.
 *
 * <p>It is the last handler of a pipeline, where commands come by first; they count from when the
 * handshake is over and tells of it by {@link #channelActive}, since that has a time of its own.
 */
final class ExpiryHandler extends ChannelDuplexHandler {

  private final long timeoutNanos;
  private final Queue<Sent> waiting = new ArrayDeque<>();
  private boolean ready;
  private boolean looking;

  /** Fails what takes longer than that. */
  ExpiryHandler(long timeoutMillis) {
    this.timeoutNanos = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
  }

  private record Sent(RedisCommand<?, ?, ?> command, long at) {}

  @Override
  public void channelActive(ChannelHandlerContext context) {
    ready = true;
    context.fireChannelActive();
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (ready) {
      note(context, message);
    }
    context.write(message, promise);
  }

  private void note(ChannelHandlerContext context, Object message) {
    if (message instanceof RedisCommand<?, ?, ?> command) {
      forgetAnswered();
      waiting.add(new Sent(command, context.executor().ticker().nanoTime()));
      if (!looking) {
        lookAfter(context, timeoutNanos);
      }
    } else if (message instanceof Collection<?> several) {
      several.forEach(each -> note(context, each));
    }
  }

  /** Lets go of the first ones as far as they are done, so that nothing is held for long. */
  private void forgetAnswered() {
    Sent first = waiting.peek();
    while (first != null && first.command().isDone()) {
      waiting.remove();
      first = waiting.peek();
    }
  }

  private void lookAfter(ChannelHandlerContext context, long nanos) {
    looking = true;
    context.executor().schedule(() -> look(context), nanos, TimeUnit.NANOSECONDS);
  }

  private void look(ChannelHandlerContext context) {
    looking = false;
    forgetAnswered();
    for (Sent first = waiting.peek(); first != null; first = waiting.peek()) {
      long left = timeoutNanos - (context.executor().ticker().nanoTime() - first.at());
      if (left > 0) {
        lookAfter(context, left);
        return;
      }
      first.command().completeExceptionally(new RedisCommandTimeoutException("no answer in time"));
      waiting.remove();
      forgetAnswered();
    }
  }
}
