/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import dev.larder.weave.Outline.Mark;
import dev.larder.weave.Outline.MethodOutline;
import java.util.List;

/** Authorisation by annotation, which a hit would skip where the target were the proxy itself. */
final class Authorisation {

  private final Outlines outlines;

  Authorisation(Outlines outlines) {
    this.outlines = outlines;
  }

  /** Whether a method, its type, or what either stands for carries an annotation of it. */
  boolean guards(Outline type, MethodOutline method, Hierarchy hierarchy, ClassLoader loader) {
    if (isCarried(type.annotations(), loader) || isCarried(method.annotations(), loader)) {
      return true;
    }
    for (Outline anInterface : hierarchy.interfaces()) {
      MethodOutline declared = hierarchy.implemented(method, anInterface);
      if (declared != null
          && (isCarried(anInterface.annotations(), loader)
              || isCarried(declared.annotations(), loader))) {
        return true;
      }
    }
    for (Outline above : hierarchy.superclasses()) {
      if (isCarried(above.annotations(), loader)) {
        return true;
      }
      for (MethodOutline overridden : above.methods()) {
        if (overridden.signature().equals(method.signature())
            && isCarried(overridden.annotations(), loader)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean isCarried(List<Mark> annotations, ClassLoader loader) {
    for (Mark mark : annotations) {
      if (Annotations.isAuthorisation(mark.descriptor(), outlines, loader)) {
        return true;
      }
    }
    return false;
  }
}
