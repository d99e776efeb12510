package com.acme.shop;

import dev.larder.Cache;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;

/** Methods of each kind that an observer may meet. */
public class Wares {

  /** A value without an {@code equals}, and with a field that shows no property. */
  static final class Ware {
    private final long number;
    private final List<String> names = new ArrayList<>();

    Ware(long number) {
      this.number = number;
      names.add("ware " + number);
    }

    @Override
    public String toString() {
      return number + " " + names;
    }
  }

  private int bodies;
  private int tokens;

  int bodies() {
    return bodies;
  }

  /** Takes a while. */
  private void work() {
    bodies++;
    LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(100));
  }

  Ware find(long number) {
    work();
    return new Ware(number);
  }

  List<Ware> search(String words, int most) {
    work();
    List<Ware> found = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      found.add(new Ware(words.length() + i));
    }
    return found;
  }

  String maybe(long number) {
    work();
    return number % 2 == 0 ? null : "maybe " + number;
  }

  CompletableFuture<String> later(long number) {
    return CompletableFuture.supplyAsync(
        () -> {
          LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(100));
          return "later " + number;
        });
  }

  @Cache("prices")
  String price(long number) {
    work();
    return number + " EUR";
  }

  String token(String user) {
    work();
    return user + " " + ++tokens;
  }

  @Cache(key = "{user}")
  String annotatedToken(String user) {
    work();
    return user + " " + ++tokens;
  }

  String once(long number) {
    work();
    return "once " + number;
  }

  int quick(int number) {
    return number + 1;
  }

  int evaluated(IntSupplier number) {
    work();
    return number.getAsInt();
  }

  InputStream opened(long number) {
    work();
    return new ByteArrayInputStream(new byte[] {(byte) number});
  }

  String failing(long number) {
    work();
    throw new IllegalStateException("failing " + number);
  }
}
