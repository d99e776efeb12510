/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import dev.larder.Cache;
import dev.larder.Larder;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

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

  @Retention(RetentionPolicy.RUNTIME)
  @interface Secured {}

  static int mapperRuns;
  static int advised;
  static int serviceRuns;

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
    System.out.println("stats=" + Larder.stats("service"));
  }
}
