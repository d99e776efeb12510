/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.backend.memcached;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.larder.spi.BackendException;
import dev.larder.spi.BackendException.Kind;
import dev.larder.spi.Deadline;
import dev.larder.spi.Timeouts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import net.spy.memcached.compat.log.Logger;
import net.spy.memcached.compat.log.LoggerFactory;
import net.spy.memcached.ops.OperationCallback;
import net.spy.memcached.ops.OperationState;
import net.spy.memcached.ops.OperationStatus;
import net.spy.memcached.ops.StatusCode;
import net.spy.memcached.protocol.BaseOperationImpl;

/**
 * One request in Memcached's binary protocol, and the stage of its answer.
 *
 * <p>It takes the place of the client's own operations. Those believe an answer's head unless
 * assertions are on: they take the answer to another request for theirs, and make room for two
 * gigabytes if it says so. Here a wrong head is a failure, and ends the connection; and of a length
 * that is out of the ordinary, room is made for what has come and no more.
 */
final class Request extends BaseOperationImpl {

  private static final byte GET = 0x00;
  private static final byte SET = 0x01;
  private static final byte ADD = 0x02;
  private static final byte DELETE = 0x04;
  private static final byte STAT = 0x10;

  private static final int HEAD_LENGTH = 24;
  private static final byte MAGIC = (byte) 0x80;
  private static final byte[] NOTHING = {};

  /** How much room an answer's head is worth: for any that is within what servers usually take. */
  private static final int BELIEVED_LENGTH = 1024 * 1024;

  private static final int LONGEST_MESSAGE = 200;

  private static final AtomicInteger NEXT = new AtomicInteger();

  private final byte opcode;
  private final String key;
  private final long version;
  private final byte[] extras;
  private final byte[] value;
  private final Deadline deadline;
  private final BiConsumer<String, String> told;
  private final int opaque = NEXT.incrementAndGet();
  private final CompletableFuture<Answer> answer = new CompletableFuture<>();
  private final AnswerHead head = new AnswerHead();
  private byte[] body;
  private int length;

  private Request(
      byte opcode,
      String key,
      long version,
      byte[] extras,
      byte[] value,
      Deadline deadline,
      BiConsumer<String, String> told) {
    this.opcode = opcode;
    this.key = key;
    this.version = version;
    this.extras = extras;
    this.value = value;
    this.deadline = deadline;
    this.told = told;
    setCallback(new Ending());
  }

  /** Reads an item. */
  static Request get(String key, Deadline deadline) {
    return new Request(GET, key, 0, NOTHING, NOTHING, deadline, null);
  }

  /**
   * Writes an item.
   *
   * @param version of the one in whose place it goes; 0 for any, or none
   */
  static Request set(String key, Cell cell, long version, Deadline deadline) {
    return new Request(SET, key, version, extras(cell), cell.bytes(), deadline, null);
  }

  /** Writes an item if there is none. */
  static Request add(String key, Cell cell, Deadline deadline) {
    return new Request(ADD, key, 0, extras(cell), cell.bytes(), deadline, null);
  }

  /**
   * Removes an item.
   *
   * @param version which it has to have
   */
  static Request delete(String key, long version, Deadline deadline) {
    return new Request(DELETE, key, version, NOTHING, NOTHING, deadline, null);
  }

  /**
   * Asks a server about itself.
   *
   * @param told is told the name and the value of each thing, on a thread of the client's
   */
  static Request stats(String group, BiConsumer<String, String> told, Deadline deadline) {
    return new Request(STAT, group, 0, NOTHING, NOTHING, deadline, told);
  }

  /** Flags, of which we have none, and when the item is over. */
  private static byte[] extras(Cell cell) {
    return ByteBuffer.allocate(2 * Integer.BYTES).putInt(0).putInt(cell.expiration()).array();
  }

  String key() {
    return key;
  }

  /**
   * The answer; fails with a {@link BackendException} by the deadline. It may then have been sent,
   * and what is answered later is read and forgotten.
   */
  CompletableFuture<Answer> answer() {
    if (answer.isDone()) {
      return answer;
    }
    return Timeouts.fail(answer, deadline.nanosLeft())
        .exceptionallyCompose(
            failure ->
                CompletableFuture.failedFuture(
                    failure instanceof TimeoutException ? late() : failure));
  }

  private static BackendException late() {
    return new BackendException(Kind.TIMEOUT, "Memcached did not answer in time", null);
  }

  private static BackendException unavailable() {
    return new BackendException(
        Kind.UNAVAILABLE,
        "there is no connection to the key's Memcached: it is away, or takes another"
            + " memcached.username and memcached.password",
        null);
  }

  /** Fails it, since it cannot be sent. */
  void fail() {
    answer.completeExceptionally(unavailable());
  }

  /** What the client says of a request that it gives up. */
  private final class Ending implements OperationCallback {
    @Override
    public void receivedStatus(OperationStatus status) {
      answer.completeExceptionally(
          status.getStatusCode() == StatusCode.TIMEDOUT ? late() : unavailable());
    }

    @Override
    public void complete() {}
  }

  /** The library's, since it is the library that speaks: of what it says only errors are told. */
  @Override
  protected Logger getLogger() {
    return LoggerFactory.getLogger(BaseOperationImpl.class);
  }

  @Override
  public void initialize() {
    byte[] name = key.getBytes(UTF_8);
    int rest = extras.length + name.length + value.length;
    setBuffer(
        ByteBuffer.allocate(HEAD_LENGTH + rest)
            .put(MAGIC)
            .put(opcode)
            .putShort((short) name.length)
            .put((byte) extras.length)
            .put((byte) 0)
            .putShort((short) 0)
            .putInt(rest)
            .putInt(opaque)
            .putLong(version)
            .put(extras)
            .put(name)
            .put(value)
            .flip());
  }

  /** Whether it is too late to send it. */
  @Override
  public synchronized boolean isTimedOut(long millis) {
    if (deadline.isPast()) {
      timeOut();
    }
    return isTimedOut();
  }

  /** So many that the client does not send it once more, to a server that has come back, say. */
  @Override
  public int getCloneCount() {
    return Integer.MAX_VALUE;
  }

  @Override
  public byte[] getErrorMsg() {
    return null;
  }

  @Override
  public String toString() {
    return "Request[opcode=" + opcode + ", opaque=" + opaque + "]";
  }

  @Override
  public void readFromBuffer(ByteBuffer from) throws IOException {
    if (!head.isWhole()) {
      if (!head.read(from)) {
        return;
      }
      check();
      body = new byte[Math.min(head.bodyLength(), BELIEVED_LENGTH)];
      length = 0;
    }
    int coming = Math.min(from.remaining(), head.bodyLength() - length);
    if (length + coming > body.length) {
      long room = Math.max(length + coming, 2L * body.length);
      body = Arrays.copyOf(body, (int) Math.min(room, head.bodyLength()));
    }
    from.get(body, length, coming);
    length += coming;
    if (length == head.bodyLength()) {
      end();
    }
  }

  private void check() throws IOException {
    try {
      head.check(opcode, opaque, AnswerHead.LONGEST_BODY);
    } catch (IOException wrong) {
      answer.completeExceptionally(
          new BackendException(
              Kind.GARBLED,
              "Memcached made no sense, and is connected to anew: " + wrong.getMessage(),
              wrong));
      throw wrong;
    }
  }

  private void end() {
    StatusCode code = StatusCode.fromBinaryCode(head.status());
    int at = head.valueAt();
    if (told != null && code == StatusCode.SUCCESS && at > 0) {
      told.accept(
          new String(body, head.keyAt(), at - head.keyAt(), UTF_8),
          new String(body, at, length - at, UTF_8));
      head.clear(); // one with neither name nor value is the last
      return;
    }
    transitionState(OperationState.COMPLETE);
    switch (code) {
      case SUCCESS ->
          answer.complete(
              new Answer(code, head.version(), ByteBuffer.wrap(body, at, length - at).slice()));
      case ERR_NOT_FOUND, ERR_EXISTS, ERR_NOT_STORED, ERR_2BIG ->
          answer.complete(new Answer(code, 0, null));
      case ERR_BUSY, ERR_TEMP_FAIL -> answer.completeExceptionally(refusal(Kind.OVERLOADED));
      default -> answer.completeExceptionally(refusal(Kind.REFUSED));
    }
  }

  private BackendException refusal(Kind kind) {
    String said = new String(body, 0, Math.min(length, LONGEST_MESSAGE), UTF_8).strip();
    return new BackendException(
        kind,
        "Memcached said "
            + (said.isEmpty() ? "status " + head.status() : said.replaceAll("\\p{Cntrl}+", " ")),
        null);
  }
}
