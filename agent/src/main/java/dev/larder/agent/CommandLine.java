/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/** The commands of {@code java -jar larder-agent.jar}. */
@Command(
    name = "java -jar larder-agent.jar",
    description = "Larder caches what methods return and what servlets answer.",
    footer = {
      "",
      "An application runs with it by java -javaagent:larder-agent.jar[=OPTIONS] …,",
      "where OPTIONS is the path of a properties file, or key=value;key=value,",
      "or config=PATH;key=value.",
      "Without: the file that LARDER_CONFIG names, else ./larder.properties."
    },
    mixinStandardHelpOptions = true,
    versionProvider = CommandLine.VersionProvider.class,
    subcommands = {
      CheckCommand.class,
      AttachCommand.class,
      StatusCommand.class,
      StatsCommand.class,
      EvictCommand.class,
      ClearCommand.class,
      AdviseCommand.class,
      CommandLine.VersionCommand.class,
      HelpCommand.class
    })
final class CommandLine implements Runnable {

  /** The exit code of a command that did its work. */
  static final int OK = 0;

  /** The exit code of a command that found faults. */
  static final int FAULTS = 1;

  /** The exit code of a command that was not understood. */
  static final int USAGE = 2;

  @Spec private CommandSpec spec;

  /** Runs a command and returns the process's exit code. */
  static int run(String[] arguments) {
    picocli.CommandLine all = new picocli.CommandLine(new CommandLine());
    for (picocli.CommandLine command : all.getSubcommands().values()) {
      if (!command.getCommandSpec().optionsMap().containsKey("--help")) {
        command.getCommandSpec().addOption(help());
      }
    }
    return all.execute(arguments);
  }

  /** Asks a command itself for what {@code help COMMAND} prints. */
  private static OptionSpec help() {
    return OptionSpec.builder("-h", "--help").usageHelp(true).description("prints this").build();
  }

  @Override
  public void run() {
    throw new picocli.CommandLine.ParameterException(spec.commandLine(), "name a command");
  }

  /** Prints the version. */
  @Command(name = "version", description = "prints the version")
  static final class VersionCommand implements Runnable {
    @Override
    public void run() {
      System.out.println("Larder " + Version.text());
    }
  }

  /** Tells picocli the version. */
  static final class VersionProvider implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"Larder " + Version.text()};
    }
  }
}
