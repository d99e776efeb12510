/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.larder.harness.e2e.App.Run;
import java.util.List;
import org.junit.jupiter.api.Test;

/** On a JVM older than 17 there is one line, and the application runs as it is. */
class OldJavaIT {

  @Test
  void agent_onAnOlderJvm_saysOneLineAndTheApplicationRunsUncached() {
    List<Jdk> older = Jdk.olderThan(17);
    if (older.isEmpty()) {
      System.out.println(
          "OldJavaIT is not run: LARDER_JAVA_8 and LARDER_JAVA_11 name no Java home, and"
              + " /usr/lib/jvm has none older than 17");
    }
    assumeFalse(older.isEmpty(), "there is no Java older than 17");
    for (Jdk jdk : older) {
      Run run = App.named("plain").release(8).agent().run(jdk).ok();

      assertThat(run.out())
          .as("on %s", jdk)
          .containsExactly("early=1 2", "late=3 4", "attached=false");
      assertThat(run.err())
          .as("on %s", jdk)
          .singleElement()
          .asString()
          .startsWith("[larder]")
          .contains("17")
          .contains("uncached");
    }
  }
}
