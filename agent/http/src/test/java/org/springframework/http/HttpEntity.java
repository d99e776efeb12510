/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.springframework.http;

import java.util.List;
import java.util.Map;

/** As much of Spring's class as is asked of it. */
public class HttpEntity {

  public Map<String, List<String>> getHeaders() {
    return Map.of();
  }
}
