/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Has what tests await looked at once it may be there, and for as long as a loaded machine may
 * need. By itself Awaitility first looks after a tenth of a second, and most of what is awaited
 * here is there after a thousandth.
 */
public final class PromptAwaiting implements BeforeAllCallback {

  @Override
  public void beforeAll(ExtensionContext context) {
    Awaitility.setDefaultPollDelay(Duration.ZERO);
    Awaitility.setDefaultPollInterval(Duration.ofMillis(2));
    Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
  }
}
