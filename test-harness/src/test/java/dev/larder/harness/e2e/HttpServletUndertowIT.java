/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import org.junit.jupiter.api.Nested;

/** The web application of {@link HttpServletTomcatIT} in each Undertow. */
class HttpServletUndertowIT {

  @Nested
  class InUndertow22 extends HttpServletCases {
    InUndertow22() {
      super(Container.UNDERTOW_2_2);
    }
  }

  @Nested
  class InUndertow23 extends HttpServletCases {
    InUndertow23() {
      super(Container.UNDERTOW_2_3);
    }
  }
}
