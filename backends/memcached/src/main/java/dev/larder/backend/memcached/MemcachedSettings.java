/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.backend.memcached;

import dev.larder.spi.BackendSettings;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Where the servers are, and who is asking.
 *
 * @param servers host and port of each; the names are not yet looked up
 * @param username null where no SASL is wanted
 * @param password null where no SASL is wanted
 */
record MemcachedSettings(List<InetSocketAddress> servers, String username, String password) {

  static final Set<String> NAMES =
      Set.of("memcached.servers", "memcached.username", "memcached.password");

  private static final int HIGHEST_PORT = 65_535;

  static MemcachedSettings of(BackendSettings settings) {
    String username = settings.get("memcached.username");
    String password = settings.get("memcached.password");
    if ((username == null) != (password == null)) {
      throw new IllegalArgumentException(
          "of memcached.username and memcached.password only the "
              + (password == null ? "first" : "second")
              + " is set; set both, or neither");
    }
    List<InetSocketAddress> servers = new ArrayList<>();
    for (String server : settings.get("memcached.servers", "localhost:11211").split(",")) {
      servers.add(server(server.strip()));
    }
    return new MemcachedSettings(List.copyOf(servers), username, password);
  }

  private static InetSocketAddress server(String text) {
    int colon = text.lastIndexOf(':');
    String port = colon < 0 ? "" : text.substring(colon + 1);
    if (colon < 1 || !port.matches("\\d{1,5}") || Integer.parseInt(port) > HIGHEST_PORT) {
      throw new IllegalArgumentException(
          "memcached.servers has \"" + text + "\"; write host:port, host:port");
    }
    String host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    return InetSocketAddress.createUnresolved(host, Integer.parseInt(port));
  }

  /** Never the password. */
  @Override
  public String toString() {
    return "MemcachedSettings[servers=" + servers + ", username=" + username + "]";
  }
}
