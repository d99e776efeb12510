/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.engine.observe.Report;
import dev.larder.ops.advise.Advice;
import dev.larder.ops.advise.Choice;
import dev.larder.ops.advise.Judged;
import java.util.Locale;

/** The reports of {@code mode = observe} as JSON. */
final class ReportJson {

  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .enable(
              DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private ReportJson() {}

  static String of(Report report) {
    return MAPPER.valueToTree(report).toString();
  }

  /** A report with what is advised of each of its methods. */
  static String of(Report report, Advice advice) {
    ObjectNode whole = MAPPER.valueToTree(report);
    int i = 0;
    for (Judged each : advice.judged()) {
      ObjectNode method = (ObjectNode) whole.get("methods").get(i++);
      method.put("verdict", each.verdict().name().toLowerCase(Locale.ROOT).replace('_', '-'));
      method.put("reason", each.reason());
      Choice choice = each.choice();
      if (choice != null) {
        ObjectNode proposed = method.putObject("proposed");
        proposed.put("cache", advice.cacheOf(each));
        proposed.put("ttlMillis", choice.ttlMillis());
        proposed.put("largestSafeTtlMillis", choice.largestMillis());
        proposed.put("hits", choice.hits());
        proposed.put("stale", choice.stale());
        proposed.put("cacheNull", choice.cacheNull());
      }
    }
    return whole.toString();
  }

  /**
   * The report that a text holds.
   *
   * @throws BrokenReport if it holds none; it says what is wrong
   */
  static Report read(String text) throws BrokenReport {
    try {
      JsonNode whole = MAPPER.readTree(text);
      if (!whole.isObject() || !whole.path("version").isInt()) {
        throw new BrokenReport("it is JSON, but no report of an observing JVM");
      }
      if (whole.get("version").intValue() != Report.VERSION) {
        throw new BrokenReport(
            "it is of version "
                + whole.get("version")
                + ", and this jar reads version "
                + Report.VERSION
                + " alone");
      }
      return MAPPER.treeToValue(whole, Report.class);
    } catch (JsonProcessingException broken) {
      throw new BrokenReport("it is cut off, or was changed: " + broken.getOriginalMessage());
    }
  }

  /** Says why a text is no report. */
  static final class BrokenReport extends Exception {
    private static final long serialVersionUID = 1L;

    BrokenReport(String reason) {
      super(reason, null, false, false);
    }
  }
}
