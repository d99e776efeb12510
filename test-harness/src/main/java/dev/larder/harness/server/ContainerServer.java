/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.server;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/**
 * A server in a container that shares this machine's network, so that its address is the same
 * inside and outside; sentinels and cluster nodes tell their addresses to clients.
 */
final class ContainerServer implements TestServer {

  private final Launch launch;
  private final GenericContainer<?> container;

  ContainerServer(Launch launch) {
    this.launch = launch;
    this.container =
        new GenericContainer<>(DockerImageName.parse(launch.image()))
            .withNetworkMode("host")
            .withEnv(launch.environment())
            .withCreateContainerCmdModifier(
                create -> create.withEntrypoint(launch.command().get(0)))
            .withCommand(
                launch.command().subList(1, launch.command().size()).toArray(String[]::new));
    if (launch.directory() != null) {
      container.withCopyFileToContainer(
          MountableFile.forHostPath(launch.directory(), 0777), launch.directory().toString());
    }
    container.start();
    awaitReady();
  }

  private void awaitReady() {
    Awaitility.await(launch.name())
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptions()
        .until(() -> launch.ready().ask());
  }

  @Override
  public String host() {
    return "127.0.0.1";
  }

  @Override
  public int port() {
    return launch.port();
  }

  @Override
  public void pause() {
    container.getDockerClient().pauseContainerCmd(container.getContainerId()).exec();
  }

  @Override
  public void resume() {
    container.getDockerClient().unpauseContainerCmd(container.getContainerId()).exec();
  }

  @Override
  public void kill() {
    container.getDockerClient().killContainerCmd(container.getContainerId()).exec();
  }

  @Override
  public void restart() {
    container.getDockerClient().startContainerCmd(container.getContainerId()).exec();
    awaitReady();
  }

  @Override
  public void close() {
    container.stop();
    launch.removeFiles();
  }
}
