/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import org.junit.jupiter.api.Nested;

/** The web application of {@link HttpServletTomcatIT} in each Jetty. */
class HttpServletJettyIT {

  @Nested
  class InJetty10 extends HttpServletCases {
    InJetty10() {
      super(Container.JETTY_10);
    }
  }

  @Nested
  class InJetty12Ee8 extends HttpServletCases {
    InJetty12Ee8() {
      super(Container.JETTY_12_EE8);
    }

    /** Jetty 12 says of it under {@code javax}: not implemented. */
    @Override
    boolean canUpgrade() {
      return false;
    }
  }

  @Nested
  class InJetty12Ee10 extends HttpServletCases {
    InJetty12Ee10() {
      super(Container.JETTY_12_EE10);
    }
  }
}
