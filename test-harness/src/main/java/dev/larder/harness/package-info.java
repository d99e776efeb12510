/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What is published for those who write a backend: the test that each has to pass. */
package dev.larder.harness;
