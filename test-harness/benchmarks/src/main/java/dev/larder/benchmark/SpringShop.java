/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.benchmark;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Locale;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.caffeine.CaffeineCacheManager;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Spring's {@code @Cacheable} over Caffeine. */
final class SpringShop {

  private SpringShop() {}

  static Shop create() {
    return new AnnotationConfigApplicationContext(Settings.class).getBean(Shop.class);
  }

  /** The application's configuration. */
  @Configuration
  @EnableCaching
  static class Settings {

    @Bean
    CacheManager caches() {
      CaffeineCacheManager manager = new CaffeineCacheManager();
      manager.setCaffeine(
          Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofMinutes(5)));
      return manager;
    }

    @Bean
    Shop shop() {
      return new Cached();
    }
  }

  /** The bean that Spring's proxy stands before. */
  static class Cached implements Shop {
    @Override
    @Cacheable("find")
    public Product find(long id) {
      return Shelf.find(id);
    }

    @Override
    @Cacheable(cacheNames = "price", key = "#p0 + #p1 + #p2")
    public Product price(String name, int quantity, Locale locale) {
      return Shelf.price(name, quantity, locale);
    }
  }
}
