/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.agent.RunningJvm.Answer;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunningJvmTest {

  @Test
  void process_thatIsOver_isSaidNotToBeThere() throws Exception {
    Process over = new ProcessBuilder("true").start();
    over.waitFor();

    Answer answer = new RunningJvm(over.pid()).ask("status");

    assertThat(answer.done()).isFalse();
    assertThat(answer.text()).startsWith("there is no process " + over.pid()).contains("jps");
  }

  @Test
  void jvm_ofAnotherUser_isSaidToBeSo() {
    assertThat(RunningJvm.ofWhom(Optional.of("shop"), Optional.of("root")))
        .hasValue("it is of the user shop, and this command of root: run the command as shop");
    assertThat(RunningJvm.ofWhom(Optional.of("shop"), Optional.of("shop"))).isEmpty();
    assertThat(RunningJvm.ofWhom(Optional.empty(), Optional.of("shop"))).isEmpty();
  }
}
