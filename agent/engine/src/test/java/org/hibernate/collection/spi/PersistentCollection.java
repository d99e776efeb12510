/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.hibernate.collection.spi;

/** Has the name of Hibernate's own, by which Larder knows it. */
public interface PersistentCollection {}
