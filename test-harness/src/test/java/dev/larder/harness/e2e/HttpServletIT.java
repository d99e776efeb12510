/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import org.junit.jupiter.api.Nested;

/** The same web application in each container, with {@code javax} or {@code jakarta.servlet}. */
class HttpServletIT {

  @Nested
  class InTomcat9 extends HttpServletCases {
    InTomcat9() {
      super(Container.TOMCAT_9);
    }
  }

  @Nested
  class InTomcat10 extends HttpServletCases {
    InTomcat10() {
      super(Container.TOMCAT_10);
    }
  }

  @Nested
  class InTomcat11 extends HttpServletCases {
    InTomcat11() {
      super(Container.TOMCAT_11);
    }
  }

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
