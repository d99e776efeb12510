/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What is noted of a servlet's body, with filters behind it and without. */
final class RecordedBodyTest {

  private static final Flusher flusher = new Flusher();

  private byte[] sent;

  private byte[] whole;

  /** What the record gave when the whole body was known. */
  private byte[] made;

  private final Capture.Out out =
      new Capture.Out() {
        @Override
        public void bytes(byte[] bytes, int offset, int length) {
          sent = bytes;
        }

        @Override
        public void chars(char[] chars, int offset, int length) {}

        @Override
        public void flush() {}

        @Override
        public boolean isStream() {
          return false;
        }

        @Override
        public boolean letThrough() {
          return false;
        }

        @Override
        public boolean whole(byte[] body, int length) {
          whole = body;
          made = record.made(() -> UTF_8);
          return false;
        }

        @Override
        public boolean mayEndEarly() {
          return false;
        }

        @Override
        public boolean endsAt(int length) {
          return false;
        }

        @Override
        public byte[] encode(char[] chars, int length) {
          return new String(chars, 0, length).getBytes(UTF_8);
        }
      };

  private final Capture capture = new Capture(out, flusher, 100_000, true);
  private final RecordedBody record = new RecordedBody(capture, 100);

  @AfterAll
  static void close() {
    flusher.close();
  }

  private void reach(String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    capture.write(bytes, 0, bytes.length);
  }

  private void note(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    record.wrote(bytes, 0, bytes.length);
  }

  private String end() throws IOException {
    capture.finish();
    return made == null ? null : new String(made, UTF_8);
  }

  @Test
  void body_thatReachesTheCaptureAsItIs_isTheArrayThatGoesOut() throws IOException {
    byte[] body = "as it is".getBytes(UTF_8);
    capture.expect(body.length);
    capture.write(body, 0, 3);
    record.wrote(body, 0, 3);
    capture.write(body, 3, 5);
    record.wrote(body, 3, 5);
    body[0] = 'X';

    assertThat(end()).isEqualTo("as it is");
    assertThat(made).isSameAs(sent).isNotSameAs(body);
  }

  @Test
  void body_thatAFilterAddsTo_isTheServletsPartAlone() throws IOException {
    reach("servlet's");
    note("servlet's");
    reach(", and a filter's");

    assertThat(end()).isEqualTo("servlet's");
    assertThat(new String(sent, UTF_8)).startsWith("servlet's, and a filter's");
  }

  @Test
  void body_thatAFilterBegins_isTheServletsPartAlone() throws IOException {
    reach("head ");
    reach("body");
    note("body");

    assertThat(end()).isEqualTo("body");
  }

  @Test
  void body_thatAFilterChangesInBetween_isAsTheServletGaveIt() throws IOException {
    reach("one ");
    note("one ");
    reach("TWO ");
    note("two ");
    reach("three");
    note("three");

    assertThat(end()).isEqualTo("one two three");
  }

  @Test
  void body_thatAFilterKeepsBack_isAsTheServletGaveIt() throws IOException {
    note("one ");
    note("two");
    reach("something else");

    assertThat(end()).isEqualTo("one two");
  }

  @Test
  void body_whoseBeginningAFilterTookBack_isNotKnown() throws IOException {
    reach("one ");
    note("one ");
    capture.clear();
    reach("ONE ");
    reach("two");
    note("two");

    assertThat(end()).isNull();
    assertThat(record.isWhole()).isFalse();
  }

  @Test
  void body_thatTheServletTakesBack_isWhatComesThen() throws IOException {
    reach("one");
    note("one");
    capture.clear();
    record.forget();
    reach("two");
    note("two");

    assertThat(end()).isEqualTo("two");
  }

  @Test
  void characters_thatReachTheCaptureAsTheyAre_areEncodedOnce() throws IOException {
    capture.write("ein ", 0, 4);
    record.wrote("ein ", 0, 4);
    capture.write("-Käse-".toCharArray(), 1, 4);
    record.wrote("-Käse-".toCharArray(), 1, 4);

    assertThat(end()).isEqualTo("ein Käse");
    assertThat(made).isSameAs(whole);
  }

  @Test
  void characters_thatAFilterChanges_areAsTheServletGaveThem() throws IOException {
    capture.write("ein ", 0, 4);
    record.wrote("ein ", 0, 4);
    capture.write("KÄSE", 0, 4);
    record.wrote("Käse", 0, 4);

    assertThat(end()).isEqualTo("ein Käse");
  }

  @Test
  void body_overTheLimit_isNotNoted() throws IOException {
    String long101 = "x".repeat(101);
    reach(long101);
    note(long101);

    assertThat(end()).isNull();
  }
}
