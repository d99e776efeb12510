/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.expr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.engine.OwnClasses;
import dev.larder.engine.key.FieldAccess;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** JEXL costs nothing where no expression has an operator: it is not even loaded. */
class JexlLoadingTest {

  private final Set<String> asked = ConcurrentHashMap.newKeySet();

  /** Defines Larder's own classes anew, and notes which classes of JEXL are asked for. */
  private final class Watching extends OwnClasses {

    Watching() {
      super(name -> name.startsWith("dev.larder.engine.expr."));
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("org.apache.commons.jexl3")) {
        asked.add(name);
      }
      return super.loadClass(name, resolve);
    }
  }

  private Object run(ClassLoader loader, String text) throws Exception {
    Class<?> namesType = loader.loadClass("dev.larder.engine.expr.Names");
    Object names =
        namesType.getMethod("of", String[].class).invoke(null, (Object) new String[] {"a"});
    Class<?> templateType = loader.loadClass("dev.larder.engine.expr.Template");
    Object template =
        templateType
            .getMethod("key", String.class, namesType, FieldAccess.class)
            .invoke(null, text, names, FieldAccess.plain());
    return templateType
        .getMethod("render", Object[].class, Object.class)
        .invoke(template, new Object[] {"x"}, null);
  }

  @Test
  void template_withoutOperators_loadsNoJexl() throws Exception {
    ClassLoader loader = new Watching();
    assertThat(run(loader, "k:{a}:{a.bytes.length}:{'x'}:{p0}")).isEqualTo("k:x:1:x:x");
    assertThat(run(loader, "#a")).isEqualTo("x");
    assertThat(asked).isEmpty();
    assertThat(run(loader, "{a + 1}")).isEqualTo("x1");
    assertThat(asked).isNotEmpty();
  }
}
