/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Type;

/** Parameter types as source writes them, which is how patterns name them. */
public final class SourceTypes {

  private SourceTypes() {}

  /**
   * The types of a method descriptor's parameters: {@code long}, {@code java.util.List}, {@code
   * int[]}.
   */
  public static List<String> parameters(String descriptor) {
    Type[] types = Type.getArgumentTypes(descriptor);
    List<String> names = new ArrayList<>(types.length);
    for (Type type : types) {
      names.add(type.getClassName());
    }
    return names;
  }
}
