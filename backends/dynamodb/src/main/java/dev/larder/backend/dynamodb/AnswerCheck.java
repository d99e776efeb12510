/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.backend.dynamodb;

import dev.larder.spi.BackendException;
import dev.larder.spi.BackendException.Kind;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Takes nobody's word but DynamoDB's that something was done.
 *
 * <p>The SDK needs no body to take an answer of status 200 for good: what a proxy says in place of
 * DynamoDB would be an item that is not there, or a removal that was made.
 */
final class AnswerCheck implements ExecutionInterceptor {

  private static final String TYPE = "application/x-amz-json-";

  @Override
  public void afterTransmission(
      Context.AfterTransmission context, ExecutionAttributes executionAttributes) {
    SdkHttpResponse answer = context.httpResponse();
    String type = answer.firstMatchingHeader("Content-Type").orElse("");
    boolean isEmpty = answer.firstMatchingHeader("Content-Length").orElse("").equals("0");
    if (answer.isSuccessful() && (isEmpty || !type.startsWith(TYPE))) {
      throw new BackendException(
          Kind.GARBLED,
          "what answered is not DynamoDB: status "
              + answer.statusCode()
              + (isEmpty ? " and no body" : " and content of type \"" + type + "\""),
          null);
    }
  }
}
