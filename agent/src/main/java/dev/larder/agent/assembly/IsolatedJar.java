/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent.assembly;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The jar of what is isolated, and its index: for each file 16 bytes, ordered by the first four as
 * a signed number, which are the {@link String#hashCode} of its name; then where its header is in
 * the jar, and its size, compressed and not. {@code dev.larder.boot.Archive} reads them.
 */
final class IsolatedJar {

  /** Of each file, so that the jar is the same whenever it is built. */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  private final Map<String, byte[]> files = new TreeMap<>();

  private record Place(int hash, int offset, int compressed, int size) {}

  /** Adds a file; where there is one of this name, which are lists of services, after its lines. */
  void add(String name, byte[] content) {
    files.merge(
        name,
        content,
        (first, next) ->
            ByteBuffer.allocate(first.length + next.length).put(first).put(next).array());
  }

  void write(Path jar, Path index) throws IOException {
    List<Place> places = new ArrayList<>();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        ZipEntry entry = new ZipEntry(file.getKey());
        entry.setTimeLocal(TIME);
        int offset = bytes.size();
        zip.putNextEntry(entry);
        zip.write(file.getValue());
        zip.closeEntry();
        places.add(
            new Place(
                file.getKey().hashCode(),
                offset,
                Math.toIntExact(entry.getCompressedSize()),
                file.getValue().length));
      }
    }
    places.sort(Comparator.comparingInt(Place::hash));
    ByteBuffer records = ByteBuffer.allocate(places.size() * 16);
    for (Place place : places) {
      records.putInt(place.hash).putInt(place.offset).putInt(place.compressed).putInt(place.size);
    }
    Files.createDirectories(jar.getParent());
    Files.write(jar, bytes.toByteArray());
    Files.write(index, records.array());
  }
}
