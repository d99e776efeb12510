/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.ops.console;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.timeout.IdleStateEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** Gives the requests of a connection to the desk, and its answers to the connection. */
final class RequestHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

  private final Desk desk;

  RequestHandler(Desk desk) {
    this.desk = desk;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest message) {
    boolean sound = message.decoderResult().isSuccess();
    Answer answer = sound ? answer(message) : refusalOfUnreadable(message.decoderResult().cause());
    FullHttpResponse response = response(answer);
    HttpHeaders headers = response.headers();
    boolean goesOn = sound && HttpUtil.isKeepAlive(message);
    HttpUtil.setKeepAlive(headers, message.protocolVersion(), goesOn);
    var sent = context.writeAndFlush(response);
    if (!goesOn) {
      sent.addListener(ChannelFutureListener.CLOSE);
    }
  }

  /** An answer as a message, with what each of them carries. */
  static FullHttpResponse response(Answer answer) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(answer.status()),
            Unpooled.wrappedBuffer(answer.body()));
    HttpHeaders headers = response.headers();
    if (answer.type() != null) {
      headers.set("Content-Type", answer.type());
    }
    headers.set("Cache-Control", "no-store");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("X-Frame-Options", "DENY");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    answer.headers().forEach(headers::set);
    if (answer.status() != HttpResponseStatus.NO_CONTENT.code()) {
      headers.setInt("Content-Length", answer.body().length);
    }
    return response;
  }

  private Answer answer(FullHttpRequest message) {
    try {
      return desk.answer(
          Request.of(message.method().name(), message.uri(), headers(message.headers())));
    } catch (IllegalArgumentException malformed) {
      return Answer.refusal(
          400, "The path or the query is not encoded as it must be.", "Write each % as %25.");
    } catch (IllegalStateException failed) {
      return Answer.refusal(
          500, "It was not done: " + failed.getMessage() + ".", "Look into this JVM's log.");
    } catch (RuntimeException | LinkageError failed) {
      LoggerFactory.getLogger(RequestHandler.class).error("the console failed", failed);
      return Answer.refusal(500, "The console itself failed.", "Look into this JVM's log.");
    }
  }

  private static Map<String, List<String>> headers(HttpHeaders headers) {
    Map<String, List<String>> all = new HashMap<>();
    for (Map.Entry<String, String> each : headers) {
      all.computeIfAbsent(each.getKey().toLowerCase(Locale.ROOT), name -> new ArrayList<>(1))
          .add(each.getValue());
    }
    return all;
  }

  private static Answer refusalOfUnreadable(Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      return Answer.refusal(414, "The request line is too long.", "Send a shorter one.");
    }
    if (cause instanceof TooLongHttpHeaderException) {
      return Answer.refusal(431, "The header fields are too long.", "Send fewer of them.");
    }
    return Answer.refusal(400, "This is no HTTP request.", "Send one of HTTP/1.1.");
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof IdleStateEvent) {
      context.close();
    }
  }

  /** What a client breaks off is its own affair. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LoggerFactory.getLogger(RequestHandler.class).debug("a connection of the console ends", cause);
    context.close();
  }
}
