/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The wrappers, written once against {@code jakarta.servlet} and turned into {@code javax} ones by
 * the build. They are never linked in the agent's own loader, but in one beside the application's
 * servlet API.
 */
package dev.larder.http.skin;
