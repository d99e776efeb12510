/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent;

import dev.larder.engine.config.Addresses;
import dev.larder.engine.config.CacheKeys;
import dev.larder.engine.config.GlobalKeys;
import dev.larder.engine.config.Key;
import dev.larder.engine.config.Secret;
import dev.larder.engine.config.Settings;
import dev.larder.engine.remote.BackendFactory;
import dev.larder.spi.Backend;
import dev.larder.spi.BackendSettings;
import dev.larder.spi.Codec;
import dev.larder.spi.KeyBuilder;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the classes that settings name: Larder's own, and those of {@code extensions}. */
final class Backends implements BackendFactory {

  private static final Logger LOG = LoggerFactory.getLogger("dev.larder");

  private static final Map<String, String> OWN =
      Map.of(
          "redis", "dev.larder.backend.redis.RedisBackend",
          "memcached", "dev.larder.backend.memcached.MemcachedBackend",
          "dynamodb", "dev.larder.backend.dynamodb.DynamoDbBackend");

  private final Settings settings;
  private volatile long timeout;
  private final Runnable first;
  private final AtomicBoolean any = new AtomicBoolean();
  private ClassLoader extensions;

  /**
   * A finder.
   *
   * @param first is run before the first backend is made
   */
  Backends(Settings settings, Runnable first) {
    this.settings = settings;
    this.timeout = longestTimeout(settings);
    this.first = first;
  }

  /** Takes up of other settings what clients can be told without a restart. */
  void take(Settings changed) {
    timeout = longestTimeout(changed);
  }

  @Override
  public long timeout() {
    return timeout;
  }

  @Override
  public Backend create(String name) {
    if (any.compareAndSet(false, true)) {
      first.run();
    }
    String own = OWN.get(name);
    return own == null
        ? make(name, Backend.class, "backend", extensions())
        : make(own, Backend.class, "backend", Backends.class.getClassLoader());
  }

  @Override
  public Codec codec(String className) {
    return make(className, Codec.class, "codec", extensions());
  }

  @Override
  public KeyBuilder keyBuilder() {
    String className = settings.global(GlobalKeys.KEY_BUILDER);
    return className == null
        ? null
        : make(className, KeyBuilder.class, "key-builder", extensions());
  }

  private <T> T make(String name, Class<T> type, String key, ClassLoader loader) {
    try {
      return Class.forName(name, true, loader).asSubclass(type).getConstructor().newInstance();
    } catch (ClassNotFoundException missing) {
      throw new IllegalArgumentException(
          key + " = " + name + ": there is no such class; " + where(), missing);
    } catch (InvocationTargetException | ExceptionInInitializerError threw) {
      throw new IllegalArgumentException(
          key + " = " + name + ": it cannot be made, since its own code threw " + threw.getCause(),
          threw);
    } catch (ReflectiveOperationException | ClassCastException | LinkageError unfit) {
      throw new IllegalArgumentException(
          key
              + " = "
              + name
              + ": it cannot be made ("
              + unfit
              + "); it must be a public "
              + type.getName()
              + " with a public constructor without parameters",
          unfit);
    }
  }

  /** What to do about a class that is not there. */
  private String where() {
    List<String> jars = settings.global(GlobalKeys.EXTENSIONS);
    if (jars.isEmpty()) {
      return "name its jar in extensions";
    }
    List<String> absent = jars.stream().filter(path -> !new File(path).exists()).toList();
    return absent.isEmpty()
        ? "extensions = " + String.join(", ", jars) + " does not hold it"
        : "extensions names " + String.join(", ", absent) + ", and there is no such file";
  }

  private synchronized ClassLoader extensions() {
    if (extensions == null) {
      List<URL> jars = new ArrayList<>();
      for (String path : settings.global(GlobalKeys.EXTENSIONS)) {
        try {
          jars.add(new File(path).toURI().toURL());
        } catch (MalformedURLException unnamed) {
          throw new IllegalArgumentException(
              "extensions: " + path + " is no path of a jar", unnamed);
        }
      }
      extensions =
          jars.isEmpty()
              ? Backends.class.getClassLoader()
              : new URLClassLoader(
                  jars.toArray(new URL[0]), Backends.class.getClassLoader()); // for good
    }
    return extensions;
  }

  @Override
  public BackendSettings settings(Backend backend) {
    Map<String, String> values = new HashMap<>();
    Set<String> known = settingsOf(backend);
    add(GlobalKeys.ofBackends(), values);
    values.keySet().retainAll(known);
    if (!OWN.containsValue(backend.getClass().getName())) {
      addTheirOwn(backend, known, values);
    }
    return new BackendSettings(settings.global(GlobalKeys.PREFIX), timeout, values);
  }

  /**
   * What a call of any cache or rule may wait: a client must not give up before its caller does.
   */
  private static long longestTimeout(Settings settings) {
    long longest = settings.global(CacheKeys.TIMEOUT);
    for (String cache : settings.cacheNames()) {
      longest = Math.max(longest, settings.cache(cache, CacheKeys.TIMEOUT));
    }
    for (String rule : settings.ruleNames()) {
      longest = Math.max(longest, settings.rule(rule, CacheKeys.TIMEOUT));
    }
    return longest;
  }

  private static Set<String> settingsOf(Backend backend) {
    Set<String> known;
    try {
      known = backend.settings();
    } catch (VirtualMachineError ours) {
      throw ours;
    } catch (RuntimeException | Error threw) { // the backend may be anybody's
      throw new IllegalArgumentException(
          "backend = "
              + backend.getClass().getName()
              + ": its settings() threw "
              + threw
              + ", and must give the names of its settings",
          threw);
    }
    if (known == null) {
      throw new IllegalArgumentException(
          "backend = "
              + backend.getClass().getName()
              + ": its settings() gave null, and must give an empty set for none");
    }
    return known;
  }

  private void addTheirOwn(Backend backend, Set<String> known, Map<String, String> values) {
    add(settings.backendKeys(), values);
    Set<String> unknown = new TreeSet<>(values.keySet());
    unknown.removeAll(known);
    values.keySet().removeAll(unknown);
    for (String key : isAlone() ? unknown : Set.<String>of()) {
      LOG.warn(
          "{} is not read: backend {} knows {}",
          key,
          backend.getClass().getName(),
          known.isEmpty() ? "no key" : String.join(", ", new TreeSet<>(known)));
    }
  }

  /** Whether one class at most is named as a backend, whose every key then is. */
  private boolean isAlone() {
    Set<String> names = new HashSet<>(Set.of(settings.global(CacheKeys.BACKEND)));
    settings.cacheNames().forEach(cache -> names.add(settings.cache(cache, CacheKeys.BACKEND)));
    settings.ruleNames().forEach(rule -> names.add(settings.rule(rule, CacheKeys.BACKEND)));
    names.removeIf(name -> name.indexOf('.') < 0);
    return names.size() <= 1;
  }

  private void add(Collection<? extends Key<?>> keys, Map<String, String> values) {
    for (Key<?> key : keys) {
      Object value = settings.isSet(key) ? settings.global(key) : null;
      if (value != null) {
        values.put(key.name(), text(value));
      }
    }
  }

  private static String text(Object value) {
    if (value instanceof Secret secret) {
      return secret.value();
    }
    if (value instanceof Addresses addresses) {
      return String.join(",", addresses.uris());
    }
    if (value instanceof List<?> several) {
      return String.join(",", several.stream().map(String::valueOf).toList());
    }
    return value instanceof Enum<?> word ? word.name().toLowerCase(Locale.ROOT) : value.toString();
  }
}
