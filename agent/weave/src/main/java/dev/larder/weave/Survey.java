/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import dev.larder.engine.match.MethodPattern;
import dev.larder.engine.method.TargetSpec;
import dev.larder.weave.Outline.MethodOutline;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.objectweb.asm.Opcodes;

/**
 * Looks over a class path for targets, without loading or running any of its classes: what the gate
 * and the finder would make of it in an application.
 */
public final class Survey implements Closeable {

  private static final Refusals NOBODY = (type, method, reason, askedFor) -> {};

  private final Selection selection;
  private final List<Path> elements;
  private final URLClassLoader resources;

  /**
   * A survey.
   *
   * @param classPath jars and folders, as {@code java -cp} takes them
   */
  public Survey(Selection selection, String classPath) throws IOException {
    this.selection = selection;
    this.elements = new ArrayList<>();
    List<URL> urls = new ArrayList<>();
    for (String element : classPath.split(File.pathSeparator, -1)) {
      if (!element.isEmpty()) {
        elements.add(Path.of(element));
        urls.add(Path.of(element).toUri().toURL());
      }
    }
    this.resources = new URLClassLoader(urls.toArray(new URL[0]), null);
  }

  /** Tells of each target that is found, and of each method that cannot be one. */
  public void run(Consumer<TargetSpec> targets, Refusals refusals) throws IOException {
    Outlines outlines = new Outlines();
    TargetFinder finder = new TargetFinder(selection, outlines, refusals);
    read(bytes -> survey(bytes, outlines, finder, targets, refusals));
  }

  /**
   * The methods without a body that a pattern means of the interfaces that it names: whatever
   * implements them is meant, JDK proxies too, which no class path shows.
   *
   * @param except what is not meant all the same
   * @return with their parameters as in source
   */
  public List<String> abstractMethods(MethodPattern pattern, List<MethodPattern> except)
      throws IOException {
    Outlines outlines = new Outlines();
    List<String> found = new ArrayList<>();
    read(
        bytes -> {
          Outline type = OutlineReader.read(bytes);
          if (type.isInterface()) {
            outlines.keep(type, resources);
            addMeant(pattern, except, type, new Hierarchy(type, resources, outlines), found);
          }
        });
    return found;
  }

  private static void addMeant(
      MethodPattern pattern,
      List<MethodPattern> except,
      Outline type,
      Hierarchy hierarchy,
      List<String> found) {
    List<Outline> owners = new ArrayList<>(List.of(type));
    hierarchy.interfaces().forEach(owners::add);
    Set<String> nearer = new HashSet<>();
    for (Outline owner : owners) {
      for (MethodOutline method : owner.methods()) {
        if (nearer.add(method.signature())
            && method.is(Opcodes.ACC_ABSTRACT)
            && PatternMatches.meansOfInterface(pattern, type, method, hierarchy)
            && except.stream()
                .noneMatch(
                    each -> PatternMatches.meansOfInterface(each, type, method, hierarchy))) {
          found.add(
              owner.binaryName()
                  + "."
                  + method.name()
                  + "("
                  + String.join(", ", SourceTypes.parameters(method.descriptor()))
                  + ")");
        }
      }
    }
  }

  /** Gives the bytes of all classes into which the gate would look for targets. */
  private void read(Consumer<byte[]> classes) throws IOException {
    Gate gate = new Gate(selection, null);
    Consumer<byte[]> wanted =
        bytes -> {
          if (gate.decide(bytes, resources, false).targets()) {
            classes.accept(bytes);
          }
        };
    for (Path element : elements) {
      if (Files.isDirectory(element)) {
        readFolder(element, wanted);
      } else {
        readJar(element, wanted);
      }
    }
  }

  private static void readFolder(Path folder, Consumer<byte[]> classes) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).sorted().toList()) {
        classes.accept(Files.readAllBytes(file));
      }
    } catch (UncheckedIOException unreadable) {
      throw unreadable.getCause();
    }
  }

  private static void readJar(Path file, Consumer<byte[]> classes) throws IOException {
    try (JarFile jar = new JarFile(file.toFile())) {
      for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
        JarEntry entry = entries.nextElement();
        if (entry.getName().endsWith(".class") && !entry.getName().startsWith("META-INF/")) {
          classes.accept(jar.getInputStream(entry).readAllBytes());
        }
      }
    }
  }

  private void survey(
      byte[] bytes,
      Outlines outlines,
      TargetFinder finder,
      Consumer<TargetSpec> targets,
      Refusals refusals) {
    Outline outline = OutlineReader.read(bytes);
    outlines.keep(outline, resources);
    Map<String, TargetSpec> found = finder.find(outline, resources);
    boolean isAnyTooLarge = isAnyTooLarge(bytes, found, NOBODY);
    found.forEach(
        (method, spec) -> {
          if (!isAnyTooLarge || !isAnyTooLarge(bytes, Map.of(method, spec), refusals)) {
            targets.accept(spec);
          }
        });
  }

  /** Whether the code of any of these would be too large with Larder's in it. */
  private static boolean isAnyTooLarge(
      byte[] bytes, Map<String, TargetSpec> targets, Refusals refusals) {
    boolean[] refused = {false};
    ClassWeaver weaver =
        new ClassWeaver(
            (type, method, reason, askedFor) -> {
              refused[0] = true;
              refusals.refuse(type, method, reason, askedFor);
            });
    weaver.weave(bytes, targets, Gate.Decision.LOOK_FOR_TARGETS, Set.of());
    return refused[0];
  }

  @Override
  public void close() throws IOException {
    resources.close();
  }
}
