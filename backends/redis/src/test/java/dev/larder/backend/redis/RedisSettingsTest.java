/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.larder.backend.redis.RedisSettings.Cluster;
import dev.larder.spi.BackendSettings;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisURI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RedisSettingsTest {

  private static RedisSettings of(String... pairs) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      values.put(pairs[i], pairs[i + 1]);
    }
    return RedisSettings.of(new BackendSettings("shop", 250, values));
  }

  @Test
  void of_nothing_isThisMachine() {
    RedisSettings settings = of();
    assertThat(settings.uris()).extracting(RedisURI::getHost).containsExactly("localhost");
    assertThat(settings.cluster()).isEqualTo(Cluster.AUTO);
    assertThat(settings.timeout().toMillis()).isEqualTo(250);
  }

  @Test
  void of_severalAddresses_areSeedsOfACluster() {
    RedisSettings settings = of("redis.uri", "redis://a:1, redis://b:2");
    assertThat(settings.uris()).extracting(RedisURI::getPort).containsExactly(1, 2);
    assertThat(settings.cluster()).isEqualTo(Cluster.ON);
  }

  @Test
  void of_sentinels_isOneAddress() {
    RedisSettings settings = of("redis.uri", "redis-sentinel://a:1,b:2#shop");
    assertThat(settings.uris()).hasSize(1);
    assertThat(settings.uris().get(0).getSentinels()).hasSize(2);
    assertThat(settings.cluster()).isEqualTo(Cluster.OFF);
  }

  @Test
  void of_aDatabase_isNoCluster() {
    assertThat(of("redis.uri", "redis://a/3").cluster()).isEqualTo(Cluster.OFF);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of("redis.uri", "redis://a/3", "redis.cluster", "on"))
        .withMessageContaining("redis.cluster");
  }

  @Test
  void of_aUserAndAPassword_goWithEachAddress() {
    RedisSettings settings =
        of(
            "redis.uri", "redis://a,redis://b",
            "redis.username", "shopper",
            "redis.password", "p@ss:/");
    for (RedisURI uri : settings.uris()) {
      RedisCredentials credentials = uri.getCredentialsProvider().resolveCredentials().block();
      assertThat(credentials.getUsername()).isEqualTo("shopper");
      assertThat(credentials.getPassword()).isEqualTo("p@ss:/".toCharArray());
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of("redis.username", "shopper"))
        .withMessageContaining("redis.password");
  }

  @Test
  void of_aWrongAddress_saysWhatIsAllowedWithoutThePassword() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of("redis.uri", "http://user:s3cret@host"))
        .withMessageContaining("redis://host:port")
        .withMessageNotContaining("s3cret")
        .withNoCause();
  }

  @Test
  void of_otherWrongValues_sayWhatIsAllowed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of("redis.cluster", "maybe"))
        .withMessageContaining("maybe")
        .withMessageContaining("auto, on or off");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of("redis.uri", "redis://a,redis://b", "redis.cluster", "off"))
        .withMessageContaining("2 servers");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of("redis.ca", "/no/such.pem"))
        .withMessageContaining("/no/such.pem");
  }

  @Test
  void of_aUnixSocket_withoutTheNativeTransport_saysWhatToWriteInstead() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of("redis.uri", "redis-socket:///run/redis.sock"))
        .withMessageContaining("/run/redis.sock")
        .withMessageContaining("redis://host:port");
  }
}
