/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.backend.memcached;

import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import net.spy.memcached.DefaultConnectionFactory;
import net.spy.memcached.compat.log.Logger;
import net.spy.memcached.compat.log.LoggerFactory;
import net.spy.memcached.ops.Operation;
import net.spy.memcached.protocol.binary.BinaryMemcachedNodeImpl;

/**
 * A server, whose connection is made anew where a request has had no answer for two seconds beyond
 * the time that it may take, or for six, or where it has not come about within two.
 *
 * <p>A machine that vanished closes nothing, and TCP takes minutes to give up; and where a
 * connection does not come about it asks at ever longer intervals. Meanwhile each request would
 * wait for its time-out, also once the machine is back.
 *
 * <p>The client has a rule of its own, by which so many requests in a row must have timed out. It
 * asks for their number whenever it has done something, and each second at least; this is where it
 * is told. Requests are answered in their order, so it is enough to follow one at a time, whether
 * or not its caller has given up: a server that answers late keeps its connection.
 */
final class WatchedNode extends BinaryMemcachedNodeImpl {

  private static final long PATIENCE_MILLIS = 2_000;

  /** With the longest timeout too, hits are to come back within ten seconds of the server. */
  private static final long LONGEST_MILLIS = 6_000;

  private final long patienceNanos;
  private Object followed;
  private long since;

  /** Of requests that may take so long. */
  WatchedNode(
      SocketAddress address,
      SocketChannel channel,
      DefaultConnectionFactory client,
      long timeoutMillis) {
    super(
        address,
        channel,
        client.getReadBufSize(),
        client.createReadOperationQueue(),
        client.createWriteOperationQueue(),
        client.createOperationQueue(),
        client.getOpQueueMaxBlockTime(),
        client.getAuthDescriptor() != null,
        timeoutMillis,
        client.getAuthWaitTime(),
        client);
    this.patienceNanos =
        TimeUnit.MILLISECONDS.toNanos(Math.min(timeoutMillis + PATIENCE_MILLIS, LONGEST_MILLIS));
  }

  /** The library's, since it is the library that speaks: of what it says only errors are told. */
  @Override
  protected Logger getLogger() {
    return LoggerFactory.getLogger(BinaryMemcachedNodeImpl.class);
  }

  /**
   * What was not sent when the connection was lost, for the client to give up. It would keep what
   * it has prepared, and send what it has begun with over the next connection, however late: an
   * item could come that was removed since.
   */
  @Override
  public Collection<Operation> destroyInputQueue() {
    Collection<Operation> unsent = super.destroyInputQueue();
    writeQ.drainTo(unsent);
    return unsent;
  }

  /** Any number that is too high, where the connection is to be given up; asked by one thread. */
  @Override
  public int getContinuousTimeout() {
    SocketChannel channel = getChannel();
    boolean isConnected = channel != null && channel.isConnected();
    Object waiting = isConnected ? getCurrentReadOp() : channel;
    if (waiting != followed) {
      followed = waiting;
      since = System.nanoTime();
      return 0;
    }
    long patience = isConnected ? patienceNanos : TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    return waiting != null && System.nanoTime() - since >= patience ? Integer.MAX_VALUE : 0;
  }
}
