/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Keys: arguments by value.
 *
 * <p>{@link dev.larder.engine.key.KeyParts} makes one part of each argument. What is immutable and
 * equal by value is its own part, so that a look-up in memory makes nothing; all else is walked and
 * becomes its canonical bytes, which are equal in every JVM exactly if the values are. {@link
 * dev.larder.engine.key.KeyText} gives parts as text, to backends that know keys as text.
 */
package dev.larder.engine.key;
