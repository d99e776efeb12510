/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.larder.engine.match.FaultyPattern;
import dev.larder.engine.match.MethodPattern;
import dev.larder.engine.method.TargetSpec;
import dev.larder.weave.Selection.CachePatterns;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every method of a library that somebody else wrote and compiled, woven and verified by the JVM:
 * what no fixture of ours thinks of, some of its thousands of bodies do.
 */
class LibraryWeavingTest {

  private static final List<String> REFUSED = new ArrayList<>();
  private static final List<String> CHANGED = new ArrayList<>();
  private static final Map<String, byte[]> WOVEN = new HashMap<>();
  private static int methods;
  private static WovenClasses.Loader loader;

  @BeforeAll
  static void weave() throws IOException, URISyntaxException, FaultyPattern {
    List<MethodPattern> all = MethodPattern.parseList("com.fasterxml..*.*(..)");
    TargetFinder caching = finder(new CachePatterns("all", all, List.of(), List.of()));
    TargetFinder evicting = finder(new CachePatterns("all", List.of(), List.of(), all));
    ClassWeaver weaver =
        new ClassWeaver((type, method, reason, askedFor) -> REFUSED.add(type + "." + method));
    ClassLoader unwoven = LibraryWeavingTest.class.getClassLoader();
    File library =
        new File(ObjectMapper.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (JarFile jar = new JarFile(library)) {
      for (JarEntry entry : jar.stream().filter(LibraryWeavingTest::isClass).toList()) {
        try (InputStream in = jar.getInputStream(entry)) {
          byte[] bytes = in.readAllBytes();
          Outline outline = OutlineReader.read(bytes);
          Map<String, TargetSpec> targets = evicting.find(outline, unwoven);
          targets.putAll(caching.find(outline, unwoven));
          byte[] woven = weaver.weave(bytes, targets, Gate.Decision.LOOK_FOR_TARGETS, Set.of());
          if (woven != null && !TargetUnweaverTest.isAsItCame(bytes, woven)) {
            CHANGED.add(outline.binaryName());
          }
          methods += woven == null ? 0 : targets.size();
          WOVEN.put(
              outline.binaryName(),
              WovenClasses.linkedBy(StubDispatcher.class, woven == null ? bytes : woven));
        }
      }
    }
    loader = new WovenClasses.Loader(WOVEN);
  }

  private static TargetFinder finder(CachePatterns patterns) {
    return new TargetFinder(
        new Selection(List.of(patterns)),
        new Outlines(),
        (type, method, reason, askedFor) -> {}); // void ones, and those of interfaces
  }

  private static boolean isClass(JarEntry entry) {
    return entry.getName().endsWith(".class")
        && entry.getName().startsWith("com/"); // for platforms that are not here
  }

  @Test
  void library_wovenWhole_passesTheVerifier() {
    assertThat(REFUSED).isEmpty();
    assertThat(methods).as("woven methods").isGreaterThan(4_000);
    List<String> faults = new ArrayList<>();
    for (String name : WOVEN.keySet()) {
      try {
        assertThat(loader.load(name).getDeclaredMethods()).isNotNull(); // links, and so verifies
      } catch (LinkageError fault) {
        faults.add(name + ": " + fault);
      }
    }
    assertThat(faults).isEmpty();
    assertThat(WOVEN).hasSizeGreaterThan(400);
  }

  @Test
  void library_wovenAndTakenBack_isAsItCame() {
    assertThat(CHANGED).as("classes with methods that are other than before").isEmpty();
  }

  @Test
  void library_wovenWhole_doesItsWork() throws Exception {
    Class<?> mapperClass = loader.load(ObjectMapper.class.getName());
    Object mapper = mapperClass.getConstructor().newInstance();
    Object read =
        mapperClass
            .getMethod("readValue", String.class, Class.class)
            .invoke(mapper, "{\"name\":\"jam\",\"prices\":[1,2.5,null]}", Map.class);
    Object text = mapperClass.getMethod("writeValueAsString", Object.class).invoke(mapper, read);
    assertThat(text).isEqualTo("{\"name\":\"jam\",\"prices\":[1,2.5,null]}");
  }
}
