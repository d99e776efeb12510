/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.backend.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.larder.spi.BackendException;
import dev.larder.spi.BackendException.Kind;
import dev.larder.spi.BackendListener;
import dev.larder.spi.BackendSettings;
import dev.larder.spi.Deadline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a table without capacity says, and what is none of DynamoDB's answers; which DynamoDB Local
 * never does: a server of the test's own says it.
 */
class CapacityTest {

  private static final String TABLE =
      """
      {"Table": {"TableStatus": "ACTIVE", "KeySchema": [{"AttributeName": "key",
        "KeyType": "HASH"}], "AttributeDefinitions": [{"AttributeName": "key",
        "AttributeType": "S"}]}}\
      """;
  private static final String TTL =
      "{\"TimeToLiveDescription\": {\"TimeToLiveStatus\": \"ENABLED\", \"AttributeName\":"
          + " \"ttl\"}}";

  private static final String JSON = "application/x-amz-json-1.0";

  /** What an operation is answered, from the request's body. */
  private record Answer(int status, String type, String body) {
    Answer(int status, String body) {
      this(status, JSON, body);
    }
  }

  private final Map<String, Function<String, Answer>> answers = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
  private final DynamoDbBackend backend = new DynamoDbBackend();
  private HttpServer server;

  @BeforeAll
  static void giveCredentials() {
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
  }

  @AfterAll
  static void forgetCredentials() {
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }

  @BeforeEach
  void start() throws Exception {
    answers.put("DescribeTable", body -> new Answer(200, TABLE));
    answers.put("DescribeTimeToLive", body -> new Answer(200, TTL));
    answers.put("GetItem", body -> new Answer(200, "{}"));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    startAndAwait(backend);
    asked.clear();
  }

  private void startAndAwait(DynamoDbBackend backend) throws Exception {
    startAndAwait(backend, 5_000);
  }

  private void startAndAwait(DynamoDbBackend backend, long timeout) throws Exception {
    backend.start(
        new BackendSettings(
            "shop",
            timeout,
            Map.of(
                "dynamodb.endpoint",
                "http://127.0.0.1:" + server.getAddress().getPort(),
                "dynamodb.region",
                "eu-central-1")),
        new Silent());
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (true) {
      try {
        done(backend.ping(soon()));
        break;
      } catch (BackendException notYet) {
        assertThat(System.nanoTime() - until).as(notYet.getMessage()).isNegative();
        Thread.onSpinWait();
      }
    }
  }

  @AfterEach
  void stop() {
    backend.close();
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    String operation = target.substring(target.indexOf('.') + 1);
    asked.computeIfAbsent(operation, first -> new AtomicInteger()).incrementAndGet();
    Answer answer =
        answers.get(operation).apply(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    byte[] bytes = answer.body().getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", answer.type());
    exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static Deadline soon() {
    return Deadline.in(5_000);
  }

  private static <T> T done(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (ExecutionException failure) {
      throw (BackendException) failure.getCause();
    } catch (InterruptedException | TimeoutException never) {
      throw new AssertionError(never);
    }
  }

  private static void assertKind(Kind kind, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            BackendException.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
  }

  private int asked(String operation) {
    AtomicInteger count = asked.get(operation);
    return count == null ? 0 : count.get();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "ThrottlingException"
      })
  void throttled_isOverloadedAndNotAskedAgain(String name) {
    Answer throttled =
        new Answer(
            400,
            "{\"__type\": \"com.amazonaws.dynamodb.v20120810#"
                + name
                + "\", \"message\": \"too fast\"}");
    for (String operation : List.of("GetItem", "PutItem", "DeleteItem", "BatchGetItem")) {
      answers.put(operation, body -> throttled);
    }

    assertKind(Kind.OVERLOADED, () -> done(backend.get("shop:a", soon())));
    assertKind(Kind.OVERLOADED, () -> done(backend.put("shop:a", new byte[1], 1_000, soon())));
    assertKind(Kind.OVERLOADED, () -> done(backend.remove("shop:a", soon())));
    assertKind(Kind.OVERLOADED, () -> done(backend.getAll(List.of("shop:a", "shop:b"), soon())));

    assertThat(asked.values()).allMatch(count -> count.get() == 1);
  }

  @Test
  void start_answeredByWhatIsNoAnswer_isTriedAgain() throws Exception {
    AtomicInteger left = new AtomicInteger(2);
    answers.put(
        "DescribeTable",
        body -> new Answer(200, left.getAndDecrement() > 0 ? "{\"Table\": null}" : TABLE));
    DynamoDbBackend another = new DynamoDbBackend();
    try {
      startAndAwait(another);
      assertThat(left.get()).isNegative();
    } finally {
      another.close();
    }
  }

  /** A captive portal, a balancer's page: nothing was removed. */
  @Test
  void status200_fromWhatIsNotDynamoDb_isNoAnswer() {
    for (Answer foreign :
        List.of(
            new Answer(200, ""),
            new Answer(200, "text/html", ""),
            new Answer(200, "text/html", "<html>log in</html>"),
            new Answer(200, "application/json", "{}"))) {
      answers.put("GetItem", body -> foreign);
      answers.put("PutItem", body -> foreign);

      assertKind(Kind.GARBLED, () -> done(backend.get("shop:a", soon())));
      assertKind(Kind.GARBLED, () -> done(backend.put("shop:a", new byte[1], 1_000, soon())));
      assertKind(
          Kind.GARBLED, () -> done(backend.exchange("shop:a", new byte[1], 1_000, 1, soon())));
    }
  }

  /** Or all threads would wait for as long as the longest {@code timeout}, also once it is back. */
  @Test
  void silence_ofHowLongATimeoutEver_endsWithinSeconds() throws Exception {
    try (DynamoDbBackend patient = new DynamoDbBackend()) {
      startAndAwait(patient, 20_000);
      CountDownLatch end = new CountDownLatch(1);
      answers.put(
          "GetItem",
          body -> {
            try {
              end.await();
            } catch (InterruptedException over) {
              Thread.currentThread().interrupt();
            }
            return new Answer(200, "{}");
          });
      try {
        assertThatThrownBy(
                () ->
                    patient
                        .get("shop:a", Deadline.in(20_000))
                        .toCompletableFuture()
                        .get(10, TimeUnit.SECONDS))
            .cause()
            .isInstanceOfSatisfying(
                BackendException.class,
                gone -> assertThat(gone.kind()).isEqualTo(Kind.UNAVAILABLE));
      } finally {
        end.countDown();
      }
    }
  }

  @Test
  void serverError_isUnavailableAndNotAskedAgain() {
    answers.put("GetItem", body -> new Answer(500, "{\"__type\": \"InternalServerError\"}"));

    assertKind(Kind.UNAVAILABLE, () -> done(backend.get("shop:a", soon())));

    assertThat(asked("GetItem")).isEqualTo(1);
  }

  @Test
  void batch_ofWhichNothingWasRead_isOverloadedAndNotAskedAgain() {
    answers.put("BatchGetItem", body -> unread("shop:a", "shop:b"));

    assertKind(Kind.OVERLOADED, () -> done(backend.getAll(List.of("shop:a", "shop:b"), soon())));

    assertThat(asked("BatchGetItem")).isEqualTo(1);
  }

  @Test
  void batch_ofWhichAPartWasRead_isAskedForTheRest() {
    answers.put(
        "BatchGetItem",
        body ->
            body.contains("shop:a") ? unread("shop:b") : new Answer(200, "{\"Responses\": {}}"));

    assertThat(done(backend.getAll(List.of("shop:a", "shop:b"), soon())))
        .containsExactly(null, null);

    assertThat(asked("BatchGetItem")).isEqualTo(2);
  }

  private static Answer unread(String... keys) {
    StringBuilder left = new StringBuilder();
    for (String key : keys) {
      left.append(left.isEmpty() ? "" : ", ").append("{\"key\": {\"S\": \"" + key + "\"}}");
    }
    return new Answer(
        200, "{\"Responses\": {}, \"UnprocessedKeys\": {\"larder\": {\"Keys\": [" + left + "]}}}");
  }

  private static final class Silent implements BackendListener {
    @Override
    public void changed(Collection<String> keys) {}

    @Override
    public void flush() {}

    @Override
    public void warn(String message) {}
  }
}
