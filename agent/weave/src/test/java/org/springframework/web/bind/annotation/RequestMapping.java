/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.springframework.web.bind.annotation;

/** Stands in for the annotation of Spring MVC, of which only the name counts. */
public @interface RequestMapping {}
