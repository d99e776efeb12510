/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.backend.redis;

import dev.larder.spi.Daemons;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.event.ClusterTopologyChangedEvent;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import io.netty.util.HashedWheelTimer;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Connects to Redis, in the background and until it has, and finds out whether it is a cluster.
 *
 * <p>Once there is a connection Lettuce keeps it: it connects again by itself, and rejects commands
 * in the meantime. What was sent and not answered when a connection broke is not sent again.
 */
final class RedisConnector implements AutoCloseable {

  private static final Duration RETRY = Duration.ofMillis(500);

  /** How often a server is left at most that says it is a replica. */
  private static final long LEAVE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
  private static final int QUEUED_COMMANDS = 10_000;
  private static final int TICK_MILLIS = 10;
  private static final long CLOSING_MILLIS = 1_500;

  private final RedisSettings settings;
  private final HashedWheelTimer timer =
      new HashedWheelTimer(threads("timer"), TICK_MILLIS, TimeUnit.MILLISECONDS);
  private final ClientResources resources;
  private final ScheduledExecutorService background;
  private final RedisClient client;
  private final RedisClient watching;
  private RedisClusterClient clusterClient;
  private volatile StatefulRedisClusterConnection<String, byte[]> clusterConnection;
  private volatile RedisLink link;
  private volatile String reason = "";
  private Preparation preparation;
  private long leftAt = System.nanoTime() - LEAVE_NANOS;
  private volatile boolean closed;

  RedisConnector(RedisSettings settings) {
    this.settings = settings;
    this.background = Executors.newSingleThreadScheduledExecutor(threads("connect"));
    this.resources =
        ClientResources.builder()
            .ioThreadPoolSize(2)
            .computationThreadPoolSize(2)
            .threadFactoryProvider(RedisConnector::loopThreads)
            .timer(timer)
            .reconnectDelay(Delay.constant(RETRY))
            .nettyCustomizer(
                new NettyCustomizer() {
                  @Override
                  public void afterChannelInitialized(Channel channel) {
                    long timeout = settings.timeout().toMillis();
                    channel.pipeline().addFirst(new StallHandler(timeout));
                    channel.pipeline().addLast(new ExpiryHandler(timeout));
                    channel.pipeline().addLast(new FlushHandler());
                  }
                })
            .commandLatencyRecorder(CommandLatencyRecorder.disabled())
            .build();
    this.client = AsyncClients.ofServer(resources);
    client.setOptions(options(ClientOptions.builder()).build());
    this.watching = AsyncClients.ofServer(resources);
    watching.setOptions(options(ClientOptions.builder()).autoReconnect(false).build());
  }

  private static ThreadFactory threads(String what) {
    AtomicInteger number = new AtomicInteger();
    return task ->
        Daemons.threadOf(
            RedisClient.class, "larder-redis-" + what + "-" + number.incrementAndGet(), task);
  }

  /**
   * Makes the threads of event loops, of the kind whose thread-locals are quick for Netty. Such a
   * thread always inherits from its maker, which therefore is one that has nothing to leave it.
   */
  private static ThreadFactory loopThreads(String what) {
    ThreadFactory makers = threads("start-" + what);
    AtomicInteger number = new AtomicInteger();
    return task -> {
      String name = "larder-redis-" + what + "-" + number.incrementAndGet();
      return makers.newThread(() -> new FastThreadLocalThread(task, name).start());
    };
  }

  /** The options that all connections have in common. */
  private <B extends ClientOptions.Builder> B options(B builder) {
    SslOptions.Builder ssl = SslOptions.builder().jdkSslProvider();
    if (settings.ca() != null) {
      ssl.trustManager(settings.ca());
    }
    builder
        .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
        .requestQueueSize(QUEUED_COMMANDS)
        .replayFilter(command -> true)
        .useHashIndexQueue(false)
        .timeoutOptions(TimeoutOptions.create()) // see ExpiryHandler
        .maintNotificationsConfig(MaintNotificationsConfig.disabled())
        .socketOptions(
            SocketOptions.builder()
                .connectTimeout(CONNECT_TIMEOUT)
                .keepAlive(true)
                .tcpNoDelay(true)
                .build())
        .sslOptions(ssl.build());
    return builder;
  }

  /** What has to be done over a new connection before it is used. */
  @FunctionalInterface
  interface Preparation {
    void of(RedisLink link) throws ExecutionException, TimeoutException, InterruptedException;
  }

  /** Begins to connect; the link is there once it has, and is prepared. */
  void start(Preparation preparation) {
    this.preparation = preparation;
    background.execute(this::connect);
  }

  /**
   * Leaves a server that says it is a replica, and connects anew: behind a name, a service or a
   * load balancer there may be another primary by now, while connections to the former one stay.
   * Sentinels cut those, and a cluster's nodes tell where to go. So is left what answers by more
   * than it was asked: each answer would be taken for the next command's, for good.
   */
  synchronized void leave(RedisLink left, String why) {
    boolean isServer = left != null && left.connection() instanceof StatefulRedisConnection;
    if (!isServer || !left.equals(link) || System.nanoTime() - leftAt < LEAVE_NANOS || closed) {
      return;
    }
    leftAt = System.nanoTime();
    link = null;
    reason = ": " + why;
    background.execute(
        () -> {
          left.connection().closeAsync();
          connect();
        });
  }

  /** The connection; null until there is one. */
  RedisLink link() {
    return link;
  }

  /** Why there is no connection, behind a colon; empty where that is not known yet. */
  String reason() {
    return reason;
  }

  /** A thread for what is to be done soon, or again and again, and never takes long. */
  ScheduledExecutorService background() {
    return background;
  }

  /** A client whose connections do not come back by themselves once they are lost. */
  RedisClient watching() {
    return watching;
  }

  private void connect() {
    if (closed) {
      return;
    }
    RedisLink made = null;
    try {
      made = settings.cluster() == RedisSettings.Cluster.ON ? toCluster() : toServer();
      preparation.of(made);
      link = made;
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    } catch (Exception | Error away) { // whatever it was: it is tried again
      reason = ": " + Failures.reasonOf(away);
      if (made != null) {
        made.connection().closeAsync();
      }
      connectLater();
    }
  }

  private void connectLater() {
    if (!closed) {
      background.schedule(this::connect, RETRY.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private RedisLink toServer() throws ExecutionException, TimeoutException, InterruptedException {
    RedisURI uri = settings.uris().get(0);
    StatefulRedisConnection<String, byte[]> connection = client.connect(CellCodec.INSTANCE, uri);
    boolean isServer = false;
    try {
      isServer = settings.cluster() == RedisSettings.Cluster.OFF || !isCluster(connection);
    } finally {
      if (!isServer) {
        connection.closeAsync();
      }
    }
    return isServer ? new RedisLink(connection, connection.async(), key -> uri) : toCluster();
  }

  /**
   * Whether a server says that it is a node of a cluster; one that may not say it is none.
   *
   * @throws ExecutionException if it does not answer, so that nobody knows
   */
  private static boolean isCluster(StatefulRedisConnection<String, byte[]> connection)
      throws ExecutionException, TimeoutException, InterruptedException {
    try {
      return connection
          .async()
          .info("cluster")
          .toCompletableFuture()
          .get(2, TimeUnit.SECONDS)
          .contains("cluster_enabled:1");
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RedisCommandExecutionException) {
        return false;
      }
      throw failed;
    }
  }

  private RedisLink toCluster() {
    if (clusterClient == null) {
      clusterClient = AsyncClients.ofCluster(resources, settings.uris());
      clusterClient.setOptions(
          options(ClusterClientOptions.builder())
              // A command may wait for its node's connection, where no handler of ours sees it.
              .timeoutOptions(TimeoutOptions.enabled(settings.timeout()))
              .validateClusterNodeMembership(false)
              .topologyRefreshOptions(
                  ClusterTopologyRefreshOptions.builder() // whose default is every trigger
                      .adaptiveRefreshTriggersTimeout(RETRY)
                      .enablePeriodicRefresh(Duration.ofSeconds(5))
                      .refreshTriggersReconnectAttempts(1)
                      .build())
              .build());
      resources // once, though it may take several attempts to connect
          .eventBus()
          .get()
          .ofType(ClusterTopologyChangedEvent.class)
          .subscribe(changed -> connectToEach(clusterConnection));
    }
    StatefulRedisClusterConnection<String, byte[]> connection =
        clusterClient.connect(CellCodec.INSTANCE);
    clusterConnection = connection;
    connectToEach(connection).join();
    return new RedisLink(connection, connection.async(), key -> node(connection, key));
  }

  /**
   * Connects to every primary. Lettuce would do so at the first command for each, and reject that
   * command, as it rejects all while there is no connection. A node that is away is no failure.
   */
  private static CompletableFuture<?> connectToEach(
      StatefulRedisClusterConnection<?, ?> connection) {
    if (connection == null) {
      return CompletableFuture.completedFuture(null);
    }
    return CompletableFuture.allOf(
        connection.getPartitions().stream()
            .filter(node -> node.is(RedisClusterNode.NodeFlag.UPSTREAM))
            .map(node -> connectTo(node.getUri(), connection))
            .toArray(CompletableFuture<?>[]::new));
  }

  private static CompletableFuture<?> connectTo(
      RedisURI node, StatefulRedisClusterConnection<?, ?> connection) {
    try {
      return connection
          .getConnectionAsync(node.getHost(), node.getPort())
          .<Object>thenApply(there -> there)
          .exceptionally(away -> null);
    } catch (RuntimeException away) {
      return CompletableFuture.completedFuture(null);
    }
  }

  private static RedisURI node(StatefulRedisClusterConnection<?, ?> connection, String key) {
    RedisClusterNode node = connection.getPartitions().getMasterBySlot(SlotHash.getSlot(key));
    return node == null ? null : node.getUri();
  }

  @Override
  public void close() {
    closed = true;
    link = null;
    background.shutdownNow();
    CompletableFuture<?> ended =
        CompletableFuture.allOf(
            client.shutdownAsync(0, 1, TimeUnit.SECONDS),
            watching.shutdownAsync(0, 1, TimeUnit.SECONDS),
            clusterClient == null
                ? CompletableFuture.completedFuture(null)
                : clusterClient.shutdownAsync(0, 1, TimeUnit.SECONDS));
    try {
      ended.get(CLOSING_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException hangs) {
      // Its threads are daemons, and the process goes on without waiting for them.
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    resources.shutdown(0, 0, TimeUnit.MILLISECONDS);
    timer.stop();
  }
}
