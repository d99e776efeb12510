/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.ops.config;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Looks at a file now and then, and says when it has become another one.
 *
 * <p>It asks for the file's size and time, and which file it is, which costs no thread and no
 * handle: where files are put in place of others, as behind a link, their sizes and times may be
 * equal. A file that is still being written must not be read: a change counts once the file has
 * stayed as it is for a while, and for a longer one where its last line has no end.
 */
public final class FileWatch {

  /** How long a change must stand. */
  static final long SETTLED = TimeUnit.SECONDS.toNanos(1);

  /** How long it must stand where the last line has no end. */
  static final long SETTLED_WITHOUT_END = TimeUnit.MILLISECONDS.toNanos(2_500);

  /** What a look came to. */
  public enum Seen {
    /** There is nothing new, or nothing that has settled. */
    SAME,
    /** It is another file than before, or is there now. */
    CHANGED,
    /** It is not there any more. */
    GONE
  }

  /** Takes null for the key where the system has none. */
  private record Stamp(long modified, long length, Object key) {

    static Stamp of(BasicFileAttributes file) {
      return file == null
          ? NONE
          : new Stamp(file.lastModifiedTime().toMillis(), file.size(), file.fileKey());
    }

    /** As {@code equals}, for which the JVM would make code at run time. */
    boolean is(Stamp other) {
      return other != null
          && modified == other.modified
          && length == other.length
          && Objects.equals(key, other.key);
    }
  }

  private static final Stamp NONE = new Stamp(0, 0, null);

  private final File file;
  private Stamp known;
  private Stamp next;
  private long since;

  /**
   * A watch over a file as it was known.
   *
   * @param known its attributes; null where it was not there
   */
  public FileWatch(File file, BasicFileAttributes known) {
    this.file = file;
    this.known = Stamp.of(known);
  }

  /**
   * Looks once.
   *
   * @param nanos the time of {@link System#nanoTime}
   */
  public Seen look(long nanos) {
    Stamp now = now();
    if (now.is(known)) {
      next = null;
      return Seen.SAME;
    }
    if (!now.is(next)) {
      next = now;
      since = nanos;
      return Seen.SAME;
    }
    if (nanos - since < (hasEnd() ? SETTLED : SETTLED_WITHOUT_END)) {
      return Seen.SAME;
    }
    known = now;
    return now.is(NONE) ? Seen.GONE : Seen.CHANGED;
  }

  /**
   * Whether the file still is what the last look saw: else whoever read it may have read a part.
   */
  public boolean isAsSeen() {
    return now().is(known);
  }

  private Stamp now() {
    return Stamp.of(ConfigurationLoader.attributes(file));
  }

  private boolean hasEnd() {
    try (RandomAccessFile in = new RandomAccessFile(file, "r")) {
      in.seek(in.length() - 1);
      return in.read() == '\n';
    } catch (IOException emptyOrGone) {
      return false;
    }
  }
}
