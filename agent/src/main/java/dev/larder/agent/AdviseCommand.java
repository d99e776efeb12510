/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent;

import dev.larder.engine.observe.Report;
import dev.larder.ops.advise.Advice;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the properties file that an observed application would do well with. */
@Command(
    name = "advise",
    description = "proposes a properties file, from what a JVM with mode = observe has seen",
    footer = {"", "A REPORT is what advise PID --json has printed."},
    sortOptions = false)
final class AdviseCommand implements Callable<Integer> {

  private static final String REMEDY =
      "; a report is what advise PID --json prints of a JVM that runs with mode = observe";

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "PID|REPORT",
      description = "the observing JVM's process id, as of jps, or a file with its report")
  private String from;

  @Option(
      names = "--json",
      description = "prints the report; of a file, with what is advised of each method")
  private boolean json;

  @Override
  public Integer call() {
    return isNumber(from) ? ofJvm(pid()) : ofFile();
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.chars().allMatch(each -> each >= '0' && each <= '9');
  }

  private long pid() {
    try {
      return Long.parseLong(from);
    } catch (NumberFormatException tooLarge) {
      throw wrong(from + " is too large for a process id");
    }
  }

  private int ofJvm(long pid) {
    RunningJvm.Answer answer = new RunningJvm(pid).ask("advise");
    if (!answer.done()) {
      return answer.complain();
    }
    if (json) {
      return print(answer.text());
    }
    try {
      return print(new Advice(ReportJson.read(answer.text())).proposal());
    } catch (ReportJson.BrokenReport foreign) {
      return complain(
          "JVM "
              + pid
              + " gave a report that cannot be read: "
              + foreign.getMessage()
              + "; run the jar that it runs with");
    }
  }

  private int ofFile() {
    Path file;
    try {
      file = Path.of(from);
    } catch (InvalidPathException unreadable) {
      throw wrong("'" + from + "' is neither a process id nor a path");
    }
    if (from.isBlank()) {
      throw wrong("'" + from + "' is neither a process id nor a path");
    }
    try {
      Report report = ReportJson.read(Files.readString(file));
      Advice advice = new Advice(report);
      return print(json ? ReportJson.of(report, advice) : advice.proposal());
    } catch (ReportJson.BrokenReport broken) {
      return complain(file + " is no report: " + broken.getMessage() + REMEDY);
    } catch (NoSuchFileException missing) {
      return complain(file + " does not exist" + REMEDY);
    } catch (IOException unread) {
      return complain(file + " cannot be read (" + unread + ")" + REMEDY);
    }
  }

  private ParameterException wrong(String what) {
    return new ParameterException(spec.commandLine(), what);
  }

  private static int complain(String what) {
    System.err.println(what);
    return CommandLine.FAULTS;
  }

  /** In UTF-8, as a properties file and a report are, whatever the console's own charset is. */
  private static int print(String text) {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    out.print(text.endsWith("\n") ? text : text + "\n");
    out.flush();
    return CommandLine.OK;
  }
}
