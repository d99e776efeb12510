/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.backend.dynamodb;

import dev.larder.spi.BackendException;
import dev.larder.spi.BackendException.Kind;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/** What the SDK throws, in the words of the SPI. */
final class Failures {

  private static final int SERVER_ERROR = 500;

  private Failures() {}

  static BackendException of(Throwable thrown) {
    if (thrown instanceof BackendException already) {
      return already;
    }
    if (thrown.getCause() instanceof BackendException ours) { // as the SDK hands it on
      return ours;
    }
    return new BackendException(kind(thrown), String.valueOf(thrown.getMessage()), thrown);
  }

  private static Kind kind(Throwable thrown) {
    if (!(thrown instanceof SdkServiceException service)) {
      return Kind.UNAVAILABLE;
    }
    if (service.isThrottlingException()) {
      return Kind.OVERLOADED;
    }
    if (service.statusCode() >= SERVER_ERROR) {
      return Kind.UNAVAILABLE;
    }
    return isTooLarge(service) ? Kind.TOO_LARGE : Kind.REFUSED;
  }

  private static boolean isTooLarge(SdkServiceException service) {
    return service instanceof AwsServiceException aws
        && aws.awsErrorDetails() != null
        && String.valueOf(aws.awsErrorDetails().errorMessage()).contains("Item size");
  }
}
