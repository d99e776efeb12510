/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.skin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A body whose first byte was read ahead, for whoever reads it then. */
class PeekedStreamTest {

  /** A body that has come whole before anybody listens. */
  private static final class Body extends ServletInputStream {
    private final ByteArrayInputStream bytes;

    Body(String text) {
      bytes = new ByteArrayInputStream(text.getBytes(ISO_8859_1));
    }

    @Override
    public int read() {
      return bytes.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      return bytes.read(into, offset, length);
    }

    @Override
    public boolean isFinished() {
      return bytes.available() == 0;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    /** As containers do: of nothing that is there nobody is told. */
    @Override
    public void setReadListener(ReadListener listener) {
      try {
        if (!isFinished()) {
          listener.onDataAvailable();
        }
        listener.onAllDataRead();
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  private static PeekedStream peeked(String text) throws IOException {
    Body body = new Body(text);
    return PeekedStream.of(
        (HttpServletRequest)
            Proxy.newProxyInstance(
                PeekedStreamTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> body));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "abc"})
  void read_givesTheWhole(String text) throws IOException {
    PeekedStream stream = peeked(text);
    assertThat(stream.isAny()).isEqualTo(!text.isEmpty());
    assertThat(new String(stream.readAllBytes(), ISO_8859_1)).isEqualTo(text);
    assertThat(stream.isFinished()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "abc"})
  void listener_isToldOfTheWhole(String text) throws IOException {
    PeekedStream stream = peeked(text);
    StringBuilder heard = new StringBuilder();

    stream.setReadListener(
        new ReadListener() {
          @Override
          public void onDataAvailable() throws IOException {
            while (stream.isReady() && !stream.isFinished()) {
              heard.append((char) stream.read());
            }
          }

          @Override
          public void onAllDataRead() {
            heard.append('.');
          }

          @Override
          public void onError(Throwable failure) {
            heard.append(failure);
          }
        });

    assertThat(heard).hasToString(text + ".");
  }

  @Test
  void close_forgetsTheFirstByte() throws IOException {
    PeekedStream stream = peeked("a");
    stream.close();
    assertThat(stream.read()).isEqualTo(-1);
  }
}
