/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import dev.larder.Cache;
import dev.larder.CachePut;
import dev.larder.CacheStats;
import dev.larder.Larder;
import jakarta.annotation.security.RolesAllowed;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;

/** Proxies: one that is the only thing there is, one around a target, one that guards. */
public final class Main {

  interface Mapper {
    @Cache("mapper")
    String select(long id);
  }

  interface Service {
    @Cache("service")
    String find(long id);
  }

  interface Guarded {
    @Cache
    @RolesAllowed("clerk")
    String select(long id);
  }

  @Retention(RetentionPolicy.RUNTIME)
  @RolesAllowed("clerk")
  @interface ClerksOnly {}

  @ClerksOnly
  interface GuardedByMeta {
    @Cache
    String select(long id);
  }

  @RolesAllowed("clerk")
  interface GuardedService {
    @Cache
    String select(long id);
  }

  static final class GuardedImplementation implements GuardedService {
    @Override
    public String select(long id) {
      return "row " + ++rows;
    }
  }

  interface Writing {
    @CachePut(value = "written", key = "{p0}")
    String write(long id, String text);

    @CachePut(value = "written", key = "{p0}")
    CompletableFuture<String> writeLater(long id, String text);
  }

  static final class Written implements Writing {
    @Override
    public String write(long id, String text) {
      return text;
    }

    @Override
    public CompletableFuture<String> writeLater(long id, String text) {
      return CompletableFuture.supplyAsync(() -> text);
    }
  }

  /** Gives another text than what it decorates. */
  record LoudWriting(Writing inner) implements Writing {
    @Override
    public String write(long id, String text) {
      return inner.write(id, text) + "!";
    }

    @Override
    public CompletableFuture<String> writeLater(long id, String text) {
      return inner.writeLater(id, text).thenApply(written -> written + "!");
    }
  }

  @Cache(value = "written", key = "{p0}")
  static String read(long id) {
    return "read " + id;
  }

  static int mapperRuns;
  static int advised;
  static int serviceRuns;
  static int rows;
  static int asked;

  static final class ServiceImplementation implements Service {
    @Override
    public String find(long id) {
      return "service " + id + " run " + ++serviceRuns;
    }
  }

  /** Adds to what it decorates, so that the outer and the inner result differ. */
  static final class Decorator implements Service {
    private final Service inner;

    Decorator(Service inner) {
      this.inner = inner;
    }

    @Override
    public String find(long id) {
      advised++;
      return inner.find(id);
    }
  }

  public static void main(String[] args) {
    Mapper mapper =
        (Mapper)
            Proxy.newProxyInstance(
                Main.class.getClassLoader(),
                new Class<?>[] {Mapper.class},
                (proxy, method, arguments) -> "row " + arguments[0] + " run " + ++mapperRuns);
    System.out.println(
        "mapper=" + mapper.select(1) + "|" + mapper.select(1) + "|" + mapper.select(1));

    Service target = new ServiceImplementation();
    Service proxied =
        (Service)
            Proxy.newProxyInstance(
                Main.class.getClassLoader(),
                new Class<?>[] {Service.class},
                (proxy, method, arguments) -> {
                  advised++;
                  try {
                    return method.invoke(target, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    String all = "";
    for (int i = 0; i < 4; i++) {
      all += proxied.find(1) + "|";
    }
    System.out.println("proxied=" + all + " advised=" + advised);
    advised = 0;
    Service decorated = new Decorator(target);
    for (int i = 0; i < 4; i++) {
      decorated.find(1);
    }
    System.out.println("decorated=" + decorated.find(1) + " advised=" + advised);
    CacheStats stats = Larder.stats("service");
    System.out.println(
        "service=loads="
            + stats.loads()
            + " stores="
            + stats.stores()
            + " entries="
            + stats.entries());

    Guarded guarded = guarding(Guarded.class, null);
    System.out.println("guarded=" + thrice(guarded::select));
    GuardedByMeta byMeta = guarding(GuardedByMeta.class, null);
    System.out.println("guardedByMeta=" + thrice(byMeta::select));
    GuardedService service = guarding(GuardedService.class, new GuardedImplementation());
    System.out.println("guardedTarget=" + thrice(service::select));

    writing(null).write(1, "alone");
    System.out.println("putAlone=" + read(1));
    writing(new Written()).write(1, "around");
    System.out.println("putAround=" + read(1));
    Writing loud = new LoudWriting(new LoudWriting(new Written()));
    System.out.println("putDecorated=" + loud.write(1, "decorated") + " " + read(1));
    System.out.println("putLater=" + loud.writeLater(1, "later").join() + " " + read(1));
  }

  /** A proxy that gives what it is told to write, after its target has if there is one. */
  private static Writing writing(Writing target) {
    return (Writing)
        Proxy.newProxyInstance(
            Main.class.getClassLoader(),
            new Class<?>[] {Writing.class},
            (proxy, method, arguments) ->
                target == null ? arguments[1] : method.invoke(target, arguments));
  }

  private static String thrice(LongFunction<String> select) {
    return select.apply(1) + "|" + select.apply(1) + "|" + select.apply(1) + " asked=" + asked;
  }

  /** A proxy that asks who calls, and then its target, or a table if there is none. */
  private static <T> T guarding(Class<T> type, T target) {
    return type.cast(
        Proxy.newProxyInstance(
            Main.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              asked++;
              return target == null ? "row " + ++rows : method.invoke(target, arguments);
            }));
  }
}
