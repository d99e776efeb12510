/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent;

import dev.larder.spi.Daemons;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A running JVM of this machine, seen from a command.
 *
 * <p>The attach API is called by reflection: it is the JDK's, may be missing, and stands in the
 * application's loader, which the agent's own classes do not see.
 */
final class RunningJvm {

  private static final String START = "larder-request:";

  /** The JDK's own setting of how long a JVM may take to be attached to. */
  private static final String PATIENCE = "sun.tools.attach.attachTimeout";

  /** Longer than the JDK's own 10 s, and than what to attach to a large application takes. */
  private static final long PATIENCE_MILLIS = 30_000;

  private final String pid;
  private final Optional<ProcessHandle> process;
  private final long patienceMillis;

  RunningJvm(long pid) {
    this(pid, Long.getLong(PATIENCE, PATIENCE_MILLIS));
  }

  /** One that is waited for no longer than so. */
  RunningJvm(long pid, long patienceMillis) {
    this.pid = String.valueOf(pid);
    this.process = ProcessHandle.of(pid);
    this.patienceMillis = patienceMillis;
  }

  /**
   * What came of a request.
   *
   * @param done whether it was done
   * @param text what is to be said of it
   */
  record Answer(boolean done, String text) {

    /** Prints what kept it from being done, and gives the exit code of that. */
    int complain() {
      System.err.println(text.stripTrailing());
      return CommandLine.FAULTS;
    }

    /** Prints how many entries went, and what there is to know of it, and gives the exit code. */
    int reportRemoved() {
      if (!done) {
        return complain();
      }
      List<String> said = text.lines().toList();
      System.out.println(
          switch (said.get(0)) {
            case "-1" -> "removed; how many entries there were the backend cannot say";
            case "1" -> "1 entry removed";
            default -> said.get(0) + " entries removed";
          });
      said.stream().skip(1).forEach(System.err::println);
      return CommandLine.OK;
    }

    /** Its lines, each as the words between its tabs. */
    List<String[]> table() {
      return text.lines().map(line -> line.split("\t")).toList();
    }
  }

  /** Asks by way of a file that only this user can read; see {@code dev.larder.boot.Request}. */
  Answer ask(String... request) {
    if (process.isEmpty()) {
      return new Answer(false, "there is no process " + pid + "; jps lists the JVMs of a user");
    }
    Path file = null;
    try {
      file = Files.createTempFile("larder", ".request");
      byte[] asked = encode(request);
      Files.write(file, asked);
      if (!load(START + file.toAbsolutePath())) {
        return new Answer(false, silence());
      }
      byte[] answer = Files.readAllBytes(file);
      if (answer.length == 0 || Arrays.equals(answer, asked)) {
        return new Answer(
            false,
            "JVM "
                + pid
                + " gave no answer; "
                + ofWhom().orElse("its standard error may say why it did not"));
      }
      return new Answer(
          answer[0] != 0, new String(answer, 1, answer.length - 1, StandardCharsets.UTF_8));
    } catch (ClassNotFoundException missing) {
      return new Answer(
          false,
          "this Java ("
              + System.getProperty("java.home")
              + ") has no module jdk.attach; run the command by the java of a JDK");
    } catch (InvocationTargetException failure) {
      return new Answer(false, "JVM " + pid + " cannot be attached to: " + reason(failure));
    } catch (IOException | ReflectiveOperationException failure) {
      return new Answer(false, "JVM " + pid + " cannot be asked: " + failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return new Answer(false, "JVM " + pid + " was not waited for: the command was interrupted");
    } finally {
      delete(file);
    }
  }

  private static byte[] encode(String[] request) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(request.length);
    for (String text : request) {
      out.writeUTF(text);
    }
    return bytes.toByteArray();
  }

  private Optional<String> ofWhom() {
    return ofWhom(
        process.flatMap(each -> each.info().user()), ProcessHandle.current().info().user());
  }

  /** What to do where the JVM is another user's, who alone may be answered; else nothing. */
  static Optional<String> ofWhom(Optional<String> owner, Optional<String> own) {
    return owner.isEmpty() || own.isEmpty() || owner.equals(own)
        ? Optional.empty()
        : Optional.of(
            "it is of the user "
                + owner.get()
                + ", and this command of "
                + own.get()
                + ": run the command as "
                + owner.get());
  }

  private String reason(InvocationTargetException failure) {
    Throwable cause = failure.getCause();
    String said = cause.getMessage() == null ? "" : cause.getMessage().strip();
    return switch (cause.getClass().getSimpleName()) {
      case "AttachNotSupportedException" ->
          said
              + "; "
              + ofWhom()
                  .orElse("is it a JVM's, not stopped, and of the same user as this command?");
      case "AgentLoadException" -> said + "; was it started with -XX:+DisableAttachMechanism?";
      default ->
          cause.getClass().getSimpleName()
              + (said.isEmpty() ? "" : ": " + said)
              + ofWhom().map(each -> "; " + each).orElse("");
    };
  }

  private String silence() {
    return "JVM "
        + pid
        + " has not answered for "
        + patienceMillis / 1_000.0
        + " s, and may still do what it was asked if it had begun; it is stopped, hangs or is very"
        + " busy: see how it is (ps -o stat "
        + pid
        + "; T is stopped, and kill -CONT "
        + pid
        + " lets it go on), or wait longer by java -D"
        + PATIENCE
        + "=MILLIS -jar larder-agent.jar";
  }

  /**
   * Has that JVM load this jar, which nothing can interrupt: so it is waited for on a thread that
   * keeps no process from ending.
   *
   * @return whether it did so in time
   */
  private boolean load(String options) throws ReflectiveOperationException, InterruptedException {
    FutureTask<Void> loading =
        new FutureTask<>(
            () -> {
              attachAndLoad(options);
              return null;
            });
    Daemons.thread("larder-attach", loading, 0).start();
    try {
      loading.get(patienceMillis, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException silent) {
      return false;
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof ReflectiveOperationException known) {
        throw known;
      }
      throw new IllegalStateException(failure.getCause());
    }
  }

  private void attachAndLoad(String options) throws ReflectiveOperationException {
    Class<?> api =
        Class.forName(
            "com.sun.tools.attach.VirtualMachine", true, ClassLoader.getSystemClassLoader());
    Object machine = api.getMethod("attach", String.class).invoke(null, pid);
    try {
      api.getMethod("loadAgent", String.class, String.class)
          .invoke(machine, ownJar().toString(), options);
    } finally {
      api.getMethod("detach").invoke(machine);
    }
  }

  /** The jar that this command runs from. */
  private static Path ownJar() {
    return Path.of(System.getProperty("java.class.path")).toAbsolutePath();
  }

  private static void delete(Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException left) {
      System.err.println(file + " could not be removed (" + left + "); remove it by hand");
    }
  }
}
