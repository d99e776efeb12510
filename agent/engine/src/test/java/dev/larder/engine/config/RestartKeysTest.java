/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RestartKeysTest {

  @Test
  void settings_sinceAStart_keepWhatOnlyAStartTakesUp() {
    Settings start = Settings.of(Map.of("prefix", "shop", "cache.a.backend", "redis", "ttl", "1m"));
    Settings now = Settings.of(Map.of("prefix", "other", "backend", "memcached", "ttl", "2m"));

    Settings both = now.since(start);

    assertThat(both.global(GlobalKeys.PREFIX)).isEqualTo("shop");
    assertThat(both.cache("a", CacheKeys.BACKEND)).isEqualTo("redis");
    assertThat(both.cache("b", CacheKeys.BACKEND)).isEqualTo("memory");
    assertThat(both.cache("a", CacheKeys.TTL).millis()).isEqualTo(120_000);
  }

  @Test
  void changed_namesKeysAsTheyAreWrittenAndNoValues() {
    Settings start = Settings.of(Map.of("cache.a.backend", "redis", "redis.password", "old"));
    Settings now =
        Settings.of(
            Map.of(
                "redis.password", "new", "mode", "observe", "cache.c.ttl", "1m", "jitter", "5%"));

    assertThat(RestartKeys.changed(start, now))
        .containsExactlyInAnyOrder("redis.password", "mode", "cache.a.backend");
  }

  @Test
  void changed_ofTheGlobalBackend_doesNotNameEachCache() {
    Settings start = Settings.of(Map.of("cache.a.ttl", "1m"));
    Settings now = Settings.of(Map.of("cache.a.ttl", "1m", "backend", "redis"));

    assertThat(RestartKeys.changed(start, now)).containsExactly("backend");
  }

  @Test
  void changed_ofABackendsOwnKeys_namesThem() {
    Settings start = Settings.of(Map.of("backend", "com.acme.Backend", "acme.a", "1"));
    Settings now = Settings.of(Map.of("backend", "com.acme.Backend", "acme.a", "2", "acme.b", "1"));

    assertThat(RestartKeys.changed(start, now)).containsExactlyInAnyOrder("acme.a", "acme.b");
  }

  @Test
  void changed_ofTheSame_isEmpty() {
    Settings start = Settings.of(Map.of("redis.uri", "redis://a:1", "cache.a.backend", "redis"));

    assertThat(
            RestartKeys.changed(
                start, Settings.of(Map.of("redis.uri", "redis://a:1", "cache.a.backend", "redis"))))
        .isEmpty();
  }
}
