/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import dev.larder.Cache;
import dev.larder.Larder;

/**
 * The least that there is to cache, in a class that is loaded early and one that is loaded late.
 */
public final class Main {

  private static int runs;

  @Cache("early")
  static int early(long id) {
    return ++runs;
  }

  static final class Late {
    @Cache("late")
    int late(String text) {
      return ++runs;
    }
  }

  public static void main(String[] args) {
    System.out.println("early=" + early(1) + " " + early(1));
    Late late = new Late();
    System.out.println("late=" + late.late("a") + " " + late.late("a"));
    System.out.println("attached=" + Larder.attached());
  }
}
