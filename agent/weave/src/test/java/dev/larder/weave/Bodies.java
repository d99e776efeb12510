/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntSupplier;

/** Bodies of every kind, to be woven; each counts that it was run. */
public class Bodies {

  private int runs;

  public int runs() {
    return runs;
  }

  public boolean ofBoolean(boolean a) {
    runs++;
    return !a;
  }

  public byte ofByte(byte a) {
    runs++;
    return (byte) (a + 1);
  }

  public char ofChar(char a) {
    runs++;
    return (char) (a + 1);
  }

  public short ofShort(short a) {
    runs++;
    return (short) (a + 1);
  }

  public int ofInt(int a) {
    runs++;
    return a + 1;
  }

  public long ofLong(long a) {
    runs++;
    return a + 1;
  }

  public float ofFloat(float a) {
    runs++;
    return a + 1;
  }

  public double ofDouble(double a) {
    runs++;
    return a + 1;
  }

  public String ofText(String a) {
    runs++;
    return a + "!";
  }

  public int[] ofArray(int[] a) {
    runs++;
    int[] copy = a.clone();
    copy[0]++;
    return copy;
  }

  public Object ofAnything(Object a) {
    runs++;
    return List.of(a);
  }

  public void ofNothing(int a) {
    runs += a;
  }

  public static long ofClass(long a, String b, double c) {
    return a + b.length() + (long) c;
  }

  public final String ofSeveral(int a, long b, String c, double d, boolean e, char[] f) {
    runs++;
    return a + ":" + b + ":" + c + ":" + d + ":" + e + ":" + Arrays.toString(f);
  }

  public String ofVarargs(String first, Object... rest) {
    runs++;
    return first + Arrays.toString(rest);
  }

  public double wideLocals(int n) {
    runs++;
    long sum = 0;
    double product = 1;
    for (long i = 1; i <= n; i++) {
      double half = i / 2.0;
      sum += i;
      product *= half;
      if (product > 1e6) {
        long rest = sum - i;
        return rest + half;
      }
    }
    return sum + product;
  }

  public static int beginsWithLoop(int n) {
    do {
      n -= 3;
    } while (n > 0);
    return n;
  }

  public int finallyAndReturn(int n) {
    runs++;
    List<String> steps = new ArrayList<>();
    try {
      steps.add("try");
      if (n < 0) {
        throw new IllegalArgumentException("negative");
      }
      return steps.size();
    } catch (IllegalArgumentException negative) {
      steps.add(negative.getMessage());
      return -steps.size();
    } finally {
      runs += steps.size();
    }
  }

  public int inMonitor(Object lock) {
    synchronized (lock) {
      runs++;
      if (runs > 100) {
        return -1;
      }
      synchronized (this) {
        return lock.hashCode() == 0 ? 1 : 2;
      }
    }
  }

  public synchronized String inOwnMonitor(String text) {
    runs++;
    return text + Thread.holdsLock(this);
  }

  public String manyReturns(int n) {
    runs++;
    if (n < 0) {
      return "negative";
    }
    switch (n) {
      case 0 -> {
        return "none";
      }
      case 1 -> {
        return "one";
      }
      case 2 -> {
        for (String text : List.of("a", "b", "two")) {
          if (text.length() > 1) {
            return text;
          }
        }
      }
      default -> {
        return n > 10 ? "many" : "some";
      }
    }
    return "never";
  }

  public int closesOver(int n) {
    runs++;
    IntSupplier doubled = () -> n * 2;
    return doubled.getAsInt();
  }

  public String reusesItsParameter(Object a) {
    runs++;
    a = a.toString().length();
    String text = "length " + a;
    a = null;
    return text + a;
  }

  public Object failsBy(RuntimeException failure) {
    runs++;
    throw failure;
  }

  public int nested(int n) {
    runs++;
    int result = 0;
    for (int i = 0; i < n; i++) {
      try {
        if (i % 2 == 0) {
          continue;
        }
        try {
          result += 10 / (i - 1);
        } finally {
          result++;
        }
      } catch (ArithmeticException byZero) {
        result += 100;
      }
    }
    return result;
  }
}
