/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The backend DynamoDB, on the AWS SDK with the JDK's HTTP client. */
package dev.larder.backend.dynamodb;
