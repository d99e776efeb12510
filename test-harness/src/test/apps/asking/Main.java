/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import dev.larder.Larder;

/** An application with nothing to cache, which asks the agent all the same. */
public final class Main {

  public static void main(String[] args) {
    System.out.println("attached=" + Larder.attached());
    System.out.println("cleared=" + Larder.clear("nothing"));
  }
}
