/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.skin;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/**
 * The body of a request that does not say whether it has one, as it is over HTTP/2: its first byte
 * has been read ahead, since no container tells it otherwise.
 */
final class PeekedStream extends ServletInputStream {

  private static final int NONE = -1;

  private final ServletInputStream raw;
  private final boolean any;
  private int first;

  private PeekedStream(ServletInputStream raw, int first) {
    this.raw = raw;
    this.first = first;
    any = first != NONE;
  }

  static PeekedStream of(HttpServletRequest request) throws IOException {
    ServletInputStream raw = request.getInputStream();
    return new PeekedStream(raw, raw.isFinished() ? NONE : raw.read());
  }

  /** Whether there is, or was, a byte of it. */
  boolean isAny() {
    return any;
  }

  private int first() {
    int read = first;
    first = NONE;
    return read;
  }

  @Override
  public int read() throws IOException {
    return first == NONE ? raw.read() : first();
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (first == NONE || length == 0) {
      return raw.read(into, offset, length);
    }
    into[offset] = (byte) first();
    return 1;
  }

  @Override
  public int available() throws IOException {
    return raw.available() + (first == NONE ? 0 : 1);
  }

  @Override
  public boolean isFinished() {
    return first == NONE && raw.isFinished();
  }

  @Override
  public boolean isReady() {
    return first != NONE || raw.isReady();
  }

  @Override
  public void setReadListener(ReadListener listener) {
    raw.setReadListener(first == NONE ? listener : new ToldOfTheFirst(listener));
  }

  @Override
  public void close() throws IOException {
    first = NONE;
    raw.close();
  }

  /** A listener that is told of the byte that was read ahead where no other follows. */
  private final class ToldOfTheFirst implements ReadListener {
    private final ReadListener listener;

    ToldOfTheFirst(ReadListener listener) {
      this.listener = listener;
    }

    @Override
    public void onDataAvailable() throws IOException {
      listener.onDataAvailable();
    }

    @Override
    public void onAllDataRead() throws IOException {
      if (first != NONE) {
        listener.onDataAvailable();
      }
      listener.onAllDataRead();
    }

    @Override
    public void onError(Throwable failure) {
      listener.onError(failure);
    }
  }
}
