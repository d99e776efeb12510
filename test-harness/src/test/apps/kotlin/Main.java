/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */

/** Starts what is written in Kotlin. */
public final class Main {

  public static void main(String[] args) {
    if (args.length > 0 && args[0].equals("forms")) {
      FormsKt.forms();
      return;
    }
    if (args.length == 0) {
      ShopKt.main();
    }
    zoo.ZooKt.zoo();
  }
}
