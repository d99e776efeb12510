/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.async;

import dev.larder.engine.Adapters;
import dev.larder.engine.Beside;
import dev.larder.engine.key.FieldAccess;
import java.util.Map;
import java.util.Optional;

/**
 * The adapters of every library that is known, made when a target first needs one.
 *
 * <p>They are kept with the library's own classes, so that they go when the application's loader
 * goes; nothing on Larder's side holds them.
 */
public final class LibraryAdapters implements Adapters {

  private static final String HERE = "dev.larder.async.";

  /** The packages of the adapters, and their classes, by the types that they know. */
  private static final Map<String, Place> PLACES =
      Map.of(
          "reactor.core.publisher.Mono", new Place("reactor.", "MonoAdapter"),
          "reactor.core.publisher.Flux", new Place("reactor.", "FluxAdapter"),
          "io.reactivex.rxjava3.core.Single", new Place("rxjava.", "SingleAdapter"),
          "io.reactivex.rxjava3.core.Maybe", new Place("rxjava.", "MaybeAdapter"),
          "io.smallrye.mutiny.Uni", new Place("mutiny.", "UniAdapter"));

  private record Place(String base, String name) {}

  private final FieldAccess access;

  private final ClassValue<SuspendAdapter> suspends =
      new ClassValue<>() {
        @Override
        protected SuspendAdapter computeValue(Class<?> continuation) {
          return (SuspendAdapter)
              beside(continuation, "kotlin.")
                  .instance("ContinuationAdapter", new Class<?>[] {FieldAccess.class}, access);
        }
      };

  private final ClassValue<Optional<SourceAdapter>> sources =
      new ClassValue<>() {
        @Override
        protected Optional<SourceAdapter> computeValue(Class<?> type) {
          return Optional.ofNullable(PLACES.get(type.getName()))
              .map(place -> (SourceAdapter) beside(type, place.base()).instance(place.name()));
        }
      };

  /**
   * The adapters.
   *
   * @param access gives access to the fields of the application's classes
   */
  public LibraryAdapters(FieldAccess access) {
    this.access = access;
  }

  private static Beside beside(Class<?> type, String base) {
    return new Beside(type.getClassLoader(), LibraryAdapters.class, HERE + base);
  }

  @Override
  public SourceAdapter ofSource(Class<?> type) {
    return sources.get(type).orElse(null);
  }

  @Override
  public SuspendAdapter ofContinuation(Class<?> continuation) {
    return suspends.get(continuation);
  }
}
