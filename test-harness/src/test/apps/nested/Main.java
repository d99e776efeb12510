/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import dev.larder.Cache;
import dev.larder.Larder;
import java.lang.management.ManagementFactory;
import java.util.function.IntSupplier;
import javax.management.ObjectName;

/**
 * Lambdas in a class that is nested in a cached one, and JMX, in whose class the JDK has as much.
 */
public final class Main {

  private static int runs;

  @Cache("early")
  static int early(long id) {
    return ++runs;
  }

  static final class Nested {
    static int sum(int one) {
      IntSupplier next = () -> one + 1;
      return one + next.getAsInt();
    }
  }

  public static void main(String[] args) throws Exception {
    System.out.println("early=" + early(1) + " " + early(1));
    System.out.println("sum=" + Nested.sum(1));
    System.out.println(
        "bean="
            + ManagementFactory.getPlatformMBeanServer()
                .isRegistered(new ObjectName("dev.larder:type=Cache,name=early")));
    System.out.println("attached=" + Larder.attached());
  }
}
