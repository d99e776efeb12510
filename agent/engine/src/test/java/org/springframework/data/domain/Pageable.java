/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.springframework.data.domain;

/** Has the name of Spring's own, by which Larder knows it. */
public interface Pageable {}
