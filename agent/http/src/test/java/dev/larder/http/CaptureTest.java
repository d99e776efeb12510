/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** When a body is held and when it goes through. */
final class CaptureTest {

  private static final Flusher flusher = new Flusher();

  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
  private boolean stream;
  private boolean drop;
  private boolean early;
  private int ends;
  private boolean encodable = true;

  private final Capture.Out out =
      new Capture.Out() {
        @Override
        public void bytes(byte[] bytes, int offset, int length) {
          seen.add(new String(bytes, offset, length, StandardCharsets.UTF_8));
        }

        @Override
        public void chars(char[] chars, int offset, int length) {
          seen.add(new String(chars, offset, length));
        }

        @Override
        public void flush() {
          seen.add("FLUSH");
        }

        @Override
        public boolean isStream() {
          return stream;
        }

        @Override
        public boolean letThrough() {
          seen.add("THROUGH");
          return drop;
        }

        @Override
        public boolean whole(byte[] body, int length) {
          seen.add("WHOLE " + length);
          return drop;
        }

        @Override
        public boolean mayEndEarly() {
          return early;
        }

        @Override
        public boolean endsAt(int length) {
          return length == ends;
        }

        @Override
        public byte[] encode(char[] chars, int length) {
          return encodable ? new String(chars, 0, length).getBytes(StandardCharsets.UTF_8) : null;
        }
      };

  private final Capture capture = new Capture(out, flusher, 10, true);

  @AfterAll
  static void close() {
    flusher.close();
  }

  private void write(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    capture.write(bytes, 0, bytes.length);
  }

  @Test
  void body_thatEnds_isWhole() throws IOException {
    write("ab");
    write("cd");
    assertThat(seen).isEmpty();
    capture.finish();
    capture.finish();
    assertThat(seen).containsExactly("WHOLE 4", "abcd");
  }

  @Test
  void bodyWithATrailer_isHeldToItsEnd_andNotWholeThen() throws IOException {
    capture.trailed();
    ends = 4;
    early = true;
    capture.expect(4);
    write("abcd");
    assertThat(seen).isEmpty();
    capture.finish();
    assertThat(seen).containsExactly("THROUGH", "abcd");
  }

  @Test
  void bodyThatIsGivenUp_goesToTheContainerIfThereIsAny() throws IOException {
    capture.giveUp();
    assertThat(capture.isHolding()).isTrue();
    write("ab");
    capture.giveUp();
    write("c");
    capture.finish();
    assertThat(seen).containsExactly("ab", "c");
  }

  @Test
  void bodyOfTheLengthThatWasSaid_whichTheContainerCommits_isWholeAtOnce() throws IOException {
    ends = 4;
    capture.expect(4);
    write("abcd");
    assertThat(seen).containsExactly("WHOLE 4", "abcd");
    assertThat(capture.isHolding()).isFalse();
    capture.flush();
    capture.finish();
    assertThat(seen).containsExactly("WHOLE 4", "abcd", "FLUSH");
  }

  @Test
  void bodyOfTheLengthThatWasSaid_onceItIsFlushed_isWhole() throws IOException {
    early = true;
    capture.expect(4);
    write("ab");
    write("cd");
    assertThat(seen).isEmpty();
    capture.flush();
    assertThat(seen).containsExactly("WHOLE 4", "abcd", "FLUSH");
    assertThat(capture.isHolding()).isFalse();
    capture.finish();
    assertThat(seen).containsExactly("WHOLE 4", "abcd", "FLUSH");
  }

  @Test
  void bodyOfTheLengthThatWasSaid_flushedAndNotWanted_isDropped() throws IOException {
    early = true;
    drop = true;
    capture.expect(4);
    write("abcd");
    capture.flush();
    capture.flush();
    capture.finish();
    assertThat(seen).containsExactly("WHOLE 4");
    assertThat(capture.isDropping()).isTrue();
  }

  @Test
  void flushedBody_thatIsNotWholeYet_orNeededLater_isHeld() throws IOException {
    capture.expect(4);
    write("abcd");
    capture.flush(); // somebody needs it later
    assertThat(capture.isHolding()).isTrue();
    assertThat(seen).isEmpty();

    Capture shorter = new Capture(out, flusher, 10, true);
    early = true;
    shorter.expect(5);
    shorter.write(new byte[4], 0, 4);
    shorter.flush();
    assertThat(shorter.isHolding()).isTrue();
    shorter.abandon();
  }

  @Test
  void bodyOfTheLengthThatWasSaid_whichIsNotWanted_isDroppedAtOnce() throws IOException {
    ends = 4;
    drop = true;
    capture.expect(4);
    write("abcd");
    write("e");
    capture.flush();
    capture.finish();
    assertThat(seen).containsExactly("WHOLE 4");
  }

  @Test
  void bodyOfTheLengthThatWasSaid_inPieces_isHeld() throws IOException {
    ends = 4;
    capture.expect(4);
    write("ab");
    write("cd");
    assertThat(seen).isEmpty();
    capture.finish();
    assertThat(seen).containsExactly("WHOLE 4", "abcd");
  }

  @Test
  void bodyOfTheLengthThatWasSaid_asynchronously_isHeld() throws IOException {
    ends = 4;
    capture.startAsync();
    capture.expect(4);
    write("abcd");
    assertThat(seen).isEmpty();
  }

  @Test
  void flush_ofWhatTheContainerCallsAgain_isHeldLikeAnyOther() throws IOException {
    capture.startAsync();
    capture.dispatched();
    write("ab");
    capture.flush();
    assertThat(seen).isEmpty();
    capture.finish();
    assertThat(seen).containsExactly("WHOLE 2", "ab");
  }

  @Test
  void characters_areMeasuredAsBytes_andGoOutAsCharacters() throws IOException {
    capture.write("äö".toCharArray(), 0, 2);
    capture.finish();
    assertThat(seen).containsExactly("WHOLE 4", "äö");
  }

  @Test
  void characters_inAnUnknownEncoding_goThrough() throws IOException {
    encodable = false;
    capture.write("ab".toCharArray(), 0, 2);
    capture.finish();
    assertThat(seen).containsExactly("THROUGH", "ab");
  }

  @Test
  void body_thatIsNotWanted_isDropped() throws IOException {
    drop = true;
    write("ab");
    capture.finish();
    write("cd");
    assertThat(seen).containsExactly("WHOLE 2");
  }

  @Test
  void body_overTheLimit_goesThrough() throws IOException {
    write("12345");
    write("67890x");
    write("y");
    capture.finish();
    assertThat(seen).containsExactly("THROUGH", "12345", "67890x", "y");
  }

  @Test
  void stream_goesThroughAtOnce() throws IOException {
    stream = true;
    write("a");
    capture.flush();
    assertThat(seen).containsExactly("THROUGH", "a", "FLUSH");
  }

  @Test
  void flush_thatNothingFollows_costsNothing() throws IOException {
    write("a");
    capture.flush();
    capture.flush();
    assertThat(capture.isFlushed()).isTrue();
    capture.finish();
    assertThat(seen).containsExactly("WHOLE 1", "a");
  }

  @Test
  void writing_afterAFlush_goesThrough() throws IOException {
    write("a");
    capture.flush();
    write("b");
    assertThat(seen).containsExactly("THROUGH", "a", "FLUSH", "b");
  }

  @Test
  void flush_withoutAnEnd_goesThroughSoon() throws IOException {
    write("a");
    capture.flush();
    Awaitility.await()
        .atMost(30, TimeUnit.SECONDS)
        .pollInterval(5, TimeUnit.MILLISECONDS)
        .untilAsserted(() -> assertThat(seen).containsExactly("THROUGH", "a", "FLUSH"));
  }

  @Test
  void flush_afterStartAsync_goesThroughAtOnce() throws IOException {
    write("a");
    capture.startAsync();
    capture.flush();
    assertThat(seen).containsExactly("THROUGH", "a", "FLUSH");
  }

  @Test
  void cleared_holdsNothing_butNotOnceFlushed() throws IOException {
    write("a");
    assertThat(capture.clear()).isTrue();
    write("b");
    capture.flush();
    assertThat(capture.clear()).isFalse();
    capture.finish();
    assertThat(seen).containsExactly("WHOLE 1", "b");
  }

  @Test
  void failed_goesOutAsItIs() throws IOException {
    write("a");
    capture.abort();
    assertThat(seen).containsExactly("a");
  }

  @Test
  void lazy_letsThrough_untilItHolds() throws IOException {
    Capture lazy = new Capture(out, flusher, 10, false);
    assertThat(lazy.hold()).isTrue();
    lazy.write(new byte[] {'a'}, 0, 1);
    assertThat(seen).isEmpty();

    Capture late = new Capture(out, flusher, 10, false);
    late.write(new byte[] {'b'}, 0, 1);
    assertThat(late.hold()).isFalse();
    assertThat(seen).containsExactly("b");
  }

  @Test
  void flushed_andShorterThanWasSaid_goesThrough() throws IOException {
    capture.expect(5);
    write("abc");
    capture.flush();
    capture.finish();
    assertThat(seen).containsExactly("THROUGH", "abc", "FLUSH");
  }

  @Test
  void restart_whileAllIsHeld_forgetsWritesAndFlushes() throws IOException {
    write("abc");
    capture.flush();
    assertThat(capture.restart()).isTrue();
    assertThat(capture.isFlushed()).isFalse();
    write("xyz");
    capture.finish();
    assertThat(seen).containsExactly("WHOLE 3", "xyz");
  }

  @Test
  void restart_onceSomethingWentThrough_isRefused() throws IOException {
    write("more than ten bytes");
    assertThat(capture.restart()).isFalse();
  }
}
