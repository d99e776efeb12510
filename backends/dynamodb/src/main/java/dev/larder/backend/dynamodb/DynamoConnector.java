/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.backend.dynamodb;

import dev.larder.spi.BackendException;
import dev.larder.spi.BackendException.Kind;
import dev.larder.spi.BackendListener;
import dev.larder.spi.Daemons;
import dev.larder.spi.Deadline;
import dev.larder.spi.Timeouts;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/**
 * Makes the client, in the background, and runs its requests on a few threads of its own: the JDK's
 * HTTP client blocks. A request that waits for a thread until its deadline is over is not sent.
 */
final class DynamoConnector implements AutoCloseable {

  private static final int THREADS = 32;
  private static final int WAITING = 2_000;
  private static final long IDLE_SECONDS = 30;
  private static final long RETRY_MILLIS = 1_000;
  private static final int CHECKS_OF_A_NEW_TABLE = 5;

  /**
   * How long a thread waits at most for a connection, and for the next byte. With the longest
   * timeout too, threads are to be free, and hits to come back, within ten seconds of the server.
   */
  private static final Duration LONGEST_CONNECTING = Duration.ofSeconds(2);

  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(6);

  private final DynamoSettings settings;
  private final BackendListener listener;
  private final ThreadPoolExecutor threads;
  private volatile DynamoDbClient client;
  private volatile BackendException notReady =
      new BackendException(Kind.UNAVAILABLE, "there is no connection to DynamoDB yet", null);
  private volatile String warned = "";
  private volatile boolean closed;
  private boolean makesTable; // of who prepares it, one thread at a time
  private final AtomicBoolean preparing = new AtomicBoolean();

  DynamoConnector(DynamoSettings settings, BackendListener listener) {
    this.settings = settings;
    this.listener = listener;
    AtomicInteger number = new AtomicInteger();
    this.threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            task ->
                Daemons.threadOf(
                    DynamoDbClient.class, "larder-dynamodb-" + number.incrementAndGet(), task));
    threads.allowCoreThreadTimeOut(true);
    threads.execute(this::connect);
  }

  /** Makes the client and looks at the table, until that has worked; whatever is thrown. */
  private void connect() {
    DynamoDbClient made = null;
    try {
      while (client == null && !closed) {
        try {
          made = made == null ? make() : made;
          prepare(made);
          client = made;
        } catch (RuntimeException | Error away) {
          notReady = Failures.of(away);
          Thread.sleep(RETRY_MILLIS);
        }
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
    if (closed && made != null) {
      made.close();
    }
  }

  /** Makes the table where that is asked for, else says what is wrong with it. */
  private void prepare(DynamoDbClient made) throws InterruptedException {
    Table table = new Table(made, settings.table());
    if (settings.createTable() && (makesTable || !table.exists())) {
      makesTable = true; // until it is whole: a table without its time to live would grow
      table.create();
      makesTable = false;
      return;
    }
    String fault = table.fault();
    for (int i = 0; fault != null && settings.createTable() && i < CHECKS_OF_A_NEW_TABLE; i++) {
      Thread.sleep(RETRY_MILLIS); // another JVM may be about to finish it
      fault = table.fault();
    }
    if (fault != null) {
      warnOnce(fault);
    }
  }

  private DynamoDbClient make() {
    DynamoDbClientBuilder builder =
        DynamoDbClient.builder()
            .region(region())
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(shorter(settings.timeout(), LONGEST_CONNECTING))
                    .socketTimeout(shorter(settings.timeout(), LONGEST_SILENCE)))
            .overrideConfiguration(
                to ->
                    to.retryStrategy(AwsRetryStrategy.doNotRetry())
                        .addExecutionInterceptor(new AnswerCheck()));
    if (settings.endpoint() != null) {
      builder.endpointOverride(settings.endpoint());
    }
    return builder.build();
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private Region region() {
    if (settings.region() != null) {
      return Region.of(settings.region());
    }
    try {
      return DefaultAwsRegionProviderChain.builder().build().getRegion();
    } catch (SdkException unknown) {
      if (settings.endpoint() == null) {
        throw unknown;
      }
      return Region.US_EAST_1; // the address says where; this is for the signature alone
    }
  }

  private void warnOnce(String message) {
    if (!message.equals(warned)) {
      warned = message;
      listener.warn(message);
    }
  }

  /** Runs a request on one of the threads. */
  <R> CompletableFuture<R> run(Deadline deadline, Function<DynamoDbClient, R> request) {
    CompletableFuture<R> result = new CompletableFuture<>();
    try {
      threads.execute(() -> runNow(result, deadline, request));
    } catch (RejectedExecutionException full) {
      return CompletableFuture.failedFuture(
          new BackendException(
              closed ? Kind.UNAVAILABLE : Kind.OVERLOADED,
              closed ? "the backend is closed" : WAITING + " requests wait for DynamoDB",
              null));
    }
    return Timeouts.fail(result, deadline.nanosLeft())
        .exceptionallyCompose(
            failure ->
                CompletableFuture.failedFuture(
                    failure instanceof TimeoutException ? late() : failure));
  }

  private static BackendException late() {
    return new BackendException(Kind.TIMEOUT, "DynamoDB did not answer in time", null);
  }

  private <R> void runNow(
      CompletableFuture<R> result, Deadline deadline, Function<DynamoDbClient, R> request) {
    if (deadline.isPast()) {
      result.completeExceptionally(late());
      return;
    }
    DynamoDbClient asked = client;
    if (asked == null) {
      result.completeExceptionally(notReady);
      return;
    }
    try {
      result.complete(request.apply(asked));
    } catch (ResourceNotFoundException missing) {
      Table table = new Table(asked, settings.table());
      String message = settings.createTable() ? table.gone() : table.missing();
      warnOnce(message);
      result.completeExceptionally(new BackendException(Kind.REFUSED, message, missing));
      makeTableAgain(asked);
    } catch (RuntimeException | Error failure) {
      result.completeExceptionally(Failures.of(failure));
    }
  }

  /** Makes a table that was there and has gone, where Larder is to make it at all. */
  private void makeTableAgain(DynamoDbClient asked) {
    if (!settings.createTable() || !preparing.compareAndSet(false, true)) {
      return;
    }
    try {
      prepare(asked);
    } catch (RuntimeException refused) { // the next who finds it missing tries again
      warnOnce("the DynamoDB table cannot be made: " + refused.getMessage());
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    } finally {
      preparing.set(false);
    }
  }

  @Override
  public void close() {
    closed = true;
    notReady = new BackendException(Kind.UNAVAILABLE, "the backend is closed", null);
    threads.shutdownNow();
    DynamoDbClient last = client;
    client = null;
    if (last != null) {
      last.close();
    }
  }
}
