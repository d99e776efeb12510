/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.config;

/**
 * The kinds of values that are always read alike. They are one enum rather than a class each, since
 * keys and their parsers are made before the application's main method, where every class counts;
 * what reads a kind is loaded with the first value of it.
 */
enum ValueKind implements Parser<Object> {
  DURATION,
  TTL,
  TEMPLATE,
  TAGS,
  EXPRESSION,
  SIZE,
  SHARE,
  COUNT,
  MAX_MEMORY,
  BOOLEAN,
  LIST,
  PREFIX,
  METHOD_PATTERNS,
  CLASS_PATTERNS,
  SECRET,
  SECRETS,
  REDIS_URIS,
  HTTP_URI,
  SERVERS,
  SERVER;

  @Override
  public Object parse(String text) throws FaultyValue {
    return switch (this) {
      case DURATION -> Amounts.duration(text);
      case TTL -> Amounts.ttl(text);
      case TEMPLATE -> Templates.template(text);
      case TAGS -> Templates.tags(text);
      case EXPRESSION -> Templates.expression(text);
      case SIZE -> Amounts.size(text);
      case SHARE -> Amounts.share(text);
      case COUNT -> Amounts.count(text);
      case MAX_MEMORY -> Amounts.maxMemory(text);
      case BOOLEAN -> Texts.bool(text);
      case LIST -> Texts.list(text);
      case PREFIX -> Texts.prefix(text);
      case METHOD_PATTERNS -> Patterns.ofMethods(text);
      case CLASS_PATTERNS -> Patterns.ofClasses(text);
      case SECRET -> Secrets.read(text, System.getenv());
      case SECRETS -> Secrets.readAll(text, System.getenv());
      case REDIS_URIS -> Servers.redisUris(text);
      case HTTP_URI -> Servers.httpUri(text);
      case SERVERS -> Servers.hostPorts(text);
      case SERVER -> Servers.hostPort(text);
    };
  }
}
