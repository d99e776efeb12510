/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.ops.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What Prometheus reads. */
class ExpositionTest {

  private static final Pattern LINE =
      Pattern.compile(
          "# (HELP|TYPE) [a-z_]+ .+"
              + "|[a-z_]+\\{[a-z]+=\"([^\"\\\\\\n]|\\\\[\\\\n\"])*\"(,result=\"(hit|miss)\")?} [-0-9.E]+");

  private final FakeHoldings holdings =
      new FakeHoldings().with("plain", 7, 3, 4, 1_500_000_000L).with("q\"\\\n{}ü", 0, 0, 0, 0);

  @Test
  void text_ofAnyNames_isOfTheFormat() {
    holdings.backends.put("redis", true);

    String text = text();

    assertThat(text).endsWith("\n").doesNotContain("\r");
    assertThat(text.split("\n", -1))
        .filteredOn(line -> !line.isEmpty())
        .allMatch(ExpositionTest::is);
    assertThat(text.lines())
        .contains(
            "# TYPE cache_gets_total counter",
            "cache_gets_total{cache=\"plain\",result=\"hit\"} 7",
            "cache_gets_total{cache=\"plain\",result=\"miss\"} 3",
            "cache_gets_total{cache=\"q\\\"\\\\\\n{}ü\",result=\"hit\"} 0",
            "cache_puts_total{cache=\"plain\"} 0",
            "cache_evictions_total{cache=\"plain\"} 0",
            "# TYPE cache_size gauge",
            "cache_size{cache=\"plain\"} 3",
            "# TYPE cache_load_duration_seconds summary",
            "cache_load_duration_seconds_count{cache=\"plain\"} 4",
            "cache_load_duration_seconds_sum{cache=\"plain\"} 1.5",
            "cache_backend_serving{backend=\"redis\"} 1");
  }

  @Test
  void metric_ofSeveralCaches_standsInOneGroup() {
    List<String> types = text().lines().filter(line -> line.startsWith("# TYPE")).toList();

    assertThat(types).doesNotHaveDuplicates().noneMatch(line -> line.contains("backend"));
  }

  private String text() {
    return Exposition.of(CacheFigures.all(holdings), holdings.backends());
  }

  private static boolean is(String line) {
    return LINE.matcher(line).matches();
  }
}
