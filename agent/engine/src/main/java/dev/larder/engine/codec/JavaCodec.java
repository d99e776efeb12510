/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.codec;

import dev.larder.spi.Codec;
import dev.larder.spi.CodecException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.lang.reflect.Type;
import java.util.Set;
import java.util.function.Predicate;

/** Writes values by Java's own serialization, and reads none but classes that the user allows. */
public final class JavaCodec implements Codec {

  private static final int MAX_DEPTH = 500;
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
          "java.util.BitSet");

  private final Predicate<String> allowed;

  /**
   * Reads the JDK's values and collections, and these.
   *
   * @param allowed whether a class may be read, by its binary name ({@code codec-allow})
   */
  public JavaCodec(Predicate<String> allowed) {
    this.allowed = allowed;
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
    try (ObjectInputStream in = new Input(new ByteArrayInputStream(bytes), loader)) {
      in.setObjectInputFilter(info -> check(info, bytes.length));
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

  private ObjectInputFilter.Status check(ObjectInputFilter.FilterInfo info, int length) {
    if (info.depth() > MAX_DEPTH
        || info.references() > MAX_REFERENCES
        || info.arrayLength() > length) {
      return ObjectInputFilter.Status.REJECTED;
    }
    return info.serialClass() == null || isAllowed(info.serialClass())
        ? ObjectInputFilter.Status.ALLOWED
        : ObjectInputFilter.Status.REJECTED;
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
        || OpenTypes.isJdkValue(name)
        || allowed.test(name);
  }

  /** Finds classes where the application's are, and makes no proxies. */
  private static final class Input extends ObjectInputStream {
    private final ClassLoader loader;

    Input(InputStream in, ClassLoader loader) throws IOException {
      super(in);
      this.loader = loader;
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
