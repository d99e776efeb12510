/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.ops.config;

import dev.larder.engine.config.Fault;
import dev.larder.engine.config.Settings;
import java.io.File;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/**
 * What the sources gave.
 *
 * @param settings what is sound in them; where {@code on-config-error = skip} is followed, the
 *     faulty caches and path rules are left out
 * @param outcome what the agent is to do
 * @param faults everything that is wrong; one {@link FaultReport} tells it
 * @param warnings what was ignored
 * @param file the file that was read, or was to be; null where there is none
 * @param attributes the file's, just before it was read; null where it was not there
 */
public record Configuration(
    Settings settings,
    Outcome outcome,
    List<Fault> faults,
    List<Fault> warnings,
    File file,
    BasicFileAttributes attributes) {

  /** What the agent is to do. */
  public enum Outcome {
    /** Cache, by the settings. */
    CACHE,
    /** Let the application start uncached. */
    UNCACHED,
    /** Not let the application start. */
    EXIT
  }
}
