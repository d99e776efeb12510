/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.backend.redis;

import dev.larder.spi.BackendException;
import dev.larder.spi.BackendException.Kind;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisException;
import io.netty.handler.codec.DecoderException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** What Lettuce throws, in the words of the SPI. */
final class Failures {

  private Failures() {}

  static BackendException of(Throwable thrown) {
    Throwable cause = thrown;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof BackendException already) {
      return already;
    }
    return new BackendException(kind(cause), String.valueOf(cause.getMessage()), cause);
  }

  /** What was behind a failure that only says what it has failed at, in one line. */
  static String reasonOf(Throwable thrown) {
    Throwable reason = thrown;
    while (reason.getCause() != null
        && (reason instanceof RedisException
            || reason instanceof CompletionException
            || reason instanceof ExecutionException)) {
      reason = reason.getCause();
    }
    String text =
        reason instanceof RedisException && reason.getMessage() != null
            ? reason.getMessage()
            : reason.toString();
    return text.strip().replaceAll("\\s*\\R\\s*", " ");
  }

  /** Whether a command failed since what lies under its key is no string. */
  static boolean isOfOtherType(Throwable thrown) {
    Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
    return cause instanceof RedisCommandExecutionException refusal
        && String.valueOf(refusal.getMessage()).startsWith("WRONGTYPE");
  }

  /** Whether a server said that it is a replica: it takes no writes, or has no primary. */
  static boolean isByReplica(Throwable thrown) {
    Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
    if (!(cause instanceof RedisCommandExecutionException)) {
      return false;
    }
    String message = String.valueOf(cause.getMessage()); // of a script with words before it
    return message.contains("READONLY ") || message.startsWith("MASTERDOWN ");
  }

  /** Whether an answer was of a type that the command cannot have: it was another's. */
  static boolean isToAnotherCommand(Throwable thrown) {
    Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
    return cause instanceof UnsupportedOperationException || cause instanceof ClassCastException;
  }

  private static Kind kind(Throwable cause) {
    if (cause instanceof RedisCommandTimeoutException) {
      return Kind.TIMEOUT;
    }
    if (cause instanceof DecoderException || isToAnotherCommand(cause)) {
      return Kind.GARBLED;
    }
    if (!(cause instanceof RedisCommandExecutionException)) {
      return Kind.UNAVAILABLE;
    }
    String message = String.valueOf(cause.getMessage());
    String code = message.substring(0, Math.max(0, (message + " ").indexOf(' ')));
    return switch (code) {
      case "LOADING", "CLUSTERDOWN", "MASTERDOWN", "TRYAGAIN", "MOVED", "ASK" -> Kind.UNAVAILABLE;
      case "BUSY" -> Kind.OVERLOADED;
      default -> Kind.REFUSED;
    };
  }
}
