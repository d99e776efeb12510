/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import dev.larder.Cache;

/** Has an interface annotated, and inherits what implements it from a class that knows neither. */
public final class Main {

  private static int runs;

  interface Finder {
    @Cache("found")
    String find(String key);
  }

  static class Shelf {
    public String find(String key) {
      return key + ++runs;
    }
  }

  static class Shop extends Shelf implements Finder {}

  static class Stall implements Finder {
    @Override
    public String find(String key) {
      return key + ++runs;
    }
  }

  private Main() {}

  public static void main(String[] args) {
    Finder shop = new Shop();
    System.out.println("inherited=" + shop.find("a") + " " + shop.find("a"));
    Finder stall = new Stall();
    System.out.println("own=" + stall.find("a") + " " + stall.find("a"));
  }
}
