/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.agent.RunningJvm.Answer;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

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
  @Timeout(60)
  void jvm_thatIsStopped_isSaidNotToAnswerOnceTimeIsOver(@TempDir Path folder) throws Exception {
    Process waiting =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Waiting.class.getName())
            .directory(folder.toFile()) // where the JDK leaves a file for as long as it waits
            .start();
    try {
      assertThat(waiting.getInputStream().read()).isEqualTo('!');
      String pid = String.valueOf(waiting.pid());
      assertThat(new ProcessBuilder("kill", "-STOP", pid).start().waitFor()).isZero();

      Answer answer = new RunningJvm(waiting.pid(), 500).ask("status");

      assertThat(answer.done()).isFalse();
      assertThat(answer.text())
          .startsWith("JVM " + pid + " has not answered for 0.5 s")
          .contains("kill -CONT " + pid, "-Dsun.tools.attach.attachTimeout=");
    } finally {
      waiting.destroyForcibly();
    }
  }

  /** Says that it runs, and waits to be ended. */
  static final class Waiting {
    public static void main(String[] arguments) throws Exception {
      System.out.print('!');
      System.out.flush();
      System.in.read();
    }
  }

  @Test
  void jvm_ofAnotherUser_isSaidToBeSo() {
    assertThat(RunningJvm.ofWhom(Optional.of("shop"), Optional.of("root")))
        .hasValue("it is of the user shop, and this command of root: run the command as shop");
    assertThat(RunningJvm.ofWhom(Optional.of("shop"), Optional.of("shop"))).isEmpty();
    assertThat(RunningJvm.ofWhom(Optional.empty(), Optional.of("shop"))).isEmpty();
  }
}
