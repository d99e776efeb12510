/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.backend.memcached;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.spi.BackendException;
import dev.larder.spi.BackendException.Kind;
import dev.larder.spi.Deadline;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import net.spy.memcached.ops.OperationState;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RequestTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final byte SET = 0x01;
  private static final byte STAT = 0x10;

  private ScriptedServer server;
  private MemcachedConnector connector;

  @BeforeEach
  void connect() throws IOException {
    server = new ScriptedServer();
    server.serve(RequestTest::right);
    connector = connect(250);
    awaitAnswers();
  }

  private MemcachedConnector connect(long timeout) {
    return new MemcachedConnector(
        new MemcachedSettings(List.of(server.address()), null, null), timeout);
  }

  private void awaitAnswers() {
    Awaitility.await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(ask()).isEqualTo("value"));
  }

  @AfterEach
  void end() throws IOException {
    connector.close();
    server.close();
  }

  /** Statistics are asked for by the connector itself, and said in several answers. */
  private static byte[] right(byte[] asked) {
    return asked[1] == STAT
        ? joined(
            ScriptedServer.answer(asked, 0, "item_size_max", "1048576"),
            ScriptedServer.answer(asked, 0, "", ""))
        : ScriptedServer.answer(asked, 0, "", "value");
  }

  private static byte[] joined(byte[] one, byte[] other) {
    return ByteBuffer.allocate(one.length + other.length).put(one).put(other).array();
  }

  private String ask() {
    return text(connector.ask(Request.get("key", Deadline.in(250))));
  }

  private static String text(CompletableFuture<Answer> asked) {
    ByteBuffer value = asked.join().value();
    return value == null ? null : UTF_8.decode(value).toString();
  }

  private static UnaryOperator<byte[]> changed(UnaryOperator<ByteBuffer> change) {
    return asked -> change.apply(ByteBuffer.wrap(right(asked))).array();
  }

  /** Heads that do not belong to what was asked. */
  @SuppressWarnings("ImmutableEnumChecker") // what is said of an answer keeps nothing
  private enum Wrong {
    MAGIC(answer -> answer.put(0, (byte) 0x80)),
    OPCODE(answer -> answer.put(1, (byte) 0x0c)),
    OPAQUE(answer -> answer.putInt(12, answer.getInt(12) - 1)),
    NEGATIVE_LENGTH(answer -> answer.putInt(8, -1)),
    LENGTH_OF_TWO_GIGABYTES(answer -> answer.putInt(8, Integer.MAX_VALUE)),
    LENGTH_BELOW_WHAT_COMES_FIRST(answer -> answer.putInt(8, 3));

    private final UnaryOperator<ByteBuffer> change;

    Wrong(UnaryOperator<ByteBuffer> change) {
      this.change = change;
    }
  }

  @ParameterizedTest
  @EnumSource(Wrong.class)
  void answer_withAWrongHead_failsAndEndsTheConnection(Wrong wrong) {
    int connections = server.accepted();
    server.serve(changed(wrong.change));

    assertThatThrownBy(this::ask)
        .cause()
        .isInstanceOfSatisfying(
            BackendException.class, said -> assertThat(said.kind()).isEqualTo(Kind.GARBLED));

    server.serve(RequestTest::right);
    awaitAnswers();
    assertThat(server.accepted()).isGreaterThan(connections);
    assertThat(connector.reason()).as("why another client was made").isEmpty();
  }

  @Test
  void answer_thatSaysItWereVeryLong_getsRoomForWhatComesOnly() throws IOException {
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    Request request = Request.get("key", Deadline.in(250));
    request.initialize();
    byte[] asked = request.getBuffer().array();
    byte[] lies = ByteBuffer.wrap(right(asked)).putInt(8, AnswerHead.LONGEST_BODY).array();
    long before = threads.getCurrentThreadAllocatedBytes();

    request.readFromBuffer(ByteBuffer.wrap(lies));

    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(4 << 20);
    assertThat(request.getState()).isNotEqualTo(OperationState.COMPLETE);
  }

  @Test
  void answer_ofAnyLengthInAnyPieces_isReadWhole() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int length : new int[] {0, 1, 20, 1 << 20, (5 << 20) + 3}) {
      Request request = Request.get("key", Deadline.in(10_000));
      request.initialize();
      String value = "v".repeat(length);
      byte[] asked = request.getBuffer().array();
      ByteBuffer whole = ByteBuffer.wrap(ScriptedServer.answer(asked, 0, "", value));
      while (whole.hasRemaining()) {
        int piece = Math.min(whole.remaining(), 1 + random.nextInt(1 + length / 9));
        request.readFromBuffer(whole.slice(whole.position(), piece));
        whole.position(whole.position() + piece);
      }
      assertThat(request.getState()).isEqualTo(OperationState.COMPLETE);
      assertThat(text(request.answer())).as("of %s, seed %s", length, seed).isEqualTo(value);
    }
  }

  @Test
  void answers_thatChangedPlaces_areNobodys() {
    byte[][] held = new byte[1][];
    server.serve(
        asked -> {
          if (held[0] == null) {
            held[0] = ScriptedServer.answer(asked, 0, "", "of one");
            return new byte[0];
          }
          return joined(ScriptedServer.answer(asked, 0, "", "of another"), held[0]);
        });
    CompletableFuture<Answer> one = connector.ask(Request.get("one", Deadline.in(2_000)));
    CompletableFuture<Answer> another = connector.ask(Request.get("another", Deadline.in(2_000)));

    assertThatThrownBy(one::join).cause().isInstanceOf(BackendException.class);
    assertThatThrownBy(another::join).cause().isInstanceOf(BackendException.class);
  }

  @Test
  void answer_thatIsNo_saysWhatTheServerSaid() {
    server.serve(asked -> ScriptedServer.answer(asked, 0x20, "", "Auth\r\nfailure"));

    assertThatThrownBy(this::ask)
        .isInstanceOf(CompletionException.class)
        .cause()
        .hasMessage("Memcached said Auth failure");
  }

  /** What the client has begun to send it would go on sending over the next connection. */
  @Test
  void put_thatABreakHasInterrupted_isNotSentLater() throws Exception {
    CountDownLatch end = server.stall();
    byte[] large = new byte[8 << 20];
    CompletableFuture<?>[] puts = new CompletableFuture<?>[3];
    for (int i = 0; i < puts.length; i++) {
      Cell cell = Cell.lasting(60_000, large);
      puts[i] = connector.ask(Request.set("put" + i, cell, 0, Deadline.in(20_000)));
    }
    end.countDown();
    for (CompletableFuture<?> put : puts) {
      assertThatThrownBy(() -> put.get(5, TimeUnit.SECONDS))
          .cause()
          .isInstanceOf(BackendException.class);
    }
    awaitAnswers();

    assertThat(server.requests()).noneMatch(asked -> asked[1] == SET);
  }

  @Test
  void server_thatFallsSilent_isConnectedToAnewWhateverTheTimeout() throws Exception {
    try (MemcachedConnector patient = connect(20_000)) {
      Awaitility.await()
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(() -> patient.ask(Request.get("key", Deadline.in(250))).join().isGood());
      server.serve(asked -> new byte[0]);
      CompletableFuture<Answer> unanswered = patient.ask(Request.get("key", Deadline.in(20_000)));
      long asked = System.nanoTime();

      assertThatThrownBy(unanswered::join)
          .cause()
          .isInstanceOfSatisfying(
              BackendException.class, lost -> assertThat(lost.kind()).isEqualTo(Kind.UNAVAILABLE));
      assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(9));

      server.serve(RequestTest::right);
      Awaitility.await()
          .atMost(Duration.ofSeconds(3))
          .ignoreExceptions()
          .until(() -> patient.ask(Request.get("key", Deadline.in(250))).join().isGood());
    }
  }
}
