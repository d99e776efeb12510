/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.event.Level;

class AgentLoggerTest {

  @TempDir private Path folder;

  @AfterEach
  void toStandardError() throws Exception {
    Log.to("stderr");
    Log.level(Level.WARN);
  }

  private String said(Logger logger, String... messages) throws Exception {
    Path log = folder.resolve(logger.getName());
    Log.to(log.toString());
    for (String message : messages) {
      logger.error(message);
    }
    return Files.readString(log).replace(System.lineSeparator(), "|");
  }

  @Test
  void error_sameOfACarriedLibrary_saidOnce() throws Exception {
    assertThat(said(new AgentLogger("net.spy.any"), "refused", "refused", "other", "refused"))
        .isEqualTo("[larder] ERROR refused|[larder] ERROR other|[larder] ERROR refused|");
  }

  /** It holds the session token. */
  @Test
  void debug_ofWhatSignsForAws_isNotSaid() {
    Log.level(Level.DEBUG);
    String signer = "software.amazon.awssdk.http.auth.aws.internal.signer.DefaultV4RequestSigner";
    assertThat(new AgentLogger(signer).isDebugEnabled()).isFalse();
    assertThat(new AgentLogger(signer).isErrorEnabled()).isTrue();
    assertThat(new AgentLogger("software.amazon.awssdk.request").isDebugEnabled()).isTrue();
  }

  @Test
  void trace_ofACarriedLibrary_isNotSaid() {
    Log.level(Level.TRACE);
    assertThat(new AgentLogger("io.lettuce.core.protocol").isTraceEnabled()).isFalse();
    assertThat(new AgentLogger("io.lettuce.core.protocol").isDebugEnabled()).isTrue();
    assertThat(new AgentLogger("dev.larder.agent").isTraceEnabled()).isTrue();
  }

  @Test
  void error_sameOfLarder_saidEachTime() throws Exception {
    assertThat(said(new AgentLogger("dev.larder"), "refused", "refused"))
        .isEqualTo("[larder] ERROR refused|[larder] ERROR refused|");
  }
}
