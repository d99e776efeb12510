/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.key;

import java.io.File;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.GenericDeclaration;
import java.lang.reflect.Member;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.nio.Buffer;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Calendar;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.DoubleAccumulator;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Shapes of the JDK's own classes whose value is not that of their fields.
 *
 * <p>None of them resolves a host, asks a file system or moves a buffer.
 */
final class JdkShapes {

  private JdkShapes() {}

  /** Whether a class is the JDK's: what its methods do is known. */
  static boolean isJdk(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    if (loader != null && loader != ClassLoader.getPlatformClassLoader()) {
      return false;
    }
    String module = type.getModule().getName();
    return module != null && (module.startsWith("java.") || module.startsWith("jdk."));
  }

  /** The shape of a class of the JDK; null if it has none of its own. */
  static Shape find(Class<?> type) throws IllegalAccessException {
    if (type == Object.class) {
      return Shape.refused("is a plain java.lang.Object, which has no value");
    }
    if (CharSequence.class.isAssignableFrom(type)) {
      return Shape.text();
    }
    if (type == Optional.class) {
      return Holders.optional();
    }
    if (Map.Entry.class.isAssignableFrom(type)) {
      return Holders.entry();
    }
    if (Date.class.isAssignableFrom(type)) {
      return date(type);
    }
    Shape text = named(type);
    if (text != null) {
      return text;
    }
    Shape number = number(type);
    return number != null ? number : raw(type);
  }

  /** What its text tells whole. */
  private static Shape named(Class<?> type) {
    if (type == Class.class) {
      return Shape.leaf(Class.class, (c, out) -> out.putNamed("java.lang.Class", c.getName()));
    }
    if (type == URI.class) {
      return Shape.leaf(URI.class, (uri, out) -> out.putNamed("java.net.URI", uri.toString()));
    }
    if (type == URL.class) {
      return Shape.leaf(URL.class, JdkShapes::write);
    }
    if (Path.class.isAssignableFrom(type)) {
      return Shape.leaf(Path.class, JdkShapes::write);
    }
    if (type == File.class) {
      return Shape.leaf(File.class, (file, out) -> out.putNamed("java.io.File", file.getPath()));
    }
    if (Charset.class.isAssignableFrom(type)) {
      return Shape.leaf(
          Charset.class, (set, out) -> out.putNamed("java.nio.charset.Charset", set.name()));
    }
    if (Pattern.class == type) {
      return Shape.leaf(
          Pattern.class,
          (pattern, out) ->
              out.putNamed("java.util.regex.Pattern", pattern.flags() + ":" + pattern.pattern()));
    }
    if (TimeZone.class.isAssignableFrom(type)) {
      return Shape.leaf(TimeZone.class, JdkShapes::write);
    }
    if (Calendar.class.isAssignableFrom(type)) {
      return Shape.leaf(Calendar.class, JdkShapes::write);
    }
    if (Member.class.isAssignableFrom(type)) {
      return Shape.leaf(
          Member.class,
          (member, out) -> out.putNamed(member.getClass().getName(), member.toString()));
    }
    if (Type.class.isAssignableFrom(type)) {
      return Shape.leaf(Type.class, (t, out) -> out.putNamed("java.lang.reflect.Type", text(t)));
    }
    return null;
  }

  /** A type with what declares each of its variables, which its own text leaves out. */
  private static String text(Type type) {
    if (type instanceof TypeVariable<?> variable) {
      GenericDeclaration declaration = variable.getGenericDeclaration();
      return variable.getName()
          + " of "
          + (declaration instanceof Class<?> owner ? owner.getName() : declaration.toString());
    }
    if (type instanceof GenericArrayType array) {
      return text(array.getGenericComponentType()) + "[]";
    }
    if (type instanceof WildcardType wildcard) {
      return "? extends "
          + texts(wildcard.getUpperBounds())
          + " super "
          + texts(wildcard.getLowerBounds());
    }
    if (type instanceof ParameterizedType generic) {
      String owner = generic.getOwnerType() == null ? "" : text(generic.getOwnerType()) + ".";
      return owner
          + generic.getRawType().getTypeName()
          + "<"
          + texts(generic.getActualTypeArguments())
          + ">";
    }
    return type.getTypeName();
  }

  private static String texts(Type[] types) {
    return Arrays.stream(types).map(JdkShapes::text).collect(Collectors.joining(", "));
  }

  private static Shape number(Class<?> type) {
    if (type == AtomicInteger.class) {
      return Shape.leaf(AtomicInteger.class, (n, out) -> number(out, n, n.get()));
    }
    if (type == AtomicLong.class) {
      return Shape.leaf(AtomicLong.class, (n, out) -> number(out, n, n.get()));
    }
    if (type == AtomicBoolean.class) {
      return Shape.leaf(AtomicBoolean.class, (b, out) -> number(out, b, b.get() ? 1 : 0));
    }
    if (type == LongAdder.class || type == LongAccumulator.class) {
      return Shape.leaf(Number.class, (n, out) -> number(out, n, n.longValue()));
    }
    if (type == DoubleAdder.class || type == DoubleAccumulator.class) {
      return Shape.leaf(
          Number.class, (n, out) -> number(out, n, Double.doubleToLongBits(n.doubleValue())));
    }
    return null;
  }

  private static void number(Bytes out, Object number, long value) {
    out.putNamed(number.getClass().getName(), Long.toString(value));
  }

  /** What is bytes: addresses, sets of bits, and what remains of buffers. */
  private static Shape raw(Class<?> type) {
    if (BitSet.class == type) {
      return Shape.leaf(
          BitSet.class, (set, out) -> raw(out, "java.util.BitSet", set.toByteArray()));
    }
    if (InetAddress.class.isAssignableFrom(type)) {
      return Shape.leaf(InetAddress.class, JdkShapes::write);
    }
    if (InetSocketAddress.class.isAssignableFrom(type)) {
      return Shape.leaf(
          InetSocketAddress.class,
          (socket, out) -> {
            if (socket.isUnresolved()) {
              out.putNamed(
                  "java.net.InetSocketAddress", socket.getHostString() + ":" + socket.getPort());
            } else {
              raw(out, "java.net.InetSocketAddress", new byte[] {});
              write(socket.getAddress(), out);
              out.putInt(socket.getPort());
            }
          });
    }
    return Buffer.class.isAssignableFrom(type) ? Buffers.shape() : null;
  }

  static void raw(Bytes out, String kind, byte[] bytes) {
    out.put(Bytes.RAW);
    out.putText(kind);
    out.putSized(bytes);
  }

  /** An address counts without the name it was looked up by. */
  private static void write(InetAddress address, Bytes out) {
    raw(out, "java.net.InetAddress", address.getAddress());
    out.putInt(address instanceof Inet6Address six ? six.getScopeId() : 0);
  }

  /** The parts of a URL, since its own text is made by a handler that may be the application's. */
  private static void write(URL url, Bytes out) {
    StringBuilder text = new StringBuilder(url.getProtocol()).append(':');
    if (url.getAuthority() != null && !url.getAuthority().isEmpty()) {
      text.append("//").append(url.getAuthority());
    }
    if (url.getFile() != null) {
      text.append(url.getFile());
    }
    if (url.getRef() != null) {
      text.append('#').append(url.getRef());
    }
    out.putNamed("java.net.URL", text.toString());
  }

  /** Of another file system than the default one its name counts: that of the archive, say. */
  private static void write(Path path, Bytes out) {
    String scheme = path.getFileSystem().provider().getScheme();
    if (scheme.equals("file")) {
      out.putNamed("java.nio.file.Path", path.toString());
    } else {
      out.putNamed("java.nio.file.Path:" + scheme + ":" + path.getFileSystem(), path.toString());
    }
  }

  /** Two zones of one name may differ where one was made by hand. */
  private static void write(TimeZone zone, Bytes out) {
    String kind = zone.getClass().getName();
    out.putNamed(
        kind,
        kind.equals("java.util.SimpleTimeZone")
            ? zone.toString()
            : zone.getID() + " " + zone.getRawOffset());
  }

  private static void write(Calendar calendar, Bytes out) {
    // Asking a calendar for its time may change it, so a copy is asked.
    Calendar copy = (Calendar) calendar.clone();
    out.putNamed(
        copy.getClass().getName(),
        copy.getTimeInMillis()
            + " "
            + copy.isLenient()
            + " "
            + copy.getFirstDayOfWeek()
            + " "
            + copy.getMinimalDaysInFirstWeek());
    write(copy.getTimeZone(), out);
  }

  /** Dates of {@code java.sql} are known by name, since a run-time image may lack them. */
  @SuppressWarnings("JavaUtilDate")
  private static Shape date(Class<?> type) throws IllegalAccessException {
    String kind = type.getName();
    if (!kind.equals("java.sql.Timestamp")) {
      return Shape.leaf(
          Date.class, (date, out) -> out.putNamed(kind, Long.toString(date.getTime())));
    }
    MethodHandle nanos;
    try {
      nanos =
          MethodHandles.publicLookup()
              .findVirtual(type, "getNanos", MethodType.methodType(int.class))
              .asType(MethodType.methodType(int.class, Date.class));
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(kind + " has no getNanos", e);
    }
    return Shape.leaf(
        Date.class,
        (date, out) -> {
          int fraction;
          try {
            fraction = (int) nanos.invokeExact(date);
          } catch (Throwable e) {
            throw new IllegalStateException(kind + " does not tell its nanoseconds", e);
          }
          out.putNamed(kind, date.getTime() + " " + fraction);
        });
  }
}
