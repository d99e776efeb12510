/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds the arrows between the rooms of the house: {@code weave}, {@code http}, {@code ops} →
 * {@code engine} → {@code spi} ← backends, and nobody but the wiring knows several rooms. A
 * module's pom keeps it from others too, but not a package from others, nor what a dependency
 * brings along.
 */
class ArchitectureTest {

  private static final String ALL = "dev.larder..";
  private static final String ENGINE = "dev.larder.engine..";
  private static final String SPI = "dev.larder.spi..";

  private static JavaClasses classes;

  @BeforeAll
  static void read() {
    classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.larder");
  }

  @ParameterizedTest
  @ValueSource(strings = {"async", "weave", "http", "ops"})
  void room_ofTheAgent_knowsTheEngineAndNoOtherRoom(String room) {
    String own = "dev.larder." + room + "..";
    noClasses()
        .that()
        .resideInAPackage(own)
        .should()
        .dependOnClassesThat(resideInAPackage(ALL).and(not(resideInAnyPackage(own, ENGINE, SPI))))
        .check(classes);
  }

  @Test
  void engine_knowsTheSpiAndNoRoomOfTheAgent() {
    noClasses()
        .that()
        .resideInAPackage(ENGINE)
        .should()
        .dependOnClassesThat(resideInAPackage(ALL).and(not(resideInAnyPackage(ENGINE, SPI))))
        .check(classes);
  }

  @Test
  void backends_knowTheSpiAndEachNoOther() {
    noClasses()
        .that()
        .resideInAPackage("dev.larder.backend..")
        .should()
        .dependOnClassesThat(
            resideInAPackage(ALL).and(not(resideInAnyPackage("dev.larder.backend..", SPI))))
        .check(classes);
    slices().matching("dev.larder.backend.(*)..").should().notDependOnEachOther().check(classes);
  }

  @Test
  void spi_knowsNobody() {
    noClasses()
        .that()
        .resideInAPackage(SPI)
        .should()
        .dependOnClassesThat(resideInAPackage(ALL).and(not(resideInAPackage(SPI))))
        .check(classes);
  }

  @Test
  void bytecode_isTheWeaversBusiness() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.larder.weave..", "dev.larder.agent.assembly..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.objectweb.asm..")
        .check(classes);
  }

  @Test
  void json_isTheBusinessOfCodecsCommandsAndTheConsole() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.larder.engine.codec..", "dev.larder.ops.console", "dev.larder.agent")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.fasterxml.jackson..")
        .check(classes);
  }

  @Test
  void servlets_areTheSkinsBusiness() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.larder.http.skin..", "dev.larder.http.javaxskin..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("jakarta.servlet..", "javax.servlet..")
        .check(classes);
  }

  @Test
  void messagesOfHttp_areAPureCore() {
    classes()
        .that()
        .resideInAPackage("dev.larder.http.message..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("dev.larder.http.message..", "com.dynatrace.hash4j..", "java..")
        .check(classes);
  }

  @Test
  void packages_ofTheEngine_formNoCycle() {
    slices()
        .assignedFrom(packagesBelow("dev.larder.engine"))
        .should()
        .beFreeOfCycles()
        .check(classes);
  }

  /** Each package below one, and itself, as a slice. */
  private static SliceAssignment packagesBelow(String root) {
    return new SliceAssignment() {
      @Override
      public SliceIdentifier getIdentifierOf(JavaClass each) {
        String name = each.getPackageName();
        return name.equals(root) || name.startsWith(root + ".")
            ? SliceIdentifier.of(name)
            : SliceIdentifier.ignore();
      }

      @Override
      public String getDescription() {
        return "packages of " + root;
      }
    };
  }
}
