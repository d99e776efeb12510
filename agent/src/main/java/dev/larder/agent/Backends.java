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
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** Finds the classes that settings name: Larder's own, and those of {@code extensions}. */
final class Backends implements BackendFactory {

  private static final Map<String, String> OWN =
      Map.of(
          "redis", "dev.larder.backend.redis.RedisBackend",
          "memcached", "dev.larder.backend.memcached.MemcachedBackend",
          "dynamodb", "dev.larder.backend.dynamodb.DynamoDbBackend");

  private static final List<Key<?>> OF_BACKENDS =
      List.of(
          GlobalKeys.REDIS_URI,
          GlobalKeys.REDIS_CLUSTER,
          GlobalKeys.REDIS_USERNAME,
          GlobalKeys.REDIS_PASSWORD,
          GlobalKeys.REDIS_CA,
          GlobalKeys.MEMCACHED_SERVERS,
          GlobalKeys.MEMCACHED_USERNAME,
          GlobalKeys.MEMCACHED_PASSWORD,
          GlobalKeys.DYNAMODB_TABLE,
          GlobalKeys.DYNAMODB_ENDPOINT,
          GlobalKeys.DYNAMODB_REGION,
          GlobalKeys.DYNAMODB_CREATE_TABLE);

  private final Settings settings;
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
    this.first = first;
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

  private static <T> T make(String name, Class<T> type, String key, ClassLoader loader) {
    try {
      return Class.forName(name, true, loader).asSubclass(type).getConstructor().newInstance();
    } catch (ClassNotFoundException missing) {
      throw new IllegalArgumentException(
          key + " = " + name + ": there is no such class; name its jar in extensions", missing);
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
    for (Key<?> key : OF_BACKENDS) {
      Object value = settings.isSet(key) ? settings.global(key) : null;
      if (value != null) {
        values.put(key.name(), text(value));
      }
    }
    values.keySet().retainAll(backend.settings());
    return new BackendSettings(
        settings.global(GlobalKeys.PREFIX), settings.global(CacheKeys.TIMEOUT), values);
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
