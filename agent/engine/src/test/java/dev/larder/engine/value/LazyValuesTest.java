/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.larder.engine.key.FieldAccess;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.collection.spi.PersistentCollection;
import org.junit.jupiter.api.Test;

@SuppressWarnings("UnusedVariable") // fields are copied
class LazyValuesTest {

  private final Values values = new Values(FieldAccess.plain());

  /** As Hibernate's own: to read it loads it. */
  static class Bag extends AbstractList<String> implements PersistentCollection {
    private boolean initialized;
    private boolean asked;

    Bag(boolean initialized) {
      this.initialized = initialized;
    }

    @Override
    public String get(int index) {
      asked |= !initialized;
      return "a";
    }

    @Override
    public int size() {
      asked |= !initialized;
      return 1;
    }
  }

  /** As Hibernate's bytecode enhancement makes entities. */
  static class Entity {
    private long id = 1;
    private List<String> lines;

    @SuppressWarnings("MemberName") // Hibernate's own
    private Object $$_hibernate_attributeInterceptor;

    Entity(List<String> lines) {
      this.lines = lines;
    }
  }

  @Test
  void keep_loadedCollection_becomesAPlainOne() throws UncacheableValue {
    Entity given = (Entity) values.keep(new Entity(new Bag(true)), ValueMode.AUTO).give();

    assertThat(given.lines).isInstanceOf(ArrayList.class).containsExactly("a");
    assertThat(given.id).isEqualTo(1);
  }

  @Test
  void keep_unloadedCollection_isRefusedUnread() {
    Bag bag = new Bag(false);

    UncacheableValue refusal =
        catchThrowableOfType(
            UncacheableValue.class, () -> values.keep(new Entity(bag), ValueMode.AUTO));

    assertThat(refusal.path()).isEqualTo("result.lines");
    assertThat(refusal.reason()).contains("lazy");
    assertThat(bag.asked).isFalse();
  }

  @Test
  void keep_entityThatLoadsItself_isRefused() {
    Entity entity = new Entity(new ArrayList<>());
    entity.$$_hibernate_attributeInterceptor = new Object();

    UncacheableValue refusal =
        catchThrowableOfType(UncacheableValue.class, () -> values.keep(entity, ValueMode.AUTO));

    assertThat(refusal.type()).isEqualTo(Entity.class.getName());
  }
}
