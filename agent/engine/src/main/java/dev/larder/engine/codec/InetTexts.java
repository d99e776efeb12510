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
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * Internet addresses, with the name that each has and the number. Jackson writes the name alone,
 * and asks the name service for the number as it reads.
 */
final class InetTexts {

  /** What {@code InetAddress} takes for a number, and asks no name service for. */
  private static final Pattern NUMBER = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:.]*|[0-9.]+");

  private InetTexts() {}

  static void addTo(SimpleModule module) {
    module.addSerializer(InetAddress.class, new AddressWriter());
    module.addDeserializer(InetAddress.class, new AddressReader());
    module.addSerializer(InetSocketAddress.class, new SocketWriter());
    module.addDeserializer(InetSocketAddress.class, new SocketReader());
  }

  /** A name, which may be empty, a slash and a number. */
  private static String text(InetAddress address) {
    String text = address.toString(); // which asks no name service
    if (text.indexOf('%') >= 0) {
      throw new IllegalArgumentException("an address that belongs to a network interface");
    }
    return text;
  }

  private static InetAddress address(String text) {
    int slash = text.lastIndexOf('/');
    String number = text.substring(slash + 1);
    if (slash < 0 || !NUMBER.matcher(number).matches()) {
      throw new IllegalArgumentException("it is no name and number");
    }
    try {
      byte[] bytes = InetAddress.getByName(number).getAddress();
      return slash == 0
          ? InetAddress.getByAddress(bytes)
          : InetAddress.getByAddress(text.substring(0, slash), bytes);
    } catch (UnknownHostException wrong) {
      throw new IllegalArgumentException("it is no number", wrong);
    }
  }

  private static final class AddressWriter extends StdScalarSerializer<InetAddress> {
    private static final long serialVersionUID = 1L;

    AddressWriter() {
      super(InetAddress.class);
    }

    @Override
    public void serialize(InetAddress value, JsonGenerator out, SerializerProvider context)
        throws IOException {
      out.writeString(text(value));
    }
  }

  private static final class AddressReader extends FromStringDeserializer<InetAddress> {
    private static final long serialVersionUID = 1L;

    AddressReader() {
      super(InetAddress.class);
    }

    @Override
    protected InetAddress _deserialize(String text, DeserializationContext context) {
      return address(text);
    }
  }

  /** Without a slash where the name was not looked up. */
  private static final class SocketWriter extends StdScalarSerializer<InetSocketAddress> {
    private static final long serialVersionUID = 1L;

    SocketWriter() {
      super(InetSocketAddress.class);
    }

    @Override
    public void serialize(InetSocketAddress value, JsonGenerator out, SerializerProvider context)
        throws IOException {
      String host = value.isUnresolved() ? value.getHostString() : text(value.getAddress());
      out.writeString(host + ":" + value.getPort());
    }
  }

  private static final class SocketReader extends FromStringDeserializer<InetSocketAddress> {
    private static final long serialVersionUID = 1L;

    SocketReader() {
      super(InetSocketAddress.class);
    }

    @Override
    protected InetSocketAddress _deserialize(String text, DeserializationContext context) {
      int colon = text.lastIndexOf(':');
      String host = text.substring(0, Math.max(0, colon));
      int port = Integer.parseInt(text.substring(colon + 1));
      return host.indexOf('/') < 0
          ? InetSocketAddress.createUnresolved(host, port)
          : new InetSocketAddress(address(host), port);
    }
  }
}
