/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.benchmark;

import com.alicp.jetcache.CacheBuilder;
import com.alicp.jetcache.anno.CacheConsts;
import com.alicp.jetcache.anno.CacheType;
import com.alicp.jetcache.anno.Cached;
import com.alicp.jetcache.anno.config.EnableMethodCache;
import com.alicp.jetcache.anno.support.GlobalCacheConfig;
import com.alicp.jetcache.anno.support.JetCacheBaseBeans;
import com.alicp.jetcache.embedded.CaffeineCacheBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** JetCache's {@code @Cached}, in memory, with the arguments themselves for keys. */
final class JetCacheShop {

  private JetCacheShop() {}

  static Shop create() {
    return new AnnotationConfigApplicationContext(Settings.class).getBean(Shop.class);
  }

  /** The application's configuration. */
  @Configuration
  @EnableMethodCache(basePackages = "dev.larder.benchmark")
  @Import(JetCacheBaseBeans.class)
  static class Settings {

    @Bean
    GlobalCacheConfig caches() {
      CacheBuilder local =
          CaffeineCacheBuilder.createCaffeineCacheBuilder()
              .limit(10_000)
              .keyConvertor(key -> key instanceof Object[] several ? List.of(several) : key);
      GlobalCacheConfig config = new GlobalCacheConfig();
      config.setLocalCacheBuilders(Map.of(CacheConsts.DEFAULT_AREA, local));
      config.setRemoteCacheBuilders(Map.of());
      return config;
    }

    @Bean
    Shop shop() {
      return new Answers();
    }
  }

  /** The bean that JetCache's proxy stands before. */
  static class Answers implements Shop {
    @Override
    @Cached(name = "find:", expire = 300, cacheType = CacheType.LOCAL)
    public Product find(long id) {
      return Shelf.find(id);
    }

    @Override
    @Cached(name = "price:", expire = 300, cacheType = CacheType.LOCAL)
    public Product price(String name, int quantity, Locale locale) {
      return Shelf.price(name, quantity, locale);
    }
  }
}
