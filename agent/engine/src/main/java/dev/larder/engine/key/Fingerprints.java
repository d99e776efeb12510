/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.key;

/**
 * Makes of keys and of results 64 bits each by which to tell whether two are equal by value.
 *
 * <p>Results are looked into without running the application's code, and without loading anything
 * that is lazy. Where that cannot be, or would take long, a result has no fingerprint.
 */
public final class Fingerprints {

  private final Shapes shapes;

  /**
   * What makes fingerprints.
   *
   * @param access gives access to the fields of the application's classes
   */
  public Fingerprints(FieldAccess access) {
    this.shapes = new Shapes(access, true);
  }

  /**
   * The fingerprint of a result.
   *
   * @throws NoKeyException if it, or something in it, has no value, or it is too large
   */
  public long ofResult(Object result) throws NoKeyException {
    try {
      Walk walk = new ResultWalk(shapes);
      walk.value(result);
      return walk.out().hash();
    } catch (RuntimeException | Error e) {
      // It is being changed meanwhile, or little of the stack or of the heap was left.
      throw new NoKeyException(
          "reading " + result.getClass().getName() + " failed with " + e.getClass().getName());
    }
  }

  /**
   * The fingerprint of parts of a key, made by {@link KeyParts}.
   *
   * @param owner tells apart those of one method whose keys never meet
   */
  public static long ofParts(long owner, Object... parts) {
    Bytes out = new Bytes();
    out.putLong(owner);
    for (Object part : parts) {
      KeyText.write(part, out);
    }
    return out.hash();
  }
}
