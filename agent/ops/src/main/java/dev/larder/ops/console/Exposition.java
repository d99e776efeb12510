/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.ops.console;

import dev.larder.ops.FigureNames;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/**
 * The figures in Prometheus' text format, version 0.0.4. What Micrometer's binders of caches know
 * has the name and the labels that Micrometer gives it.
 */
final class Exposition {

  static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

  private final StringBuilder text = new StringBuilder();

  private Exposition() {}

  static String of(List<CacheFigures> caches, Map<String, Boolean> backends) {
    Exposition all = new Exposition();
    all.gets(caches);
    all.counter(
        "cache_puts_total", "The entries that were stored.", caches, c -> c.figure("stores"));
    all.counter(
        "cache_evictions_total",
        "The entries that went for want of room.",
        caches,
        CacheFigures::evictions);
    all.counter(
        "cache_removals_total",
        "The entries that were evicted, cleared or removed by a tag.",
        caches,
        c -> c.figure("removals"));
    all.counter(
        "cache_bypassed_total",
        "The calls that were neither looked up nor stored.",
        caches,
        c -> c.figure("bypassed"));
    all.counter(
        "cache_stale_total",
        "The hits that gave a value past its time to live.",
        caches,
        c -> c.figure("stale"));
    all.counter(
        "cache_errors_total",
        "The failures of a backend, and what of its entries could not be read.",
        caches,
        CacheFigures::errors);
    all.counter(
        "cache_verified_total",
        "The hits whose body was run again to see whether they were stale.",
        caches,
        c -> c.figure("verified"));
    all.counter(
        "cache_verified_stale_total",
        "The verified hits that were stale.",
        caches,
        c -> c.figure("verifiedStale"));
    all.loads(caches);
    all.head("cache_size", "gauge", "The entries that this JVM keeps.");
    for (CacheFigures cache : caches) {
      all.sample("cache_size", cache.name(), null, String.valueOf(cache.entries()));
    }
    all.backends(backends);
    return all.text.toString();
  }

  private void gets(List<CacheFigures> caches) {
    head(
        "cache_gets_total",
        "counter",
        "The look-ups that found a value (hit), and those that did not (miss).");
    for (CacheFigures cache : caches) {
      sample("cache_gets_total", cache.name(), "hit", String.valueOf(cache.hits()));
      sample("cache_gets_total", cache.name(), "miss", String.valueOf(cache.misses()));
    }
  }

  private void loads(List<CacheFigures> caches) {
    String name = "cache_load_duration_seconds";
    head(name, "summary", "What the bodies of methods, or the servlets, took to give a value.");
    for (CacheFigures cache : caches) {
      sample(name + "_count", cache.name(), null, String.valueOf(cache.figure("loads")));
      double seconds = cache.figures()[FigureNames.LOAD_NANOS] / NANOS;
      sample(name + "_sum", cache.name(), null, String.valueOf(seconds));
    }
  }

  private void backends(Map<String, Boolean> backends) {
    if (backends.isEmpty()) {
      return;
    }
    head("cache_backend_serving", "gauge", "Whether a backend serves this JVM (1) or is out (0).");
    for (Map.Entry<String, Boolean> each : backends.entrySet()) {
      text.append("cache_backend_serving{backend=\"");
      escape(each.getKey());
      text.append("\"} ").append(each.getValue() ? 1 : 0).append('\n');
    }
  }

  private void counter(
      String name, String help, List<CacheFigures> caches, ToLongFunction<CacheFigures> figure) {
    head(name, "counter", help);
    for (CacheFigures cache : caches) {
      sample(name, cache.name(), null, String.valueOf(figure.applyAsLong(cache)));
    }
  }

  private void head(String name, String type, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private void sample(String name, String cache, String result, String value) {
    text.append(name).append("{cache=\"");
    escape(cache);
    text.append('"');
    if (result != null) {
      text.append(",result=\"").append(result).append('"');
    }
    text.append("} ").append(value).append('\n');
  }

  private void escape(String label) {
    for (int i = 0; i < label.length(); i++) {
      char c = label.charAt(i);
      switch (c) {
        case '\\' -> text.append("\\\\");
        case '"' -> text.append("\\\"");
        case '\n' -> text.append("\\n");
        default -> text.append(c);
      }
    }
  }
}
