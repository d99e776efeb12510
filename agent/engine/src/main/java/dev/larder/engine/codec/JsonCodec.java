/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.codec;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.util.LRUMap;
import com.fasterxml.jackson.databind.util.LookupCache;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.larder.engine.key.FieldAccess;
import dev.larder.spi.Codec;
import dev.larder.spi.CodecException;
import java.io.IOException;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Writes values as JSON and reads them as the types that methods declare.
 *
 * <p>The fields of objects are written, and objects are made without their constructors, so that a
 * value comes back as it was and not as the application would make a new one. One codec holds on to
 * classes of one class loader, and belongs where that loader's other things are.
 */
public final class JsonCodec implements Codec {

  private static final int MAX_DEPTH = 500;

  /** Up to how many digits numbers are read, which takes the square of it: some 50 ms for these. */
  private static final int MAX_DIGITS = 100_000;

  /**
   * The longest text of a value in bytes: as long as the longest that any of our backends takes,
   * which is Redis, but no more than a heap has room for, where it stands twice while an entry is
   * made of it, beside the value.
   */
  private static final int LONGEST =
      (int) Math.min(512 << 20, Runtime.getRuntime().maxMemory() / 4);

  private final JsonMapper mapper;
  private final int longest;
  private final Losses losses = new Losses();

  /**
   * Around a value at the root. Jackson writes it as any reference, which leaves no trace in the
   * text; it is told from those that the application's values hold.
   */
  static final class Root<T> extends AtomicReference<T> {
    private static final long serialVersionUID = 1L;

    Root(T value) {
      super(value);
    }
  }

  /** For the type that was asked for last: nearly always a codec is asked for one alone. */
  private volatile Prepared prepared;

  private record Prepared(Type type, ObjectReader reader, ObjectWriter writer, boolean wrapped) {}

  /**
   * Reads and writes values of one class loader's methods.
   *
   * @param loader where the classes of values come from
   * @param access gives access to their fields
   * @param open which classes may stand where a declared type is open
   */
  public JsonCodec(ClassLoader loader, FieldAccess access, OpenTypes open) {
    this(loader, access, open, LONGEST);
  }

  /** One that writes no text of more bytes than so. */
  JsonCodec(ClassLoader loader, FieldAccess access, OpenTypes open, int longest) {
    this.longest = longest;
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(MAX_DIGITS)
                    .build())
            .streamWriteConstraints(
                StreamWriteConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();
    SimpleModule larder =
        new SimpleModule("larder") {
          private static final long serialVersionUID = 1L;

          @Override
          public void setupModule(SetupContext context) {
            super.setupModule(context);
            context.setClassIntrospector(new ShadowedFields());
            context.addValueInstantiators(new BareInstantiators(access));
            context.addSerializers(losses.watch());
            ObjectMapper owner = context.getOwner();
            context.addKeySerializers(new KeysAsText.Writers(owner));
            context.addKeyDeserializers(new KeysAsText.Readers(owner));
          }
        };
    larder.addAbstractTypeMapping(Set.class, LinkedHashSet.class);
    JdkTexts.addTo(larder);
    CollectionKinds.addTo(larder, losses);
    this.mapper =
        JsonMapper.builder(factory)
            .typeFactory(
                TypeFactory.createDefaultInstance()
                    .withCache(
                        (LookupCache<Object, JavaType>) new LRUMap<Object, JavaType>(16, 256))
                    .withClassLoader(loader))
            .annotationIntrospector(new Introspector(access, losses))
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .addModule(larder)
            .visibility(PropertyAccessor.ALL, Visibility.NONE)
            .visibility(PropertyAccessor.FIELD, Visibility.ANY)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .enable(SerializationFeature.WRITE_DATES_WITH_ZONE_ID)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .setDefaultTyping(new TypeIds(open, loader))
            .build();
  }

  /** A value of many kinds. */
  private record Sample(List<String> texts, Map<String, Long> numbers, Optional<Instant> moment) {}

  /**
   * Loads most of what reading and writing takes: some hundred classes, for which no call waits.
   */
  public void prepare() {
    Sample sample =
        new Sample(List.of("text"), Map.of("number", 1L), Optional.of(Instant.ofEpochSecond(1)));
    try {
      decode(encode(sample, Sample.class), Sample.class, Sample.class.getClassLoader());
    } catch (CodecException told) {
      // By the first value of the application's, with the name of its method.
    }
  }

  @Override
  public String name() {
    return "json";
  }

  /**
   * Whether a value of what has been written may lose what others of its type kept, so that each is
   * to be read back.
   */
  boolean mayLose() {
    return losses.arePossible();
  }

  /** How many types were met in what has been written. */
  int met() {
    return losses.met();
  }

  @Override
  public byte[] encode(Object value, Type type) throws CodecException {
    try {
      Prepared made = prepared(type);
      BoundedBytes bytes = new BoundedBytes(longest);
      made.writer().writeValue(bytes, made.wrapped() ? new Root<>(value) : value);
      return bytes.toByteArray();
    } catch (IOException | RuntimeException | StackOverflowError e) {
      String reason = e instanceof StackOverflowError ? "it is nested too deep" : first(e);
      throw new CodecException(type.getTypeName() + " cannot be written as JSON: " + reason, e);
    }
  }

  private Prepared prepared(Type type) {
    Prepared made = prepared;
    if (made == null || made.type() != type) {
      JavaType declared = mapper.constructType(type);
      boolean wrapped = !declared.isContainerType() && declared.hasGenericTypes();
      // At the root Jackson forgets the type arguments of what has an id; within a reference it
      // does not.
      JavaType written =
          wrapped ? mapper.getTypeFactory().constructReferenceType(Root.class, declared) : declared;
      made = new Prepared(type, mapper.readerFor(declared), mapper.writerFor(written), wrapped);
      prepared = made;
    }
    return made;
  }

  @Override
  public Object decode(byte[] bytes, Type type, ClassLoader loader) throws CodecException {
    return decode(bytes, 0, bytes.length, type);
  }

  /** Reads a value that is a part of more bytes. */
  public Object decode(byte[] bytes, int from, int length, Type type) throws CodecException {
    try {
      return prepared(type).reader().readValue(bytes, from, length);
    } catch (IOException | RuntimeException | StackOverflowError | LinkageError e) {
      // Not its message, which quotes what was read.
      String place = e instanceof JsonMappingException mapping ? mapping.getPathReference() : "";
      throw new CodecException(
          type.getTypeName()
              + " cannot be read from JSON: "
              + e.getClass().getSimpleName()
              + (place.isEmpty() ? "" : " at " + place),
          e);
    }
  }

  /** The first line of a message; what follows quotes the input. */
  private static String first(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
