/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import dev.larder.Cache;

/** Ends in each way that an application can end. */
public final class Main {

  static int runs;

  @Cache
  static int find(long id) {
    return ++runs;
  }

  public static void main(String[] args) {
    find(1);
    System.out.println("cached=" + find(1));
    switch (args[0]) {
      case "return" -> System.out.println("returns");
      case "exit" -> {
        onShutdown(
            () -> System.out.println("in the hook=" + find(1) + " " + find(2) + " " + find(2)));
        System.exit(3);
      }
      case "halt" -> {
        onShutdown(() -> Runtime.getRuntime().halt(find(1) + 4));
        System.exit(3);
      }
      case "throw" -> throw new IllegalStateException("the application's end");
      case "other thread" -> {
        Thread last = new Thread(() -> System.out.println("last=" + find(1)));
        last.start();
      }
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  private static void onShutdown(Runnable last) {
    Runtime.getRuntime().addShutdownHook(new Thread(last));
  }
}
