/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Removes entries by way of a running JVM. */
@Command(
    name = "evict",
    description = "removes entries of a running JVM's cache, with its backend too",
    synopsisHeading = "Usage: ",
    customSynopsis = {
      "java -jar larder-agent.jar evict PID CACHE [ARG…]",
      "       java -jar larder-agent.jar evict PID CACHE --key=KEY",
      "       java -jar larder-agent.jar evict PID --tag=TAG"
    },
    footer = {
      "",
      "ARGs are read as what the methods of the cache declare: numbers, texts, true,",
      "false, enums, UUIDs, dates and times; null is null where no text is declared.",
      "They reach the methods that have no key of their own. One that begins with -",
      "stands behind --. Of a path rule the key is the path and the query, with its",
      "context."
    },
    sortOptions = false)
final class EvictCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "PID", description = "the JVM's process id, as of jps")
  private long pid;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "CACHE",
      description = "the cache, or the path rule with --key")
  private String cache;

  @Parameters(
      index = "2..*",
      arity = "0..*",
      paramLabel = "ARG",
      description = "the arguments of the calls whose results go")
  private List<String> arguments = List.of();

  @Option(names = "--key", paramLabel = "KEY", description = "the text that a key attribute gave")
  private String key;

  @Option(names = "--tag", paramLabel = "TAG", description = "all entries that carry a tag")
  private String tag;

  @Override
  public Integer call() {
    if (key != null && tag != null) {
      throw wrong("--key and --tag do not go together");
    }
    if ((key != null || tag != null) && !arguments.isEmpty()) {
      throw wrong("arguments (" + arguments.get(0) + ") do not go with --key or --tag");
    }
    if (tag != null) {
      if (cache != null) {
        throw wrong("a tag belongs to no cache; leave " + cache + " out");
      }
      return removal("evictTag", tag);
    }
    if (cache == null) {
      throw wrong("name a cache, or a tag by --tag");
    }
    if (key != null) {
      return removal("evictKey", cache, key);
    }
    List<String> request = new ArrayList<>(List.of("evict", cache));
    request.addAll(arguments);
    return removal(request.toArray(new String[0]));
  }

  private ParameterException wrong(String what) {
    return new ParameterException(spec.commandLine(), what);
  }

  private int removal(String... request) {
    return new RunningJvm(pid).ask(request).reportRemoved();
  }
}
