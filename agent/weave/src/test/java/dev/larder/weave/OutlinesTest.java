/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/** What is kept of classes, and for how long. */
final class OutlinesTest {

  private final Outlines outlines = new Outlines();

  private static final class Application extends ClassLoader {
    Application() {
      super(null);
    }
  }

  private void keep(String start, int count, ClassLoader loader) {
    for (int i = 0; i < count; i++) {
      ClassWriter made = new ClassWriter(0);
      made.visit(Opcodes.V17, 0, start + i, null, "java/lang/Object", null);
      outlines.keep(OutlineReader.read(made.toByteArray()), loader);
    }
  }

  /** Apart, so that no frame of the test holds the loader. */
  private WeakReference<ClassLoader> keepOfALoaderThatGoes(int count) {
    ClassLoader loader = new Application();
    keep("com/acme/Made", count, loader);
    return new WeakReference<>(loader);
  }

  @Test
  void outlines_ofALoaderThatIsGone_goAsOthersCome() {
    ClassLoader staying = new Application();
    keep("com/acme/Stays", 10, staying);
    WeakReference<ClassLoader> gone = keepOfALoaderThatGoes(Outlines.ROOM);
    await()
        .until(
            () -> {
              System.gc();
              return gone.refersTo(null);
            });

    keep("com/acme/Later", Outlines.ROOM, staying);

    assertThat(outlines.count()).isEqualTo(10 + Outlines.ROOM);
    assertThat(outlines.find("com/acme/Stays3", staying)).isNotNull();
  }
}
