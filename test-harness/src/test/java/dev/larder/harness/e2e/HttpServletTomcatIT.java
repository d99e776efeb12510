/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import org.junit.jupiter.api.Nested;

/** The same web application in each Tomcat, with {@code javax} or {@code jakarta.servlet}. */
class HttpServletTomcatIT {

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
}
