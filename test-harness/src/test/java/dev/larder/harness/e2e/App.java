/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * An application of its own JVM, compiled from {@code src/test/apps}, to be run with the agent's
 * real jar or without it.
 */
final class App {

  private static final int LONGEST_RUN_SECONDS = 120;

  private static final ConcurrentHashMap<String, Path> COMPILED = new ConcurrentHashMap<>();
  private static final ConcurrentHashMap<Path, Path> JARS = new ConcurrentHashMap<>();

  private final String name;
  private final List<Path> libraries = new ArrayList<>();
  private final List<Path> onlyCompiled = new ArrayList<>();
  private final List<String> jvmOptions = new ArrayList<>();
  private final List<String> arguments = new ArrayList<>();
  private final List<String> environment = new ArrayList<>();
  private final List<String> folders = new ArrayList<>();
  private final Path directory;
  private String mainClass = "Main";
  private boolean apiAtRuntime = true;
  private boolean inJar;
  private boolean named = true;
  private boolean optimised;
  private String module;
  private int release = 17;
  private final Map<String, String> words = new LinkedHashMap<>();

  private App(String name) {
    this.name = name;
    folders.add(name);
    this.directory = fresh(name + "-run");
  }

  /** A new folder under the build's own, left there to be looked into. */
  static Path fresh(String start) {
    try {
      Path applications = Files.createDirectories(Path.of("target", "apps").toAbsolutePath());
      return Files.createTempDirectory(applications, start);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static App named(String name) {
    return new App(name);
  }

  App mainClass(String type) {
    mainClass = type;
    return this;
  }

  App library(Path... jars) {
    libraries.addAll(List.of(jars));
    return this;
  }

  /** Libraries that it is compiled with, and run without. */
  App compiledWith(Path... jars) {
    onlyCompiled.addAll(List.of(jars));
    return this;
  }

  /** Every jar of a folder that the build has filled. */
  App libraries(String folder) {
    libraries.addAll(jars(folder));
    return this;
  }

  private static List<Path> jars(String folder) {
    Path web = Path.of("web-libraries", "target", folder).toAbsolutePath();
    Path all =
        Files.isDirectory(web) ? web : Path.of("target", "libraries", folder).toAbsolutePath();
    try (Stream<Path> jars = Files.list(all)) {
      return jars.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Compiled with the sources of a second folder. */
  App sources(String folder) {
    folders.add(folder);
    return this;
  }

  /** Compiled as what it was before Java EE changed its packages' names. */
  App asJavax() {
    for (String api : List.of("servlet", "ws.rs", "annotation")) {
      written("jakarta." + api, "javax." + api);
    }
    return this;
  }

  /** Compiled with another word in place of one of its sources. */
  App written(String word, String instead) {
    words.put(word, instead);
    return this;
  }

  /** Compiled and run as a module, with its libraries beside it on the module path. */
  App module(String moduleName) {
    module = moduleName;
    return this;
  }

  /** Run out of a jar: what a JVM needs to archive classes. */
  App inJar() {
    inJar = true;
    return this;
  }

  /** Run with the JVM's optimising compiler too: what is judged needs it, or runs long. */
  App optimised() {
    optimised = true;
    return this;
  }

  /** Compiled for another Java than 17. */
  App release(int feature) {
    release = feature;
    return this;
  }

  /** Compiled without the names of parameters. */
  App withoutParameterNames() {
    named = false;
    return this;
  }

  /** Compiled with the annotations, but run without their jar. */
  App withoutApi() {
    apiAtRuntime = false;
    return this;
  }

  App agent() {
    return agent("");
  }

  App agent(String options) {
    return jvm("-javaagent:" + Artifacts.agent() + (options.isEmpty() ? "" : "=" + options));
  }

  /** The one jar of a folder that the build has filled, as an agent before or behind ours. */
  App libraryAsAgent(String folder) {
    return jvm("-javaagent:" + jars(folder).get(0));
  }

  /** A jar by which a class of the application's own becomes an agent. */
  static Path asAgent(String type) {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Agent-Class", type);
    manifest.getMainAttributes().putValue("Premain-Class", type);
    manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
    Path jar = fresh("another-agent").resolve("agent.jar");
    try {
      new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return jar;
  }

  App jvm(String... options) {
    jvmOptions.addAll(List.of(options));
    return this;
  }

  App argument(String... values) {
    arguments.addAll(List.of(values));
    return this;
  }

  App environment(String variable, String value) {
    environment.add(variable);
    environment.add(value);
    return this;
  }

  /** Writes a file into the working directory. */
  App file(String path, String content) {
    try {
      Files.writeString(directory.resolve(path), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  Path directory() {
    return directory;
  }

  /** What a run came to. */
  record Run(int exit, List<String> out, List<String> err) {

    /** The one line of standard output that begins so, without its beginning. */
    String line(String start) {
      List<String> found = out.stream().filter(line -> line.startsWith(start)).toList();
      assertThat(found).as("lines that begin with '%s' in %s%nerr: %s", start, out, err).hasSize(1);
      return found.get(0).substring(start.length()).trim();
    }

    /** Asserts that the application ended well. */
    Run ok() {
      assertThat(exit).as("exit code%nout: %s%nerr: %s", out, err).isZero();
      return this;
    }

    /** What Larder said on standard error. */
    List<String> larder() {
      return err.stream().filter(line -> line.startsWith("[larder]")).toList();
    }

    /** Asserts that standard error holds the agent's start line and nothing else. */
    Run onlyStartLine() {
      assertThat(err).as("standard error").singleElement().asString().startsWith("[larder] Larder");
      return this;
    }
  }

  /** Runs to the end. */
  Run run(Jdk jdk) {
    try {
      Path out = directory.resolve("stdout.txt");
      Path err = directory.resolve("stderr.txt");
      Process process =
          builder(jdk).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
      try {
        if (!process.waitFor(LONGEST_RUN_SECONDS, TimeUnit.SECONDS)) {
          throw new AssertionError(
              name
                  + " did not end in "
                  + LONGEST_RUN_SECONDS
                  + " s; out: "
                  + lines(out)
                  + " err: "
                  + lines(err));
        }
        return new Run(process.exitValue(), lines(out), lines(err));
      } finally {
        process.destroyForcibly().waitFor();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while " + name + " ran", e);
    }
  }

  /** A process to be started by the test itself. */
  ProcessBuilder builder(Jdk jdk) {
    List<String> command = new ArrayList<>();
    command.add(jdk.java());
    // JVMs that start together meet in the folder of these files, and complain in their output
    command.add("-XX:-UsePerfData");
    if (!optimised) { // most end before the second compiler pays
      command.add("-XX:TieredStopAtLevel=1");
    }
    command.addAll(jvmOptions);
    command.add(module == null ? "-cp" : "-p");
    command.add(classPath());
    if (module == null) {
      command.add(mainClass);
    } else {
      command.addAll(List.of("-m", module + "/" + mainClass));
    }
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().keySet().removeIf(key -> key.startsWith("LARDER_"));
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    for (int i = 0; i < environment.size(); i += 2) {
      builder.environment().put(environment.get(i), environment.get(i + 1));
    }
    return builder;
  }

  /** The application's classes and libraries, as the JVM is given them. */
  String classPath() {
    List<String> elements = new ArrayList<>();
    elements.add((inJar ? jar() : compiled()).toString());
    if (apiAtRuntime) {
      elements.add(Artifacts.api().toString());
    }
    libraries.forEach(each -> elements.add(each.toAbsolutePath().toString()));
    return String.join(System.getProperty("path.separator"), elements);
  }

  /** The folder with the compiled classes. */
  Path compiled() {
    return COMPILED.computeIfAbsent(
        folders + "" + release + named + words + libraries + onlyCompiled, key -> compile());
  }

  /** One jar with the compiled classes: the same for each run, as an archive wants it. */
  private Path jar() {
    return JARS.computeIfAbsent(compiled(), App::pack);
  }

  /** One jar with what a folder holds, beside it. */
  static Path pack(Path classes) {
    Path jar = classes.resolveSibling(classes.getFileName() + ".jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return jar;
  }

  private Path compile() {
    Path classes = fresh(name + "-classes");
    List<String> command = new ArrayList<>();
    List<String> path = new ArrayList<>();
    path.add(Artifacts.api().toString());
    Stream.concat(libraries.stream(), onlyCompiled.stream())
        .forEach(each -> path.add(each.toAbsolutePath().toString()));
    command.addAll(
        List.of(
            "-d",
            classes.toString(),
            "--release",
            String.valueOf(release),
            named ? "-parameters" : "-proc:none",
            "-nowarn",
            module == null ? "-cp" : "-p"));
    command.add(String.join(System.getProperty("path.separator"), path));
    sourceFiles().forEach(file -> command.add(file.toString()));
    int result =
        ToolProvider.getSystemJavaCompiler().run(null, null, null, command.toArray(new String[0]));
    assertThat(result).as("compilation of %s", folders).isZero();
    return classes;
  }

  private List<Path> sourceFiles() {
    List<Path> all = new ArrayList<>();
    for (String folder : folders) {
      try (Stream<Path> files = Files.walk(Path.of("src", "test", "apps", folder))) {
        files.filter(file -> file.toString().endsWith(".java")).forEach(all::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return words.isEmpty() ? all : reworded(all);
  }

  private List<Path> reworded(List<Path> sources) {
    Path folder = fresh(name + "-reworded");
    List<Path> reworded = new ArrayList<>();
    try {
      for (Path source : sources) {
        String text = Files.readString(source);
        for (Map.Entry<String, String> word : words.entrySet()) {
          text = text.replace(word.getKey(), word.getValue());
        }
        reworded.add(Files.writeString(folder.resolve(source.getFileName()), text));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return reworded;
  }

  private static List<String> lines(Path file) throws IOException {
    return Files.readAllLines(file, StandardCharsets.UTF_8);
  }
}
