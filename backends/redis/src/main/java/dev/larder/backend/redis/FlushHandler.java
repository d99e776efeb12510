/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.backend.redis;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.util.concurrent.SingleThreadEventExecutor;

/**
 * Sends together what several threads have written at the same time: one system call here, and one
 * waking of the server.
 *
 * <p>Each write of another thread is a task of the connection's thread, and Lettuce flushes in each
 * of them. While more tasks wait, so does the flush, as the last of those that are there now; where
 * none waits it goes out at once.
 */
final class FlushHandler extends ChannelOutboundHandlerAdapter {

  private boolean due;

  @Override
  public void flush(ChannelHandlerContext context) {
    if (due) {
      return;
    }
    if (context.executor() instanceof SingleThreadEventExecutor loop && loop.pendingTasks() > 0) {
      due = true;
      loop.execute(
          () -> {
            due = false;
            context.flush();
          });
    } else {
      context.flush();
    }
  }
}
