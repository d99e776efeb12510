/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.ops.config;

import dev.larder.engine.config.Fault;
import dev.larder.engine.config.GlobalKeys;
import dev.larder.engine.config.GlobalKeys.OnConfigError;
import java.util.List;

/** The one report of everything that is wrong with a configuration, for standard error. */
public final class FaultReport {

  private static final int LONGEST = 300;

  private FaultReport() {}

  /** The report of what was found at start; empty where nothing is wrong. */
  public static String atStart(Configuration configuration) {
    if (configuration.faults().isEmpty()) {
      return "";
    }
    OnConfigError asked = configuration.settings().global(GlobalKeys.ON_CONFIG_ERROR);
    String consequence =
        switch (configuration.outcome()) {
          case EXIT -> "The application does not start (on-config-error = exit).";
          case CACHE ->
              "The application starts without the faulty caches and rules"
                  + " (on-config-error = skip).";
          case UNCACHED ->
              asked == OnConfigError.SKIP
                  ? "The application starts uncached: what is faulty concerns all caches and rules,"
                      + " so that on-config-error = skip leaves none."
                  : "The application starts uncached (on-config-error = uncached).";
        };
    return of(configuration.faults(), consequence);
  }

  /** The report of what was found when the agent was attached; empty where nothing is wrong. */
  public static String atAttach(Configuration configuration) {
    if (configuration.faults().isEmpty()) {
      return "";
    }
    return of(
        configuration.faults(),
        configuration.outcome() == Configuration.Outcome.CACHE
            ? "Larder goes to work without the faulty caches and rules (on-config-error = skip)."
            : "The application goes on uncached; mend these, and attach again.");
  }

  /**
   * A report.
   *
   * @param consequence the line at its end: what happens now
   */
  public static String of(List<Fault> faults, String consequence) {
    StringBuilder report = new StringBuilder("Larder: ");
    report.append(faults.size());
    report.append(faults.size() == 1 ? " fault" : " faults").append(" in the configuration\n");
    for (int i = 0; i < faults.size(); i++) {
      Fault fault = faults.get(i);
      report.append("  ").append(i + 1).append(". ");
      appendPlace(report, fault);
      report.append("\n     ").append(fault.problem());
      if (fault.allowed() != null) {
        report.append("\n     allowed: ").append(fault.allowed());
      }
      if (fault.nearest() != null) {
        report.append("\n     nearest valid key: ").append(plain(fault.nearest()));
      }
      report.append('\n');
    }
    return report.append(consequence).append('\n').toString();
  }

  /** A fault or a warning in one line. */
  public static String line(Fault fault) {
    StringBuilder line = new StringBuilder();
    appendPlace(line, fault);
    line.append(": ").append(fault.problem());
    if (fault.allowed() != null) {
      line.append("; allowed: ").append(fault.allowed());
    }
    if (fault.nearest() != null) {
      line.append("; nearest valid key: ").append(plain(fault.nearest()));
    }
    return line.toString();
  }

  private static void appendPlace(StringBuilder text, Fault fault) {
    text.append(plain(fault.source()));
    if (fault.line() > 0) {
      text.append(", line ").append(fault.line());
    }
    if (fault.key() != null) {
      text.append(fault.line() > 0 ? ": " : " ").append(plain(fault.key()));
    }
  }

  /** A key may hold any character, and be of any length; in a report it stays in its line. */
  private static String plain(String text) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length() && i < LONGEST; i++) {
      plain.append(Character.isISOControl(text.charAt(i)) ? '?' : text.charAt(i));
    }
    return plain.append(text.length() > LONGEST ? "..." : "").toString();
  }
}
