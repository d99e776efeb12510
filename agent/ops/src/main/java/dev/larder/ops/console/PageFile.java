/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.ops.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/** The files of the page, which lie beside this class. */
enum PageFile {
  CONSOLE("", "console.html", "text/html; charset=utf-8"),
  SCRIPT("console.js", "console.js", "text/javascript; charset=utf-8"),
  STYLE("console.css", "console.css", "text/css; charset=utf-8");

  /** What the page may load and do: only what comes from here, and nothing in its own text. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:;"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final String LOGIN = "login.html";

  private final String segment;
  private final String resource;
  private final String type;

  PageFile(String segment, String resource, String type) {
    this.segment = segment;
    this.resource = resource;
    this.type = type;
  }

  /** The file that a request asks for; null where it is none. */
  static PageFile of(Request request) {
    for (PageFile file : values()) {
      if (request.isFor(file.segment)) {
        return file;
      }
    }
    return null;
  }

  Answer answer() {
    return Answer.text(type, read(resource)).with("Content-Security-Policy", POLICY);
  }

  /**
   * What stands in place of the page for those who have no token: a form that asks for it. Since
   * nothing else is to be had without it, style and script stand in its text, and the policy lets
   * just these through, by their digests.
   */
  static Answer login() {
    String page = read(LOGIN);
    String policy =
        "default-src 'none'; script-src "
            + digest(page, "<script>", "</script>")
            + "; style-src "
            + digest(page, "<style>", "</style>")
            + "; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none';"
            + " frame-ancestors 'none'";
    return new Answer(401, CONSOLE.type, page.getBytes(StandardCharsets.UTF_8), Map.of())
        .with("Content-Security-Policy", policy)
        .with("WWW-Authenticate", "Bearer");
  }

  private static String digest(String page, String open, String close) {
    String content = page.substring(page.indexOf(open) + open.length(), page.indexOf(close));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException absent) {
      throw new IllegalStateException("each JVM has SHA-256", absent);
    }
  }

  private static String read(String resource) {
    try (InputStream in = PageFile.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
