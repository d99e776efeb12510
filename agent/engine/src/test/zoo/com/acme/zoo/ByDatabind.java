/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme.zoo;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonPOJOBuilder;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.databind.util.StdConverter;
import java.util.List;

/** What names classes that are made for one Jackson; see {@link Annotated}. */
public class ByDatabind {

  public static class Using {
    @JsonSerialize(using = ToStringSerializer.class)
    private long id = 1;
  }

  public static Using refusedUsing() {
    return new Using();
  }

  public static class ContentUsing {
    @JsonSerialize(contentUsing = ToStringSerializer.class)
    private List<Long> ids = List.of(1L);
  }

  public static ContentUsing refusedContentUsing() {
    return new ContentUsing();
  }

  public static class Upper extends StdConverter<String, String> {
    @Override
    public String convert(String text) {
      return text.toUpperCase(java.util.Locale.ROOT);
    }
  }

  public static class Converted {
    @JsonDeserialize(converter = Upper.class)
    private String name = "ann";
  }

  public static Converted refusedConverter() {
    return new Converted();
  }

  /** As Lombok's {@code @Jacksonized @Builder} writes it. */
  @JsonDeserialize(builder = Built.BuiltBuilder.class)
  public static final class Built {
    private final String name;
    private final int size;

    private Built(String name, int size) {
      this.name = name;
      this.size = size;
    }

    @JsonPOJOBuilder(withPrefix = "", buildMethodName = "build")
    public static final class BuiltBuilder {
      private String name;
      private int size;

      public BuiltBuilder name(String text) {
        this.name = text;
        return this;
      }

      public BuiltBuilder size(int number) {
        this.size = number;
        return this;
      }

      public Built build() {
        return new Built(name, size);
      }
    }
  }

  public static Built jacksonized() {
    return new Built.BuiltBuilder().name("a").size(2).build();
  }

  @JsonDeserialize(as = Impl.class)
  public interface Declared {}

  public static class Impl implements Declared {
    private String text = "t";
  }

  public static Declared implementationNamed() {
    return new Impl();
  }
}
