/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.codec.Content;
import dev.larder.engine.codec.JavaCodec;
import dev.larder.engine.codec.JsonCodec;
import dev.larder.engine.codec.OpenTypes;
import dev.larder.engine.codec.ShapeTrust;
import dev.larder.engine.match.ClassPattern;
import dev.larder.engine.method.Body;
import dev.larder.engine.remote.RemoteCache;
import dev.larder.engine.remote.RemotePolicy;
import dev.larder.engine.remote.Turn;
import dev.larder.engine.value.Differences;
import dev.larder.spi.Codec;
import dev.larder.spi.CodecException;
import java.lang.reflect.Type;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The codec of one target's values with a backend, and who watches over it. They are made by a
 * thread of Larder's, since their classes take longer to load than a call may wait, and only once a
 * backend serves.
 */
final class TargetCodec {

  private final Engine engine;
  private final RemoteCache cache;
  private final Type type;
  private final ClassLoader loader;
  private final String ownPackage;
  private final FutureTask<Made> making = new FutureTask<>(this::make);

  /** As it stands in the header of an entry. */
  private static final Pattern FIT_NAME = Pattern.compile("[ -~]{1,32}");

  private static final int LONGEST_SHOWN = 100;

  private final AtomicBoolean begun = new AtomicBoolean();

  /**
   * A target's codec.
   *
   * @param type of the values
   */
  TargetCodec(Engine engine, RemoteCache cache, Type type, Body body) {
    this.engine = engine;
    this.cache = cache;
    this.type = type;
    this.loader = body.loader();
    this.ownPackage = body.home().getPackageName();
  }

  private record Made(Codec codec, ShapeTrust trust) {}

  private Made make() {
    Codec codec = codec(cache.policy());
    if (codec instanceof JsonCodec json) {
      json.prepare();
    }
    Differences differences = new Differences(engine.access());
    return new Made(codec, new ShapeTrust(codec, type, loader, differences));
  }

  /** The codec; of a user's that cannot be made, one that always fails. */
  private Codec codec(RemotePolicy policy) {
    return switch (policy.codec()) {
      case "json" ->
          new JsonCodec(
              loader,
              engine.access(),
              new OpenTypes(
                  name -> policy.types().stream().anyMatch(each -> each.matchesName(name)),
                  policy.types().stream().anyMatch(ClassPattern::withSubtypes)
                      ? named(policy.types())
                      : null,
                  ownPackage));
      case "java" -> new JavaCodec(engine.access(), named(policy.codecAllow()));
      default -> userCodec(policy.codec());
    };
  }

  private static Predicate<Class<?>> named(List<ClassPattern> patterns) {
    return type -> patterns.stream().anyMatch(each -> each.matches(type));
  }

  private Codec userCodec(String className) {
    try {
      Codec codec = cache.userCodec(className);
      String name = codec.name();
      if (name == null || !FIT_NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "codec = "
                + className
                + ": its name is "
                + shown(name)
                + ", and must be of 1 to 32 printable characters of ASCII");
      }
      return codec;
    } catch (IllegalArgumentException wrong) {
      return new MissingCodec(wrong);
    }
  }

  private static String shown(String name) {
    if (name == null) {
      return "null";
    }
    return name.length() > LONGEST_SHOWN
        ? "of " + name.length() + " characters"
        : "'" + name.replaceAll("\\p{Cntrl}", "?") + "'";
  }

  /** In the place of a user's codec that cannot be made. */
  private record MissingCodec(IllegalArgumentException wrong) implements Codec {
    @Override
    public String name() {
      throw wrong;
    }

    @Override
    public byte[] encode(Object value, Type type) {
      throw wrong;
    }

    @Override
    public Object decode(byte[] bytes, Type type, ClassLoader loader) {
      throw wrong;
    }
  }

  /** Whether it is there, or comes within a turn. */
  boolean isReady(Turn turn) {
    if (making.isDone()) {
      return true;
    }
    if (begun.compareAndSet(false, true) && !engine.chores().run(making)) {
      begun.set(false); // too many wait already
      return false;
    }
    return turn.awaits(making);
  }

  private Made made() {
    making.run(); // unless that was done, or is being done
    try {
      return making.get();
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof RuntimeException known
          ? known
          : new IllegalStateException(failed.getCause().toString(), failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the caller was interrupted", interrupted);
    }
  }

  /** Its name, as an entry carries it. */
  String name() {
    return made().codec().name();
  }

  /** Whether what it makes is new each time; of a user's that is not known. */
  boolean makesNew() {
    String codec = cache.policy().codec();
    return codec.equals("json") || codec.equals("java");
  }

  Object decode(Content content) throws CodecException {
    Codec codec = made().codec();
    return codec instanceof JsonCodec json
        ? json.decode(content.bytes(), content.from(), content.length(), type)
        : codec.decode(content.toArray(), type, loader);
  }

  /** A value as bytes, of which it is known that they come back as the same. */
  byte[] encode(Object value) throws CodecException {
    return made().trust().encode(value);
  }
}
