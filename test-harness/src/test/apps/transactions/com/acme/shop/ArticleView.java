/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme.shop;

public record ArticleView(Long id, int stock) {}
