/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme;

import dev.larder.spi.Codec;
import dev.larder.spi.CodecException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;

/** Writes records of texts and whole numbers, and nothing else. */
public final class AcmeCodec implements Codec {

  @Override
  public String name() {
    return "acme1"; // acme2, once these bytes cannot be read any more
  }

  @Override
  public byte[] encode(Object value, Type type) throws CodecException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      for (RecordComponent component : components(type)) {
        Method accessor = component.getAccessor();
        accessor.setAccessible(true);
        Object part = accessor.invoke(value);
        if (component.getType() == long.class) {
          out.writeLong((long) part);
        } else {
          out.writeUTF((String) part);
        }
      }
    } catch (IOException | ReflectiveOperationException | RuntimeException e) {
      throw new CodecException(type.getTypeName() + " cannot be written: " + e, e);
    }
    return bytes.toByteArray();
  }

  @Override
  public Object decode(byte[] bytes, Type type, ClassLoader loader) throws CodecException {
    RecordComponent[] components = components(type);
    Object[] parts = new Object[components.length];
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      for (int i = 0; i < parts.length; i++) {
        if (components[i].getType() == long.class) {
          parts[i] = in.readLong();
        } else {
          parts[i] = in.readUTF();
        }
      }
      if (in.read() >= 0) {
        throw new IOException("there is more than the record");
      }
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      Constructor<?> constructor = ((Class<?>) type).getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(parts);
    } catch (IOException | ReflectiveOperationException | RuntimeException e) {
      throw new CodecException(type.getTypeName() + " cannot be read: " + e, e);
    }
  }

  private static RecordComponent[] components(Type type) throws CodecException {
    if (!(type instanceof Class<?> declared) || !declared.isRecord()) {
      throw new CodecException("Acme's codec writes records, not " + type.getTypeName(), null);
    }
    for (RecordComponent component : declared.getRecordComponents()) {
      if (component.getType() != long.class && component.getType() != String.class) {
        throw new CodecException(
            "Acme's codec writes texts and long numbers, not " + component, null);
      }
    }
    return declared.getRecordComponents();
  }
}
