/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.engine.key.FieldAccess;
import dev.larder.engine.value.Differences;
import dev.larder.spi.CodecException;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Values of classes that carry the annotations of the application's own Jackson, whichever it has:
 * compiled against its jars, and loaded with them by a class loader that sees no other.
 */
class JacksonsTest {

  private static final Path SOURCES = Path.of("src", "test", "zoo", "com", "acme", "zoo");
  private static final Path LIBRARIES = Path.of("target", "libraries");

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private static Path work;

  /** The Jacksons that an application may have, as the build has copied them. */
  private enum Jackson {
    OLD("jackson-2.9", "Annotated", "ByDatabind"),
    MIDDLE("jackson-2.15", "Annotated", "ByDatabind"),
    NEWEST_2("jackson-2", "Annotated", "ByDatabind"),
    NEWEST_3("jackson-3", "Annotated", "ByDatabind"),
    /**
     * Annotated in its sources; at run time there is no Jackson, and the JVM drops what it said.
     */
    NONE("jackson-2", "Annotated", "Values"),
    /** Not of Jackson's: the pages of the real Spring Data. */
    NONE_AND_SPRING_DATA("spring-data", "Pages");

    private final String folder;

    @SuppressWarnings("ImmutableEnumChecker") // of List.of
    private final List<String> sources;

    Jackson(String folder, String... sources) {
      this.folder = folder;
      this.sources = List.of(sources);
    }
  }

  @TestFactory
  Stream<DynamicContainer> decode_annotatedValue_isAsItWasOrRefused() {
    return Arrays.stream(Jackson.values())
        .map(
            jackson -> {
              try {
                return DynamicContainer.dynamicContainer(jackson.name(), cases(jackson));
              } catch (IOException | ClassNotFoundException e) {
                throw new AssertionError(e);
              }
            });
  }

  private static List<DynamicTest> cases(Jackson jackson)
      throws IOException, ClassNotFoundException {
    List<Path> jars = jarsOf(jackson.folder);
    Path classes = compile(jackson, jars);
    List<URL> urls = new ArrayList<>(List.of(classes.toUri().toURL()));
    for (Path jar : jackson == Jackson.NONE ? List.<Path>of() : jars) {
      urls.add(jar.toUri().toURL());
    }
    // Open while the tests run; nothing but this class refers to it.
    URLClassLoader application =
        new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    List<DynamicTest> tests = new ArrayList<>();
    for (String name : jackson.sources) {
      Class<?> type = application.loadClass("com.acme.zoo." + name);
      Arrays.stream(type.getDeclaredMethods())
          .filter(method -> !method.isSynthetic())
          .sorted(Comparator.comparing(Method::getName))
          .forEach(
              method ->
                  tests.add(
                      DynamicTest.dynamicTest(
                          method.getName(), () -> check(jackson, method, application))));
    }
    return tests;
  }

  private static void check(Jackson jackson, Method method, ClassLoader application)
      throws Exception {
    FieldAccess access = FieldAccess.plain();
    Differences differences = new Differences(access);
    JsonCodec codec =
        new JsonCodec(application, access, new OpenTypes(name -> false, "com.acme.zoo"));
    Type type = method.getGenericReturnType();
    Object value = method.invoke(null);
    ShapeTrust trust = new ShapeTrust(codec, type, application, differences);

    boolean isRefused =
        jackson == Jackson.NONE
            ? method.getName().startsWith("circle") // there is no identity then
            : method.getName().startsWith("refused");
    if (isRefused || method.getName().startsWith("never")) {
      assertThatThrownBy(() -> trust.encode(value)).isInstanceOf(CodecException.class);
    } else {
      Object back = codec.decode(trust.encode(value), type, application);
      assertThat(differences.between(value, back)).isNull();
    }
  }

  private static List<Path> jarsOf(String folder) throws IOException {
    try (Stream<Path> jars = Files.list(LIBRARIES.resolve(folder))) {
      return jars.sorted().toList();
    }
  }

  private static Path compile(Jackson jackson, List<Path> jars) throws IOException {
    Path sources = Files.createDirectories(work.resolve(jackson + "-sources"));
    Path classes = Files.createDirectories(work.resolve(jackson + "-classes"));
    List<String> command =
        new ArrayList<>(
            List.of("-d", classes.toString(), "--release", "17", "-parameters", "-nowarn", "-cp"));
    command.add(
        jars.stream()
            .map(Path::toString)
            .collect(Collectors.joining(System.getProperty("path.separator"))));
    for (String name : jackson.sources) {
      String text = Files.readString(SOURCES.resolve(name + ".java"));
      if (jackson == Jackson.NEWEST_3) {
        text = text.replace("com.fasterxml.jackson.databind.", "tools.jackson.databind.");
      }
      command.add(Files.writeString(sources.resolve(name + ".java"), text).toString());
    }
    int result =
        ToolProvider.getSystemJavaCompiler().run(null, null, null, command.toArray(new String[0]));
    assertThat(result).as("compilation against %s", jackson).isZero();
    return classes;
  }
}
