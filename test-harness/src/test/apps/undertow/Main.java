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
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import java.net.InetSocketAddress;
import java.util.Set;

/** The shop in an embedded Undertow that compresses, and speaks HTTP/2. */
public final class Main {

  public static void main(String[] args) throws Exception {
    String context = args[0].isEmpty() ? "/" : args[0];
    DeploymentInfo shop =
        Servlets.deployment()
            .setClassLoader(Main.class.getClassLoader())
            .setDeploymentName("shop")
            .setContextPath(context)
            .addServletContainerInitializer(
                new ServletContainerInitializerInfo(Shop.class, Set.of()));
    DeploymentManager manager = Servlets.defaultContainer().addDeployment(shop);
    manager.deploy();
    ContentEncodingRepository codings =
        new ContentEncodingRepository().addEncodingHandler("gzip", new GzipEncodingProvider(), 50);
    HttpHandler site = Handlers.path().addPrefixPath(context, manager.start());
    Undertow server =
        Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
            .setHandler(new EncodingHandler(site, codings))
            .build();
    server.start();
    InetSocketAddress address = (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
    System.out.println("port=" + address.getPort());
  }
}
