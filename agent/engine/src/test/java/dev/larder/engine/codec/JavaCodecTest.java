/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.spi.CodecException;
import java.io.Serializable;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JavaCodecTest {

  private static final ClassLoader LOADER = JavaCodecTest.class.getClassLoader();

  record Allowed(BigDecimal amount, List<String> tags) implements Serializable {}

  record Other(int number) implements Serializable {}

  private final JavaCodec codec = new JavaCodec(name -> name.equals(Allowed.class.getName()));

  @Test
  void decode_allowedClass_isAsItWas() throws CodecException {
    Map<String, Object> value = new HashMap<>();
    value.put("a", new Allowed(new BigDecimal("1.10"), new ArrayList<>(List.of("x"))));
    value.put("b", new Object[] {LocalDate.EPOCH, 5L, List.of(1)});

    Object back = codec.decode(codec.encode(value, Map.class), Map.class, LOADER);

    assertThat(back).usingRecursiveComparison().isEqualTo(value);
  }

  @Test
  void decode_otherClass_isRefused() throws CodecException {
    byte[] bytes = codec.encode(new ArrayList<>(List.of(new Other(1))), List.class);

    assertThatThrownBy(() -> codec.decode(bytes, List.class, LOADER))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("codec-allow");
  }

  @Test
  void decode_proxy_isRefused() throws CodecException {
    Object proxy =
        Proxy.newProxyInstance(
            LOADER,
            new Class<?>[] {Runnable.class, Serializable.class},
            (java.lang.reflect.InvocationHandler & Serializable) (self, method, args) -> null);
    byte[] bytes = codec.encode(proxy, Runnable.class);

    assertThatThrownBy(() -> codec.decode(bytes, Runnable.class, LOADER))
        .isInstanceOf(CodecException.class);
  }

  @Test
  void decode_anythingElse_isRefused() {
    assertThatThrownBy(() -> codec.decode(new byte[] {1, 2, 3}, List.class, LOADER))
        .isInstanceOf(CodecException.class);
  }
}
