/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import java.lang.reflect.Method;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.gzip.GzipHandler;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * The shop in an embedded Jetty that compresses, and speaks HTTP/2; where a folder with keys is
 * given, also by TLS, to clients with a certificate and without.
 */
public final class Main {

  public static void main(String[] args) throws Exception {
    Server server = new Server();
    HttpConfiguration configuration = new HttpConfiguration();
    ServerConnector connector =
        new ServerConnector(
            server,
            new HttpConnectionFactory(configuration),
            new HTTP2CServerConnectionFactory(configuration));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServerConnector secure = args.length > 1 ? secure(server, args[1]) : null;
    ServletContextHandler context = new ServletContextHandler(ServletContextHandler.SESSIONS);
    context.setContextPath(args[0].isEmpty() ? "/" : args[0]);
    context.addServletContainerInitializer(new Shop());
    server.setHandler(context);
    server.insertHandler(new GzipHandler());
    server.start();
    if (context.getErrorHandler() != null) {
      hideStacks(context.getErrorHandler());
    }
    if (secure != null) {
      System.out.println("https=" + secure.getLocalPort());
    }
    System.out.println("port=" + connector.getLocalPort());
    server.join();
  }

  /**
   * Has error pages go without the stack, which begins at whichever of Jetty's ways to a thread was
   * free. Each version has a type of its own for what makes them, and not all have the choice.
   */
  private static void hideStacks(Object pages) throws ReflectiveOperationException {
    for (Method each : pages.getClass().getMethods()) {
      if (each.getName().equals("setShowStacks")) {
        each.invoke(pages, false);
      }
    }
  }

  private static ServerConnector secure(Server server, String keys) {
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setKeyStorePath(keys + "/server.p12");
    tls.setKeyStorePassword("changeit");
    tls.setTrustStorePath(keys + "/trusted.p12");
    tls.setTrustStorePassword("changeit");
    tls.setWantClientAuth(true);
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.addCustomizer(new SecureRequestCustomizer(false));
    ServerConnector connector =
        new ServerConnector(
            server,
            new SslConnectionFactory(tls, "http/1.1"),
            new HttpConnectionFactory(configuration));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    return connector;
  }
}
