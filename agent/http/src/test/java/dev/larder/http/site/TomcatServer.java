/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.site;

import dev.larder.http.HttpAgent;
import dev.larder.http.Server;
import java.io.File;
import java.nio.file.Files;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.webresources.TomcatURLStreamHandlerFactory;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/** The site on Tomcat, of the version on the class path. */
public final class TomcatServer implements Server {

  private final Tomcat tomcat = new Tomcat();

  @Override
  public int start(HttpAgent agent) throws Exception {
    File base = Files.createTempDirectory("larder-tomcat").toFile();
    base.deleteOnExit();
    TomcatURLStreamHandlerFactory.disable();
    tomcat.setBaseDir(base.getPath());
    tomcat.setHostname("127.0.0.1");
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context context = tomcat.addContext("", base.getPath());
    Wrapper site = Tomcat.addServlet(context, "site", new SiteServlet(agent));
    site.setAsyncSupported(true);
    context.addServletMapping("/", "site");
    FilterDef filter = new FilterDef();
    filter.setFilterName("woven");
    filter.setFilter(new WovenFilter(agent));
    filter.setAsyncSupported("true");
    context.addFilterDef(filter);
    FilterMap map = new FilterMap();
    map.setFilterName("woven");
    map.addURLPattern("/*");
    map.setDispatcher("REQUEST");
    map.setDispatcher("ASYNC");
    map.setDispatcher("FORWARD");
    map.setDispatcher("INCLUDE");
    map.setDispatcher("ERROR");
    context.addFilterMap(map);
    tomcat.start();
    return tomcat.getConnector().getLocalPort();
  }

  @Override
  public void stop() throws Exception {
    tomcat.stop();
    tomcat.destroy();
  }
}
