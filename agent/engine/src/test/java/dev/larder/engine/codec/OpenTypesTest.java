/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.codec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Classes of the method's own package, which may be the one without a name. */
final class OpenTypesTest {

  @Test
  void allows_classesOfTheMethodsPackageAlone() {
    OpenTypes named = new OpenTypes(name -> false, "com.acme");

    assertThat(named.allows("com.acme.Product")).isTrue();
    assertThat(named.allows("com.acme.Shop$Product")).isTrue();
    assertThat(named.allows("com.acme.other.Product")).isFalse();
    assertThat(named.allows("com.Product")).isFalse();
    assertThat(named.allows("Product")).isFalse();
  }

  @Test
  void allows_classesOfTheUnnamedPackage_whereTheMethodIsOfIt() {
    OpenTypes unnamed = new OpenTypes(name -> false, "");

    assertThat(unnamed.allows("Product")).isTrue();
    assertThat(unnamed.allows("Shop$Product")).isTrue();
    assertThat(unnamed.allows("com.acme.Product")).isFalse();
  }
}
