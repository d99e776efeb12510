/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import dev.larder.engine.Beside;
import java.util.Optional;

/**
 * Finds the {@link Skin} of a request: by the servlet API that its class implements.
 *
 * <p>What is found is kept with the request's class and with the API's, in {@link ClassValue}s, and
 * so goes when the application's loader goes; nothing on Larder's side holds it.
 */
final class SkinLoader {

  private static final String JAKARTA = "jakarta.servlet.ServletRequest";
  private static final String JAVAX = "javax.servlet.ServletRequest";
  private static final String JAKARTA_SKIN = "dev.larder.http.skin.";
  private static final String JAVAX_SKIN = "dev.larder.http.javaxskin.";

  private final ClassValue<Optional<Skin>> byApi =
      new ClassValue<>() {
        @Override
        protected Optional<Skin> computeValue(Class<?> api) {
          return Optional.of(load(api));
        }
      };

  private final ClassValue<Optional<Skin>> byRequest =
      new ClassValue<>() {
        @Override
        protected Optional<Skin> computeValue(Class<?> request) {
          Class<?> api = api(request);
          return api == null ? Optional.empty() : byApi.get(api);
        }
      };

  /** The skin for a request; null if it is none. */
  Skin of(Object request) {
    return request == null ? null : byRequest.get(request.getClass()).orElse(null);
  }

  private static Class<?> api(Class<?> type) {
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      for (Class<?> face : each.getInterfaces()) {
        Class<?> api = apiOf(face);
        if (api != null) {
          return api;
        }
      }
    }
    return null;
  }

  private static Class<?> apiOf(Class<?> face) {
    if (face.getName().equals(JAKARTA) || face.getName().equals(JAVAX)) {
      return face;
    }
    for (Class<?> parent : face.getInterfaces()) {
      Class<?> api = apiOf(parent);
      if (api != null) {
        return api;
      }
    }
    return null;
  }

  private static Skin load(Class<?> api) {
    String base = api.getName().equals(JAVAX) ? JAVAX_SKIN : JAKARTA_SKIN;
    return (Skin) new Beside(api.getClassLoader(), SkinLoader.class, base).instance("ServletSkin");
  }
}
