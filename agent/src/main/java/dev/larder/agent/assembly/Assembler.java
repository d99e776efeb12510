/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent.assembly;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lays out the folder that becomes the agent's jar.
 *
 * <pre>
 *   dev/larder/boot/…                what the JVM sees, as classes
 *   dev/larder/isolated.jar          everything else, as no loader but ours reads it
 *   dev/larder/isolated.index        where in it each file is
 *   dev/larder/licenses/ARTIFACT/…   what the carried libraries ask to be carried with them
 * </pre>
 *
 * <p>Of a multi-release jar the classes for the oldest Java that Larder runs on are taken. Calls of
 * carried libraries that would take what a JVM has once go to stand-ins ({@link GuestManners}).
 */
public final class Assembler {

  private static final int OLDEST = 17;
  private static final Set<String> OURS_NOT_CARRIED = Set.of("dev/larder/agent/assembly/");

  private final Path target;
  private final Set<String> taken = new TreeSet<>();
  private final IsolatedJar isolated = new IsolatedJar();

  private Assembler(Path target) {
    this.target = target;
  }

  /**
   * Lays the folder out anew.
   *
   * @param arguments the folder; the dispatcher's class file; the folder of licences for jars that
   *     carry none; the class path of what is carried, Larder's own modules included
   */
  public static void main(String[] arguments) throws IOException {
    Path target = Path.of(arguments[0]);
    delete(target);
    Assembler assembler = new Assembler(target);
    assembler.isolated.add(
        "java/lang/LarderDispatcher.class", Files.readAllBytes(Path.of(arguments[1])));
    for (String element : arguments[3].split(File.pathSeparator, -1)) {
      assembler.add(Path.of(element), Path.of(arguments[2]));
    }
    assembler.isolated.write(
        target.resolve("dev/larder/isolated.jar"), target.resolve("dev/larder/isolated.index"));
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path each : files.sorted(Comparator.reverseOrder()).collect(Collectors.toList())) {
        Files.delete(each);
      }
    }
  }

  private void add(Path element, Path licences) throws IOException {
    if (Files.isDirectory(element)) {
      try (Stream<Path> files = Files.walk(element)) {
        for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
          String name = element.relativize(file).toString().replace(File.separatorChar, '/');
          addEntry(name, Files.readAllBytes(file), true);
        }
      }
      return;
    }
    try (JarFile jar = new JarFile(element.toFile(), false, JarFile.OPEN_READ)) {
      boolean ours = jar.getEntry("dev/larder/") != null;
      addVersion(jar, ours);
      if (!ours) {
        addLicences(jar, artifact(element), licences);
      }
    }
  }

  /** Takes each entry in the newest version that the oldest Java reads. */
  private void addVersion(JarFile jar, boolean ours) throws IOException {
    List<JarEntry> entries = jar.stream().filter(e -> !e.isDirectory()).toList();
    for (JarEntry entry : entries) {
      String name = entry.getName();
      if (name.startsWith("META-INF/versions/")) {
        continue;
      }
      JarEntry newest = entry;
      for (int version = OLDEST; version >= 9 && newest == entry; version--) {
        JarEntry other = jar.getJarEntry("META-INF/versions/" + version + "/" + name);
        newest = other == null ? entry : other;
      }
      addEntry(name, read(jar, newest), ours);
    }
    for (JarEntry entry : entries) { // classes that only newer versions have
      String name = entry.getName();
      if (name.startsWith("META-INF/versions/")) {
        int slash = name.indexOf('/', "META-INF/versions/".length());
        int version = Integer.parseInt(name.substring("META-INF/versions/".length(), slash));
        String plain = name.substring(slash + 1);
        if (version <= OLDEST && jar.getEntry(plain) == null && !plain.startsWith("META-INF/")) {
          addEntry(plain, read(jar, entry), ours);
        }
      }
    }
  }

  private void addEntry(String name, byte[] bytes, boolean ours) throws IOException {
    if (isLeftOut(name)) {
      return;
    }
    if (!taken.add(name) && !name.startsWith("META-INF/services/")) {
      throw new IOException(
          name + " is carried twice; leave one of its artifacts out of the agent's dependencies");
    }
    if (name.startsWith("dev/larder/boot/")) {
      write(target.resolve(name), bytes);
    } else {
      isolated.add(name, ours || !name.endsWith(".class") ? bytes : GuestManners.teach(bytes));
    }
  }

  private static boolean isLeftOut(String name) {
    return name.endsWith("module-info.class")
        || (name.startsWith("META-INF/") && !name.startsWith("META-INF/services/"))
        || name.startsWith("META-INF/services/reactor.blockhound.")
        || OURS_NOT_CARRIED.stream().anyMatch(name::startsWith)
        || (!name.contains("/") && !name.endsWith(".class"));
  }

  private void addLicences(JarFile jar, String artifact, Path licences) throws IOException {
    Path folder = target.resolve("dev/larder/licenses").resolve(artifact);
    boolean any = false;
    for (JarEntry entry : jar.stream().filter(e -> !e.isDirectory()).toList()) {
      String name = entry.getName();
      String last = name.substring(name.lastIndexOf('/') + 1);
      String upper = last.toUpperCase(Locale.ROOT);
      boolean placed = name.equals(last) || name.startsWith("META-INF/");
      if (placed
          && (upper.startsWith("LICENSE") || upper.startsWith("NOTICE"))
          && !last.endsWith(".class")) {
        write(folder.resolve(last), read(jar, entry));
        any = true;
      }
    }
    if (!any) {
      Path kept = licences.resolve(projectOf(artifact) + ".txt");
      if (!Files.exists(kept)) {
        throw new IOException(
            artifact
                + " carries no licence; put its text into "
                + kept.getFileName()
                + " of "
                + licences.getFileName());
      }
      write(folder.resolve("LICENSE.txt"), Files.readAllBytes(kept));
    }
  }

  /** {@code caffeine-3.3.1} of its jar. */
  private static String artifact(Path jar) {
    String name = jar.getFileName().toString();
    return name.substring(0, name.length() - ".jar".length());
  }

  /** The project that an artifact is of: {@code asm} of {@code asm-commons-9.9}. */
  private static String projectOf(String artifact) {
    int dash = artifact.indexOf('-');
    return dash < 0 ? artifact : artifact.substring(0, dash);
  }

  private static byte[] read(JarFile jar, JarEntry entry) throws IOException {
    try (InputStream in = jar.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, bytes, StandardOpenOption.CREATE_NEW);
  }
}
