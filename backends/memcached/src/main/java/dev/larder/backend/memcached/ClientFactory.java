/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.backend.memcached;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Map;
import javax.security.auth.callback.CallbackHandler;
import net.spy.memcached.DefaultConnectionFactory;
import net.spy.memcached.DefaultHashAlgorithm;
import net.spy.memcached.FailureMode;
import net.spy.memcached.KetamaNodeLocator;
import net.spy.memcached.MemcachedNode;
import net.spy.memcached.NodeLocator;
import net.spy.memcached.OperationFactory;
import net.spy.memcached.auth.AuthDescriptor;
import net.spy.memcached.auth.PlainCallbackHandler;
import net.spy.memcached.compat.log.Logger;
import net.spy.memcached.compat.log.LoggerFactory;
import net.spy.memcached.ops.OperationCallback;
import net.spy.memcached.ops.SASLAuthOperation;
import net.spy.memcached.ops.SASLStepOperation;
import net.spy.memcached.protocol.binary.BinaryOperationFactory;
import net.spy.memcached.protocol.binary.SASLAuthOperationImpl;
import net.spy.memcached.protocol.binary.SASLStepOperationImpl;

/** How the client is made: nobody waits in it, and nothing is queued for a server that is away. */
final class ClientFactory extends DefaultConnectionFactory {

  private static final long MAX_RECONNECT_SECONDS = 1;

  private final long timeout;
  private final AuthDescriptor asking;

  /**
   * A factory.
   *
   * @param timeout what one call may take, in milliseconds
   */
  ClientFactory(MemcachedSettings settings, long timeout) {
    super(DEFAULT_OP_QUEUE_LEN, DEFAULT_READ_BUFFER_SIZE, DefaultHashAlgorithm.KETAMA_HASH);
    this.timeout = timeout;
    this.asking =
        settings.username() == null
            ? null
            : new AuthDescriptor(
                new String[] {"PLAIN"},
                new PlainCallbackHandler(settings.username(), settings.password()));
  }

  @Override
  public MemcachedNode createMemcachedNode(
      SocketAddress address, SocketChannel channel, int bufferSize) {
    return new WatchedNode(address, channel, this, timeout);
  }

  @Override
  public NodeLocator createLocator(List<MemcachedNode> nodes) {
    return new KetamaNodeLocator(nodes, getHashAlg());
  }

  @Override
  public OperationFactory getOperationFactory() {
    return new Operations();
  }

  @Override
  public FailureMode getFailureMode() {
    return FailureMode.Cancel;
  }

  @Override
  public long getOperationTimeout() {
    return timeout;
  }

  @Override
  public long getOpQueueMaxBlockTime() {
    return 0;
  }

  @Override
  public long getAuthWaitTime() {
    return 0;
  }

  @Override
  public long getMaxReconnectDelay() {
    return MAX_RECONNECT_SECONDS;
  }

  @Override
  public AuthDescriptor getAuthDescriptor() {
    return asking;
  }

  @Override
  public boolean isDaemon() {
    return true;
  }

  @Override
  public boolean shouldOptimize() {
    return false;
  }

  /** The client's own operations that are used at all: those that say who is asking. */
  private static final class Operations extends BinaryOperationFactory {

    private static final byte AUTH = 0x21;
    private static final byte STEP = 0x22;

    /** Of what a server says to a password; it is a word or two. */
    private static final int LONGEST_BODY = 64 * 1024;

    @Override
    public SASLAuthOperation saslAuth(
        String[] mechanisms,
        String server,
        Map<String, ?> properties,
        CallbackHandler handler,
        OperationCallback callback) {
      AnswerHead head = new AnswerHead();
      return new SASLAuthOperationImpl(mechanisms, server, properties, handler, callback) {
        @Override
        protected Logger getLogger() {
          return LoggerFactory.getLogger(
              SASLAuthOperationImpl.class); // it is the library that speaks
        }

        @Override
        public void readFromBuffer(ByteBuffer buffer) throws IOException {
          look(head, buffer, AUTH, opaque);
          super.readFromBuffer(buffer);
        }
      };
    }

    @Override
    public SASLStepOperation saslStep(
        String[] mechanisms,
        byte[] challenge,
        String server,
        Map<String, ?> properties,
        CallbackHandler handler,
        OperationCallback callback) {
      AnswerHead head = new AnswerHead();
      return new SASLStepOperationImpl(
          mechanisms, challenge, server, properties, handler, callback) {
        @Override
        protected Logger getLogger() {
          return LoggerFactory.getLogger(
              SASLStepOperationImpl.class); // it is the library that speaks
        }

        @Override
        public void readFromBuffer(ByteBuffer buffer) throws IOException {
          look(head, buffer, STEP, opaque);
          super.readFromBuffer(buffer);
        }
      };
    }

    private static void look(AnswerHead head, ByteBuffer buffer, byte opcode, int opaque)
        throws IOException {
      if (!head.isWhole() && head.read(buffer.duplicate())) {
        head.check(opcode, opaque, LONGEST_BODY);
      }
    }
  }
}
