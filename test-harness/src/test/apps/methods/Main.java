/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import dev.larder.Cache;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Every kind of method, each called three times: twice alike, once with another argument. */
public final class Main {

  public static void main(String[] args) throws Exception {
    Kinds kinds = new Kinds();
    report("private", Kinds.class, () -> kinds.callPrivate(1), () -> kinds.callPrivate(2));
    report("static", Kinds.class, () -> Kinds.callStatic(1), () -> Kinds.callStatic(2));
    report("final", Kinds.class, () -> kinds.callFinal(1), () -> kinds.callFinal(2));
    report("self", Kinds.class, () -> kinds.callSelf(1), () -> kinds.callSelf(2));
    report("synchronized", Kinds.class, () -> kinds.callSync(1), () -> kinds.callSync(2));
    report("overloaded", Kinds.class, () -> kinds.over(1), () -> kinds.over(1L));
    report("default", Kinds.class, () -> kinds.callDefault(1), () -> kinds.callDefault(2));
    Contract contract = new Implementation();
    report("interface", Kinds.class, () -> contract.find("a"), () -> contract.find("b"));
    GenericContract<Integer> generic = new GenericImplementation();
    report("generic", Kinds.class, () -> generic.find(1), () -> generic.find(2));
    report("boolean", Kinds.class, () -> kinds.aBoolean(true), () -> kinds.aBoolean(false));
    report("byte", Kinds.class, () -> kinds.aByte((byte) 1), () -> kinds.aByte((byte) 2));
    report("char", Kinds.class, () -> kinds.aChar('a'), () -> kinds.aChar('b'));
    report("short", Kinds.class, () -> kinds.aShort((short) 1), () -> kinds.aShort((short) 2));
    report("int", Kinds.class, () -> kinds.anInt(1), () -> kinds.anInt(2));
    report("long", Kinds.class, () -> kinds.aLong(1), () -> kinds.aLong(2));
    report("float", Kinds.class, () -> kinds.aFloat(1), () -> kinds.aFloat(2));
    report("double", Kinds.class, () -> kinds.aDouble(1), () -> kinds.aDouble(2));
    report("none", Kinds.class, kinds::none, () -> 1);
    report("null", Kinds.class, () -> kinds.aNull(1), () -> kinds.aNull(2));
    report("optional", Kinds.class, () -> kinds.optional(1), () -> kinds.optional(2));
    report(
        "many", Kinds.class, () -> kinds.many("a", 1, 'c', 2L), () -> kinds.many("a", 1, 'd', 2L));
    report(
        "array", Kinds.class, () -> kinds.array(new int[] {1}), () -> kinds.array(new int[] {2}));
    report("template", Kinds.class, () -> kinds.template(1, "x"), () -> kinds.template(2, "x"));
    report("loop", Kinds.class, () -> kinds.loop(3), () -> kinds.loop(4));
    report("sum", Kinds.class, () -> Kinds.sum(10), () -> Kinds.sum(20));
    Kinds.runs = 0;
    IllegalStateException first = thrownBy(kinds);
    IllegalStateException second = thrownBy(kinds);
    System.out.println(
        "thrown="
            + (second == kinds.thrown)
            + " runs="
            + Kinds.runs
            + " again="
            + (first != second)
            + " frames="
            + frames(second)
            + " message="
            + second.getMessage());
    System.out.println("ended");
  }

  private static IllegalStateException thrownBy(Kinds kinds) {
    try {
      kinds.failing(1);
      throw new AssertionError("failing(1) returned");
    } catch (IllegalStateException expected) {
      return expected;
    }
  }

  /** How often the stack trace shows the method. */
  private static long frames(Throwable thrown) {
    long ours = 0;
    for (StackTraceElement frame : thrown.getStackTrace()) {
      if (frame.getMethodName().equals("failing")) {
        ours++;
      }
    }
    return ours;
  }

  private static void report(String kind, Class<?> type, Callable<?> one, Callable<?> other)
      throws Exception {
    Kinds.runs = 0;
    Object first = one.call();
    int afterFirst = Kinds.runs;
    Object second = one.call();
    int afterSecond = Kinds.runs;
    Object third = other.call();
    System.out.println(
        kind
            + ": "
            + afterFirst
            + " "
            + afterSecond
            + " "
            + Kinds.runs
            + " same="
            + Objects.deepEquals(first, second)
            + " other="
            + Objects.deepEquals(first, third));
  }

  interface Contract {
    @Cache
    String find(String name);
  }

  static final class Implementation implements Contract {
    @Override
    public String find(String name) {
      Kinds.runs++;
      return name + "!";
    }
  }

  interface GenericContract<T> {
    @Cache
    T find(T argument);
  }

  static final class GenericImplementation implements GenericContract<Integer> {
    @Override
    public Integer find(Integer argument) {
      Kinds.runs++;
      return argument + 1;
    }
  }

  interface WithDefault {
    @Cache
    default long callDefault(long x) {
      Kinds.runs++;
      return x * 3;
    }
  }

  static final class Kinds implements WithDefault {
    static int runs;
    transient IllegalStateException thrown;

    long callPrivate(long x) {
      return hidden(x);
    }

    @Cache
    private long hidden(long x) {
      runs++;
      return x * 2;
    }

    @Cache
    static long callStatic(long x) {
      runs++;
      return x * 2;
    }

    @Cache
    long callFinal(long x) {
      runs++;
      return x * 2;
    }

    long callSelf(long x) {
      return this.self(x);
    }

    @Cache
    public long self(long x) {
      runs++;
      return x * 2;
    }

    @Cache
    synchronized long callSync(long x) {
      runs++;
      return x * 2;
    }

    @Cache
    String over(int x) {
      runs++;
      return "int";
    }

    @Cache
    String over(long x) {
      runs++;
      return "long";
    }

    @Cache
    boolean aBoolean(boolean x) {
      runs++;
      return !x;
    }

    @Cache
    byte aByte(byte x) {
      runs++;
      return x;
    }

    @Cache
    char aChar(char x) {
      runs++;
      return x;
    }

    @Cache
    short aShort(short x) {
      runs++;
      return x;
    }

    @Cache
    int anInt(int x) {
      runs++;
      return x;
    }

    @Cache
    long aLong(long x) {
      runs++;
      return x;
    }

    @Cache
    float aFloat(float x) {
      runs++;
      return x;
    }

    @Cache
    double aDouble(double x) {
      runs++;
      return x;
    }

    @Cache
    int none() {
      runs++;
      return 1;
    }

    @Cache
    String aNull(int x) {
      runs++;
      return x == 1 ? null : "two";
    }

    @Cache
    Optional<String> optional(int x) {
      runs++;
      return x == 1 ? Optional.empty() : Optional.of("two");
    }

    @Cache
    String many(String a, int b, char c, long d) {
      runs++;
      return a + b + c + d;
    }

    @Cache
    int[] array(int[] x) {
      runs++;
      return new int[] {x[0], 7};
    }

    @Cache(value = "templates", key = "{id}")
    String template(long id, String ignored) {
      runs++;
      return "t" + id;
    }

    /** Begins with the target of a backward jump, and gives parameters' places to other types. */
    @Cache
    String loop(int n) {
      while (n > 0) {
        n--;
        if (n == 1) {
          Object text = "found";
          runs++;
          return text + "" + n;
        }
      }
      {
        double wide = 1.5;
        runs++;
        return String.valueOf(wide);
      }
    }

    @Cache
    static long sum(int n) {
      long total = 0;
      for (int i = 0; i < n; i++) {
        total += i;
      }
      runs++;
      return total;
    }

    @Cache
    String failing(long x) {
      runs++;
      if (x > 0) {
        thrown = new IllegalStateException("as it is");
        throw thrown;
      }
      return "";
    }
  }
}
