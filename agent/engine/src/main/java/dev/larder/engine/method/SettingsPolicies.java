/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.method;

import dev.larder.engine.config.CacheKeys;
import dev.larder.engine.config.FaultyValue;
import dev.larder.engine.config.GlobalKeys;
import dev.larder.engine.config.Key;
import dev.larder.engine.config.Parser;
import dev.larder.engine.config.Parsers;
import dev.larder.engine.config.Secret;
import dev.larder.engine.config.Settings;
import dev.larder.engine.config.Ttl;
import dev.larder.engine.match.ClassPattern;
import dev.larder.engine.method.TargetSpec.Operation;
import dev.larder.engine.remote.RemotePolicy;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the policies of targets out of their annotations and the settings, in their order. */
public final class SettingsPolicies implements Policies {

  private static final Parser<Long> DURATION = Parsers.duration();

  private final Settings settings;

  public SettingsPolicies(Settings settings) {
    this.settings = settings;
  }

  @Override
  public CachePolicy of(Operation operation) throws FaultyAttribute {
    Reader of = new Reader(operation);
    Ttl ttl = of.value(CacheKeys.TTL);
    return new CachePolicy(
        of.value(CacheKeys.ENABLED),
        ttl.template() == null ? ttl.millis() : 0,
        ttl.template(),
        of.value(CacheKeys.IDLE),
        of.value(CacheKeys.JITTER),
        of.text(CacheKeys.KEY),
        of.text(CacheKeys.CONDITION),
        of.text(CacheKeys.UNLESS),
        of.text(CacheKeys.TAGS),
        of.value(CacheKeys.CACHE_NULL),
        of.value(CacheKeys.REFRESH_AHEAD),
        of.value(CacheKeys.STALE_WHILE_REVALIDATE),
        of.value(CacheKeys.STALE_IF_ERROR),
        of.value(CacheKeys.CACHE_EXCEPTIONS),
        of.value(CacheKeys.STALE_ON),
        of.value(CacheKeys.SCOPE),
        of.value(CacheKeys.VALUES),
        of.value(CacheKeys.ENTITIES) == CacheKeys.Entities.DETACHED,
        of.value(CacheKeys.SINGLE_FLIGHT) != CacheKeys.SingleFlight.OFF,
        of.value(CacheKeys.WAIT),
        of.value(CacheKeys.BATCH));
  }

  @Override
  public boolean observes() {
    return settings.global(GlobalKeys.MODE) == GlobalKeys.Mode.OBSERVE;
  }

  @Override
  public boolean namesMethods(String cache) {
    return !settings.cache(cache, CacheKeys.METHODS).isEmpty();
  }

  @Override
  public EvictPolicy evict(Operation operation) {
    Map<String, String> given = operation.attributes();
    if (!given.containsKey(TargetSpec.BY_FILE)) {
      return new EvictPolicy(
          given.get("key"),
          given.get("tags"),
          Boolean.parseBoolean(given.get("all")),
          given.get("condition"),
          Boolean.parseBoolean(given.get("before-invocation")));
    }
    String cache = operation.cache();
    return new EvictPolicy(
        settings.cache(cache, CacheKeys.EVICT_KEY),
        settings.cache(cache, CacheKeys.EVICT_TAGS),
        settings.cache(cache, CacheKeys.EVICT_ALL),
        settings.cache(cache, CacheKeys.EVICT_CONDITION),
        false);
  }

  @Override
  public Bounds bounds(String cache) {
    return new Bounds(
        settings.cache(cache, CacheKeys.MAX_ENTRIES), settings.cache(cache, CacheKeys.MAX_BYTES));
  }

  @Override
  public RemotePolicy remote(String cache) {
    return remote(
        settings.cache(cache, CacheKeys.BACKEND),
        settings.cache(cache, CacheKeys.TIMEOUT),
        settings.cache(cache, CacheKeys.CODEC),
        settings.cache(cache, CacheKeys.CODEC_ALLOW),
        settings.cache(cache, CacheKeys.TYPES),
        settings.cache(cache, CacheKeys.COMPRESS_ABOVE),
        near(
            settings.cache(cache, CacheKeys.L1_TTL),
            settings.cache(cache, CacheKeys.L1_MAX_ENTRIES),
            settings.isSet(cache, CacheKeys.L1_MAX_ENTRIES)),
        settings.cache(cache, CacheKeys.SINGLE_FLIGHT) == CacheKeys.SingleFlight.CLUSTER,
        settings.cache(cache, CacheKeys.OUTAGE_TTL));
  }

  /** How the responses of a path rule are kept; null where that is in memory. */
  public RemotePolicy ofRule(String rule) {
    return remote(
        settings.rule(rule, CacheKeys.BACKEND),
        settings.rule(rule, CacheKeys.TIMEOUT),
        settings.global(CacheKeys.CODEC),
        List.of(),
        List.of(),
        settings.rule(rule, CacheKeys.COMPRESS_ABOVE),
        near(
            settings.rule(rule, CacheKeys.L1_TTL),
            settings.rule(rule, CacheKeys.L1_MAX_ENTRIES),
            settings.isRuleSet(rule, CacheKeys.L1_MAX_ENTRIES)),
        settings.rule(rule, CacheKeys.SINGLE_FLIGHT) == CacheKeys.SingleFlight.CLUSTER,
        0);
  }

  /** The near cache, which either of its keys turns on and a 0 turns off. */
  private static RemotePolicy.Near near(Long ttl, long maxEntries, boolean isBounded) {
    boolean asked = ttl != null || isBounded;
    boolean off = (ttl != null && ttl == 0) || maxEntries == 0;
    return asked && !off ? new RemotePolicy.Near(ttl == null ? 0 : ttl, maxEntries) : null;
  }

  @Override
  public List<RemotePolicy> remotes() {
    Set<String> backends = new LinkedHashSet<>();
    backends.add(settings.global(CacheKeys.BACKEND));
    for (String cache : settings.cacheNames()) {
      backends.add(settings.cache(cache, CacheKeys.BACKEND));
    }
    for (String rule : settings.ruleNames()) {
      backends.add(settings.rule(rule, CacheKeys.BACKEND));
    }
    List<RemotePolicy> remotes = new ArrayList<>();
    for (String backend : backends) {
      RemotePolicy remote =
          remote(
              backend,
              settings.global(CacheKeys.TIMEOUT),
              settings.global(CacheKeys.CODEC),
              List.of(),
              List.of(),
              Long.MAX_VALUE,
              null,
              false,
              0);
      if (remote != null) {
        remotes.add(remote);
      }
    }
    return remotes;
  }

  private RemotePolicy remote(
      String backend,
      long timeout,
      String codec,
      List<ClassPattern> codecAllow,
      List<ClassPattern> types,
      long compressAbove,
      RemotePolicy.Near near,
      boolean fleetFlights,
      long outageTtl) {
    if (observes() || backend.equals(CacheKeys.BACKEND.byDefault())) {
      return null;
    }
    return new RemotePolicy(
        backend,
        settings.global(GlobalKeys.PREFIX),
        timeout,
        codec,
        codecAllow,
        types,
        compressAbove,
        sealKeys(),
        near,
        fleetFlights,
        outageTtl);
  }

  /** The keys that seal; none only where no seal is asked for: a text of commas is one as well. */
  private List<String> sealKeys() {
    Secret seal = settings.global(GlobalKeys.SEAL_KEY);
    List<String> keys = new ArrayList<>();
    for (String each : seal == null ? new String[0] : seal.value().split(",")) {
      if (!each.isBlank()) {
        keys.add(each.strip());
      }
    }
    return seal != null && keys.isEmpty() ? List.of(seal.value()) : keys;
  }

  @Override
  public double verify() {
    return settings.global(GlobalKeys.VERIFY);
  }

  @Override
  public long duration(String attribute, String text) throws FaultyAttribute {
    try {
      return DURATION.parse(text.strip());
    } catch (FaultyValue faulty) {
      throw new FaultyAttribute(attribute, text, faulty.getMessage());
    }
  }

  /** A key as the annotation has it: {@code stale-if-error} is {@code staleIfError}. */
  private static String inAnnotation(String key) {
    String[] words = key.split("-");
    StringBuilder name = new StringBuilder(words[0]);
    for (int i = 1; i < words.length; i++) {
      name.append(Character.toUpperCase(words[i].charAt(0))).append(words[i], 1, words[i].length());
    }
    return name.toString();
  }

  /** Reads the keys of one operation, each after its annotation's attribute. */
  private final class Reader {
    private final Operation operation;

    Reader(Operation operation) {
      this.operation = operation;
    }

    <T> T value(Key<T> key) throws FaultyAttribute {
      String attribute = operation.attributes().get(key.name());
      try {
        return settings.cache(operation.cache(), key, attribute);
      } catch (FaultyValue faulty) {
        throw new FaultyAttribute(inAnnotation(key.name()), attribute, faulty.getMessage());
      }
    }

    /** A text; null where it is empty, which takes an annotation's attribute away. */
    String text(Key<String> key) throws FaultyAttribute {
      String value = value(key);
      return value == null || value.isEmpty() ? null : value;
    }
  }
}
