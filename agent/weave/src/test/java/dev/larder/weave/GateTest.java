/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Cache;
import dev.larder.engine.Engine;
import dev.larder.engine.match.FaultyPattern;
import dev.larder.engine.match.MethodPattern;
import dev.larder.weave.Gate.Decision;
import jakarta.servlet.GenericServlet;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/** Which classes are looked into. */
class GateTest {

  /** Gives class files and loads nothing. */
  private static final class Reading extends ClassLoader {
    private final List<String> read = new ArrayList<>();

    @Override
    public InputStream getResourceAsStream(String name) {
      read.add(name.substring(name.lastIndexOf('/') + 1));
      return GateTest.class.getClassLoader().getResourceAsStream(name);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) {
      throw new AssertionError(name + " is to be loaded for a look at it");
    }
  }

  static class Plain {}

  static class Annotated {
    @Cache
    String find(long id) {
      return "" + id;
    }
  }

  interface Contract {
    @Cache
    String find(long id);
  }

  interface WiderContract extends Contract {}

  static class Implementing implements WiderContract {
    @Override
    public String find(long id) {
      return "" + id;
    }
  }

  static class Below extends Implementing {}

  abstract static class ASubtype extends Plain {}

  abstract static class OfLibrary extends GenericServlet {}

  static class Serving extends GenericServlet {
    @Override
    public void service(ServletRequest request, ServletResponse response) {}
  }

  private final Reading loader = new Reading();

  @Test
  void classes_ofTheJdk_areOutOfBounds() {
    assertThat(Gate.isOutOfBounds(null, "com/acme/Any")).isTrue();
    assertThat(Gate.isOutOfBounds(ClassLoader.getPlatformClassLoader(), "java/sql/Date")).isTrue();
    assertThat(Gate.isOutOfBounds(loader, "java/lang/Other")).isTrue();
    assertThat(Gate.isOutOfBounds(loader, "sun/reflect/Generated")).isTrue();
    assertThat(Gate.isOutOfBounds(loader, "jdk/internal/reflect/GeneratedMethodAccessor7"))
        .isTrue();
    assertThat(Gate.isOutOfBounds(loader, null)).isTrue();
  }

  @Test
  void classes_ofTheAgent_areOutOfBounds() {
    assertThat(Gate.isOutOfBounds(Gate.class.getClassLoader(), "com/acme/Any")).isTrue();
    assertThat(Gate.isOutOfBounds(loader, "dev/larder/boot/Agent")).isTrue();
  }

  @Test
  void classes_ofApplications_areNot() {
    assertThat(Gate.isOutOfBounds(loader, "com/acme/Any")).isFalse();
    assertThat(Gate.isOutOfBounds(loader, "jdk/proxy2/$Proxy7")).isFalse();
  }

  @Test
  void plainClass_isLeft() {
    assertThat(decide(gate(), Plain.class)).isEqualTo(Decision.LEAVE);
  }

  @Test
  void annotatedClass_isLookedInto() {
    assertThat(decide(gate(), Annotated.class)).isEqualTo(Decision.LOOK_FOR_TARGETS);
  }

  @Test
  void servlet_isLookedIntoForItsMethods() {
    assertThat(decide(gate(), Serving.class)).isEqualTo(Decision.LOOK_FOR_SERVLET_METHODS);
  }

  @Test
  void class_namedByAPattern_isLookedInto() throws FaultyPattern {
    String pattern = "dev.larder.weave.GateTest.Plain.find*(..)";
    assertThat(decide(gate(pattern), Plain.class)).isEqualTo(Decision.LOOK_FOR_TARGETS);
    assertThat(decide(gate(pattern), ASubtype.class)).isEqualTo(Decision.LEAVE);
  }

  @Test
  void subtype_ofAPatternWithSubtypes_isLookedInto() throws FaultyPattern {
    Gate gate = gate("dev.larder.weave.GateTest.Plain+.find*(..)");
    assertThat(decide(gate, ASubtype.class)).isEqualTo(Decision.LOOK_FOR_TARGETS);
    assertThat(loader.read).contains("GateTest$Plain.class");
  }

  @Test
  void class_ofAPatternByAnnotation_isLookedIntoWhereItCarriesIt() throws FaultyPattern {
    Gate gate = gate("@java.lang.Deprecated *");
    assertThat(decide(gate, Plain.class)).isEqualTo(Decision.LEAVE);
    assertThat(decide(gate, Thread.class)).isEqualTo(Decision.LOOK_FOR_TARGETS);
  }

  @Test
  void class_whoseInterfaceWasNeverSeen_hasItReadAndNotLoaded() {
    assertThat(decide(gate(), Implementing.class)).isEqualTo(Decision.LOOK_FOR_TARGETS);
    assertThat(loader.read)
        .containsExactly("GateTest$WiderContract.class", "GateTest$Contract.class");
  }

  @Test
  void class_belowOneThatInherits_isLookedInto() {
    assertThat(decide(gate(), Below.class)).isEqualTo(Decision.LOOK_FOR_TARGETS);
  }

  @Test
  void supertypes_areReadOnce() {
    Gate gate = gate();
    Decision first = decide(gate, ASubtype.class);
    Decision again = decide(gate, ASubtype.class);
    assertThat(List.of(first, again)).containsOnly(Decision.LEAVE);
    assertThat(loader.read).containsExactly("GateTest$Plain.class");
  }

  @Test
  void classesWithoutEnd_areNotAllRemembered() {
    Gate gate = gate();
    assertThat(decide(gate, Implementing.class)).isEqualTo(Decision.LOOK_FOR_TARGETS);
    for (int i = 0; i < Gate.REMEMBERED + 100; i++) {
      gate.decide(made("Script" + i, 0), loader, false);
    }

    assertThat(gate.knownCount()).isLessThan(Gate.REMEMBERED);
    loader.read.clear();
    assertThat(decide(gate, Implementing.class)).isEqualTo(Decision.LOOK_FOR_TARGETS);
    assertThat(loader.read).as("what matters to subtypes is known still").isEmpty();
  }

  @Test
  void finalClass_isNotRemembered() {
    Gate gate = gate();
    gate.decide(made("com/acme/$Proxy7", Opcodes.ACC_FINAL), loader, false);
    assertThat(gate.knownCount()).isZero();
  }

  private static byte[] made(String name, int access) {
    ClassWriter made = new ClassWriter(0);
    made.visit(Opcodes.V17, access, name, null, "java/lang/Object", null);
    return made.toByteArray();
  }

  @Test
  void supertypes_ofWellKnownLibraries_areNotRead() {
    assertThat(decide(gate(), OfLibrary.class)).isEqualTo(Decision.LEAVE);
    assertThat(loader.read).isEmpty();
  }

  @Test
  void supertypes_ofLoadedClasses_areNotRead() {
    Gate gate = gate();
    Decision unseen = gate.decide(WovenClasses.bytesOf(Implementing.class), loader, true);
    assertThat(unseen).isEqualTo(Decision.LEAVE);
    assertThat(loader.read).isEmpty();
  }

  /** A facade, or a copy of it under another name. */
  static class Asking {
    static Class<?> dispatcher() throws ClassNotFoundException {
      return Class.forName("java.lang.LarderDispatcher");
    }
  }

  private static final class Counting implements Surroundings {
    private int connected;

    @Override
    public Engine engine() {
      throw new AssertionError("the gate links nothing");
    }

    @Override
    public Exchanges exchanges() {
      throw new AssertionError("the gate declares nothing");
    }

    @Override
    public Refusals refusals() {
      throw new AssertionError("the gate refuses nothing");
    }

    @Override
    public boolean isEnabled(String cache) {
      throw new AssertionError("the gate weaves nothing");
    }

    @Override
    public boolean wasEnabledAtStart(String cache) {
      throw new AssertionError("the gate links nothing");
    }

    @Override
    public Linker linker() {
      throw new AssertionError("the gate links nothing");
    }

    @Override
    public boolean connect() {
      connected++;
      return true;
    }

    @Override
    public WovenNests nests() {
      throw new AssertionError("the gate weaves nothing");
    }

    @Override
    public boolean tellsHits() {
      throw new AssertionError("the gate links nothing");
    }

    @Override
    public boolean isConnected() {
      throw new AssertionError("the gate hands nothing over");
    }

    @Override
    public void waits(Service service) {
      throw new AssertionError("the gate finds no service");
    }
  }

  @Test
  void decide_classThatAsksForTheDispatcher_hasItMadeAndIsLeft() {
    Counting around = new Counting();
    Gate gate = new Gate(new Selection(List.of()), around);

    assertThat(decide(gate, Plain.class)).isEqualTo(Decision.LEAVE);
    assertThat(decide(gate, Annotated.class)).isEqualTo(Decision.LOOK_FOR_TARGETS);
    assertThat(around.connected).isZero();

    assertThat(decide(gate, Asking.class)).isEqualTo(Decision.LEAVE);
    assertThat(around.connected).isEqualTo(1);
  }

  @Test
  void isOutOfBounds_loaderOfTheJdk_isButForTheFacade() {
    for (ClassLoader jdk : new ClassLoader[] {null, ClassLoader.getPlatformClassLoader()}) {
      assertThat(Gate.isOutOfBounds(jdk, "com/acme/Some")).isTrue();
      assertThat(Gate.isOutOfBounds(jdk, "dev/larder/Link")).isFalse();
      assertThat(Gate.isOutOfBounds(jdk, "dev/larder/boot/Agent")).isTrue();
      assertThat(Gate.isOutOfBounds(jdk, null)).isTrue();
    }
    assertThat(Gate.isOutOfBounds(loader, "com/acme/Some")).isFalse();
  }

  private Decision decide(Gate gate, Class<?> type) {
    return gate.decide(WovenClasses.bytesOf(type), loader, false);
  }

  private static Gate gate() {
    return new Gate(new Selection(List.of()), null);
  }

  private static Gate gate(String methods) throws FaultyPattern {
    return new Gate(
        new Selection(
            List.of(
                new Selection.CachePatterns(
                    "cache", MethodPattern.parseList(methods), List.of(), List.of()))),
        null);
  }
}
