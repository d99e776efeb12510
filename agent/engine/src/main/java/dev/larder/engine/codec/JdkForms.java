/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.type.WritableTypeId;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.BitSet;
import java.util.Calendar;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.TimeZone;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The JDK's values that have more than one part, written as something simpler that has the same.
 */
@SuppressWarnings({"JavaUtilDate", "JdkObsolete"}) // these are what it writes
final class JdkForms {

  private JdkForms() {}

  static void addTo(SimpleModule module) {
    add(module, BitSet.class, long[].class, BitSet::toLongArray, BitSet::valueOf);
    add(
        module,
        AtomicIntegerArray.class,
        int[].class,
        value -> ints(value),
        form -> new AtomicIntegerArray(form));
    add(
        module,
        AtomicLongArray.class,
        long[].class,
        value -> longs(value),
        form -> new AtomicLongArray(form));
    add(module, LongAdder.class, Long.class, LongAdder::sum, JdkForms::adder);
    add(module, Pattern.class, Regex.class, Regex::of, form -> form.make());
    add(module, ByteBuffer.class, Bytes.class, Bytes::of, form -> form.make());
    add(module, Calendar.class, Moment.class, Moment::of, form -> form.make());
    module.addDeserializer(
        GregorianCalendar.class,
        new Reader<>(
            GregorianCalendar.class, Moment.class, form -> (GregorianCalendar) form.make()));
  }

  private static <T, F> void add(
      SimpleModule module,
      Class<T> type,
      Class<F> form,
      Function<T, F> toForm,
      Function<F, T> fromForm) {
    module.addSerializer(type, new Writer<>(type, toForm));
    module.addDeserializer(type, new Reader<>(type, form, fromForm));
  }

  private static int[] ints(AtomicIntegerArray value) {
    int[] all = new int[value.length()];
    for (int i = 0; i < all.length; i++) {
      all[i] = value.get(i);
    }
    return all;
  }

  private static long[] longs(AtomicLongArray value) {
    long[] all = new long[value.length()];
    for (int i = 0; i < all.length; i++) {
      all[i] = value.get(i);
    }
    return all;
  }

  private static LongAdder adder(Long sum) {
    LongAdder adder = new LongAdder();
    adder.add(sum);
    return adder;
  }

  private record Regex(String regex, int flags) {

    static Regex of(Pattern pattern) {
      return new Regex(pattern.pattern(), pattern.flags());
    }

    Pattern make() {
      return Pattern.compile(regex, flags);
    }
  }

  /** All that a buffer holds, and where in it its reader is. A mark cannot be read, and is lost. */
  private record Bytes(
      byte[] bytes,
      int position,
      int limit,
      boolean littleEndian,
      boolean direct,
      boolean readOnly) {

    static Bytes of(ByteBuffer buffer) {
      byte[] bytes = new byte[buffer.capacity()];
      buffer.duplicate().clear().get(bytes);
      return new Bytes(
          bytes,
          buffer.position(),
          buffer.limit(),
          buffer.order() == ByteOrder.LITTLE_ENDIAN,
          buffer.isDirect(),
          buffer.isReadOnly());
    }

    ByteBuffer make() {
      ByteBuffer writable =
          direct
              ? ByteBuffer.allocateDirect(bytes.length).put(bytes).clear()
              : ByteBuffer.wrap(bytes);
      ByteBuffer buffer = readOnly ? writable.asReadOnlyBuffer() : writable;
      return buffer
          .limit(limit)
          .position(position)
          .order(littleEndian ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    }
  }

  /** What a calendar of the JDK's is made of. */
  private record Moment(
      String calendar,
      Instant time,
      String zone,
      boolean lenient,
      int firstDayOfWeek,
      int minimalDays,
      Long gregorianChange) {

    private static final String GREGORIAN = "gregory";

    static Moment of(Calendar given) {
      TimeZone zone = given.getTimeZone();
      if (!zone.equals(TimeZone.getTimeZone(zone.getID()))) {
        throw new IllegalArgumentException(
            "a calendar whose time zone, " + zone.getID() + ", is none of the JDK's");
      }
      // To ask for the time may compute it, of fields that were set.
      Calendar calendar = (Calendar) given.clone();
      calendar.setLenient(false);
      Instant time;
      try {
        time = Instant.ofEpochMilli(calendar.getTimeInMillis());
      } catch (IllegalArgumentException wrong) {
        throw new IllegalArgumentException(
            "a calendar whose fields are set to no moment: " + wrong.getMessage(), wrong);
      }
      return new Moment(
          calendar.getCalendarType(),
          time,
          zone.getID(),
          given.isLenient(),
          calendar.getFirstDayOfWeek(),
          calendar.getMinimalDaysInFirstWeek(),
          calendar.getCalendarType().equals(GREGORIAN)
                  && calendar instanceof GregorianCalendar gregorian
              ? gregorian.getGregorianChange().getTime()
              : null);
    }

    Calendar make() {
      Calendar made =
          new Calendar.Builder()
              .setCalendarType(calendar)
              .setInstant(time.toEpochMilli())
              .setTimeZone(TimeZone.getTimeZone(zone))
              .setLenient(lenient)
              .setWeekDefinition(firstDayOfWeek, minimalDays)
              .build();
      if (gregorianChange != null) {
        ((GregorianCalendar) made).setGregorianChange(new Date(gregorianChange));
      }
      return made;
    }
  }

  private static final class Writer<T> extends StdSerializer<T> {
    private static final long serialVersionUID = 1L;

    private final transient Function<T, ?> toForm;

    Writer(Class<T> type, Function<T, ?> toForm) {
      super(type);
      this.toForm = toForm;
    }

    @Override
    public void serialize(T value, JsonGenerator out, SerializerProvider context)
        throws IOException {
      context.defaultSerializeValue(toForm.apply(value), out);
    }

    @Override
    public void serializeWithType(
        T value, JsonGenerator out, SerializerProvider context, TypeSerializer ids)
        throws IOException {
      WritableTypeId id =
          ids.writeTypePrefix(out, ids.typeId(value, JsonToken.VALUE_EMBEDDED_OBJECT));
      serialize(value, out, context);
      ids.writeTypeSuffix(out, id);
    }
  }

  private static final class Reader<T, F> extends StdDeserializer<T> {
    private static final long serialVersionUID = 1L;

    private final transient Class<F> form;
    private final transient Function<F, T> fromForm;

    Reader(Class<T> type, Class<F> form, Function<F, T> fromForm) {
      super(type);
      this.form = form;
      this.fromForm = fromForm;
    }

    @Override
    public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
      return fromForm.apply(context.readValue(in, form));
    }
  }
}
