/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A picture of a suite's ratios, as SVG 1.1: a bar for each contender as long as its median, and
 * across its end a line from the lower to the upper quartile.
 */
final class Chart {

  private static final int WIDTH = 760;
  private static final int LABELS = 170;
  private static final int NUMBERS = 60;
  private static final int TOP = 64;
  private static final int ROW = 30;
  private static final int BAR = 18;

  private final String title;
  private final String subtitle;
  private final List<Bar> bars = new ArrayList<>();

  private record Bar(String label, double low, double median, double high) {}

  Chart(String title, String subtitle) {
    this.title = title;
    this.subtitle = subtitle;
  }

  void add(String label, double low, double median, double high) {
    bars.add(new Bar(label, low, median, high));
  }

  /** The whole file. */
  String svg() {
    int height = TOP + ROW * bars.size() + 10;
    StringBuilder out = new StringBuilder();
    out.append(
        String.format(
            """
            <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" role="img">
            <title>%3$s</title>
            <style>
            text { font: 13px sans-serif; fill: #24292f }
            .title { font-size: 16px; font-weight: bold }
            .ours { fill: #1a7f37 } .other { fill: #8c959f }
            .one { stroke: #24292f; stroke-dasharray: 3 3 } .spread { stroke: #24292f; stroke-width: 2 }
            .paper { fill: #ffffff }
            </style>
            <rect class="paper" width="%1$d" height="%2$d"/>
            <text class="title" x="12" y="24">%3$s</text>
            <text x="12" y="46">%4$s</text>
            """,
            WIDTH, height, escaped(title), escaped(subtitle)));
    for (int i = 0; i < bars.size(); i++) {
      row(out, bars.get(i), TOP + i * ROW);
    }
    out.append(
        String.format(
            Locale.ROOT,
            "<line class=\"one\" x1=\"%1$.1f\" y1=\"%2$d\" x2=\"%1$.1f\" y2=\"%3$d\"/>%n</svg>%n",
            x(1),
            TOP - 6,
            height - 8));
    return out.toString();
  }

  private void row(StringBuilder out, Bar bar, int top) {
    int middle = top + BAR / 2;
    out.append(
        String.format(
            Locale.ROOT,
            """
            <text x="12" y="%1$d">%2$s</text>
            <rect class="%3$s" x="%4$d" y="%5$d" width="%6$.1f" height="%7$d"/>
            <line class="spread" x1="%8$.1f" y1="%9$d" x2="%10$.1f" y2="%9$d"/>
            <text x="%11$.1f" y="%1$d">%12$.2f</text>
            """,
            middle + 5,
            escaped(bar.label()),
            bar.label().startsWith("larder") ? "ours" : "other",
            LABELS,
            top,
            x(bar.median()) - LABELS,
            BAR,
            x(bar.low()),
            middle,
            x(bar.high()),
            x(Math.max(1, Math.max(bar.median(), bar.high()))) + 8,
            bar.median()));
  }

  private double x(double ratio) {
    double longest = 1;
    for (Bar bar : bars) {
      longest = Math.max(longest, Math.max(bar.median(), bar.high()));
    }
    return LABELS + ratio / longest * (WIDTH - LABELS - NUMBERS);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
