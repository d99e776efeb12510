/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.backend.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.larder.spi.BackendSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class DynamoSettingsTest {

  private static DynamoSettings of(Map<String, String> values) {
    return DynamoSettings.of(new BackendSettings("shop", 250, values));
  }

  @Test
  void of_nothing_leavesTheRestToTheSdk() {
    DynamoSettings settings = of(Map.of());
    assertThat(settings.table()).isEqualTo("larder");
    assertThat(settings.endpoint()).isNull();
    assertThat(settings.region()).isNull();
    assertThat(settings.createTable()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "dynamodb.table, a b, a-z",
    "dynamodb.endpoint, localhost:8000, http://host:port",
    "dynamodb.create-table, yes, true or false"
  })
  void of_aWrongValue_saysWhatIsAllowed(String name, String value, String allowed) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of(Map.of(name, value)))
        .withMessageContaining(name)
        .withMessageContaining(value)
        .withMessageContaining(allowed);
  }

  @Test
  void millisLeft_ofBothMoments_theEarlierCounts() {
    long now = System.currentTimeMillis();
    AttributeValue value = Item.bytes(new byte[1]);
    assertThat(Item.millisLeft(Item.of("key", new byte[1], 5_000))).isBetween(4_000L, 5_000L);
    assertThat(
            Item.millisLeft(
                Map.of(
                    Item.VALUE, value,
                    Item.UNTIL, Item.number(now + 60_000),
                    Item.TTL, Item.number(now / 1_000 - 1))))
        .isNegative();
    assertThat(Item.value(Map.of(Item.VALUE, value))).isNull();
    assertThat(
            Item.value(
                Map.of(
                    Item.VALUE, value,
                    Item.TTL, AttributeValue.fromN("1.5"),
                    Item.UNTIL, AttributeValue.fromN("99999999999999999999"))))
        .isNull();
  }
}
