/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import org.junit.jupiter.api.Nested;

/** Cached handler methods of Spring Boot applications and of JAX-RS ones, in some container. */
class HandlerIT {

  private static final String JERSEY = "org.glassfish.jersey.servlet.ServletContainer";
  private static final String RESTEASY =
      "org.jboss.resteasy.plugins.server.servlet.HttpServletDispatcher";

  private static App boot(String version) {
    return App.named("handler")
        .mainClass("com.acme.shop.Main")
        .libraries(version)
        .argument("--server.port=0", "--server.address=127.0.0.1");
  }

  private static App jaxrs(Container container, String framework, String servlet) {
    return container
        .running("jaxrs", "")
        .libraries(framework)
        .jvm("-Dshop.servlet=" + servlet, "-Dlarder.cache.sharedAnswer.values=share");
  }

  @Nested
  class WithSpringBoot2 extends AsyncHandlerCases {
    @Override
    App shop() {
      return boot("boot-2").asJavax();
    }
  }

  @Nested
  class WithSpringBoot3 extends AsyncHandlerCases {
    @Override
    App shop() {
      return boot("boot-3");
    }
  }

  @Nested
  class WithSpringBoot4 extends AsyncHandlerCases {
    @Override
    App shop() {
      return boot("boot-4");
    }
  }

  @Nested
  class WithJersey2 extends JaxRsCases {
    @Override
    App shop() {
      return jaxrs(Container.TOMCAT_9, "jersey-2", JERSEY);
    }
  }

  @Nested
  class WithJersey3 extends JaxRsCases {
    @Override
    App shop() {
      return jaxrs(Container.TOMCAT_10, "jersey-3", JERSEY);
    }
  }

  @Nested
  class WithResteasy4 extends JaxRsCases {
    @Override
    App shop() {
      return jaxrs(Container.UNDERTOW_2_2, "resteasy-4", RESTEASY);
    }
  }

  @Nested
  class WithResteasy6 extends JaxRsCases {
    @Override
    App shop() {
      return jaxrs(Container.UNDERTOW_2_3, "resteasy-6", RESTEASY);
    }
  }
}
