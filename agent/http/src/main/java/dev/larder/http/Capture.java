/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The body of an answer, held back until it is whole or known to be a stream.
 *
 * <p>Everything the application writes comes here, and goes on to the container by {@link Out}.
 * While {@code HOLDING}, bytes (or characters, where the application took the writer) are kept.
 * They are let through, and nothing is held any more, when the application writes on after a flush,
 * when nothing followed a flush for 100 ms, when they are more than the rule allows, or when the
 * header fields say that this is a stream. What is whole when the exchange ends is given to {@link
 * Out#whole}, which decides on header fields and status. So is, before that, a body of the length
 * that was said before: as it is flushed or, uncopied, as it comes in one piece, if the container
 * would commit it at once.
 *
 * <p>One thread at a time uses it, and no lock is taken, until a flush or {@code startAsync} brings
 * in a second one: the timer's, or the application's own.
 */
public final class Capture {

  /** Where the body goes. */
  public interface Out {
    void bytes(byte[] bytes, int offset, int length) throws IOException;

    void chars(char[] chars, int offset, int length) throws IOException;

    void flush() throws IOException;

    /** Whether the header fields, as they are now, say that nothing must be held back. */
    boolean isStream();

    /** The last moment to set header fields of a body that is let through. Whether to drop it. */
    boolean letThrough() throws IOException;

    /** Whether nobody needs the body later: one that is complete may then go out as whole. */
    boolean mayEndEarly();

    /** The same of a body that the container would commit as soon as it had so many bytes. */
    boolean endsAt(int length);

    /** The whole body; sets header fields. Whether to drop it, because the status says it all. */
    boolean whole(byte[] body, int length) throws IOException;

    /** The characters as the container would encode them; null if that cannot be known. */
    byte[] encode(char[] chars, int length);
  }

  private enum Mode {
    /** Nobody has asked for anything yet: all goes through, but holding may still begin. */
    LAZY,
    HOLDING,
    PASSING,
    DROPPING,
    DONE
  }

  private final Out out;
  private final Flusher flusher;
  private final long limit;

  private byte[] shared;
  private long declared = Long.MAX_VALUE;
  private Mode mode;
  private ReentrantLock lock;
  private Flusher.Noted timer;
  private boolean flushed;
  private boolean untouched = true;
  private boolean async;
  private boolean trailed;
  private final HeldBody body = new HeldBody();

  /**
   * A body about to be written.
   *
   * @param holding whether to hold it from the start
   * @param limit how many bytes are held at most
   */
  public Capture(Out out, Flusher flusher, long limit, boolean holding) {
    this.out = out;
    this.flusher = flusher;
    this.limit = limit;
    mode = holding ? Mode.HOLDING : Mode.LAZY;
  }

  /** Begins to hold, if nothing has gone through yet; whether it now holds. */
  public boolean hold() {
    return locked(
        () -> {
          if (mode == Mode.LAZY && untouched) {
            mode = Mode.HOLDING;
          }
          return mode == Mode.HOLDING;
        });
  }

  public boolean isHolding() {
    return mode == Mode.HOLDING;
  }

  /** Says that the container forgets what has gone through, so that holding may begin yet. */
  public void forgotten() {
    locked(
        () -> {
          untouched = true;
          return true;
        });
  }

  /** Says that nobody will write to these bytes: if they come whole, they are held uncopied. */
  public void share(byte[] body) {
    shared = body;
  }

  /** Says how long the body will be: what goes beyond that is for the container to judge. */
  public void expect(long length) {
    declared = length < 0 ? Long.MAX_VALUE : length;
  }

  /** Whether what is written goes through as it comes. */
  public boolean isPassing() {
    return mode == Mode.PASSING;
  }

  /** Whether the application has flushed what is held, and so takes it for committed. */
  public boolean isFlushed() {
    return flushed;
  }

  /** Whether nothing goes through any more, because the status says it all. */
  public boolean isDropping() {
    return mode == Mode.DROPPING;
  }

  /**
   * Says that fields follow the body, which then has no length said and never goes out as whole.
   */
  public void trailed() {
    trailed = true;
  }

  /** From now on a second thread may write, and what is flushed goes out at once. */
  public void startAsync() {
    async = true;
    if (lock == null) {
      lock = new ReentrantLock();
    }
  }

  /** What was begun asynchronously goes on in a call of the container's, like any other. */
  public void dispatched() {
    async = false;
  }

  public void write(byte[] from, int offset, int length) throws IOException {
    run(
        () -> {
          if (!takes(length)) {
            if (mode != Mode.DROPPING) {
              out.bytes(from, offset, length);
            }
          } else if (from == shared && body.size() == 0 && length == from.length) {
            body.share(from);
          } else if (isAll(offset, length) && out.endsAt(length)) {
            mode = Mode.DONE;
            if (out.whole(from, length)) {
              mode = Mode.DROPPING;
            } else {
              out.bytes(from, offset, length);
            }
          } else {
            body.add(from, offset, length, declared <= limit ? declared : Long.MAX_VALUE);
          }
        });
  }

  private boolean isAll(int offset, int length) {
    return length == declared && offset == 0 && body.size() == 0 && !async && !trailed;
  }

  public void write(char[] from, int offset, int length) throws IOException {
    run(
        () -> {
          if (takes(length)) {
            body.add(from, offset, length);
          } else if (mode != Mode.DROPPING) {
            out.chars(from, offset, length);
          }
        });
  }

  public void write(String from, int offset, int length) throws IOException {
    run(
        () -> {
          if (takes(length)) {
            body.add(from, offset, length);
          } else if (mode != Mode.DROPPING) {
            out.chars(from.substring(offset, offset + length).toCharArray(), 0, length);
          }
        });
  }

  /** Whether the next write is to be held. */
  private boolean takes(int length) throws IOException {
    if (length > 0) {
      untouched = false;
    }
    if (mode != Mode.HOLDING) {
      return false;
    }
    long most = Math.min(limit, declared);
    if (flushed || body.size() + (long) length > most || (body.size() == 0 && out.isStream())) {
      release();
      return false;
    }
    return true;
  }

  /** How much is held: bytes or, where the application took the writer, characters. */
  public int held() {
    return locked(() -> mode == Mode.HOLDING ? body.size() : 0);
  }

  /** How often a body has been forgotten here and another one begun. */
  public int beginning() {
    return locked(body::beginning);
  }

  /** Whether just these bytes are what is held from some place on. */
  public boolean endsWith(int from, byte[] expected, int offset, int length) {
    return locked(() -> mode == Mode.HOLDING && body.endsWith(from, expected, offset, length));
  }

  /** Whether just these characters are what is held from some place on. */
  public boolean endsWith(int from, char[] expected, int offset, int length) {
    return locked(() -> mode == Mode.HOLDING && body.endsWith(from, expected, offset, length));
  }

  /** Whether just these characters are what is held from some place on. */
  public boolean endsWith(int from, String expected, int offset, int length) {
    return locked(() -> mode == Mode.HOLDING && body.endsWith(from, expected, offset, length));
  }

  /**
   * The first of what is held, as bytes: the very array that goes out, where it is all of that.
   *
   * @param count bytes, or characters where those are held
   * @return null if it is not held any more, or only the container knows how it is encoded
   */
  public byte[] first(int count) {
    return locked(() -> body.first(count, out::encode));
  }

  /** The first of what is held, as characters; null if it is not held any more, or is bytes. */
  public char[] firstChars(int count) {
    return locked(() -> body.firstChars(count));
  }

  public void flush() throws IOException {
    flush(out::flush);
  }

  /**
   * Flushes.
   *
   * @param direct how, if all has gone through: as the application asked for it, since a container
   *     may refuse the one way what it allows the other
   */
  public void flush(Flusher.Flush direct) throws IOException {
    run(
        () -> {
          untouched = false;
          if (mode == Mode.HOLDING && !async && !out.isStream()) {
            if (body.size() == declared && !trailed && out.mayEndEarly()) {
              end();
              if (mode != Mode.DROPPING) {
                out.flush();
              }
            } else if (!flushed) {
              flushed = true;
              lock = lock == null ? new ReentrantLock() : lock;
              timer = flusher.later(this::onTimer);
            }
          } else if (mode == Mode.HOLDING) {
            flushed = true;
            release();
          } else if (mode != Mode.DROPPING) {
            direct.run();
          }
        });
  }

  private void onTimer() throws IOException {
    run(
        () -> {
          if (mode == Mode.HOLDING && flushed) {
            release();
          }
        });
  }

  /** Forgets what is held; whether that was possible. */
  public boolean clear() {
    return locked(
        () -> {
          if (flushed) {
            return false;
          }
          body.forget();
          return true;
        });
  }

  /** Begins anew, flushed or not, if all that was written is still held; whether that was so. */
  public boolean restart() {
    return locked(
        () -> {
          if (mode != Mode.HOLDING) {
            return false;
          }
          cancelTimer();
          flushed = false;
          body.forget();
          return true;
        });
  }

  /** Lets through what is held and all that follows. */
  public void pass() throws IOException {
    run(
        () -> {
          untouched = false;
          if (mode == Mode.HOLDING) {
            release();
          } else if (mode == Mode.LAZY) {
            mode = Mode.PASSING;
          }
        });
  }

  /** Holds nothing any more and forgets what was held: another answer takes its place. */
  public void abandon() {
    locked(
        () -> {
          cancelTimer();
          body.forget();
          mode = mode == Mode.DROPPING ? mode : Mode.PASSING;
          return true;
        });
  }

  /** Ends the body: nothing of it is held any more. */
  public void finish() throws IOException {
    run(
        () -> {
          if (mode == Mode.HOLDING) {
            end();
          } else if (mode != Mode.DROPPING) {
            mode = Mode.DONE;
          }
        });
  }

  /** Gives what is held on as the whole body. */
  private void end() throws IOException {
    cancelTimer();
    byte[] whole = trailed ? null : body.whole(out::encode);
    if (whole == null || isCutShort()) {
      release();
      mode = mode == Mode.DROPPING ? mode : Mode.DONE;
      return;
    }
    mode = Mode.DONE;
    if (out.whole(whole, body.length())) {
      mode = Mode.DROPPING;
    } else {
      body.emit(out);
    }
    body.drop();
  }

  /** Whether it was flushed with more to come, which did not: it counts as committed. */
  private boolean isCutShort() {
    return flushed && declared != Long.MAX_VALUE && body.length() < declared;
  }

  /**
   * Ends what is held, if there is any, before the container gives the answer up: what becomes of
   * the bytes depends on whether the container has some.
   */
  public void giveUp() throws IOException {
    if (held() > 0) {
      abort();
    }
  }

  /**
   * Ends a body that failed: what is held goes to the container as it is, with nothing added, and
   * the container does with it what it would have done without us.
   */
  public void abort() throws IOException {
    run(
        () -> {
          if (mode == Mode.HOLDING) {
            cancelTimer();
            mode = Mode.DONE;
            body.emit(out);
            if (flushed) {
              out.flush();
            }
          }
          body.drop();
        });
  }

  private void release() throws IOException {
    cancelTimer();
    mode = out.letThrough() ? Mode.DROPPING : Mode.PASSING;
    if (mode == Mode.PASSING) {
      body.emit(out);
      if (flushed) {
        out.flush();
      }
    }
    body.drop();
  }

  private void cancelTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  private void run(Step step) throws IOException {
    ReentrantLock held = lock;
    if (held == null) {
      step.run();
      return;
    }
    held.lock();
    try {
      step.run();
    } finally {
      held.unlock();
    }
  }

  private <T> T locked(Supplier<T> step) {
    ReentrantLock held = lock;
    if (held == null) {
      return step.get();
    }
    held.lock();
    try {
      return step.get();
    } finally {
      held.unlock();
    }
  }
}
