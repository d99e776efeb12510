/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.backend.memcached;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class CellTest {

  private static final long MINUTE = 60_000;

  private static Cell read(byte[] bytes) {
    return Cell.of(ByteBuffer.wrap(bytes));
  }

  @Test
  void read_ofWhatWasWritten_isTheSame() {
    Cell cell = Cell.lasting(MINUTE, "value".getBytes(UTF_8));

    Cell read = read(cell.bytes());

    assertThat(read.until()).isEqualTo(cell.until());
    assertThat(read.value()).isEqualTo(cell.value());
    assertThat(cell.bytes()).hasSize(Cell.lengthWith(cell.value()));
  }

  @Test
  void read_ofABeginningOfWhichAnyBitIsChanged_isOver() {
    byte[] value = "value".getBytes(UTF_8);
    byte[] written = Cell.lasting(MINUTE, value).bytes();

    for (int bit = 0; bit < (written.length - value.length) * Byte.SIZE; bit++) {
      byte[] changed = written.clone();
      changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      assertThat(read(changed).isOver()).as("bit %s", bit).isTrue();
    }
  }

  @Test
  void read_ofTooFewBytes_isOver() {
    byte[] written = Cell.lasting(MINUTE, new byte[0]).bytes();

    for (int length = 0; length < written.length; length++) {
      assertThat(read(Arrays.copyOf(written, length)).isOver()).as("%s bytes", length).isTrue();
    }
  }
}
