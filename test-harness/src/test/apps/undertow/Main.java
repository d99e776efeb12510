/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.encoding.ContentEncodingRepository;
import io.undertow.server.handlers.encoding.EncodingHandler;
import io.undertow.server.handlers.encoding.GzipEncodingProvider;
import io.undertow.server.handlers.resource.FileResourceManager;
import io.undertow.server.handlers.resource.Resource;
import io.undertow.server.handlers.resource.URLResource;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import java.io.File;
import java.net.InetSocketAddress;
import java.net.MalformedURLException;
import java.security.KeyStore;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.xnio.Options;
import org.xnio.SslClientAuthMode;

/**
 * The shop in an embedded Undertow that compresses, and speaks HTTP/2; where a folder with keys is
 * given, also by TLS, to clients with a certificate and without.
 */
public final class Main {

  public static void main(String[] args) throws Exception {
    String context = args[0].isEmpty() ? "/" : args[0];
    DeploymentInfo shop =
        Servlets.deployment()
            .setClassLoader(Main.class.getClassLoader())
            .setDeploymentName("shop")
            .setContextPath(context)
            .setResourceManager(new Files())
            .addServletContainerInitializer(
                new ServletContainerInitializerInfo(Shop.class, Set.of()));
    DeploymentManager manager = Servlets.defaultContainer().addDeployment(shop);
    manager.deploy();
    ContentEncodingRepository codings =
        new ContentEncodingRepository().addEncodingHandler("gzip", new GzipEncodingProvider(), 50);
    HttpHandler site = Handlers.path().addPrefixPath(context, manager.start());
    Undertow.Builder builder =
        Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
            .setHandler(new EncodingHandler(site, codings));
    if (args.length > 1) {
      builder
          .addHttpsListener(0, "127.0.0.1", tls(new File(args[1])))
          .setSocketOption(Options.SSL_CLIENT_AUTH_MODE, SslClientAuthMode.REQUESTED);
    }
    Undertow server = builder.build();
    server.start();
    if (args.length > 1) {
      System.out.println("https=" + port(server, 1));
    }
    System.out.println("port=" + port(server, 0));
  }

  /** The files of this folder; those of {@code packed} as if they were in a jar. */
  private static final class Files extends FileResourceManager {

    Files() {
      super(new File("."), 1024);
    }

    @Override
    public Resource getResource(String path) {
      if (!path.startsWith("/packed/")) {
        return super.getResource(path);
      }
      try {
        return new URLResource(new File(path.substring("/packed/".length())).toURI().toURL(), path);
      } catch (MalformedURLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static int port(Undertow server, int listener) {
    return ((InetSocketAddress) server.getListenerInfo().get(listener).getAddress()).getPort();
  }

  private static SSLContext tls(File keys) throws Exception {
    char[] password = "changeit".toCharArray();
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(KeyStore.getInstance(new File(keys, "server.p12"), password), password);
    TrustManagerFactory trusted =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(KeyStore.getInstance(new File(keys, "trusted.p12"), password));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
    return context;
  }
}
