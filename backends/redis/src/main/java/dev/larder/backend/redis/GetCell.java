/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.backend.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.output.ValueOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.CompleteableCommand;
import io.lettuce.core.protocol.ProtocolKeyword;
import io.lettuce.core.protocol.RedisCommand;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * A {@code GET}, which is nearly all that is ever asked: command and stage in one, so that the
 * connection's thread has nothing to do with an answer but to hand it to whoever waits.
 *
 * <p>Lettuce's own commands complete with what Lettuce throws; to put that into the words of the
 * SPI takes another stage behind each. What is no string counts as absent, as {@code MGET} has it.
 */
final class GetCell extends CompletableFuture<byte[]>
    implements RedisCommand<String, byte[], byte[]>, CompleteableCommand<byte[]> {

  private static final byte[] GET = "*2\r\n$3\r\nGET\r\n$".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] LINE_END = {'\r', '\n'};

  private final String key;
  private CommandOutput<String, byte[], byte[]> output = new ValueOutput<>(CellCodec.INSTANCE);

  GetCell(String key) {
    this.key = key;
  }

  @Override
  public ProtocolKeyword getType() {
    return CommandType.GET;
  }

  /** Is asked where a cluster looks for the node that has the key. */
  @Override
  public CommandArgs<String, byte[]> getArgs() {
    return new CommandArgs<>(CellCodec.INSTANCE).addKey(key);
  }

  @Override
  public void encode(ByteBuf target) {
    target.writeBytes(GET);
    target.writeCharSequence(
        Integer.toString(ByteBufUtil.utf8Bytes(key)), StandardCharsets.US_ASCII);
    target.writeBytes(LINE_END);
    ByteBufUtil.writeUtf8(target, key);
    target.writeBytes(LINE_END);
  }

  @Override
  public CommandOutput<String, byte[], byte[]> getOutput() {
    return output;
  }

  @Override
  public void setOutput(CommandOutput<String, byte[], byte[]> other) {
    output = other;
  }

  /** The server has answered. */
  @Override
  public void complete() {
    if (!output.hasError()) {
      complete(output.get());
      return;
    }
    RedisCommandExecutionException refusal = new RedisCommandExecutionException(output.getError());
    if (Failures.isOfOtherType(refusal)) {
      complete(null);
    } else {
      completeExceptionally(refusal);
    }
  }

  @Override
  public boolean completeExceptionally(Throwable failure) {
    return super.completeExceptionally(Failures.of(failure));
  }

  /** Lettuce gives it up. */
  @Override
  public void cancel() {
    completeExceptionally(new CancellationException("the connection was lost or is closed"));
  }

  @Override
  public void onComplete(Consumer<? super byte[]> action) {
    thenAccept(action);
  }

  @Override
  public void onComplete(BiConsumer<? super byte[], Throwable> action) {
    whenComplete(action);
  }
}
