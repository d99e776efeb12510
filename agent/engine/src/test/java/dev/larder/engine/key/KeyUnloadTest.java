/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.engine.OwnClasses;
import dev.larder.engine.expr.Expression;
import dev.larder.engine.expr.Names;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is kept of an application's classes: nothing. */
class KeyUnloadTest {

  /** Read again by a loader of its own. */
  public static final class Subject {
    private final Kind kind = Kind.ONE;
    public final Object rest = List.of(Kind.TWO);

    public Kind getKind() {
      return kind;
    }
  }

  /** Read again by a loader of its own. */
  public enum Kind {
    ONE,
    TWO
  }

  @Test
  void keysAndExpressions_ofClassThatIsLetGo_holdNoLoader() throws Exception {
    KeyParts keys = new KeyParts(FieldAccess.plain());
    Expression path = Expression.compile("p0.kind", Names.of("a"), FieldAccess.plain());
    Expression sum =
        Expression.compile("p0.kind == 'ONE' && p0.rest != p0", Names.of("a"), FieldAccess.plain());
    List<Object> parts = new ArrayList<>();
    WeakReference<ClassLoader> loader = use(keys, path, sum, parts);
    await()
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(loader.get()).isNull();
            });
    assertThat(parts).hasSize(3).doesNotContainNull();
    Object again = keys.part(new Subject());
    assertThat(again).isEqualTo(parts.get(0));
    assertThat(path.evaluate(new Object[] {new Subject()}, null)).isEqualTo(Kind.ONE);
    assertThat(sum.test(new Object[] {new Subject()}, null)).isTrue();
  }

  private static WeakReference<ClassLoader> use(
      KeyParts keys, Expression path, Expression sum, List<Object> parts) throws Exception {
    ClassLoader loader = new OwnClasses(name -> name.startsWith(KeyUnloadTest.class.getName()));
    Class<?> type = loader.loadClass(Subject.class.getName());
    Object subject = type.getConstructor().newInstance();
    assertThat(type).isNotEqualTo(Subject.class);
    parts.add(keys.part(subject));
    parts.add(keys.part(type));
    parts.add(keys.part(path.evaluate(new Object[] {subject}, null)));
    assertThat(sum.test(new Object[] {subject}, null)).isTrue();
    return new WeakReference<>(loader);
  }
}
