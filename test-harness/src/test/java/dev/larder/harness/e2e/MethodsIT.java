/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.harness.e2e.App.Run;
import org.assertj.core.api.InstanceOfAssertFactories;

/** Each kind of method that can be a target, annotated. */
class MethodsIT {

  /** What stands before the colon of a line, and whether the other arguments give another value. */
  private static final String[] KINDS = {
    "private",
    "static",
    "final",
    "self",
    "synchronized",
    "overloaded",
    "default",
    "interface",
    "generic",
    "boolean",
    "byte",
    "char",
    "short",
    "int",
    "long",
    "float",
    "double",
    "null",
    "optional",
    "many",
    "array",
    "template",
    "sum"
  };

  @OnEachJdk
  void method_calledTwice_runsOncePerArguments(Jdk jdk) {
    Run run = App.named("methods").agent().run(jdk).ok();

    for (String kind : KINDS) {
      assertThat(run.line(kind + ":")).as(kind).isEqualTo("1 1 2 same=true other=false");
    }
    assertThat(run.line("none:")).isEqualTo("1 1 1 same=true other=true");
    assertThat(run.line("loop:")).isEqualTo("1 1 2 same=true other=true");
    assertThat(run.out()).endsWith("ended");
    run.onlyStartLine();
  }

  @OnEachJdk
  void method_throwing_isRunAgainAndItsExceptionComesThrough(Jdk jdk) {
    Run run = App.named("methods").agent().run(jdk).ok();

    assertThat(run.line("thrown=")).isEqualTo("true runs=2 again=true frames=1 message=as it is");
  }

  @OnEachJdk
  void body_inheritedFromOutsideAnAnnotatedInterface_isUncachedWithOneWarning(Jdk jdk) {
    Run run = App.named("inherited").agent().run(jdk).ok();

    assertThat(run.line("inherited=")).isEqualTo("a1 a2");
    assertThat(run.line("own=")).isEqualTo("a3 a3");
    assertThat(run.err()).as("the start, and this").hasSize(2);
    assertThat(run.err().get(1))
        .contains("Main$Shop.find")
        .contains("it inherits the body from Main$Shelf, which does not implement Main$Finder");
  }

  /** For a call site needs some of the places that the JVM allows a method. */
  @OnEachJdk
  void arguments_asManyAsThereMayBe_areLeftAloneWithOneWarning(Jdk jdk) {
    Run run = App.named("wide").agent().run(jdk).ok();

    assertThat(run.line("runs=")).isEqualTo("1 2");
    assertThat(run.line("after=")).isEqualTo("3");
    assertThat(run.line("few=")).isEqualTo("4 4");
    assertThat(run.err()).as("the start, and these").hasSize(3);
    assertThat(run.err().subList(1, 3))
        .allMatch(line -> line.contains("254 places") && line.contains("252"));
  }

  /** By method, attribute and position. */
  @OnEachJdk
  void annotation_atFault_leavesItsMethodUncachedWithOneWarning(Jdk jdk) {
    Run run = App.named("faulty").agent().run(jdk).ok();

    assertThat(run.line("runs=")).isEqualTo("20");
    assertThat(run.line("kept=")).isEqualTo("true");
    for (String[] each :
        new String[][] {
          {"Main.unknownParameter: ", "key = {nobody}: ", "(at position 1)"},
          {"Main.resultInAKey: ", "key = {result.id}: ", "(at position 1)"},
          {"Main.call: ", "condition = id > 1 && id.toString(): ", "(at position 13)"},
          {"Main.controlCharacter: ", "value = 'first?second': ", "control characters"},
          {"Main.unknownTag: ", "tags = product, product:{nobody}: ", "(at position 18)"},
          {"Main.openBrace: ", "key = {id: ", "(at position 0)"},
          {"Main.shareTooLarge: ", "refreshAhead = 180%: ", "from 0% to 100%"},
          {"Main.unknownProperty: ", "key: Main$Item has no property 'nobody'", "(at position 6)"},
          {
            "Main.unknownPropertyBehindTheCall: ",
            "unless: Main$Item has no property 'nobody'",
            "(at position 16)"
          },
          {"Main$Unfinished.finish ", "is abstract", "annotate what implements it"},
          {"Main.evictByArguments: ", "from keyed", "give the eviction a key"},
        }) {
      assertThat(run.err().stream().filter(line -> line.contains(each[0])))
          .as(each[0])
          .singleElement(InstanceOfAssertFactories.STRING)
          .contains(each);
    }
    assertThat(run.err()).as("the start, and these").hasSize(12);
  }

  /** The application's own expectations hold without the agent too: the control. */
  @OnEachJdk
  void method_withoutTheAgent_runsEachTime(Jdk jdk) {
    Run run = App.named("methods").run(jdk).ok();

    for (String kind : KINDS) {
      assertThat(run.line(kind + ":")).as(kind).isEqualTo("1 2 3 same=true other=false");
    }
    assertThat(run.err()).isEmpty();
  }
}
