/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme;

import dev.larder.spi.Backend;
import dev.larder.spi.BackendException;
import dev.larder.spi.BackendException.Kind;
import dev.larder.spi.BackendListener;
import dev.larder.spi.BackendSettings;
import dev.larder.spi.Capability;
import dev.larder.spi.Deadline;
import dev.larder.spi.Outcome;
import dev.larder.spi.Timed;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** A backend whose servers are maps of this JVM, which {@code acme.region} names. */
public final class AcmeBackend implements Backend {

  private static final Map<String, Server> SERVERS = Map.of("eu", new Server(), "us", new Server());

  private volatile Server server;

  private record Cell(byte[] bytes, long until) {}

  private static final class Server {
    private final Map<String, Cell> cells = new HashMap<>();

    /** What stands under a key; what is over is not there. */
    byte[] read(String key) {
      Cell cell = cells.get(key);
      return cell == null || cell.until <= System.currentTimeMillis() ? null : cell.bytes;
    }

    void write(String key, byte[] bytes, long millis) {
      cells.put(key, new Cell(bytes, System.currentTimeMillis() + millis));
    }

    void remove(String key) {
      cells.remove(key);
    }

    long millisLeft(String key) {
      return cells.get(key).until - System.currentTimeMillis();
    }
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of(Capability.CONDITIONAL, Capability.COUNT, Capability.SERVER_TIME);
  }

  @Override
  public Set<String> settings() {
    return Set.of("acme.region");
  }

  @Override
  public void start(BackendSettings settings, BackendListener listener) {
    String region = settings.get("acme.region");
    if (region == null) {
      throw new IllegalArgumentException("acme.region is missing; name one, such as eu");
    }
    server = SERVERS.get(region); // a server that is away is no fault, and may come later
  }

  /** One request: a client of a real server would send it, and complete the stage later. */
  private <T> CompletionStage<T> ask(Deadline deadline, Function<Server, T> request) {
    Server asked = server;
    if (asked == null) {
      return CompletableFuture.failedFuture(
          new BackendException(Kind.UNAVAILABLE, "no server of Acme's is reached", null));
    }
    if (deadline.isPast()) {
      return CompletableFuture.failedFuture(
          new BackendException(Kind.TIMEOUT, "the deadline was over", null));
    }
    synchronized (asked) {
      return CompletableFuture.completedFuture(request.apply(asked));
    }
  }

  @Override
  public CompletionStage<Void> ping(Deadline deadline) {
    return ask(deadline, cells -> null);
  }

  @Override
  public CompletionStage<byte[]> get(String key, Deadline deadline) {
    return ask(deadline, cells -> cells.read(key));
  }

  @Override
  public CompletionStage<Timed> getTimed(String key, Deadline deadline) {
    return ask(
        deadline,
        cells -> {
          byte[] bytes = cells.read(key);
          return bytes == null ? null : new Timed(bytes, cells.millisLeft(key));
        });
  }

  @Override
  public CompletionStage<Outcome> put(String key, byte[] value, long millis, Deadline deadline) {
    return ask(
        deadline,
        cells -> {
          cells.write(key, value, millis);
          return Outcome.DONE;
        });
  }

  @Override
  public CompletionStage<byte[]> putIfAbsent(
      String key, byte[] value, long millis, Deadline deadline) {
    return ask(
        deadline,
        cells -> {
          byte[] there = cells.read(key);
          if (there == null) {
            cells.write(key, value, millis);
          }
          return there;
        });
  }

  @Override
  public CompletionStage<Outcome> replace(
      String key, byte[] expected, byte[] value, long millis, Deadline deadline) {
    return ask(
        deadline,
        cells -> {
          if (!Arrays.equals(expected, cells.read(key))) {
            return Outcome.NOT_MET;
          }
          cells.write(key, value, millis);
          return Outcome.DONE;
        });
  }

  @Override
  public CompletionStage<byte[]> exchange(
      String key, byte[] value, long millis, int head, Deadline deadline) {
    return ask(
        deadline,
        cells -> {
          byte[] there = cells.read(key);
          cells.write(key, value, millis);
          return there == null ? null : Arrays.copyOf(there, Math.min(head, there.length));
        });
  }

  @Override
  public CompletionStage<Boolean> touch(String key, long millis, Deadline deadline) {
    return ask(
        deadline,
        cells -> {
          byte[] there = cells.read(key);
          if (there != null) {
            cells.write(key, there, millis);
          }
          return there != null;
        });
  }

  @Override
  public CompletionStage<Boolean> remove(String key, Deadline deadline) {
    return ask(
        deadline,
        cells -> {
          boolean there = cells.read(key) != null;
          cells.remove(key);
          return there;
        });
  }

  @Override
  public CompletionStage<Boolean> removeIf(String key, byte[] expected, Deadline deadline) {
    return ask(
        deadline,
        cells -> {
          boolean equal = Arrays.equals(expected, cells.read(key));
          if (equal) {
            cells.remove(key);
          }
          return equal;
        });
  }

  @Override
  public void close() {
    server = null;
  }
}
