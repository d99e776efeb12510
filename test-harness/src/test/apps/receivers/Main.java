/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import dev.larder.Cache;

/** Receivers that differ, and subclasses of one base, never share. */
public final class Main {

  static class Tenant {
    final String name;
    private int runs;

    Tenant(String name) {
      this.name = name;
    }

    @Cache("tenants")
    String find(long id) {
      return name + id + " run " + ++runs;
    }

    @Cache("greetings")
    String greet(String whom) {
      return "hello " + whom + ", this is " + name;
    }
  }

  static class Holder {
    private final Object dependency;

    Holder(Object dependency) {
      this.dependency = dependency;
    }

    @Cache("holders")
    int find(long id) {
      return System.identityHashCode(dependency);
    }
  }

  abstract static class Base {
    @Cache("bases")
    String name(int x) {
      return getClass().getSimpleName() + x;
    }
  }

  static final class Left extends Base {}

  static final class Right extends Base {
    @Override
    @Cache("bases")
    String name(int x) {
      return "right of " + super.name(x);
    }
  }

  static final class Shared {
    private final String name;

    Shared(String name) {
      this.name = name;
    }

    @Cache(value = "shared", scope = "shared")
    String find(long id) {
      return name;
    }

    @Cache(value = "instance", scope = "instance")
    String own(long id) {
      return name;
    }

    @Override
    public boolean equals(Object other) {
      throw new AssertionError("equals is the application's");
    }

    @Override
    public int hashCode() {
      throw new AssertionError("hashCode is the application's");
    }
  }

  public static void main(String[] args) {
    Tenant a = new Tenant("a");
    Tenant b = new Tenant("b");
    System.out.println("a=" + a.find(1) + "|" + a.find(1));
    System.out.println("b=" + b.find(1) + "|" + b.find(1));
    System.out.println("greetings=" + a.greet("you") + "|" + b.greet("you"));
    Object one = new Object();
    Object two = new Object();
    System.out.println(
        "holders="
            + (new Holder(one).find(1) == System.identityHashCode(one))
            + " "
            + (new Holder(two).find(1) == System.identityHashCode(two)));
    Left left = new Left();
    Right right = new Right();
    System.out.println(
        "bases=" + left.name(1) + "|" + right.name(1) + "|" + left.name(1) + "|" + right.name(1));
    Shared first = new Shared("first");
    Shared second = new Shared("second");
    System.out.println("shared=" + first.find(1) + "|" + second.find(1));
    System.out.println(
        "instance="
            + first.own(1)
            + "|"
            + second.own(1)
            + "|"
            + first.own(1)
            + "|"
            + second.own(1));
  }
}
