/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.ops.console;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where the console is, and by which names of hosts its requests may call it. A page of another
 * host whose name has been made to lead here (DNS rebinding) still calls it by that other name.
 */
final class Place {

  private static final String LOOPBACK = "127.0.0.1";
  private static final int PORT_THAT_GOES_UNSAID = 80;

  private final String host;
  private final int port;
  private final Set<String> names;
  private final boolean anyAddress;

  private Place(String host, int port, Set<String> names, boolean anyAddress) {
    this.host = host;
    this.port = port;
    this.names = names;
    this.anyAddress = anyAddress;
  }

  /** What {@code host:port} says to listen at; a port alone means loopback. */
  static InetSocketAddress toListenAt(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? LOOPBACK : text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    return new InetSocketAddress(host, Integer.parseInt(text.substring(colon + 1)));
  }

  /**
   * The place that a server has taken.
   *
   * @param text what it was told
   * @param bound where it is
   */
  static Place of(String text, InetSocketAddress bound) {
    int colon = text.lastIndexOf(':');
    String told = colon < 0 ? LOOPBACK : text.substring(0, colon).toLowerCase(Locale.ROOT);
    InetAddress address = bound.getAddress();
    Set<String> names = new TreeSet<>(List.of(told, literal(address)));
    if (address.isLoopbackAddress() || address.isAnyLocalAddress()) {
      names.addAll(Set.of("localhost", LOOPBACK, "[::1]"));
    }
    if (address.isAnyLocalAddress()) {
      addOwnName(names);
    }
    return new Place(told, bound.getPort(), names, address.isAnyLocalAddress());
  }

  private static void addOwnName(Set<String> names) {
    try {
      names.add(InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT));
    } catch (UnknownHostException nameless) {
      // it is called by its addresses then
    }
  }

  private static String literal(InetAddress address) {
    String text = NetUtil.toAddressString(address);
    return text.indexOf(':') < 0 ? text : "[" + text + "]";
  }

  /** Whether a {@code Host} header field names this place. */
  boolean isNamedBy(String hostField) {
    if (hostField == null) {
      return false;
    }
    String text = hostField.toLowerCase(Locale.ROOT);
    int colon = text.indexOf(':', Math.max(0, text.lastIndexOf(']')));
    String name = colon < 0 ? text : text.substring(0, colon);
    String said = colon < 0 ? String.valueOf(PORT_THAT_GOES_UNSAID) : text.substring(colon + 1);
    return said.equals(String.valueOf(port))
        && (names.contains(name) || (anyAddress && isAddress(name)));
  }

  /** An address as such is nobody else's name. */
  private static boolean isAddress(String name) {
    return (name.startsWith("[") && name.endsWith("]"))
        ? NetUtil.isValidIpV6Address(name.substring(1, name.length() - 1))
        : NetUtil.isValidIpV4Address(name);
  }

  /** Whether an {@code Origin} header field is a page of the console's own. */
  boolean isOrigin(String field) {
    return field != null && field.startsWith("http://") && isNamedBy(field.substring(7));
  }

  int port() {
    return port;
  }

  /** Where a browser finds it. */
  String url() {
    return "http://" + (anyAddress ? "localhost" : host) + ":" + port + "/";
  }

  /** By which names it may be called, for a message. */
  String namesAsText() {
    StringBuilder text = new StringBuilder();
    for (String name : names) {
      text.append(text.length() == 0 ? "" : ", ").append(name).append(':').append(port);
    }
    return anyAddress ? text + " or by an address" : text.toString();
  }
}
