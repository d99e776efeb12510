/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.testcontainers.DockerClientFactory;

/**
 * Whether containers can be had. A Docker socket that hangs would hold Testcontainers up for
 * minutes.
 */
final class Docker {

  private static final long PATIENCE_SECONDS = 10;

  private Docker() {}

  static boolean runs() {
    return Answer.RUNS;
  }

  private static final class Answer {
    static final boolean RUNS = isConfigured() && ask();

    /** Whether there is anything to ask; Testcontainers takes seconds to find out. */
    private static boolean isConfigured() {
      return System.getenv("DOCKER_HOST") != null
          || Files.exists(Path.of("/var/run/docker.sock"))
          || Files.exists(Path.of(System.getProperty("user.home"), ".testcontainers.properties"))
          || Files.exists(
              Path.of(System.getProperty("user.home"), ".docker", "run", "docker.sock"));
    }

    private static boolean ask() {
      CompletableFuture<Boolean> answer = new CompletableFuture<>();
      Thread asking =
          new Thread(
              () -> {
                try {
                  answer.complete(DockerClientFactory.instance().isDockerAvailable());
                } catch (Throwable failure) {
                  answer.completeExceptionally(failure);
                }
              },
              "is-docker-there");
      asking.setDaemon(true);
      asking.start();
      try {
        return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException no) {
        return false;
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
  }
}
