/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.backend.dynamodb;

import dev.larder.spi.Backend;
import dev.larder.spi.BackendException;
import dev.larder.spi.BackendException.Kind;
import dev.larder.spi.BackendListener;
import dev.larder.spi.BackendSettings;
import dev.larder.spi.Capability;
import dev.larder.spi.Deadline;
import dev.larder.spi.Outcome;
import dev.larder.spi.StoredKeys;
import dev.larder.spi.Timed;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * DynamoDB: one table, one item for each cell.
 *
 * <p>Reads are consistent, since an evict holds everywhere once it has returned. Whether an item's
 * time is over is asked by this machine's clock, in conditions too: DynamoDB has none to ask, and
 * deletes when it finds the time. Requests over the capacity fail as {@link Kind#OVERLOADED}, and
 * are not tried again here.
 */
public final class DynamoDbBackend implements Backend {

  private static final int LONGEST_KEY = 2_048;
  private static final int LONGEST_ITEM = 400 * 1024;

  /** The names of the attributes, and the two moments. */
  private static final int ITEM_OVERHEAD = 100;

  private static final int KEYS_PER_BATCH = 100;

  private static final Map<String, String> NAMES =
      Map.of("#v", Item.VALUE, "#t", Item.TTL, "#u", Item.UNTIL);
  private static final AttributeValue BYTES = AttributeValue.fromS("B");
  private static final String IS_THERE =
      "#u > :now AND #t > :second AND attribute_type(#v, :bytes)";

  private final StoredKeys keys = StoredKeys.upTo(LONGEST_KEY);
  private final AtomicBoolean warned = new AtomicBoolean();
  private DynamoConnector connector;
  private BackendListener listener;
  private String table;
  private String prefix;

  @Override
  public Set<Capability> capabilities() {
    return Set.of(Capability.CONDITIONAL, Capability.COUNT);
  }

  @Override
  public Set<String> settings() {
    return DynamoSettings.NAMES;
  }

  @Override
  public void start(BackendSettings settings, BackendListener listener) {
    DynamoSettings parsed = DynamoSettings.of(settings);
    this.listener = listener;
    this.table = parsed.table();
    this.prefix = settings.prefix();
    this.connector = new DynamoConnector(parsed, listener);
  }

  /** The values of {@link #IS_THERE}, and one more. */
  private static Map<String, AttributeValue> moment(String name, AttributeValue value) {
    long now = System.currentTimeMillis();
    Map<String, AttributeValue> values = new HashMap<>();
    values.put(":now", Item.number(now));
    values.put(":second", Item.number(now / 1_000));
    values.put(":bytes", BYTES);
    if (name != null) {
      values.put(name, value);
    }
    return values;
  }

  /** Whether a value is longer than the table takes; the first is warned of. */
  private boolean isTooLarge(String stored, byte[] value) {
    int room = LONGEST_ITEM - ITEM_OVERHEAD - stored.getBytes(StandardCharsets.UTF_8).length;
    if (value.length <= room) {
      return false;
    }
    if (warned.compareAndSet(false, true)) {
      listener.warn(
          "a value of "
              + value.length
              + " bytes is too large for DynamoDB, which takes 400 KB with its key; such values are"
              + " not cached (compress-above may shrink them)");
    }
    return true;
  }

  private static <R> CompletionStage<R> tooLarge(byte[] value) {
    return CompletableFuture.failedFuture(
        new BackendException(
            Kind.TOO_LARGE, "a value of " + value.length + " bytes is too large", null));
  }

  @Override
  public CompletionStage<Void> ping(Deadline deadline) {
    return get(prefix + ":ping", deadline).thenApply(nothing -> null);
  }

  private Map<String, AttributeValue> read(DynamoDbClient client, String key) {
    return client
        .getItem(
            request -> request.tableName(table).key(Item.key(keys.of(key))).consistentRead(true))
        .item();
  }

  @Override
  public CompletionStage<byte[]> get(String key, Deadline deadline) {
    return connector.run(deadline, client -> Item.value(read(client, key)));
  }

  @Override
  public CompletionStage<Timed> getTimed(String key, Deadline deadline) {
    return connector.run(
        deadline,
        client -> {
          Map<String, AttributeValue> item = read(client, key);
          byte[] value = Item.value(item);
          return value == null ? null : new Timed(value, Math.max(1, Item.millisLeft(item)));
        });
  }

  @Override
  public CompletionStage<List<byte[]>> getAll(List<String> wanted, Deadline deadline) {
    List<String> stored = wanted.stream().map(keys::of).toList();
    List<String> distinct = stored.stream().distinct().toList();
    Map<String, byte[]> found = Collections.synchronizedMap(new HashMap<>());
    List<CompletableFuture<Void>> batches =
        IntStream.iterate(0, i -> i < distinct.size(), i -> i + KEYS_PER_BATCH)
            .mapToObj(i -> distinct.subList(i, Math.min(distinct.size(), i + KEYS_PER_BATCH)))
            .map(
                batch ->
                    connector.<Void>run(
                        deadline,
                        client -> {
                          readBatch(client, batch, found, deadline);
                          return null;
                        }))
            .toList();
    return CompletableFuture.allOf(batches.toArray(CompletableFuture<?>[]::new))
        .thenApply(
            done ->
                Collections.unmodifiableList(
                    Arrays.asList(stored.stream().map(found::get).toArray(byte[][]::new))));
  }

  /**
   * Reads up to a hundred items. What does not fit into one answer, of 16 MB, is left for the next;
   * where all is left, the table is over its capacity, and nothing is gained by asking again.
   */
  private void readBatch(
      DynamoDbClient client, List<String> batch, Map<String, byte[]> found, Deadline deadline) {
    KeysAndAttributes asked =
        KeysAndAttributes.builder()
            .keys(batch.stream().map(Item::key).toList())
            .consistentRead(true)
            .build();
    Map<String, KeysAndAttributes> left = Map.of(table, asked);
    while (!left.isEmpty()) {
      if (deadline.isPast()) {
        throw new BackendException(Kind.TIMEOUT, "DynamoDB left keys of a batch unread", null);
      }
      Map<String, KeysAndAttributes> now = left;
      BatchGetItemResponse response = client.batchGetItem(request -> request.requestItems(now));
      for (Map<String, AttributeValue> item : response.responses().getOrDefault(table, List.of())) {
        found.put(item.get(Item.KEY).s(), Item.value(item));
      }
      left = response.unprocessedKeys();
      if (count(left) == count(now)) {
        throw new BackendException(
            Kind.OVERLOADED, "DynamoDB read none of the keys of a batch: it has no capacity", null);
      }
    }
  }

  private static int count(Map<String, KeysAndAttributes> asked) {
    return asked.values().stream().mapToInt(each -> each.keys().size()).sum();
  }

  @Override
  public CompletionStage<Outcome> put(String key, byte[] value, long millis, Deadline deadline) {
    String stored = keys.of(key);
    if (isTooLarge(stored, value)) {
      return CompletableFuture.completedFuture(Outcome.TOO_LARGE);
    }
    return connector.run(
        deadline,
        client -> {
          client.putItem(
              request -> request.tableName(table).item(Item.of(stored, value, within(millis))));
          return Outcome.DONE;
        });
  }

  @Override
  public CompletionStage<byte[]> putIfAbsent(
      String key, byte[] value, long millis, Deadline deadline) {
    String stored = keys.of(key);
    if (isTooLarge(stored, value)) {
      return tooLarge(value);
    }
    return connector.run(
        deadline,
        client -> {
          while (!deadline.isPast()) {
            try {
              client.putItem(
                  request ->
                      request
                          .tableName(table)
                          .item(Item.of(stored, value, within(millis)))
                          .conditionExpression("NOT (" + IS_THERE + ")")
                          .expressionAttributeNames(NAMES)
                          .expressionAttributeValues(moment(null, null))
                          .returnValuesOnConditionCheckFailure(
                              ReturnValuesOnConditionCheckFailure.ALL_OLD));
              return null;
            } catch (ConditionalCheckFailedException there) {
              byte[] old = Item.value(there.item());
              if (old != null) {
                return old;
              }
              // Its time was over while it was on its way here.
            }
          }
          throw new BackendException(Kind.TIMEOUT, "DynamoDB did not answer in time", null);
        });
  }

  @Override
  public CompletionStage<Outcome> replace(
      String key, byte[] expected, byte[] value, long millis, Deadline deadline) {
    String stored = keys.of(key);
    if (isTooLarge(stored, value)) {
      return CompletableFuture.completedFuture(Outcome.TOO_LARGE);
    }
    return connector.run(
        deadline,
        client -> {
          try {
            client.putItem(
                request ->
                    request
                        .tableName(table)
                        .item(Item.of(stored, value, within(millis)))
                        .conditionExpression("#v = :expected AND " + IS_THERE)
                        .expressionAttributeNames(NAMES)
                        .expressionAttributeValues(moment(":expected", Item.bytes(expected))));
            return Outcome.DONE;
          } catch (ConditionalCheckFailedException other) {
            return Outcome.NOT_MET;
          }
        });
  }

  @Override
  public CompletionStage<byte[]> exchange(
      String key, byte[] value, long millis, int head, Deadline deadline) {
    String stored = keys.of(key);
    if (isTooLarge(stored, value)) {
      return tooLarge(value);
    }
    return connector.run(
        deadline,
        client -> {
          byte[] old =
              Item.value(
                  client
                      .putItem(
                          request ->
                              request
                                  .tableName(table)
                                  .item(Item.of(stored, value, within(millis)))
                                  .returnValues(ReturnValue.ALL_OLD))
                      .attributes());
          return old == null || old.length <= head ? old : Arrays.copyOf(old, head);
        });
  }

  @Override
  public CompletionStage<Boolean> touch(String key, long millis, Deadline deadline) {
    String stored = keys.of(key);
    return connector.run(
        deadline,
        client -> {
          Map<String, AttributeValue> moments = Item.of(stored, new byte[0], within(millis));
          Map<String, AttributeValue> values = moment(":ttl", moments.get(Item.TTL));
          values.put(":until", moments.get(Item.UNTIL));
          try {
            client.updateItem(
                request ->
                    request
                        .tableName(table)
                        .key(Item.key(stored))
                        .updateExpression("SET #t = :ttl, #u = :until")
                        .conditionExpression(IS_THERE)
                        .expressionAttributeNames(NAMES)
                        .expressionAttributeValues(values));
            return true;
          } catch (ConditionalCheckFailedException absent) {
            return false;
          }
        });
  }

  @Override
  public CompletionStage<Boolean> remove(String key, Deadline deadline) {
    return connector.run(
        deadline,
        client ->
            Item.value(
                    client
                        .deleteItem(
                            request ->
                                request
                                    .tableName(table)
                                    .key(Item.key(keys.of(key)))
                                    .returnValues(ReturnValue.ALL_OLD))
                        .attributes())
                != null);
  }

  @Override
  public CompletionStage<Boolean> removeIf(String key, byte[] expected, Deadline deadline) {
    return connector.run(
        deadline,
        client -> {
          try {
            client.deleteItem(
                request ->
                    request
                        .tableName(table)
                        .key(Item.key(keys.of(key)))
                        .conditionExpression("#v = :expected AND " + IS_THERE)
                        .expressionAttributeNames(NAMES)
                        .expressionAttributeValues(moment(":expected", Item.bytes(expected))));
            return true;
          } catch (ConditionalCheckFailedException other) {
            return false;
          }
        });
  }

  private static long within(long millis) {
    return Math.min(Math.max(1, millis), LONGEST);
  }

  @Override
  public void close() {
    if (connector != null) {
      connector.close();
    }
  }
}
