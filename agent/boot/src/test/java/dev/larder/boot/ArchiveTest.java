/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {

  /** Two names of one hash, as all are that differ in these two letters alone. */
  private static final String AA = "dev/Aa.txt";

  private static final String BB = "dev/BB.txt";

  @TempDir Path folder;
  private Archive archive;

  private record Place(int hash, int offset, int compressed, int size) {}

  @BeforeEach
  void pack() throws IOException {
    List<Place> places = new ArrayList<>();
    ByteArrayOutputStream inner = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(inner)) {
      for (String name : List.of(AA, BB, "empty", "services/of", "Grüße", "x/Some.class")) {
        byte[] content = content(name);
        int offset = inner.size();
        ZipEntry entry = new ZipEntry(name);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
        places.add(
            new Place(name.hashCode(), offset, (int) entry.getCompressedSize(), content.length));
      }
    }
    places.sort(Comparator.comparingInt(Place::hash));
    ByteBuffer index = ByteBuffer.allocate(16 * places.size());
    places.forEach(
        place ->
            index
                .putInt(place.hash)
                .putInt(place.offset)
                .putInt(place.compressed)
                .putInt(place.size));
    Path jar = folder.resolve("agent.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      store(zip, "dev/larder/isolated.jar", inner.toByteArray());
      store(zip, "dev/larder/isolated.index", index.array());
    }
    archive = new Archive(jar.toFile());
  }

  private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  private static byte[] content(String name) {
    return name.equals("empty")
        ? new byte[0]
        : ("the content of " + name + ", ").repeat(500).getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void read_file_isItsContent() throws IOException {
    for (String name : List.of("empty", "services/of", "Grüße", "x/Some.class")) {
      assertThat(archive.read(name)).as(name).isEqualTo(content(name));
      assertThat(archive.has(name)).as(name).isTrue();
    }
  }

  @Test
  void read_namesOfOneHash_areEachTheirOwn() throws IOException {
    assertThat(AA.hashCode()).isEqualTo(BB.hashCode());
    assertThat(archive.read(AA)).isEqualTo(content(AA));
    assertThat(archive.read(BB)).isEqualTo(content(BB));
  }

  @Test
  void read_nameThatIsNotThere_isNull() throws IOException {
    assertThat(archive.read("x/Other.class")).isNull();
    assertThat(archive.has("x/Other.class")).isFalse();
    assertThat(archive.read("")).isNull();
  }

  @Test
  void archive_outOfAJarWithoutIt_namesWhatIsMissing() throws IOException {
    Path jar = folder.resolve("other.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      zip.putNextEntry(new ZipEntry("dev/larder/isolated.jar"));
      zip.closeEntry();
    }

    assertThatIOException()
        .isThrownBy(() -> new Archive(jar.toFile()))
        .withMessageContaining("dev/larder/isolated.index")
        .withMessageContaining("other.jar");
  }

  @Test
  void loader_resources_areFoundByAddressToo() throws IOException {
    AgentClassLoader loader = new AgentClassLoader(archive);

    assertThat(loader.getResourceAsStream("services/of")).hasBinaryContent(content("services/of"));
    assertThat(loader.getResource("services/of").openStream())
        .hasBinaryContent(content("services/of"));
    Enumeration<URL> all = loader.findResources("services/of");
    assertThat(all.nextElement().openConnection().getInputStream())
        .hasBinaryContent(content("services/of"));
    assertThat(all.hasMoreElements()).isFalse();
    assertThat(loader.getResource("services/others")).isNull();
  }
}
