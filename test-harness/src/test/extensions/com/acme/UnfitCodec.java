/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme;

import java.lang.reflect.Type;

/** A codec whose name cannot stand in the header of an entry. */
public final class UnfitCodec extends FailingCodec {

  @Override
  public String name() {
    return "Acme's codec, in its third release";
  }

  @Override
  public byte[] encode(Object value, Type type) {
    return new byte[0];
  }
}
