/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme;

import dev.larder.spi.Codec;
import java.lang.reflect.Type;

/** A codec that fails as none should. */
public class FailingCodec implements Codec {

  @Override
  public String name() {
    return "failing";
  }

  @Override
  public byte[] encode(Object value, Type type) {
    throw new AssertionError("Acme did not think of " + type.getTypeName());
  }

  @Override
  public Object decode(byte[] bytes, Type type, ClassLoader loader) {
    throw new AssertionError("nor of this");
  }
}
