/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Calendar;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.function.Function;

/** The JDK's values whose text is theirs to the last bit, where Jackson's own would not be. */
final class JdkTexts {

  /**
   * Types that are written alike whatever stands for them: the JDK's private classes say nothing.
   */
  private static final Set<Class<?>> CLOSED =
      Set.of(
          ZoneId.class,
          TimeZone.class,
          Path.class,
          Map.Entry.class,
          Charset.class,
          ByteBuffer.class,
          Calendar.class);

  private JdkTexts() {}

  static boolean isClosed(Class<?> type) {
    return CLOSED.contains(type);
  }

  static void addTo(SimpleModule module) {
    // Jackson would make absolute what is relative.
    module.addSerializer(File.class, new Writer<>(File.class, File::getPath));
    module.addDeserializer(File.class, new Reader<>(File.class, File::new));
    module.addSerializer(Path.class, new Writer<>(Path.class, JdkTexts::textOf));
    module.addDeserializer(Path.class, new Reader<>(Path.class, Path::of));
    JdkForms.addTo(module);
    InetTexts.addTo(module);
    if (ModuleLayer.boot().findModule("java.sql").isPresent()) {
      SqlTexts.addTo(module);
    }
  }

  private static String textOf(Path path) {
    if (path.getFileSystem() != FileSystems.getDefault()) {
      throw new IllegalArgumentException("a path of another file system than the JVM's own");
    }
    return path.toString();
  }

  private static final class Writer<T> extends StdScalarSerializer<T> {
    private static final long serialVersionUID = 1L;

    private final transient Function<T, String> text;

    Writer(Class<T> type, Function<T, String> text) {
      super(type);
      this.text = text;
    }

    @Override
    public void serialize(T value, JsonGenerator out, SerializerProvider context)
        throws IOException {
      out.writeString(text.apply(value));
    }
  }

  /** Reads also what is empty, which Jackson takes for nothing. */
  private static final class Reader<T> extends FromStringDeserializer<T> {
    private static final long serialVersionUID = 1L;

    private final transient Function<String, T> maker;

    Reader(Class<T> type, Function<String, T> maker) {
      super(type);
      this.maker = maker;
    }

    @Override
    protected T _deserialize(String text, DeserializationContext context) {
      return maker.apply(text);
    }

    @Override
    public Object getEmptyValue(DeserializationContext context) {
      return maker.apply("");
    }

    @Override
    protected Object _deserializeFromEmptyString(DeserializationContext context) {
      return maker.apply("");
    }
  }
}
