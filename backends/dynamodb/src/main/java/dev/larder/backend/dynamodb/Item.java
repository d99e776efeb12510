/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.backend.dynamodb;

import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What stands under a key, as the table has it: {@code value}, and when it is gone twice, in
 * seconds as {@code ttl} for DynamoDB, which deletes it hours later, and in milliseconds as {@code
 * until} for us.
 */
final class Item {

  static final String KEY = "key";
  static final String VALUE = "value";
  static final String TTL = "ttl";
  static final String UNTIL = "until";

  private static final long SECOND = 1_000;

  private Item() {}

  static Map<String, AttributeValue> key(String stored) {
    return Map.of(KEY, AttributeValue.fromS(stored));
  }

  /** An item that is there for so many milliseconds from now. */
  static Map<String, AttributeValue> of(String stored, byte[] value, long millis) {
    long until = System.currentTimeMillis() + millis;
    return Map.of(
        KEY, AttributeValue.fromS(stored),
        VALUE, bytes(value),
        TTL, number((until + SECOND - 1) / SECOND),
        UNTIL, number(until));
  }

  static AttributeValue bytes(byte[] value) {
    return AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(value));
  }

  static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }

  /** The bytes of an item; null if there is none, or its time is over, or it is none of ours. */
  static byte[] value(Map<String, AttributeValue> item) {
    return millisLeft(item) > 0 ? item.get(VALUE).b().asByteArrayUnsafe() : null;
  }

  /** How long an item is still there; 0 or less if it is not. */
  static long millisLeft(Map<String, AttributeValue> item) {
    if (item == null || !item.containsKey(VALUE) || item.get(VALUE).b() == null) {
      return 0;
    }
    long end = Math.min(number(item, UNTIL, 1), number(item, TTL, SECOND));
    return end - System.currentTimeMillis();
  }

  private static long number(Map<String, AttributeValue> item, String name, long unit) {
    AttributeValue value = item.get(name);
    try {
      return value == null || value.n() == null
          ? Long.MIN_VALUE / 2
          : Math.multiplyExact(Long.parseLong(value.n()), unit);
    } catch (ArithmeticException | NumberFormatException fractionOrTooLong) {
      return Long.MIN_VALUE / 2;
    }
  }
}
