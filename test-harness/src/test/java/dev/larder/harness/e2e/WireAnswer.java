/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * An answer as it came over the wire, taken apart.
 *
 * @param status the first line
 * @param fields the lines of the header, sorted, without those of framing and date, and with a line
 *     for each member of {@code Vary}
 * @param body what the framing carried; where that broke off it ends with {@code [cut]}
 */
record WireAnswer(String status, List<String> fields, String body) {

  private static final Set<String> FRAMING =
      Set.of("date", "content-length", "transfer-encoding", "connection");

  /** Fields that Larder may add where a rule holds. */
  private static final Set<String> ADDED =
      Set.of("etag", "cache-control", "cache-status", "vary", "age");

  /** All answers of one connection, informational ones too. */
  static List<WireAnswer> all(String wire, boolean toHead) {
    List<WireAnswer> all = new ArrayList<>();
    Reader reader = new Reader(wire);
    do {
      all.add(reader.next(toHead));
    } while (reader.at < wire.length());
    return all;
  }

  /** Goes over the bytes of a connection. */
  private static final class Reader {
    private final String wire;
    private int at;

    Reader(String wire) {
      this.wire = wire;
    }

    WireAnswer next(boolean toHead) {
      int end = wire.indexOf("\r\n\r\n", at);
      if (end < 0) {
        return new WireAnswer(rest(), List.of(), "");
      }
      String[] lines = wire.substring(at, end).split("\r\n");
      at = end + 4;
      List<String> fields = new ArrayList<>();
      int length = -1;
      boolean chunked = false;
      for (int i = 1; i < lines.length; i++) {
        String name = name(lines[i]);
        String value = lines[i].substring(lines[i].indexOf(':') + 1).strip();
        length = name.equals("content-length") ? Integer.parseInt(value) : length;
        chunked |= name.equals("transfer-encoding");
        if (name.equals("vary")) {
          for (String member : value.toLowerCase(Locale.ROOT).split(",")) {
            fields.add("vary: " + member.strip());
          }
        } else if (!FRAMING.contains(name)) {
          fields.add(name + ": " + value);
        }
      }
      fields.sort(null);
      String code = lines[0].split(" ")[1];
      boolean empty = toHead || code.matches("10[02-9]|204|304");
      String body = empty ? "" : chunked ? unchunked() : length < 0 ? rest() : sized(length);
      return new WireAnswer(lines[0], fields, body);
    }

    private String rest() {
      String rest = wire.substring(at);
      at = wire.length();
      return rest;
    }

    private String sized(int length) {
      if (at + length > wire.length()) {
        return rest() + "[cut]";
      }
      at += length;
      return wire.substring(at - length, at);
    }

    private String unchunked() {
      StringBuilder body = new StringBuilder();
      while (true) {
        int line = wire.indexOf("\r\n", at);
        if (line < 0) {
          return body + rest() + "[cut]";
        }
        int size = Integer.parseInt(wire.substring(at, line).split(";")[0].strip(), 16);
        at = line + 2;
        if (size == 0) {
          int end = wire.startsWith("\r\n", at) ? at : wire.indexOf("\r\n\r\n", at);
          if (end < 0) {
            return body + rest() + "[cut]";
          }
          String trailer = end == at ? "" : "[trailer]" + wire.substring(at, end);
          at = end == at ? at + 2 : end + 4;
          return body + trailer;
        }
        if (at + size + 2 > wire.length()) {
          return body + rest() + "[cut]";
        }
        body.append(wire, at, at + size);
        at += size + 2;
      }
    }
  }

  private static String name(String line) {
    return line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT);
  }

  /** The value of a field that is there once; null if it is not. */
  String field(String name) {
    String start = name.toLowerCase(Locale.ROOT) + ": ";
    List<String> found = fields.stream().filter(line -> line.startsWith(start)).toList();
    return found.isEmpty() ? null : found.get(0).substring(start.length());
  }

  /** This answer without what Larder may have added to the other one. */
  WireAnswer without(WireAnswer bare) {
    List<String> kept =
        fields.stream()
            .filter(line -> !ADDED.contains(name(line)) || bare.fields.contains(line))
            .toList();
    return new WireAnswer(status, kept, body);
  }

  byte[] bytes() {
    return body.getBytes(ISO_8859_1);
  }

  @Override
  public String toString() {
    String begin = body.length() < 1000 ? body : body.substring(0, 200) + " …";
    return status + " " + fields + " " + body.length() + " (" + body.hashCode() + "): " + begin;
  }
}
