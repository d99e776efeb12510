/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.ops.console;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;

/** Reads what a request carries, which nobody looks at, as far as it is not too much. */
final class Bodies extends HttpObjectAggregator {

  private static final int LONGEST = 8 * 1024;

  Bodies() {
    super(LONGEST, true);
  }

  @Override
  protected void handleOversizedMessage(ChannelHandlerContext context, HttpMessage message) {
    FullHttpResponse refusal =
        RequestHandler.response(
            Answer.refusal(413, "The body is too long.", "Send none: nothing here reads one."));
    refusal.headers().set("Connection", "close");
    context.writeAndFlush(refusal).addListener(ChannelFutureListener.CLOSE);
  }
}
