/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.codec;

import dev.larder.engine.key.FieldAccess;
import dev.larder.spi.Codec;
import dev.larder.spi.CodecException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputFilter.FilterInfo;
import java.io.ObjectInputFilter.Status;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** Writes values by Java's own serialization, and reads none but classes that the user allows. */
public final class JavaCodec implements Codec {

  /**
   * Each level is some 16 frames: few enough for a stack of 1 MB that the application is deep in.
   */
  private static final int MAX_DEPTH = 200;

  private static final long MAX_REFERENCES = 5_000_000;

  /** What the JDK's values and collections are, or are written as. */
  private static final Set<String> JDK_FORMS =
      Set.of(
          "java.time.Ser",
          "java.util.CollSer",
          "java.util.Map$Entry",
          "java.util.Arrays$ArrayList",
          "java.util.Collections$EmptyList",
          "java.util.Collections$EmptySet",
          "java.util.Collections$EmptyMap",
          "java.util.Collections$SingletonList",
          "java.util.Collections$SingletonSet",
          "java.util.Collections$SingletonMap",
          "java.util.EnumMap",
          "java.util.EnumSet",
          "java.util.RegularEnumSet",
          "java.util.JumboEnumSet",
          "java.util.EnumSet$SerializationProxy",
          "java.util.AbstractMap$SimpleEntry",
          "java.util.AbstractMap$SimpleImmutableEntry",
          "java.util.concurrent.ConcurrentHashMap$Segment",
          "java.util.concurrent.ConcurrentHashMap$CollectionView",
          "java.util.concurrent.ConcurrentHashMap$KeySetView",
          "java.util.concurrent.locks.ReentrantLock", // of which a segment is one
          "java.util.concurrent.locks.ReentrantLock$Sync",
          "java.util.concurrent.locks.ReentrantLock$NonfairSync",
          "java.util.concurrent.locks.AbstractQueuedSynchronizer",
          "java.util.concurrent.locks.AbstractOwnableSynchronizer",
          "java.util.concurrent.atomic.LongAdder$SerializationProxy");

  private final FieldAccess access;
  private final Predicate<Class<?>> allowed;
  private final LongSupplier clock;
  private final Map<Class<?>, List<MethodHandle>> getters = new ConcurrentHashMap<>();

  /**
   * Reads the JDK's values and collections, and these.
   *
   * @param access looks into what was read, for what it would take to hash it
   * @param allowed whether a class of the application's may be read ({@code codec-allow})
   */
  public JavaCodec(FieldAccess access, Predicate<Class<?>> allowed) {
    this(access, allowed, System::nanoTime);
  }

  /** The same, by a clock that tells nanoseconds. */
  JavaCodec(FieldAccess access, Predicate<Class<?>> allowed, LongSupplier clock) {
    this.access = access;
    this.allowed = allowed;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "java";
  }

  @Override
  public byte[] encode(Object value, Type type) throws CodecException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      throw new CodecException(type.getTypeName() + " cannot be serialized: " + e, e);
    }
    return bytes.toByteArray();
  }

  @Override
  public Object decode(byte[] bytes, Type type, ClassLoader loader) throws CodecException {
    HashWork work = new HashWork(access, getters, bytes.length, clock);
    try (ObjectInputStream in = new Input(new ByteArrayInputStream(bytes), loader, work)) {
      ObjectInputFilter ofJvm = in.getObjectInputFilter();
      in.setObjectInputFilter(info -> check(info, bytes.length, work, ofJvm));
      return in.readObject();
    } catch (IOException
        | ClassNotFoundException
        | RuntimeException
        | StackOverflowError
        | LinkageError e) {
      throw new CodecException(
          type.getTypeName() + " cannot be deserialized: " + e + "; codec-allow names classes", e);
    }
  }

  /** Asked of each class, each array's length, and each reference. */
  private Status check(FilterInfo info, int length, HashWork work, ObjectInputFilter ofJvm) {
    if (info.depth() > MAX_DEPTH
        || info.references() > MAX_REFERENCES
        || info.arrayLength() > length
        || work.isOver()
        || (info.serialClass() != null && !isAllowed(info.serialClass()))
        || (ofJvm != null && ofJvm.checkInput(info) == Status.REJECTED)) {
      return Status.REJECTED;
    }
    return Status.ALLOWED;
  }

  private boolean isAllowed(Class<?> type) {
    Class<?> element = type;
    while (element.isArray()) {
      element = element.getComponentType();
    }
    String name = element.getName();
    return element.isPrimitive()
        || element == Object.class
        || element == Number.class
        || element == Enum.class
        || JDK_FORMS.contains(name)
        || name.startsWith("java.util.ImmutableCollections$")
        || name.startsWith("java.util.Collections$Unmodifiable")
        || name.startsWith("java.util.Collections$Synchronized")
        || OpenTypes.isJdkValue(name)
        || allowed.test(element);
  }

  /** Finds classes where the application's are, and makes no proxies. */
  private static final class Input extends ObjectInputStream {
    private final ClassLoader loader;
    private final HashWork work;

    Input(InputStream in, ClassLoader loader, HashWork work) throws IOException {
      super(in);
      this.loader = loader;
      this.work = work;
      enableResolveObject(true);
    }

    @Override
    protected Object resolveObject(Object read) throws IOException {
      work.read(read);
      return read;
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass described)
        throws IOException, ClassNotFoundException {
      try {
        return Class.forName(described.getName(), false, loader);
      } catch (ClassNotFoundException e) {
        return super.resolveClass(described);
      }
    }

    @Override
    protected Class<?> resolveProxyClass(String[] interfaces) throws IOException {
      throw new InvalidClassException("proxies are not read");
    }
  }
}
