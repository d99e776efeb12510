/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.harness.e2e.App.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The agent's jar given more than once, as happens where an image and a start script both add it.
 */
class TwiceIT {

  @OnEachJdk
  void jar_givenTwice_worksOnceAndSaysSo(Jdk jdk) {
    Run run = App.named("plain").agent().agent().run(jdk).ok();

    assertCachedOnce(run);
  }

  @OnEachJdk
  void jar_givenTwiceUnderTwoPaths_worksOnceAndSaysSo(Jdk jdk) throws IOException {
    App app = App.named("plain");
    Path copy = Files.copy(Artifacts.agent(), app.directory().resolve("another-name.jar"));

    assertCachedOnce(app.agent().jvm("-javaagent:" + copy).run(jdk).ok());
  }

  private static void assertCachedOnce(Run run) {
    assertThat(run.out()).containsExactly("early=1 1", "late=2 2", "attached=true");
    assertThat(run.err()).as("the start line, and one line of the second").hasSize(2);
    assertThat(run.err().get(1)).startsWith("[larder]").contains("twice");
  }
}
