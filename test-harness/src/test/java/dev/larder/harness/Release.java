/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;

/**
 * One release of an application whose class {@code com.acme.Shop} gives values of a class of its
 * own, {@code Price}, which another release may have with other fields.
 *
 * @param shop the application
 */
record Release(Object shop, URLClassLoader loader) implements AutoCloseable {

  /**
   * Compiles a release.
   *
   * @param price the declaration of its values' class
   * @param made how it makes one, of {@code id} and {@code run}
   */
  static Release of(String name, String price, String made) throws Exception {
    Path folder = Files.createTempDirectory("larder-release");
    Path source = folder.resolve("Shop.java");
    Files.writeString(
        source,
        """
        package com.acme;
        public final class Shop {
          private int runs;
          %s
          Price find(long id) {
            String run = "%s " + ++runs;
            return %s;
          }
        }
        """
            .formatted(price, name, made));
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", folder.toString(), source.toString());
    assertThat(result).as("compilation of %s", source).isZero();
    URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, null);
    return new Release(
        loader.loadClass("com.acme.Shop").getDeclaredConstructor().newInstance(), loader);
  }

  @Override
  public void close() throws IOException {
    loader.close();
  }
}
