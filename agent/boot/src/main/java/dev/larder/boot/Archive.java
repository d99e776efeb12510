/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.boot;

import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The jar within the agent's jar that holds everything but the boot classes.
 *
 * <p>The JVM reads the directory of each jar of the class path, of which the agent's becomes one:
 * of 13,000 entries, in a JVM that has compiled nothing yet, that took 20 ms of every start on 17
 * and 30 on 25. It now finds a few entries there, and one of them is a jar that is not compressed
 * as a whole, so that this class can go to any place in it. An index that the build made beside it
 * spares reading its directory: for each file 16 bytes, ordered by the hash of its name.
 */
final class Archive {

  private static final String JAR = "dev/larder/isolated.jar";
  private static final String INDEX = "dev/larder/isolated.index";

  /**
   * Of a record: the name's hash, where the file's header is, its size compressed, and its size.
   */
  private static final int RECORD = 16;

  /** What stands before a file's name in a jar. */
  private static final int HEADER = 30;

  private final ZipFile file;
  private final ZipEntry jar;
  private final byte[] index;

  Archive(File agent) throws IOException {
    // Opened as a zip: a jar's manifest and signatures are nothing to us, and cost time.
    this.file = new ZipFile(agent);
    this.jar = entry(JAR);
    ZipEntry found = entry(INDEX);
    this.index = read(found, 0, (int) found.getSize());
  }

  private ZipEntry entry(String name) throws IOException {
    ZipEntry entry = file.getEntry(name);
    if (entry == null) {
      throw new IOException(name + " is missing in " + file.getName() + "; take a fresh one");
    }
    return entry;
  }

  /** Whether there is a file of this name. */
  boolean has(String name) throws IOException {
    return find(name, false) != null;
  }

  /** The content of the file of this name; null where there is none. */
  byte[] read(String name) throws IOException {
    return find(name, true);
  }

  /** The content, or nothing but that it is there; null where it is not. */
  private byte[] find(String name, boolean whole) throws IOException {
    int hash = name.hashCode();
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    for (int at = first(hash); at < index.length && u4(index, at) == hash; at += RECORD) {
      int begin = HEADER + utf8.length;
      int compressed = whole ? u4(index, at + 8) : 0;
      byte[] found = read(jar, u4(index, at + 4), begin + compressed);
      if (isOf(found, utf8)) {
        return whole ? inflate(found, begin, compressed, u4(index, at + 12)) : found;
      }
    }
    return null;
  }

  /** Where the first record of this hash is, or would be. */
  private int first(int hash) {
    int low = 0;
    int high = index.length / RECORD;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (u4(index, middle * RECORD) < hash) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low * RECORD;
  }

  /** Whether a file's header, with at least what would be its name, is that of a name. */
  private static boolean isOf(byte[] header, byte[] name) {
    if (((header[26] & 0xFF) | (header[27] & 0xFF) << 8) != name.length) {
      return false;
    }
    for (int i = 0; i < name.length; i++) {
      if (header[HEADER + i] != name[i]) {
        return false;
      }
    }
    return true;
  }

  private static byte[] inflate(byte[] from, int begin, int length, int size) throws IOException {
    byte[] content = new byte[size];
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(from, begin, length);
      for (int done = 0; done < size; ) {
        int more = inflater.inflate(content, done, size - done);
        if (more == 0) {
          throw new EOFException("a file in " + JAR + " ends early; take a fresh agent's jar");
        }
        done += more;
      }
      return content;
    } catch (DataFormatException damaged) {
      throw new IOException(JAR + " is damaged; take a fresh agent's jar", damaged);
    } finally {
      inflater.end();
    }
  }

  /** Some bytes out of an entry; the stream of one that is not compressed skips by counting. */
  private byte[] read(ZipEntry entry, long from, int length) throws IOException {
    byte[] bytes = new byte[length];
    InputStream in = file.getInputStream(entry);
    try {
      for (long left = from; left > 0; ) {
        long skipped = in.skip(left);
        if (skipped <= 0) {
          throw new EOFException(entry.getName() + " ends early; take a fresh agent's jar");
        }
        left -= skipped;
      }
      for (int done = 0; done < length; ) {
        int more = in.read(bytes, done, length - done);
        if (more < 0) {
          throw new EOFException(entry.getName() + " ends early; take a fresh agent's jar");
        }
        done += more;
      }
      return bytes;
    } finally {
      in.close();
    }
  }

  private static int u4(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) << 24
        | (bytes[at + 1] & 0xFF) << 16
        | (bytes[at + 2] & 0xFF) << 8
        | (bytes[at + 3] & 0xFF);
  }
}
