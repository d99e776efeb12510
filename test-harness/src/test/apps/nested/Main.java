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
 * Lambdas in classes that are nested in cached ones, and JMX, in whose class the JDK has as much.
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
    if (args.length > 0) { // as Spring ends a run that is there for training alone
      Runtime.getRuntime().halt(0);
    }
    System.out.println("product=" + Late.Nested.product(2));
    System.out.println("late=" + Late.late(1) + " " + Late.late(1));
  }
}

/** Loaded after what is nested in it. */
final class Late {

  private static int runs;

  private Late() {}

  @Cache("late")
  static int late(long id) {
    return ++runs;
  }

  static final class Nested {
    static int product(int one) {
      IntSupplier next = () -> one + 1;
      return one * next.getAsInt();
    }
  }
}
