/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme.zoo;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIdentityInfo;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.annotation.ObjectIdGenerators;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What applications declare with Jackson's annotations: a method gives a value that must come back
 * as it was, or, where its name begins with {@code refused}, one of which an annotation takes
 * something away; where it begins with {@code never}, it is refused without annotations too.
 */
public class Annotated {

  public record Money(@JsonProperty("amt") BigDecimal amount, String currency) {}

  @JsonPropertyOrder({"last", "first"})
  public static class Person {
    @JsonProperty("first_name")
    private String first = "Ann";

    @JsonAlias({"surname", "family"})
    private String last = "Lee";

    /** Of both together; nothing that is kept. */
    @JsonProperty("name")
    public String getName() {
      return first + " " + last;
    }
  }

  public static Person renamed() {
    return new Person();
  }

  public static final class Point {
    private final int x;
    private final int y;

    @JsonCreator
    public Point(@JsonProperty("lon") int x, @JsonProperty("lat") int y) {
      this.x = x;
      this.y = y;
    }

    @JsonProperty("lon")
    public int getX() {
      return x;
    }

    @JsonProperty("lat")
    public int getY() {
      return y;
    }
  }

  public static List<Point> creator() {
    return List.of(new Point(1, 2), new Point(3, 4));
  }

  public static final class Sku {
    private final String text;

    private Sku(String text) {
      this.text = text;
    }

    @JsonCreator
    public static Sku of(String text) {
      return new Sku(text);
    }

    @JsonValue
    public String text() {
      return text;
    }
  }

  public static Map<String, Sku> value() {
    return Map.of("a", Sku.of("A-1"));
  }

  public enum Status {
    @JsonProperty("on")
    ACTIVE,
    @JsonProperty("off")
    INACTIVE
  }

  public static List<Status> renamedConstants() {
    return List.of(Status.INACTIVE, Status.ACTIVE);
  }

  public enum Code {
    ONE(1),
    TWO(2);

    private final int number;

    Code(int number) {
      this.number = number;
    }

    @JsonValue
    public int number() {
      return number;
    }

    @JsonCreator
    public static Code of(int number) {
      return number == 1 ? ONE : TWO;
    }
  }

  public static Map<Code, List<Code>> constantsByValue() {
    return Map.of(Code.TWO, List.of(Code.ONE, Code.TWO));
  }

  public static class Formats {
    @JsonFormat(shape = JsonFormat.Shape.STRING)
    private long number = 5;

    @JsonFormat(shape = JsonFormat.Shape.STRING)
    private BigDecimal exact = new BigDecimal("1.10");

    @JsonFormat(pattern = "dd.MM.yyyy")
    private LocalDate day = LocalDate.of(2026, 2, 3);

    @JsonFormat(pattern = "yyyy-MM-dd'T'HH:mm:ss.SSSZ")
    private Date date = new Date(1);

    @JsonFormat(shape = JsonFormat.Shape.NUMBER)
    private Status status = Status.INACTIVE;
  }

  public static Formats formats() {
    return new Formats();
  }

  public static class Whole {
    @JsonFormat(shape = JsonFormat.Shape.NUMBER_INT)
    private Instant moment = Instant.parse("2026-01-01T00:00:00.000000001Z");
  }

  public static Whole refusedFormatWithoutNanoseconds() {
    return new Whole();
  }

  public static class Coarse {
    @JsonFormat(pattern = "yyyy-MM-dd HH:mm")
    private LocalDateTime moment = LocalDateTime.of(2026, 1, 2, 3, 4, 5);
  }

  public static Coarse refusedFormatWithoutSeconds() {
    return new Coarse();
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  @JsonIgnoreProperties(
      value = {"hibernateLazyInitializer", "handler"},
      ignoreUnknown = true)
  public static class Sparse {
    private String nothing = null;
    private String text = "a";
    private Optional<List<Map<UUID, Money>>> deep =
        Optional.of(List.of(Map.of(new UUID(1, 2), new Money(new BigDecimal("1.10"), "EUR"))));
  }

  public static Sparse sparse() {
    return new Sparse();
  }

  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public static class NoEmpties {
    private List<String> empty = new ArrayList<>();
  }

  public static NoEmpties refusedEmptyListLeftOut() {
    return new NoEmpties();
  }

  public static class Account {
    private String name = "ann";
    @JsonIgnore private String token = "t";
  }

  public static Account refusedIgnored() {
    return new Account();
  }

  @JsonIgnoreProperties({"token"})
  public static class AccountByName {
    private String token = "t";
  }

  public static AccountByName refusedIgnoredByName() {
    return new AccountByName();
  }

  public static class WriteOnly {
    @JsonProperty(access = JsonProperty.Access.WRITE_ONLY)
    private String password = "p";
  }

  public static WriteOnly refusedWriteOnly() {
    return new WriteOnly();
  }

  @JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.NONE)
  public static class Hidden {
    private String hidden = "h";
  }

  public static Hidden hiddenFields() {
    return new Hidden();
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Cash.class, name = "cash"),
    @JsonSubTypes.Type(value = Card.class, name = "card")
  })
  public interface Payment {}

  @JsonTypeName("cash")
  public static class Cash implements Payment {
    private int cents = 5;
  }

  public record Card(String number, @JsonFormat(pattern = "MM/yyyy") LocalDate ignoredDay)
      implements Payment {}

  public static List<Payment> polymorphic() {
    return List.of(new Cash(), new Card("1", null));
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({@JsonSubTypes.Type(Circle.class), @JsonSubTypes.Type(Square.class)})
  public sealed interface Shape permits Circle, Square {}

  public record Circle(double radius) implements Shape {}

  public record Square(@JsonProperty("a") int side, String type) implements Shape {}

  public static Map<String, Shape> sealed() {
    return new LinkedHashMap<>(Map.of("a", new Circle(1.5), "b", new Square(2, "own")));
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
  public abstract static class Animal<T> {
    protected T name;
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
  public static class Dog extends Animal<String> {
    private int bones = 2;
  }

  public static Animal<String> byClassName() {
    Dog dog = new Dog();
    dog.name = "Rex";
    return dog;
  }

  public static class Order {
    private long id = 1;
    @JsonUnwrapped private Address address = new Address();
  }

  public static final class Address {
    private String street = "Main";
    private byte[] stamp = {1, -1};
  }

  public static Order unwrapped() {
    return new Order();
  }

  public static class OpenOrder {
    @JsonUnwrapped private Person person = new Person();
  }

  public static OpenOrder unwrappedOfAnOpenType() {
    return new OpenOrder();
  }

  static class Captain extends Person {}

  /** By its class alone, of which nothing is left. */
  public static OpenOrder refusedUnwrappedOfAnotherClass() {
    OpenOrder order = new OpenOrder();
    order.person = new Captain();
    return order;
  }

  /** Knows the object that it belongs to. */
  public class Inner {
    private int number = 3;
  }

  private final String outer = "outer";

  public static Inner neverInner() {
    return new Annotated().new Inner();
  }

  public static class Open {
    private final Map<String, Object> others = new LinkedHashMap<>(Map.of("a", 1));

    @JsonAnyGetter
    public Map<String, Object> getOthers() {
      return others;
    }

    @JsonAnySetter
    public void set(String name, Object value) {
      others.put(name, value);
    }
  }

  /** As a child knows its parent, and the parent its children. */
  @JsonIdentityInfo(generator = ObjectIdGenerators.IntSequenceGenerator.class, property = "@id")
  public static class Node {
    private String name = "root";
    private Node parent;
    private List<Node> children = new ArrayList<>();
  }

  public static Node recursiveTree() {
    Node root = new Node();
    Node child = new Node();
    child.name = "child";
    root.children.add(child);
    return root;
  }

  public static Node circleWithIdentity() {
    Node root = new Node();
    Node child = new Node();
    child.parent = root;
    root.children.add(child);
    return root;
  }

  public static class Page<T> {
    @JsonProperty("items")
    private List<T> content;

    private int total;
  }

  public static Page<Page<Money>> generic() {
    Page<Money> inner = new Page<>();
    inner.content = List.of(new Money(new BigDecimal("2.50"), "USD"));
    Page<Page<Money>> outer = new Page<>();
    outer.content = List.of(inner);
    outer.total = 1;
    return outer;
  }

  /** As Lombok's {@code @Value @Builder}: no constructor but a private one. */
  public static final class Built {
    private final String name;
    private final List<Money> parts;

    private Built(Builder builder) {
      this.name = builder.name;
      this.parts = List.copyOf(builder.parts);
    }

    public static final class Builder {
      private String name;
      private final List<Money> parts = new ArrayList<>();

      public Builder name(String text) {
        this.name = text;
        return this;
      }

      public Built build() {
        return new Built(this);
      }
    }
  }

  public static Built built() {
    Built.Builder builder = new Built.Builder().name("b");
    builder.parts.add(new Money(BigDecimal.ONE, "EUR"));
    return builder.build();
  }
}
