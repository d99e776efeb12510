/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.harness.e2e.Connection.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Two users and nobody in particular, at once, by every way to be known, for answers of every kind:
 * no byte that was made for one reaches another.
 */
interface LeakCases extends Shops {

  int CLIENTS = 4;
  int REQUESTS_EACH = 500;

  List<String> USERS = List.of("ann", "bob", "nobody");

  /** Ways to be known, but for the session's cookie. */
  List<String> CARRIERS =
      List.of(
          "Authorization: Basic ",
          "X-Api-Key: ",
          "X-Auth-Token: ",
          "X-Forwarded-User: ",
          "X-Remote-User: ",
          "X-Door-Principal: ",
          "X-Door-Remote-User: ",
          "X-Door-Session: ",
          "X-Door-Certificate: ",
          "Cookie: theme=dark; user=");

  List<String> PLACES =
      List.of("visitors", "named", "edge", "override", "soon", "unstored", "account");

  /** Kinds of answers; all of them name the one whom they are for. */
  List<String> KINDS =
      List.of(
          "plain",
          "plain",
          "plain",
          "session-read",
          "cookie",
          "flushed",
          "over",
          "async",
          "async-own",
          "error",
          "thrown");

  /** What answers say of themselves. None says that it may be shared though it is somebody's. */
  List<String> SAID =
      List.of(
          "",
          "",
          "Cache-Control=max-age=9",
          "Cache-Control=private",
          "Cache-Control=no-store",
          "Cache-Control=no-cache",
          "Cache-Control=max-age=1,stale-if-error=60",
          "ETag=%22WHO%22",
          "ETag=W/%22same%22&Cache-Control=no-cache",
          "Vary=Accept",
          "Vary=*",
          "cookie=1",
          "status=404&Cache-Control=max-age=9");

  /** What else is asked. */
  List<String> ASKED =
      List.of(
          "Accept: text/plain",
          "Accept: */*",
          "If-None-Match: *",
          "If-None-Match: \"ann\", \"bob\", W/\"same\"",
          "Range: bytes=4-40",
          "Accept-Encoding: identity",
          "Host: other.test",
          "X-Forwarded-Host: other.test",
          "Cache-Control: max-stale",
          "X-Fail: 1");

  /** How many different URLs are asked for in one run. */
  int TARGETS = 60;

  Pattern NAMED = Pattern.compile("\\b(ann|bob|nobody)\\b");

  @OnEachJdk
  default void answersOfOneUser_underAnyLoad_neverReachAnother(Jdk jdk) throws Exception {
    long seed = System.nanoTime();
    System.out.println("leak test in " + container() + " " + jdk + ", seed " + seed);
    ServerApp shop = server(jdk);
    List<String> targets = targets(new Random(seed));
    Map<String, String> sessions =
        Map.of(
            "ann", NeverSharedCases.login(shop, "ann"), "bob", NeverSharedCases.login(shop, "bob"));
    AtomicInteger hits = new AtomicInteger();
    AtomicInteger own = new AtomicInteger();
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int client = 0; client < CLIENTS; client++) {
        Random random = new Random(seed + client);
        running.add(
            clients.submit(
                () -> {
                  int asked = 0;
                  while (asked < REQUESTS_EACH) {
                    asked += connection(shop, random, targets, sessions, seed, hits, own);
                  }
                  return null;
                }));
      }
      for (Future<?> each : running) {
        each.get(120, TimeUnit.SECONDS);
      }
    } finally {
      clients.shutdownNow();
    }
    assertThat(hits.get()).as("answers out of the store, seed %d", seed).isGreaterThan(100);
    assertThat(own.get()).as("answers to somebody, seed %d", seed).isGreaterThan(300);
  }

  private static List<String> targets(Random random) {
    List<String> targets = new ArrayList<>();
    for (String place : PLACES) {
      targets.add("/shop/" + place + "/plain" + (place.equals("account") ? "/a.css" : "") + "?");
    }
    while (targets.size() < TARGETS) {
      String place = any(PLACES, random);
      targets.add(
          "/shop/"
              + place
              + '/'
              + any(KINDS, random)
              + (place.equals("account") ? "/a.css" : "")
              + "?times="
              + random.nextInt(3) * 40
              + '&'
              + any(SAID, random));
    }
    return targets;
  }

  /** Some requests one after another, until the server closes the connection; how many. */
  private static int connection(
      ServerApp shop,
      Random random,
      List<String> targets,
      Map<String, String> sessions,
      long seed,
      AtomicInteger hits,
      AtomicInteger own)
      throws IOException {
    try (Connection connection = new Connection(shop)) {
      for (int i = 0; i < 20; i++) {
        String user = any(USERS, random);
        // The first of them can be stored.
        String target =
            random.nextBoolean()
                ? any(targets, random)
                : any(targets.subList(0, PLACES.size()), random);
        String place = target.split("/")[2];
        List<String> fields = new ArrayList<>();
        if (!user.equals("nobody")) {
          int way = random.nextInt(CARRIERS.size() + 1);
          fields.add(
              way < CARRIERS.size() ? CARRIERS.get(way) + user : "Cookie: " + sessions.get(user));
        }
        if (random.nextInt(3) == 0) {
          fields.add(any(ASKED, random));
        }
        String method = random.nextInt(12) == 0 ? "HEAD" : "GET";
        String what = String.format("seed %d: %s %s %s for %s", seed, method, target, fields, user);
        if (!connection.begins(Connection.request(method, target, fields.toArray(String[]::new)))) {
          // A server may close what it has kept (RFC 9112, 9.5), but not what is new.
          assertThat(i).as("answered by nothing, %s", what).isPositive();
          return i;
        }
        Reply reply = connection.read(method.equals("HEAD"));
        assertNobodyElses(reply, user, place, fields, what);
        hits.addAndGet(reply.isHit() ? 1 : 0);
        own.addAndGet(!user.equals("nobody") && reply.body().contains(user) ? 1 : 0);
        if ("close".equalsIgnoreCase(reply.field("Connection"))) {
          return i + 1;
        }
      }
      return 20;
    }
  }

  /** Where filters have not run yet, and where a session was not read, nobody's answer may do. */
  private static void assertNobodyElses(
      Reply reply, String user, String place, List<String> fields, String what) {
    boolean sessionsCookie =
        fields.stream().anyMatch(field -> field.matches(".*S(ESSION|ession).*"));
    boolean door = place.equals("edge") && fields.stream().anyMatch(f -> f.startsWith("X-Door"));
    boolean lax = door || sessionsCookie;
    StringBuilder all = new StringBuilder(reply.body());
    reply.fields().stream()
        .filter(field -> !field.regionMatches(true, 0, "Host:", 0, 5))
        .forEach(field -> all.append('\n').append(field));
    Matcher named = NAMED.matcher(all);
    while (named.find()) {
      String whose = named.group();
      if (!whose.equals(user) && !(lax && whose.equals("nobody"))) {
        throw new AssertionError(what + " got what is " + whose + "'s: " + reply);
      }
    }
  }

  private static String any(List<String> some, Random random) {
    return some.get(random.nextInt(some.size()));
  }
}
