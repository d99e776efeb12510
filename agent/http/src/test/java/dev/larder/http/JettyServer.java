/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import dev.larder.http.site.SiteServlet;
import dev.larder.http.site.WovenFilter;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.ServerConnector;

/** The site on Jetty 12, ee10. */
final class JettyServer implements Server {

  private final org.eclipse.jetty.server.Server jetty = new org.eclipse.jetty.server.Server();

  @Override
  public int start(HttpAgent agent) throws Exception {
    ServerConnector connector = new ServerConnector(jetty);
    connector.setHost("127.0.0.1");
    jetty.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler(ServletContextHandler.SESSIONS);
    ServletHolder site = new ServletHolder(new SiteServlet(agent));
    site.setAsyncSupported(true);
    context.addServlet(site, "/");
    FilterHolder filter = new FilterHolder(new WovenFilter(agent));
    filter.setAsyncSupported(true);
    context.addFilter(filter, "/*", EnumSet.allOf(DispatcherType.class));
    jetty.setHandler(context);
    jetty.start();
    return connector.getLocalPort();
  }

  @Override
  public void stop() throws Exception {
    jetty.stop();
  }
}
