/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Cache;
import dev.larder.engine.method.TargetSpec;
import dev.larder.engine.method.TargetSpec.Trait;
import jakarta.ws.rs.GET;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** Which cached methods are known as handlers of a framework's, wherever its annotation stands. */
class HandlerMethodsTest {

  /** An application's own composed annotation. */
  @RequestMapping
  @interface Page {}

  @interface Marked {}

  interface Api {
    @GET
    String declared(long id);

    @Cache
    @RequestMapping
    String asked(long id);
  }

  abstract static class Base {
    @RequestMapping
    public abstract String inherited(long id);
  }

  static class Controller extends Base implements Api {

    @Override
    @Cache
    public String declared(long id) {
      return "" + id;
    }

    @Override
    public String asked(long id) {
      return "" + id;
    }

    @Override
    @Cache
    public String inherited(long id) {
      return "" + id;
    }

    @Cache
    @GET
    public String own(long id) {
      return "" + id;
    }

    @Cache
    @Page
    String composed(long id) {
      return "" + id;
    }

    @Cache
    @PostMapping
    public String posted(long id) {
      return "" + id;
    }

    @Cache
    @Marked
    public String declared(String none) {
      return none;
    }
  }

  /** As a framework generates it of a client's interface. */
  static class Client$$Proxy implements Api {
    @Override
    public String declared(long id) {
      return "";
    }

    @Override
    public String asked(long id) {
      return "";
    }
  }

  @Test
  void method_withAFrameworksAnnotationOfItsOwnOrInheritedOrComposed_isAHandler() {
    for (String method : List.of("own", "declared", "asked", "inherited", "composed")) {
      assertThat(spec(Controller.class, method + "(J)").traits())
          .as(method)
          .contains(Trait.HANDLER);
    }
  }

  @Test
  void method_thatAnswersSomethingElse_isNone() {
    assertThat(spec(Controller.class, "posted(J)").traits()).doesNotContain(Trait.HANDLER);
    assertThat(spec(Controller.class, "declared(Ljava/lang/String;)").traits())
        .doesNotContain(Trait.HANDLER);
  }

  /** A client carries the annotations of the handler that it calls. */
  @Test
  void method_ofAGeneratedProxy_isNone() {
    assertThat(spec(Client$$Proxy.class, "asked(J)").traits())
        .contains(Trait.THROUGH_INTERFACE)
        .doesNotContain(Trait.HANDLER);
  }

  private static TargetSpec spec(Class<?> type, String method) {
    TargetFinder finder =
        new TargetFinder(
            new Selection(List.of()),
            new Outlines(),
            (className, refused, reason, askedFor) -> {
              throw new AssertionError(className + "." + refused + " is refused: " + reason);
            });
    return finder
        .find(OutlineReader.read(WovenClasses.bytesOf(type)), type.getClassLoader())
        .get(method + "Ljava/lang/String;");
  }
}
