/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.ops.console;

import dev.larder.ops.Holdings;
import dev.larder.spi.Daemons;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.IdleStateHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/**
 * The console at work. One thread, a daemon, does everything: a few people and a collector of
 * figures are all that ask.
 */
public final class Console implements AutoCloseable {

  private static final int MOST_CONNECTIONS = 64;
  private static final int LONGEST_LINE = 8 * 1024;
  private static final int LONGEST_HEADERS = 16 * 1024;
  private static final int LONGEST_CHUNK = 8 * 1024;
  private static final int IDLE_SECONDS = 30;
  private static final int WAITING_CONNECTIONS = 16;

  private static final ThreadFactory THREADS =
      task -> Daemons.threadOf(Console.class, "larder-console", task);

  private final EventLoop thread;
  private final Channel server;
  private final String url;
  private final String madeToken;

  private Console(EventLoop thread, Channel server, String url, String madeToken) {
    this.thread = thread;
    this.server = server;
    this.url = url;
    this.madeToken = madeToken;
  }

  /**
   * Opens the console.
   *
   * @param at {@code host:port}; port 0 for one that is free
   * @param token null to have one made
   * @param status how this JVM caches, by the names that the command {@code status} has
   * @throws IOException if it cannot listen there
   */
  public static Console open(
      String at, String token, Supplier<Map<String, Object>> status, Holdings holdings)
      throws IOException {
    InetSocketAddress address = Place.toListenAt(at);
    if (address.isUnresolved()) {
      throw new UnknownHostException("no host is known by the name " + address.getHostString());
    }
    // Without a group, whose end another thread would tell of, one that is no daemon.
    EventLoop thread = new SingleThreadIoEventLoop(null, THREADS, NioIoHandler.newFactory());
    try {
      Connections connections = new Connections(thread);
      ChannelFuture bound =
          new ServerBootstrap()
              .group(thread)
              .channel(NioServerSocketChannel.class)
              .option(ChannelOption.SO_REUSEADDR, true)
              .option(ChannelOption.SO_BACKLOG, WAITING_CONNECTIONS)
              .option(ChannelOption.AUTO_READ, false) // who comes early waits for the desk
              .childHandler(connections)
              .bind(address)
              .awaitUninterruptibly();
      if (!bound.isSuccess()) {
        throw new IOException(bound.cause().getMessage(), bound.cause());
      }
      Channel server = bound.channel();
      Place place = Place.of(at, (InetSocketAddress) server.localAddress());
      String made = token == null ? Token.made() : null;
      History history = new History();
      connections.open(
          new Desk(
              new Doorkeeper(place, new Token(token == null ? made : token)),
              status,
              holdings,
              history));
      server.config().setAutoRead(true);
      thread.scheduleAtFixedRate(
          () -> look(history, holdings), 0, History.EVERY_SECONDS, TimeUnit.SECONDS);
      return new Console(thread, server, place.url(), made);
    } catch (IOException | RuntimeException | LinkageError failed) {
      thread.shutdownGracefully(0, 1, TimeUnit.SECONDS);
      throw failed;
    }
  }

  /** Looks at the figures; a look that fails leaves a gap. */
  private static void look(History history, Holdings holdings) {
    try {
      history.add(System.currentTimeMillis(), CacheFigures.all(holdings));
    } catch (RuntimeException | LinkageError failed) {
      LoggerFactory.getLogger(Console.class).debug("the figures could not be read", failed);
    }
  }

  /** Where a browser finds it. */
  public String url() {
    return url;
  }

  /** The token that was made; null where one was given. */
  public String madeToken() {
    return madeToken;
  }

  @Override
  public void close() {
    server.close();
    thread.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  /** Furnishes each connection, as long as there are not too many. */
  private static final class Connections extends ChannelInitializer<Channel> {
    private final ChannelGroup open;
    private volatile Desk desk;

    Connections(EventLoop thread) {
      this.open = new DefaultChannelGroup(thread);
    }

    void open(Desk readyDesk) {
      desk = readyDesk;
    }

    @Override
    protected void initChannel(Channel channel) {
      if (open.size() >= MOST_CONNECTIONS) {
        channel.close();
        return;
      }
      open.add(channel);
      channel
          .pipeline()
          .addLast(new IdleStateHandler(0, 0, IDLE_SECONDS))
          .addLast(
              new HttpServerCodec(
                  new HttpDecoderConfig()
                      .setMaxInitialLineLength(LONGEST_LINE)
                      .setMaxHeaderSize(LONGEST_HEADERS)
                      .setMaxChunkSize(LONGEST_CHUNK)))
          .addLast(new Bodies())
          .addLast(new RequestHandler(desk));
    }
  }
}
