/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.value;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.regex.Pattern;

/** Whether two of the JDK's values are alike in all that a caller can ask them. */
final class JdkEquality {

  private JdkEquality() {}

  /** Of two values of one class, which is no collection. */
  static boolean areEqual(Object one, Object other) {
    if (one instanceof URL) { // whose equals asks the name service for their hosts
      return one.toString().equals(other.toString());
    }
    if (one instanceof InetAddress
        || one instanceof InetSocketAddress) { // equal without their name
      return one.equals(other) && one.toString().equals(other.toString());
    }
    if (one instanceof Pattern mine && other instanceof Pattern its) {
      return mine.flags() == its.flags() && mine.pattern().equals(its.pattern());
    }
    if (one instanceof ByteBuffer mine && other instanceof ByteBuffer its) {
      return mine.position() == its.position()
          && mine.limit() == its.limit()
          && mine.order() == its.order()
          && mine.duplicate().clear().equals(its.duplicate().clear());
    }
    return one.equals(other) || (isText(one) && one.toString().equals(other.toString()));
  }

  private static boolean isText(Object value) {
    return value instanceof CharSequence
        || value instanceof Number
        || value instanceof AtomicBoolean
        || value instanceof AtomicIntegerArray
        || value instanceof AtomicLongArray;
  }
}
