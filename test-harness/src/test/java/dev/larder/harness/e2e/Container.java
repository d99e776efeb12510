/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

/** A servlet container: the program that starts it, and the jars that it is made of. */
enum Container {
  TOMCAT_9("tomcat", "tomcat-9", true),
  TOMCAT_10("tomcat", "tomcat-10", false),
  TOMCAT_11("tomcat", "tomcat-11", false),
  JETTY_10("jetty", "jetty-10", true),
  JETTY_12_EE8("jetty", "jetty-12-ee8", true),
  JETTY_12_EE10("jetty", "jetty-12", false),
  UNDERTOW_2_2("undertow", "undertow-2.2", true),
  UNDERTOW_2_3("undertow", "undertow-2.3", false);

  private final String launcher;
  private final String jars;
  private final boolean javax;

  Container(String launcher, String jars, boolean javax) {
    this.launcher = launcher;
    this.jars = jars;
    this.javax = javax;
  }

  /**
   * A web application in this container.
   *
   * @param sources the folder with its class {@code Shop}, written for {@code jakarta}
   * @param context the context path, "" for the root
   */
  App running(String sources, String context) {
    App app = App.named(launcher).sources(sources).libraries(jars).argument(context);
    if (javax) {
      app.asJavax();
    }
    return switch (this) {
      case JETTY_10 -> app.written("jetty.ee10.servlet", "jetty.servlet");
      case JETTY_12_EE8 -> app.written("jetty.ee10.servlet", "jetty.ee8.servlet");
      default -> app;
    };
  }
}
