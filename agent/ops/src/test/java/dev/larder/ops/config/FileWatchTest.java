/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.ops.config;

import static dev.larder.ops.config.FileWatch.SETTLED;
import static dev.larder.ops.config.FileWatch.SETTLED_WITHOUT_END;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.ops.config.FileWatch.Seen;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWatchTest {

  private static final long START = Long.MAX_VALUE - SETTLED / 2; // nanoTime may overflow

  @TempDir private Path folder;
  private Path path;
  private FileWatch watch;

  @BeforeEach
  void writeFile() throws IOException {
    path = Files.writeString(folder.resolve("larder.properties"), "ttl = 5m\n");
    File file = path.toFile();
    watch = new FileWatch(file, ConfigurationLoader.attributes(file));
  }

  @Test
  void file_asItWas_isTheSame() {
    assertThat(watch.look(START)).isEqualTo(Seen.SAME);
    assertThat(watch.look(START + 10 * SETTLED)).isEqualTo(Seen.SAME);
  }

  @Test
  void change_thatStands_isSeenOnceAfterAWhile() throws IOException {
    Files.writeString(path, "ttl = 10m\n");

    assertThat(watch.look(START)).isEqualTo(Seen.SAME);
    assertThat(watch.look(START + SETTLED - 1)).isEqualTo(Seen.SAME);
    assertThat(watch.look(START + SETTLED)).isEqualTo(Seen.CHANGED);
    assertThat(watch.isAsSeen()).isTrue();
    assertThat(watch.look(START + 3 * SETTLED)).isEqualTo(Seen.SAME);
  }

  @Test
  void file_stillGrowing_isNotTaken() throws IOException {
    Files.writeString(path, "ttl = 10m\n");
    watch.look(START);
    Files.writeString(path, "ttl = 10m\njitter = 5%\n");

    assertThat(watch.look(START + SETTLED)).isEqualTo(Seen.SAME);
    assertThat(watch.look(START + 2 * SETTLED)).isEqualTo(Seen.CHANGED);
  }

  @Test
  void lastLine_withoutAnEnd_isGivenMoreTime() throws IOException {
    Files.writeString(path, "ttl = 1"); // of 1h, for all that can be known
    watch.look(START);

    assertThat(watch.look(START + SETTLED_WITHOUT_END - 1)).isEqualTo(Seen.SAME);
    assertThat(watch.look(START + SETTLED_WITHOUT_END)).isEqualTo(Seen.CHANGED);
  }

  @Test
  void emptyFile_asBetweenOpeningAndWriting_isGivenMoreTime() throws IOException {
    Files.writeString(path, "");
    watch.look(START);

    assertThat(watch.look(START + SETTLED)).isEqualTo(Seen.SAME);
  }

  @Test
  void file_putBackAsItWas_isTheSame() throws IOException {
    long modified = path.toFile().lastModified();
    Files.writeString(path, "ttl = 9m\n");
    assertThat(path.toFile().setLastModified(modified + 5_000)).isTrue();
    watch.look(START);
    Files.writeString(path, "ttl = 5m\n");
    assertThat(path.toFile().setLastModified(modified)).isTrue();

    assertThat(watch.look(START + SETTLED)).isEqualTo(Seen.SAME);
  }

  @Test
  void file_ofTheSameSizeAndAnOlderTime_isAnotherFile() throws IOException {
    Files.writeString(path, "ttl = 9m\n");
    assertThat(path.toFile().setLastModified(1_000_000)).isTrue();
    watch.look(START);

    assertThat(watch.look(START + SETTLED)).isEqualTo(Seen.CHANGED);
  }

  /** As a tool leaves it that gives all files one time; a link to another folder is such a one. */
  @Test
  void file_ofTheSameSizeAndTime_putInItsPlace_isAnotherFile() throws IOException {
    Path other = Files.writeString(folder.resolve("other"), "ttl = 9m\n");
    assertThat(other.toFile().setLastModified(path.toFile().lastModified())).isTrue();
    Files.move(other, path, StandardCopyOption.REPLACE_EXISTING);
    watch.look(START);

    assertThat(watch.look(START + SETTLED)).isEqualTo(Seen.CHANGED);
  }

  @Test
  void file_thatGoes_isGoneOnceAndChangedWhenItIsBack() throws IOException {
    Files.delete(path);
    watch.look(START);

    assertThat(watch.look(START + SETTLED_WITHOUT_END)).isEqualTo(Seen.GONE);
    assertThat(watch.look(START + 9 * SETTLED)).isEqualTo(Seen.SAME);
    Files.writeString(path, "ttl = 5m\n");
    watch.look(START + 10 * SETTLED);
    assertThat(watch.look(START + 11 * SETTLED)).isEqualTo(Seen.CHANGED);
  }

  @Test
  void file_writtenAfterTheLook_isNotAsSeen() throws IOException {
    Files.writeString(path, "ttl = 10m\n");
    watch.look(START);
    watch.look(START + SETTLED);
    Files.writeString(path, "ttl = 10m\nidle = 1m\n");

    assertThat(watch.isAsSeen()).isFalse();
    assertThat(watch.look(START + SETTLED)).isEqualTo(Seen.SAME);
    assertThat(watch.look(START + 2 * SETTLED)).isEqualTo(Seen.CHANGED);
  }
}
