/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.engine.key.FieldAccess;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.lang.ref.WeakReference;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EntityValuesTest {

  @Entity
  static class Product {
    @Id long id = 1;
    String name = "jar";
  }

  static class Special extends Product {}

  static class Plain {
    String name = "jar";
  }

  record Page(List<Product> content, int number) {}

  /** As Hibernate's enhancement of a class with lazy attributes leaves it. */
  @Entity
  static class Enhanced {
    @Id long id = 1;
    transient Interceptor $$_hibernate_attributeInterceptor;
  }

  /** Has the fields of Hibernate's, which are all that is read of it. */
  static class Interceptor {
    final Set<String> lazyFields = Set.of("photo");
    final Set<String> initializedLazyFields = new HashSet<>();
  }

  /** As EclipseLink's weaving of a class with a lazy reference leaves it, once it was read. */
  @Entity
  static class Woven {
    @Id long id = 1;
    Product product;
    Holder _persistence_product_vh = new Holder();
    transient Object _persistence_fetchGroup;
    transient Object _persistence_cacheKey = new WeakReference<>(this);
    transient boolean _persistence_shouldRefreshFetchGroup;
  }

  /** Has the fields of EclipseLink's, which are all that is read of it. */
  static class Holder {
    Object value;
    boolean isInstantiated;
    final Object session = Thread.currentThread();
  }

  private final Values values = new Values(FieldAccess.plain());

  @Test
  void entity_whereverItStands_isNoticed() throws UncacheableValue {
    for (ValueMode mode : ValueMode.values()) {
      assertThat(keeps(new Product(), mode)).isTrue();
      assertThat(keeps(new Special(), mode)).isTrue();
      assertThat(keeps(List.of(new Product()), mode)).isTrue();
      assertThat(keeps(Optional.of(new Product()), mode)).isTrue();
      assertThat(keeps(Map.of(1, new Product()), mode)).isTrue();
      assertThat(keeps(new Product[] {new Product()}, mode)).isTrue();
    }
    assertThat(keeps(new Page(List.of(new Product()), 1), ValueMode.AUTO)).isTrue();
  }

  @Test
  void valueWithoutEntities_isNot() throws UncacheableValue {
    for (ValueMode mode : ValueMode.values()) {
      assertThat(keeps(new Plain(), mode)).isFalse();
      assertThat(keeps("jar", mode)).isFalse();
      assertThat(keeps(new Page(List.of(), 1), mode)).isFalse();
    }
  }

  @Test
  void sharedEntity_isGivenAsItWasWhenItWasKept() throws UncacheableValue {
    Product product = new Product();
    Kept kept = values.keep(product, ValueMode.SHARE);
    product.name = "changed";

    assertThat(kept.isShared()).isTrue();
    assertThat(((Product) kept.give()).name).isEqualTo("jar");
  }

  @Test
  void enhancedEntity_isKeptOnceAllOfItIsThere() throws UncacheableValue {
    Enhanced entity = new Enhanced();
    entity.$$_hibernate_attributeInterceptor = new Interceptor();
    assertThatThrownBy(() -> values.keep(entity, ValueMode.AUTO))
        .isInstanceOf(UncacheableValue.class)
        .hasMessageContaining("is lazy and has not been loaded");

    entity.$$_hibernate_attributeInterceptor.initializedLazyFields.add("photo");
    assertThat(keeps(entity, ValueMode.AUTO)).isTrue();
  }

  @Test
  void entityThatEclipseLinkHasWoven_isKeptOnceAllOfItIsThere() throws UncacheableValue {
    Woven entity = new Woven();
    assertIsLazy(entity);

    entity._persistence_product_vh.isInstantiated = true;
    entity._persistence_product_vh.value = new Product();
    assertIsLazy(entity); // it has not been asked for it yet

    entity.product = (Product) entity._persistence_product_vh.value;
    Woven given = (Woven) values.keep(entity, ValueMode.AUTO).give();
    assertThat(keeps(entity, ValueMode.AUTO)).isTrue();
    assertThat(given.product.name).isEqualTo("jar");
    assertThat(given._persistence_product_vh).as("made anew when it is asked").isNull();
    assertThat(given._persistence_cacheKey).isNull();

    entity._persistence_fetchGroup = "id";
    assertIsLazy(entity);
  }

  private void assertIsLazy(Object entity) {
    assertThatThrownBy(() -> values.keep(entity, ValueMode.AUTO))
        .isInstanceOf(UncacheableValue.class)
        .hasMessageContaining("is lazy and has not been loaded");
  }

  private boolean keeps(Object value, ValueMode mode) throws UncacheableValue {
    return values.keep(value, mode).entities();
  }
}
