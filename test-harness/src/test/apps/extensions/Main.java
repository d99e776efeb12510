/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import com.acme.talk.Talk;
import dev.larder.Cache;
import dev.larder.Larder;
import java.util.Map;
import java.util.function.LongFunction;

/** Calls what it reads the name of, a line at a time. */
public final class Main {

  record Price(String item, long cents) {}

  static int runs;

  @Cache("prices")
  static Price price(long id) {
    return new Price("item " + id, ++runs);
  }

  @Cache("texts")
  static String text(long id) {
    return "run " + ++runs;
  }

  @Cache("kept")
  static long kept(long id) {
    return ++runs;
  }

  @Cache("noSuchBackend")
  static long noSuchBackend(long id) {
    return ++runs;
  }

  @Cache("codecAsBackend")
  static long codecAsBackend(long id) {
    return ++runs;
  }

  @Cache("throwingBackend")
  static long throwingBackend(long id) {
    return ++runs;
  }

  @Cache("failingBackend")
  static long failingBackend(long id) {
    return ++runs;
  }

  @Cache("noSuchCodec")
  static Price noSuchCodec(long id) {
    return new Price("item " + id, ++runs);
  }

  @Cache("backendAsCodec")
  static Price backendAsCodec(long id) {
    return new Price("item " + id, ++runs);
  }

  @Cache("throwingCodec")
  static Price throwingCodec(long id) {
    return new Price("item " + id, ++runs);
  }

  @Cache("noSettings")
  static Price noSettings(long id) {
    return new Price("item " + id, ++runs);
  }

  @Cache("throwingSettings")
  static Price throwingSettings(long id) {
    return new Price("item " + id, ++runs);
  }

  @Cache("noCapabilities")
  static Price noCapabilities(long id) {
    return new Price("item " + id, ++runs);
  }

  @Cache("unfitCodec")
  static Price unfitCodec(long id) {
    return new Price("item " + id, ++runs);
  }

  @Cache("failingCodec")
  static Price failingCodec(long id) {
    return new Price("item " + id, ++runs);
  }

  private static final Map<String, LongFunction<Object>> METHODS =
      Map.ofEntries(
          Map.entry("price", Main::price),
          Map.entry("text", Main::text),
          Map.entry("kept", Main::kept),
          Map.entry("noSuchBackend", Main::noSuchBackend),
          Map.entry("codecAsBackend", Main::codecAsBackend),
          Map.entry("throwingBackend", Main::throwingBackend),
          Map.entry("failingBackend", Main::failingBackend),
          Map.entry("noSuchCodec", Main::noSuchCodec),
          Map.entry("backendAsCodec", Main::backendAsCodec),
          Map.entry("throwingCodec", Main::throwingCodec),
          Map.entry("noSettings", Main::noSettings),
          Map.entry("throwingSettings", Main::throwingSettings),
          Map.entry("noCapabilities", Main::noCapabilities),
          Map.entry("unfitCodec", Main::unfitCodec),
          Map.entry("failingCodec", Main::failingCodec));

  public static void main(String[] args) throws Exception {
    Talk.listen(words -> answer(words[0], words[1]));
  }

  private static Object answer(String what, String of) {
    return switch (what) {
      case "call" -> METHODS.get(of).apply(1);
      case "hits" -> Larder.stats(of).hits();
      case "clear" -> Larder.clear(of);
      case "evict" -> Larder.evict(of, 1L);
      default -> "unknown " + what;
    };
  }
}
