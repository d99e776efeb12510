/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import dev.larder.Cache;
import dev.larder.CacheEvict;
import dev.larder.CachePut;

/** Annotations that cannot be followed: each method is called twice, and runs twice. */
public final class Main {

  static int runs;

  @Cache(value = "products", key = "{nobody}")
  static int unknownParameter(long id) {
    return ++runs;
  }

  @Cache(value = "products", key = "{result.id}")
  static int resultInAKey(long id) {
    return ++runs;
  }

  @Cache(value = "products", condition = "id > 1 && id.toString()")
  static int call(Long id) {
    return ++runs;
  }

  @Cache("first\nsecond")
  static int controlCharacter(long id) {
    return ++runs;
  }

  @CacheEvict(value = "products", tags = "product, product:{nobody}")
  static int unknownTag(long id) {
    return ++runs;
  }

  @CachePut(value = "products", key = "{id", unless = "id == 1")
  static int openBrace(long id) {
    return ++runs;
  }

  @Cache(value = "products", refreshAhead = "180%")
  static int shareTooLarge(long id) {
    return ++runs;
  }

  /** It may have subclasses, so that what it lacks shows at a call. */
  public static class Item {}

  @Cache(value = "products", key = "{item.nobody}")
  static int unknownProperty(Item item) {
    return ++runs;
  }

  @Cache(value = "products", key = "{id}", unless = "id == 2 || item.nobody")
  static int unknownPropertyBehindTheCall(long id, Item item) {
    return ++runs;
  }

  abstract static class Unfinished {
    @Cache("products")
    abstract int finish(long id);
  }

  static final class Finished extends Unfinished {
    @Override
    int finish(long id) {
      return ++runs;
    }
  }

  @Cache(value = "keyed", key = "{id}")
  static int keyed(long id) {
    return ++runs;
  }

  @CacheEvict("keyed")
  static int evictByArguments(long id) {
    return ++runs;
  }

  public static void main(String[] args) {
    Finished finished = new Finished();
    for (int i = 0; i < 2; i++) {
      unknownParameter(1);
      resultInAKey(1);
      call(2L);
      controlCharacter(1);
      unknownTag(1);
      openBrace(1);
      shareTooLarge(1);
      unknownProperty(new Item());
      unknownPropertyBehindTheCall(1, new Item());
      finished.finish(1);
    }
    System.out.println("runs=" + runs);
    int kept = keyed(1);
    evictByArguments(1);
    evictByArguments(1);
    System.out.println("kept=" + (kept == keyed(1)));
  }
}
