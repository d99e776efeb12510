/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.agent.assembly.Assembler;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassReader;

/** Opens the agent's jar: what lies in it, where, and nothing else. */
class JarIT {

  private static final String BOOT = "dev/larder/boot/";
  private static final String ISOLATED_JAR = "dev/larder/isolated.jar";
  private static final String ISOLATED_INDEX = "dev/larder/isolated.index";

  /** What begins the names, here, of what lies in the jar within. */
  private static final String ISOLATED = ISOLATED_JAR + "!/";

  private static final String LICENSES = "dev/larder/licenses/";
  private static final String MANIFEST = "META-INF/MANIFEST.MF";
  private static final String DISPATCHER = ISOLATED + "java/lang/LarderDispatcher.class";
  private static final int JAVA_8 = 52;
  private static final int JAVA_17 = 61;

  private static final List<String> NAMES = new ArrayList<>();
  private static final Map<String, Set<Long>> TIMES = new HashMap<>();
  private static final Map<String, byte[]> FILES = new TreeMap<>();

  /** Reads entry by entry, as they lie there: an index would hide duplicates. */
  @BeforeAll
  static void read() throws IOException {
    Path jar = Path.of(System.getProperty("larder.agent.jar"));
    read(Files.newInputStream(jar), "");
    read(new ByteArrayInputStream(FILES.get(ISOLATED_JAR)), ISOLATED);
  }

  private static void read(InputStream jar, String prefix) throws IOException {
    try (ZipInputStream in = new ZipInputStream(jar)) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        NAMES.add(prefix + entry.getName());
        TIMES.computeIfAbsent(prefix, key -> new HashSet<>()).add(entry.getTime());
        if (!entry.isDirectory()) {
          FILES.put(prefix + entry.getName(), in.readAllBytes());
        }
      }
    }
  }

  @Test
  void entry_outsideOfLardersFolders_isTheManifestAlone() {
    assertThat(FILES.keySet())
        .filteredOn(
            name ->
                !name.startsWith(BOOT) && !name.startsWith(ISOLATED) && !name.startsWith(LICENSES))
        .containsExactlyInAnyOrder(MANIFEST, ISOLATED_JAR, ISOLATED_INDEX);
    assertThat(NAMES)
        .filteredOn(name -> name.endsWith("/"))
        .allMatch(
            name ->
                name.equals("META-INF/")
                    || "dev/larder/".startsWith(name)
                    || name.startsWith("dev/larder/"));
  }

  @Test
  void entry_ofAnyName_isThereOnce() {
    assertThat(NAMES).doesNotHaveDuplicates();
  }

  @Test
  void class_ofTheApplicationsView_isOneOfBootForJava8() {
    assertThat(FILES.keySet())
        .filteredOn(name -> name.endsWith(".class") && !name.startsWith(ISOLATED))
        .isNotEmpty()
        .allMatch(name -> name.startsWith(BOOT));
    FILES.forEach(
        (name, bytes) -> {
          if (name.startsWith(BOOT)) {
            assertThat(name).endsWith(".class");
            assertThat(new ClassReader(bytes).getClassName() + ".class").isEqualTo(name);
            assertThat(majorOf(bytes)).as(name).isLessThanOrEqualTo(JAVA_8);
          }
        });
  }

  @Test
  void class_ofTheAgent_liesWhereItsNameSays() {
    assertThat(FILES).containsKey(DISPATCHER);
    FILES.forEach(
        (name, bytes) -> {
          if (name.startsWith(ISOLATED) && name.endsWith(".class")) {
            String type = name.substring(ISOLATED.length(), name.length() - ".class".length());
            assertThat(new ClassReader(bytes).getClassName()).isEqualTo(type);
            assertThat(majorOf(bytes)).as(name).isLessThanOrEqualTo(JAVA_17);
          }
        });
  }

  /** A start must not read 13,000 names, so the JVM's view of the jar has few. */
  @Test
  void jar_inTheJvmsView_hasFewEntries() {
    assertThat(NAMES).filteredOn(name -> !name.startsWith(ISOLATED)).hasSizeLessThan(300);
  }

  @Test
  void service_ofTheAgent_namesClassesThatAreCarried() {
    String services = ISOLATED + "META-INF/services/";
    FILES.forEach(
        (name, bytes) -> {
          if (name.startsWith(services)) {
            new String(bytes, StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.replaceFirst("#.*", "").trim())
                .filter(line -> !line.isEmpty())
                .forEach(
                    provider ->
                        assertThat(FILES)
                            .as("provider in %s", name)
                            .containsKey(ISOLATED + provider.replace('.', '/') + ".class"));
          }
        });
  }

  @Test
  void artifact_thatIsCarried_bringsItsLicence() {
    Set<String> carried =
        carried()
            .map(element -> element.getFileName().toString())
            .filter(name -> name.endsWith(".jar") && !name.startsWith("larder-"))
            .map(name -> name.substring(0, name.length() - ".jar".length()))
            .collect(Collectors.toCollection(TreeSet::new));

    Set<String> licensed = new TreeSet<>();
    FILES.forEach(
        (name, bytes) -> {
          if (name.startsWith(LICENSES)) {
            String[] parts = name.substring(LICENSES.length()).split("/", -1);
            assertThat(parts).as(name).hasSize(2);
            assertThat(new String(bytes, StandardCharsets.UTF_8)).as(name).isNotBlank();
            if (parts[1].toUpperCase(Locale.ROOT).startsWith("LICENSE")) {
              licensed.add(parts[0]);
            }
          }
        });

    assertThat(carried).isNotEmpty();
    assertThat(licensed).isEqualTo(carried);
  }

  /**
   * What the console adds to the parts of Netty that Lettuce brings must be of the same version.
   */
  @Test
  void netty_ofEachArtifact_isOfOneVersion() {
    assertThat(
            carried()
                .map(element -> element.getFileName().toString())
                .filter(name -> name.startsWith("netty-"))
                .map(name -> name.replaceFirst("^netty(-[a-z][a-z0-9]*)+-", ""))
                .toList())
        .hasSizeGreaterThan(3)
        .allMatch(version -> version.matches("[0-9].*"))
        .as("versions")
        .satisfies(versions -> assertThat(Set.copyOf(versions)).hasSize(1));
  }

  @Test
  void manifest_ofTheJar_saysWhatTheJvmNeedsAndNoMore() throws IOException {
    Manifest manifest = new Manifest(new ByteArrayInputStream(FILES.get(MANIFEST)));
    Attributes main = manifest.getMainAttributes();

    assertThat(manifest.getEntries()).isEmpty();
    assertThat(main.keySet().stream().map(Object::toString))
        .containsExactlyInAnyOrder(
            "Manifest-Version",
            "Premain-Class",
            "Agent-Class",
            "Main-Class",
            "Can-Redefine-Classes",
            "Can-Retransform-Classes",
            "Implementation-Version");
    for (String entry : List.of("Premain-Class", "Agent-Class", "Main-Class")) {
      assertThat(FILES).containsKey(main.getValue(entry).replace('.', '/') + ".class");
    }
  }

  @Test
  void jar_builtAnew_isTheSame(@TempDir Path again) throws IOException {
    Assembler.main(
        new String[] {
          again.toString(),
          Path.of("boot/target/dispatcher/java/lang/LarderDispatcher.class").toString(),
          Path.of("src/main/licenses").toString(),
          Path.of("target/classes") + File.pathSeparator + System.getProperty("larder.carried")
        });

    assertThat(TIMES.values())
        .as("times of entries: the build's, not the clock's")
        .hasSize(2)
        .allMatch(times -> times.size() == 1);
    Map<String, byte[]> laidOut = new TreeMap<>();
    try (Stream<Path> files = Files.walk(again)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = again.relativize(file).toString().replace(File.separatorChar, '/');
        laidOut.put(name, Files.readAllBytes(file));
      }
    }
    laidOut.put(MANIFEST, FILES.get(MANIFEST));
    assertThat(laidOut.keySet())
        .isEqualTo(
            FILES.keySet().stream()
                .filter(name -> !name.startsWith(ISOLATED))
                .collect(Collectors.toSet()));
    laidOut.forEach((name, bytes) -> assertThat(bytes).as(name).isEqualTo(FILES.get(name)));
  }

  private static Stream<Path> carried() {
    return Stream.of(System.getProperty("larder.carried").split(File.pathSeparator, -1))
        .map(Path::of);
  }

  private static int majorOf(byte[] bytes) {
    return ((bytes[6] & 0xFF) << 8) | (bytes[7] & 0xFF);
  }
}
