/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.remote;

import dev.larder.spi.Backend;
import dev.larder.spi.BackendException;
import dev.larder.spi.BackendException.Kind;
import dev.larder.spi.BackendListener;
import dev.larder.spi.BackendSettings;
import dev.larder.spi.Capability;
import dev.larder.spi.Codec;
import dev.larder.spi.Deadline;
import dev.larder.spi.Outcome;
import dev.larder.spi.Timed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A backend's server in this JVM, for tests of the engine alone: it keeps cells, pushes changes,
 * and can be away. What real servers do is the business of the contract test.
 */
public final class HeapServer {

  private final Map<String, Cell> cells = new HashMap<>();
  private final List<Client> clients = new CopyOnWriteArrayList<>();
  private final Set<Capability> capabilities;
  private final List<String> asked = new ArrayList<>();
  private final Map<String, Runnable> happenings = new ConcurrentHashMap<>();
  private int reads;
  private boolean away;
  private boolean hanging;
  private boolean mute;
  private boolean narrow;
  private Duration delay = Duration.ZERO;
  private Error thrown;
  private volatile CyclicBarrier together;
  private volatile CompletableFuture<Void> held = CompletableFuture.completedFuture(null);
  private final AtomicInteger heldStores = new AtomicInteger();

  private record Cell(byte[] value, long until) {}

  private HeapServer(Set<Capability> capabilities) {
    this.capabilities = capabilities;
  }

  /** One that pushes changes at once. */
  public static HeapServer pushing() {
    return new HeapServer(EnumSet.allOf(Capability.class));
  }

  /** One that has to be asked. */
  public static HeapServer silent() {
    return new HeapServer(EnumSet.complementOf(EnumSet.of(Capability.PUSH)));
  }

  /** What makes clients of it. */
  public BackendFactory factory() {
    return new BackendFactory() {
      @Override
      public Backend create(String name) {
        return new Client();
      }

      @Override
      public BackendSettings settings(Backend backend) {
        return new BackendSettings("test", 250, Map.of());
      }

      @Override
      public Codec codec(String className) {
        throw new IllegalArgumentException("there is no codec " + className);
      }
    };
  }

  /** Answers every request that much later from now on. */
  public synchronized void setDelay(Duration late) {
    delay = late;
  }

  /** Fails every request from now on, or answers again. */
  public synchronized void setAway(boolean isAway) {
    away = isAway;
  }

  /** Leaves every request without an answer from now on, or answers again. */
  public synchronized void setHanging(boolean isHanging) {
    hanging = isHanging;
  }

  /**
   * Answers no load's store from now on, until what it gives is completed; loads begin all the
   * same.
   */
  public CompletableFuture<Void> holdStores() {
    held = new CompletableFuture<>();
    return held;
  }

  /** How many stores have come while such were held. */
  public int heldStores() {
    return heldStores.get();
  }

  /** Lets an exchange pass only once so many are under way. */
  public void exchangeTogether(int exchanges) {
    together = new CyclicBarrier(exchanges);
  }

  private void awaitTheOthers() {
    try {
      if (together != null) {
        together.await(5, TimeUnit.SECONDS);
      }
    } catch (InterruptedException | BrokenBarrierException | TimeoutException alone) {
      throw new BackendException(Kind.TIMEOUT, "the others did not come", alone);
    }
  }

  /** Has its client throw at every request from now on; null to answer again. */
  public synchronized void setThrown(Error error) {
    thrown = error;
  }

  /** Finds each value too large from now on, or takes them again. */
  public synchronized void setNarrow(boolean isNarrow) {
    narrow = isNarrow;
  }

  /** Pushes nothing from now on: the connection for it is dead, and nobody has noticed. */
  public synchronized void setMute(boolean isMute) {
    mute = isMute;
  }

  /** Tells every client that what it keeps may be old. */
  public void flushClients() {
    clients.forEach(each -> each.listener.flush());
  }

  /** Lets something happen just before it is asked for an operation the next time. */
  public void before(String operation, Runnable happening) {
    happenings.put(operation, happening);
  }

  private void runBefore(String operation) {
    Runnable happening = happenings.remove(operation);
    if (happening != null) {
      happening.run();
    }
  }

  /** What it was asked since it was asked this last, in order. */
  public synchronized List<String> takeAsked() {
    List<String> all = List.copyOf(asked);
    asked.clear();
    return all;
  }

  /** How many cells were read so far. */
  public synchronized int reads() {
    return reads;
  }

  /** The stored keys that hold something. */
  public synchronized Set<String> keys() {
    Set<String> keys = new HashSet<>(cells.keySet());
    keys.removeIf(key -> value(key) == null);
    return keys;
  }

  /** What lies in a cell; null for nothing. */
  public synchronized byte[] cell(String key) {
    return value(key);
  }

  /** Puts anything into a cell, as somebody else would, for an hour. */
  public synchronized void overwrite(String key, byte[] bytes) {
    write(key, bytes, 3_600_000);
  }

  /** Loses a cell, and says nothing of it. */
  public synchronized void lose(String key) {
    cells.remove(key);
  }

  /** How many clients have started and not ended. */
  public int connected() {
    return clients.size();
  }

  /** How many milliseconds the cell is still there that stays the longest. */
  public synchronized long longestLeft() {
    return cells.values().stream().mapToLong(Cell::until).max().orElse(0)
        - System.currentTimeMillis();
  }

  private byte[] value(String key) {
    Cell cell = cells.get(key);
    return cell == null || cell.until <= System.currentTimeMillis() ? null : cell.value;
  }

  private void write(String key, byte[] value, long millis) {
    if (value == null) {
      cells.remove(key);
    } else {
      cells.put(key, new Cell(value, System.currentTimeMillis() + millis));
    }
    if (!mute) {
      for (Client client : clients) {
        if (client.watched.remove(key)) {
          client.listener.changed(List.of(key));
        }
      }
    }
  }

  private final class Client implements Backend {
    private final Set<String> watched = new HashSet<>();
    private BackendListener listener;

    @Override
    public Set<Capability> capabilities() {
      return capabilities;
    }

    @Override
    public void start(BackendSettings settings, BackendListener told) {
      listener = told;
      clients.add(this);
    }

    private <T> CompletionStage<T> answer(String operation, Supplier<T> request) {
      runBefore(operation);
      synchronized (HeapServer.this) {
        asked.add(operation);
        if (thrown != null) {
          throw thrown;
        }
        if (hanging) {
          return new CompletableFuture<>();
        }
        if (away) {
          return CompletableFuture.failedFuture(
              new BackendException(Kind.UNAVAILABLE, "it is away", null));
        }
        T result = request.get();
        return delay.isZero()
            ? CompletableFuture.completedFuture(result)
            : CompletableFuture.supplyAsync(
                () -> result,
                CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS));
      }
    }

    @Override
    public CompletionStage<Void> ping(Deadline deadline) {
      return answer("ping", () -> null);
    }

    @Override
    public CompletionStage<byte[]> get(String key, Deadline deadline) {
      return answer(
          "get",
          () -> {
            reads++;
            return value(key);
          });
    }

    @Override
    public CompletionStage<byte[]> getWatched(String key, Deadline deadline) {
      return answer(
          "getWatched",
          () -> {
            reads++;
            watched.add(key);
            return value(key);
          });
    }

    @Override
    public CompletionStage<Timed> getTimed(String key, Deadline deadline) {
      return answer(
          "getTimed",
          () -> {
            reads++;
            byte[] value = value(key);
            return value == null
                ? null
                : new Timed(value, cells.get(key).until - System.currentTimeMillis());
          });
    }

    @Override
    public CompletionStage<List<byte[]>> getAll(List<String> keys, Deadline deadline) {
      return answer(
          "getAll",
          () -> {
            reads += keys.size();
            List<byte[]> values = new ArrayList<>(keys.size());
            keys.forEach(key -> values.add(value(key)));
            return values;
          });
    }

    @Override
    public CompletionStage<Outcome> put(String key, byte[] value, long millis, Deadline deadline) {
      return answer(
          "put",
          () -> {
            if (narrow) {
              return Outcome.TOO_LARGE;
            }
            write(key, value, millis);
            return Outcome.DONE;
          });
    }

    @Override
    public CompletionStage<byte[]> putIfAbsent(
        String key, byte[] value, long millis, Deadline deadline) {
      return answer(
          "putIfAbsent",
          () -> {
            byte[] there = value(key);
            if (there == null) {
              write(key, value, millis);
            }
            return there;
          });
    }

    @Override
    public CompletionStage<Outcome> replace(
        String key, byte[] expected, byte[] value, long millis, Deadline deadline) {
      if (!held.isDone()) {
        heldStores.incrementAndGet();
      }
      return held.thenCompose(
          go ->
              answer(
                  "replace",
                  () -> {
                    if (!Arrays.equals(value(key), expected)) {
                      return Outcome.NOT_MET;
                    }
                    write(key, value, millis);
                    return Outcome.DONE;
                  }));
    }

    @Override
    public CompletionStage<byte[]> exchange(
        String key, byte[] value, long millis, int head, Deadline deadline) {
      awaitTheOthers();
      return answer(
          "exchange",
          () -> {
            byte[] old = value(key);
            write(key, value, millis);
            return old == null ? null : Arrays.copyOf(old, Math.min(old.length, head));
          });
    }

    @Override
    public CompletionStage<Boolean> touch(String key, long millis, Deadline deadline) {
      return answer(
          "touch",
          () -> {
            byte[] value = value(key);
            if (value != null) {
              write(key, value, millis);
            }
            return value != null;
          });
    }

    @Override
    public CompletionStage<Boolean> remove(String key, Deadline deadline) {
      return answer(
          "remove",
          () -> {
            boolean there = value(key) != null;
            write(key, null, 0);
            return there;
          });
    }

    @Override
    public CompletionStage<Boolean> removeIf(String key, byte[] expected, Deadline deadline) {
      return answer(
          "removeIf",
          () -> {
            boolean equal = Arrays.equals(value(key), expected);
            if (equal) {
              write(key, null, 0);
            }
            return equal;
          });
    }

    @Override
    public void close() {
      clients.remove(this);
    }
  }
}
