/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import com.acme.talk.Talk;
import dev.larder.Cache;
import dev.larder.CacheEvict;
import dev.larder.Larder;

/** Methods of one cache that is kept wherever the configuration says, and the wall clock. */
public final class Main {

  private static int runs;

  @Cache(value = "long", ttl = "10m", tags = "all")
  static String kept(int id) {
    return run();
  }

  @CacheEvict("long")
  static void change(int id) {}

  @Cache(value = "short", ttl = "2s")
  static String brief(int id) {
    return run();
  }

  /** What no other run gives, of this JVM or another. */
  private static String run() {
    return ProcessHandle.current().pid() + "-" + ++runs;
  }

  public static void main(String[] args) throws Exception {
    Talk.listen(
        words -> {
          int id = words.length > 1 ? Integer.parseInt(words[1]) : 0;
          return switch (words[0]) {
            case "kept" -> kept(id);
            case "brief" -> brief(id);
            case "change" -> {
              change(id);
              yield "changed";
            }
            case "clear" -> Larder.clear("long");
            case "evictTag" -> Larder.evictTag("all");
            case "errors" -> Larder.stats("long").errors() + Larder.stats("short").errors();
            case "time" -> System.currentTimeMillis();
            default -> "unknown " + words[0];
          };
        });
  }
}
