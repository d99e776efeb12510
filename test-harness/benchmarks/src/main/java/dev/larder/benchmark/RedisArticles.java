/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.benchmark;

import com.alicp.jetcache.CacheBuilder;
import com.alicp.jetcache.CacheValueHolder;
import com.alicp.jetcache.anno.CacheConsts;
import com.alicp.jetcache.anno.CacheType;
import com.alicp.jetcache.anno.Cached;
import com.alicp.jetcache.anno.config.EnableMethodCache;
import com.alicp.jetcache.anno.support.GlobalCacheConfig;
import com.alicp.jetcache.anno.support.JetCacheBaseBeans;
import com.alicp.jetcache.redis.lettuce.RedisLettuceCacheBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.lettuce.core.RedisClient;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.codec.TypedJsonJacksonCodec;
import org.redisson.config.Config;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.redis.cache.RedisCacheConfiguration;
import org.springframework.data.redis.cache.RedisCacheManager;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.serializer.Jackson2JsonRedisSerializer;
import org.springframework.data.redis.serializer.RedisSerializationContext.SerializationPair;

/** The contenders that are not Larder: by hand, and by the libraries that many use. */
final class RedisArticles {

  private static final Duration TTL = Duration.ofMinutes(5);

  private RedisArticles() {}

  /** Where the server is: {@code redis://127.0.0.1:PORT}. */
  private static URI server() {
    return URI.create(System.getProperty("redis.uri"));
  }

  /** A connection of Lettuce's and a prepared reader of Jackson's. */
  static Articles byHand() {
    ObjectMapper mapper = new ObjectMapper();
    ObjectReader reader = mapper.readerFor(Article.class);
    RedisCommands<byte[], byte[]> redis =
        RedisClient.create(server().toString()).connect(ByteArrayCodec.INSTANCE).sync();
    return id -> {
      byte[] key = ("by-hand:" + id).getBytes(StandardCharsets.US_ASCII);
      byte[] found = redis.get(key);
      try {
        if (found != null) {
          return reader.readValue(found);
        }
        Article loaded = Articles.load(id);
        redis.set(key, mapper.writeValueAsBytes(loaded), SetArgs.Builder.px(TTL));
        return loaded;
      } catch (JsonProcessingException unfit) {
        throw new UncheckedIOException(unfit);
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    };
  }

  /** Redisson's bucket, with its codec for one type. */
  static Articles redisson() {
    Config config = new Config();
    config.useSingleServer().setAddress(server().toString());
    RedissonClient client = Redisson.create(config);
    TypedJsonJacksonCodec codec = new TypedJsonJacksonCodec(Article.class);
    return id -> {
      var bucket = client.<Article>getBucket("redisson:" + id, codec);
      Article found = bucket.get();
      if (found == null) {
        found = Articles.load(id);
        bucket.set(found, TTL);
      }
      return found;
    };
  }

  static Articles spring() {
    return new AnnotationConfigApplicationContext(SpringSettings.class).getBean(Articles.class);
  }

  static Articles jetCache() {
    return new AnnotationConfigApplicationContext(JetCacheSettings.class).getBean(Articles.class);
  }

  /** Spring's cache over Redis, with a serialiser for one type. */
  @Configuration
  @EnableCaching
  static class SpringSettings {

    @Bean
    LettuceConnectionFactory connections() {
      return new LettuceConnectionFactory(server().getHost(), server().getPort());
    }

    @Bean
    CacheManager caches(LettuceConnectionFactory connections) {
      return RedisCacheManager.builder(connections)
          .cacheDefaults(
              RedisCacheConfiguration.defaultCacheConfig()
                  .entryTtl(TTL)
                  .serializeValuesWith(
                      SerializationPair.fromSerializer(
                          new Jackson2JsonRedisSerializer<>(Article.class))))
          .build();
    }

    @Bean
    Articles articles() {
      return new SpringArticles();
    }
  }

  /** The bean that Spring's proxy stands before. */
  static class SpringArticles implements Articles {
    @Override
    @Cacheable("spring")
    public Article find(long id) {
      return Articles.load(id);
    }
  }

  /** JetCache over Redis. */
  @Configuration
  @EnableMethodCache(basePackages = "dev.larder.benchmark")
  @Import(JetCacheBaseBeans.class)
  static class JetCacheSettings {

    @Bean
    GlobalCacheConfig caches() {
      ObjectMapper mapper = new ObjectMapper();
      Function<Object, byte[]> encoder =
          value -> {
            try {
              return mapper.writeValueAsBytes(value);
            } catch (JsonProcessingException unfit) {
              throw new UncheckedIOException(unfit);
            }
          };
      CacheBuilder remote =
          RedisLettuceCacheBuilder.createRedisLettuceCacheBuilder()
              .valueEncoder(encoder)
              .valueDecoder(JetCacheSettings::decode)
              .keyConvertor(arguments -> Arrays.toString((Object[]) arguments))
              .redisClient(RedisClient.create(server().toString()));
      GlobalCacheConfig config = new GlobalCacheConfig();
      config.setRemoteCacheBuilders(Map.of(CacheConsts.DEFAULT_AREA, remote));
      config.setLocalCacheBuilders(Map.of());
      return config;
    }

    private static final ObjectReader HOLDER =
        new ObjectMapper().readerFor(new TypeReference<CacheValueHolder<Article>>() {});

    private static Object decode(byte[] bytes) {
      try {
        return HOLDER.readValue(bytes);
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }

    @Bean
    Articles articles() {
      return new JetCacheArticles();
    }
  }

  /** The bean that JetCache's proxy stands before. */
  static class JetCacheArticles implements Articles {
    @Override
    @Cached(name = "jetcache:", expire = 300, cacheType = CacheType.REMOTE)
    public Article find(long id) {
      return Articles.load(id);
    }
  }
}
