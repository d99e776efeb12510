/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import dev.larder.http.StoredResponse.Field;
import dev.larder.http.StoredResponse.Terms;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The responses of one path and query as a backend keeps them. */
final class ResponseBytes {

  /** What stands in an entry's header, so that another version's responses are a miss. */
  static final String CODEC = "response";

  static final long SHAPE = 1;

  private ResponseBytes() {}

  static byte[] of(Variants variants) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(variants.responses().size());
      for (StoredResponse each : variants.responses()) {
        write(each, out);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private static void write(StoredResponse response, DataOutputStream out) throws IOException {
    text(response.origin(), out);
    texts(response.vary(), out);
    texts(response.selecting(), out);
    out.writeInt(response.status());
    out.writeInt(response.fields().size());
    for (Field field : response.fields()) {
      text(field.name(), out);
      text(field.value(), out);
    }
    out.writeInt(response.body().length);
    out.write(response.body());
    out.writeLong(response.storedAt());
    out.writeLong(response.initialAge());
    Terms terms = response.terms();
    out.writeLong(terms.lifetime());
    out.writeLong(terms.whileRevalidate());
    out.writeLong(terms.ifError());
    out.writeLong(terms.forValidation());
    out.writeBoolean(terms.strict());
    out.writeBoolean(terms.shared());
    texts(response.tags(), out);
  }

  private static void texts(List<String> texts, DataOutputStream out) throws IOException {
    out.writeInt(texts.size());
    for (String text : texts) {
      text(text, out);
    }
  }

  private static void text(String text, DataOutputStream out) throws IOException {
    byte[] bytes = text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes == null ? -1 : bytes.length);
    if (bytes != null) {
      out.write(bytes);
    }
  }

  /**
   * Reads what {@link #of} wrote.
   *
   * @throws IOException if it is something else
   */
  static Variants read(byte[] bytes) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      List<StoredResponse> responses = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        responses.add(response(in));
      }
      return new Variants(List.copyOf(responses));
    }
  }

  private static StoredResponse response(DataInputStream in) throws IOException {
    String origin = text(in);
    List<String> vary = texts(in);
    List<String> selecting = texts(in);
    int status = in.readInt();
    List<Field> fields = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      fields.add(new Field(text(in), text(in)));
    }
    return new StoredResponse(
        origin,
        vary,
        selecting,
        status,
        List.copyOf(fields),
        bytes(in, in.readInt()),
        in.readLong(),
        in.readLong(),
        new Terms(
            in.readLong(),
            in.readLong(),
            in.readLong(),
            in.readLong(),
            in.readBoolean(),
            in.readBoolean()),
        texts(in));
  }

  private static List<String> texts(DataInputStream in) throws IOException {
    List<String> texts = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      texts.add(text(in));
    }
    return Collections.unmodifiableList(texts);
  }

  private static String text(DataInputStream in) throws IOException {
    int length = in.readInt();
    return length < 0 ? null : new String(bytes(in, length), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(DataInputStream in, int length) throws IOException {
    if (length < 0 || length > in.available()) {
      throw new EOFException("a response of " + length + " bytes is cut short");
    }
    return in.readNBytes(length);
  }
}
