/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.function.Supplier;

/** A small application server: its loaders of web applications ask themselves first. */
public final class Main {

  static final class WebAppLoader extends URLClassLoader {
    WebAppLoader(URL[] urls) {
      super(urls, Main.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        Class<?> type = findLoadedClass(name);
        if (type == null) {
          try {
            type = findClass(name);
          } catch (ClassNotFoundException notOurs) {
            return super.loadClass(name, resolve);
          }
        }
        return type;
      }
    }
  }

  public static void main(String[] args) throws Exception {
    WeakReference<ClassLoader> first = runOnce(args, "first");
    WeakReference<ClassLoader> second = runOnce(args, "second");
    System.out.println("collected=" + isCollected(first) + " " + isCollected(second));
  }

  /** Deploys, runs and undeploys; entries of the application are still cached then. */
  private static WeakReference<ClassLoader> runOnce(String[] args, String name) throws Exception {
    URL[] urls = new URL[args.length];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = Path.of(args[i]).toUri().toURL();
    }
    try (WebAppLoader loader = new WebAppLoader(urls)) {
      Supplier<?> shop =
          (Supplier<?>)
              loader.loadClass("com.acme.shop.Shop").getDeclaredConstructor().newInstance();
      System.out.println(name + "=" + shop.get());
      return new WeakReference<>(loader);
    }
  }

  private static boolean isCollected(WeakReference<ClassLoader> loader) throws Exception {
    long end = System.nanoTime() + 20_000_000_000L;
    while (loader.get() != null && System.nanoTime() < end) {
      System.gc();
      Thread.onSpinWait();
    }
    return loader.get() == null;
  }
}
