/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.backend.memcached;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.spy.memcached.CachedData;
import org.junit.jupiter.api.Test;

final class CellTest {

  private static final long MINUTE = 60_000;

  private static Cell read(byte[] bytes) {
    return Cell.TRANSCODER.decode(new CachedData(0, bytes, Integer.MAX_VALUE));
  }

  @Test
  void read_ofWhatWasWritten_isTheSame() {
    Cell cell = Cell.lasting(MINUTE, "value".getBytes(UTF_8));

    Cell read = read(Cell.TRANSCODER.encode(cell).getData());

    assertThat(read.until()).isEqualTo(cell.until());
    assertThat(read.value()).isEqualTo(cell.value());
    assertThat(Cell.TRANSCODER.encode(cell).getData()).hasSize(Cell.lengthWith(cell.value()));
  }

  @Test
  void read_ofABeginningOfWhichAnyBitIsChanged_isOver() {
    byte[] value = "value".getBytes(UTF_8);
    byte[] written = Cell.TRANSCODER.encode(Cell.lasting(MINUTE, value)).getData();

    for (int bit = 0; bit < (written.length - value.length) * Byte.SIZE; bit++) {
      byte[] changed = written.clone();
      changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      assertThat(read(changed).isOver()).as("bit %s", bit).isTrue();
    }
  }

  @Test
  void read_ofTooFewBytes_isOver() {
    byte[] written = Cell.TRANSCODER.encode(Cell.lasting(MINUTE, new byte[0])).getData();

    for (int length = 0; length < written.length; length++) {
      assertThat(read(Arrays.copyOf(written, length)).isOver()).as("%s bytes", length).isTrue();
    }
  }
}
