/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import java.io.File;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

/**
 * The shop in an embedded Tomcat that compresses, and speaks HTTP/2; where a folder with keys is
 * given, also by TLS, to clients with a certificate and without.
 */
public final class Main {

  public static void main(String[] args) throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(new File("tomcat").getAbsolutePath());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    tomcat.getConnector().setProperty("compression", "on");
    tomcat.getConnector().addUpgradeProtocol(new Http2Protocol());
    Context context = tomcat.addContext(args[0], new File(".").getAbsolutePath());
    context.addServletContainerInitializer(new Shop(), null);
    Connector secure = args.length > 1 ? secure(new File(args[1])) : null;
    if (secure != null) {
      tomcat.getService().addConnector(secure);
    }
    tomcat.start();
    if (secure != null) {
      System.out.println("https=" + secure.getLocalPort());
    }
    System.out.println("port=" + tomcat.getConnector().getLocalPort());
    tomcat.getServer().await();
  }

  private static Connector secure(File keys) {
    Connector connector = new Connector();
    connector.setPort(0);
    connector.setProperty("address", "127.0.0.1");
    connector.setScheme("https");
    connector.setSecure(true);
    connector.setProperty("SSLEnabled", "true");
    SSLHostConfig host = new SSLHostConfig();
    host.setCertificateVerification("optional");
    host.setTruststoreFile(new File(keys, "trusted.p12").getPath());
    host.setTruststorePassword("changeit");
    host.setTruststoreType("PKCS12");
    SSLHostConfigCertificate own =
        new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
    own.setCertificateKeystoreFile(new File(keys, "server.p12").getPath());
    own.setCertificateKeystorePassword("changeit");
    own.setCertificateKeystoreType("PKCS12");
    host.addCertificate(own);
    connector.addSslHostConfig(host);
    return connector;
  }
}
