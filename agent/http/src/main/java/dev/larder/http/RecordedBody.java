/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import java.io.ByteArrayOutputStream;
import java.io.CharArrayWriter;
import java.nio.charset.Charset;
import java.util.function.Supplier;

/**
 * The body that a servlet gives, noted for the store behind the filters that it goes through.
 *
 * <p>As long as all of it reaches the {@link Capture} as it was written, nothing is copied: it is
 * the beginning of what is held there, which is looked at after each write. Where a filter keeps,
 * changes or adds something, there is a copy from then on.
 */
public final class RecordedBody {

  private static final int FIRST_BYTES = 4096;

  private final Capture capture;
  private final long limit;

  private boolean whole = true;

  /** How much of what the capture holds is the servlet's, in bytes or characters. */
  private int shared;

  /** The capture's body that it is the beginning of. */
  private int beginning;

  /** What the servlet gave, where that is not what the capture holds; null where it is. */
  private ByteArrayOutputStream bytes;

  private CharArrayWriter chars;
  private byte[] made;

  /**
   * Nothing yet.
   *
   * @param limit more than so many bytes or characters are not noted
   */
  public RecordedBody(Capture capture, long limit) {
    this.capture = capture;
    this.limit = limit;
    forget();
  }

  /** Says that the record is not the body. */
  public void spoil() {
    whole = false;
    forget();
  }

  public boolean isWhole() {
    return whole;
  }

  /** Forgets what was noted, since the servlet takes it back. */
  public void forget() {
    shared = 0;
    beginning = capture.beginning();
    bytes = null;
    chars = null;
    made = null;
  }

  /** Notes bytes that have just been written on. */
  public void wrote(byte[] from, int offset, int length) {
    if (!takes(length)) {
      return;
    }
    if (isShared() && capture.endsWith(shared, from, offset, length)) {
      shared += length;
    } else if (copies()) {
      bytes.write(from, offset, length);
    }
  }

  /** Notes characters that have just been written on. */
  public void wrote(char[] from, int offset, int length) {
    if (!takes(length)) {
      return;
    }
    if (isShared() && capture.endsWith(shared, from, offset, length)) {
      shared += length;
    } else if (copiesChars()) {
      chars.write(from, offset, length);
    }
  }

  /** Notes characters that have just been written on. */
  public void wrote(String from, int offset, int length) {
    if (!takes(length)) {
      return;
    }
    if (isShared() && capture.endsWith(shared, from, offset, length)) {
      shared += length;
    } else if (copiesChars()) {
      chars.write(from, offset, length);
    }
  }

  private boolean takes(int more) {
    long now =
        (long) shared + (bytes == null ? 0 : bytes.size()) + (chars == null ? 0 : chars.size());
    if (whole && now + more > limit) {
      spoil();
    }
    return whole && more > 0;
  }

  private boolean isShared() {
    if (shared == 0) {
      beginning = capture.beginning();
    }
    return bytes == null && chars == null && beginning == capture.beginning();
  }

  private boolean copies() {
    if (bytes == null) {
      byte[] before = isShared() ? capture.first(shared) : null;
      if (before == null) {
        spoil(); // a filter has taken it back meanwhile
        return false;
      }
      bytes = new ByteArrayOutputStream(Math.max(FIRST_BYTES, before.length));
      bytes.writeBytes(before);
      shared = 0;
    }
    return true;
  }

  private boolean copiesChars() {
    if (chars == null) {
      char[] before = isShared() ? capture.firstChars(shared) : null;
      if (before == null) {
        spoil();
        return false;
      }
      chars = new CharArrayWriter(Math.max(FIRST_BYTES, before.length));
      chars.write(before, 0, before.length);
      shared = 0;
    }
    return true;
  }

  /**
   * What the servlet gave, in bytes; never changed, and perhaps what goes out. To be asked for as
   * long as the capture holds its body.
   *
   * @param encoding of characters that did not reach the capture as they were
   * @return null if it is not known any more
   */
  public byte[] made(Supplier<Charset> encoding) {
    if (made == null && whole) {
      if (bytes != null) {
        made = bytes.toByteArray();
      } else if (chars != null) {
        made = chars.toString().getBytes(encoding.get());
      } else {
        made = isShared() ? capture.first(shared) : null;
      }
    }
    return made;
  }
}
