/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.ops.console;

import dev.larder.ops.Holdings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Answers requests: what there is to see, and what there is to do. */
final class Desk {

  private static final Set<String> TO_READ = Set.of("GET");
  private static final Set<String> TO_CHANGE = Set.of("POST");

  private final Doorkeeper doorkeeper;
  private final Supplier<Map<String, Object>> status;
  private final Holdings holdings;
  private final History history;

  Desk(
      Doorkeeper doorkeeper,
      Supplier<Map<String, Object>> status,
      Holdings holdings,
      History history) {
    this.doorkeeper = doorkeeper;
    this.status = status;
    this.holdings = holdings;
    this.history = history;
  }

  /** The answer to a request, whatever it is. */
  Answer answer(Request request) {
    Answer refusal = doorkeeper.refusalOfStranger(request);
    if (refusal != null) {
      return refusal;
    }
    if (request.isFor("metrics")) {
      return request.reads()
          ? Answer.text(
              Exposition.TYPE, Exposition.of(CacheFigures.all(holdings), holdings.backends()))
          : Doorkeeper.refusalOfMethod(request.method(), TO_READ);
    }
    PageFile file = PageFile.of(request);
    if (file != null) {
      return file(request, file);
    }
    if (request.isFor("login") && request.reads()) {
      return PageFile.login();
    }
    if (!doorkeeper.isTrusted(request)) {
      return Doorkeeper.refusalWithoutToken();
    }
    if (request.isFor("login")) {
      return request.method().equals("POST")
          ? Answer.empty().with("Set-Cookie", doorkeeper.passCookie())
          : Doorkeeper.refusalOfMethod(request.method(), TO_CHANGE);
    }
    List<String> path = request.path();
    return !path.isEmpty() && path.get(0).equals("api")
        ? api(request, path.subList(1, path.size()))
        : nothingHere();
  }

  private Answer file(Request request, PageFile file) {
    boolean trusted = doorkeeper.maySeePage(request);
    if (!trusted && file != PageFile.CONSOLE) {
      return Doorkeeper.refusalWithoutToken();
    }
    if (!request.reads()) {
      return Doorkeeper.refusalOfMethod(request.method(), TO_READ);
    }
    return trusted ? file.answer().with("Set-Cookie", doorkeeper.passCookie()) : PageFile.login();
  }

  private Answer api(Request request, List<String> path) {
    int length = path.size();
    String what = length == 0 ? "" : path.get(0);
    return switch (what) {
      case "status" -> length == 1 ? status(request) : nothingHere();
      case "history" -> length == 1 ? history(request) : nothingHere();
      case "clear" -> length == 1 ? clearAll(request) : nothingHere();
      case "caches" ->
          switch (length) {
            case 1 -> caches(request);
            case 2 -> cache(request, path.get(1));
            case 3 -> change(request, path.get(1), path.get(2));
            default -> nothingHere();
          };
      case "tags" ->
          length == 3 && path.get(2).equals("evict")
              ? evictTag(request, path.get(1))
              : nothingHere();
      default -> nothingHere();
    };
  }

  private Answer status(Request request) {
    return request.reads()
        ? Answer.json(200, Json.status(status.get(), holdings.backends()))
        : Doorkeeper.refusalOfMethod(request.method(), TO_READ);
  }

  private Answer history(Request request) {
    if (!request.reads()) {
      return Doorkeeper.refusalOfMethod(request.method(), TO_READ);
    }
    String since = request.parameter("since");
    try {
      long time = since == null ? 0 : Long.parseLong(since);
      return Answer.json(200, Json.history(history.since(time)));
    } catch (NumberFormatException wrong) {
      return Answer.refusal(
          400, "The parameter since is no number.", "Give milliseconds since 1970.");
    }
  }

  private Answer caches(Request request) {
    return request.reads()
        ? Answer.json(200, Json.caches(CacheFigures.all(holdings)))
        : Doorkeeper.refusalOfMethod(request.method(), TO_READ);
  }

  private Answer cache(Request request, String name) {
    if (!request.reads()) {
      return Doorkeeper.refusalOfMethod(request.method(), TO_READ);
    }
    return holdings.names().contains(name)
        ? Answer.json(200, Json.cache(CacheFigures.of(holdings, name)))
        : noSuchCache();
  }

  private Answer change(Request request, String name, String what) {
    if (!what.equals("clear") && !what.equals("evict")) {
      return nothingHere();
    }
    if (!request.method().equals("POST")) {
      return Doorkeeper.refusalOfMethod(request.method(), TO_CHANGE);
    }
    if (!holdings.names().contains(name)) {
      return noSuchCache();
    }
    if (what.equals("clear")) {
      return removed(holdings.clear(name));
    }
    return evict(name, request.parameter("key"), request.query());
  }

  private Answer evict(String name, String key, Map<String, List<String>> query) {
    List<String> arguments = query.getOrDefault("arg", List.of());
    if (key != null && arguments.isEmpty()) {
      return removed(holdings.evictKey(name, key));
    }
    if (!query.containsKey("key") && !arguments.isEmpty() && !holdings.isRule(name)) {
      return removed(holdings.evictWritten(name, arguments));
    }
    return Answer.refusal(
        400,
        "This names neither one key nor the arguments of a call.",
        "Give the text that the key attribute makes, as evict?key=TEXT, of a path rule the path and"
            + " the query; or the arguments of a call, as evict?arg=1&arg=EUR.");
  }

  private Answer evictTag(Request request, String tag) {
    return request.method().equals("POST")
        ? removed(holdings.evictTag(tag))
        : Doorkeeper.refusalOfMethod(request.method(), TO_CHANGE);
  }

  private Answer clearAll(Request request) {
    return request.method().equals("POST")
        ? removed(holdings.clearAll())
        : Doorkeeper.refusalOfMethod(request.method(), TO_CHANGE);
  }

  private static Answer removed(long entries) {
    return Answer.json(200, Json.removed(entries));
  }

  private static Answer noSuchCache() {
    return Answer.refusal(
        404,
        "No cache or path rule of this JVM has that name.",
        "GET /api/caches lists them; a cache is there from the first call that uses it.");
  }

  private static Answer nothingHere() {
    return Answer.refusal(
        404,
        "There is nothing at this path.",
        "Ask for /, /metrics, /api/status, /api/caches or /api/history.");
  }
}
