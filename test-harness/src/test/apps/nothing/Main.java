/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import java.util.List;
import java.util.stream.Collectors;

/** An application with nothing to cache. */
public final class Main {

  record Line(String text) {}

  public static void main(String[] args) {
    System.out.println(
        List.of("no", "match").stream()
            .map(Line::new)
            .map(Line::text)
            .collect(Collectors.joining(" ")));
  }
}
