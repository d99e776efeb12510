/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Keys and certificates of a server and of two of its clients, made by {@code keytool} for this
 * run: {@code server.p12}, and {@code trusted.p12} with the clients' certificates.
 */
final class Certificates {

  /** The clients that have a certificate. */
  static final List<String> CLIENTS = List.of("ann", "bob");

  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final String SERVER = "server";

  private static Path made;

  private Certificates() {}

  /** Where they are; the same for all servers. */
  static synchronized Path folder() {
    if (made == null) {
      made = make();
    }
    return made;
  }

  private static Path make() {
    Path folder = App.fresh("certificates");
    key(folder, SERVER, "-ext", "san=ip:127.0.0.1");
    CLIENTS.forEach(client -> key(folder, client));
    try {
      KeyStore trusted = empty();
      for (String client : CLIENTS) {
        trusted.setCertificateEntry(client, read(folder, client).getCertificate(client));
      }
      try (OutputStream out = Files.newOutputStream(folder.resolve("trusted.p12"))) {
        trusted.store(out, PASSWORD);
      }
      return folder;
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError("no store of trusted certificates in " + folder, e);
    }
  }

  /** A key with a certificate that it signs itself, under a name, in a store of its own. */
  private static void key(Path folder, String name, String... more) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-alias", name, "-dname", "CN=" + name));
    command.addAll(List.of("-keyalg", "EC", "-validity", "2", "-storetype", "PKCS12"));
    command.addAll(List.of("-keystore", name + ".p12", "-storepass", new String(PASSWORD)));
    command.addAll(List.of(more));
    ProcessBuilder keytool = new ProcessBuilder(command).directory(folder.toFile());
    Path said = folder.resolve(name + ".txt");
    try {
      Process process = keytool.redirectErrorStream(true).redirectOutput(said.toFile()).start();
      boolean ended = process.waitFor(60, TimeUnit.SECONDS);
      if (!ended || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new AssertionError("keytool has made no key: " + Files.readString(said));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while keytool made a key", e);
    }
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, PASSWORD);
    return store;
  }

  private static KeyStore read(Path folder, String name)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve(name + ".p12"))) {
      store.load(in, PASSWORD);
    }
    return store;
  }

  /**
   * What a client needs to reach the server.
   *
   * @param client one of {@link #CLIENTS}; null for one without a certificate
   */
  static SSLContext of(String client) {
    try {
      KeyStore servers = empty();
      servers.setCertificateEntry(SERVER, read(folder(), SERVER).getCertificate(SERVER));
      TrustManagerFactory trusted =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trusted.init(servers);
      KeyManager[] own = new KeyManager[0];
      if (client != null) {
        KeyManagerFactory keys =
            KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(read(folder(), client), PASSWORD);
        own = keys.getKeyManagers();
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(own, trusted.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError("no TLS for " + client, e);
    }
  }
}
