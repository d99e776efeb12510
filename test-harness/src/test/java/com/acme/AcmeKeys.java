/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme;

import dev.larder.spi.KeyBuilder;

/** Writes keys that a person finds by the cache's name. */
public final class AcmeKeys implements KeyBuilder {

  @Override
  public String build(String cache, String variant, String content) {
    return "acme/" + part(cache) + "/" + part(variant) + "/" + part(content);
  }

  /** Without slashes, so that no two keys can be the same text; and with no mark of Larder's. */
  private static String part(String text) {
    return text.replace("%", "%25").replace("/", "%2F").replace("!", "%21");
  }
}
