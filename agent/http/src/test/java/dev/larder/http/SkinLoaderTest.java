/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A servlet API comes, gets its skin and goes. */
final class SkinLoaderTest {

  private final SkinLoader skins = new SkinLoader();

  @Test
  void otherObjects_haveNoSkin() {
    assertThat(skins.of("no request")).isNull();
    assertThat(skins.of(null)).isNull();
  }

  @Test
  void requestsOfOneApi_shareASkin_whichGoesWithTheApi() throws Exception {
    WeakReference<ClassLoader> application = use();
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> {
              System.gc();
              return application.get() == null;
            });
  }

  private WeakReference<ClassLoader> use() throws Exception {
    List<URL> jars = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(Path.of("target/javax-site"))) {
      for (Path jar : found) {
        jars.add(jar.toUri().toURL());
      }
    }
    URLClassLoader loader =
        new URLClassLoader(jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    Class<?> api = loader.loadClass("javax.servlet.http.HttpServletRequest");
    Object request =
        Proxy.newProxyInstance(loader, new Class<?>[] {api}, (proxy, method, arguments) -> null);
    Skin skin = skins.of(request);
    assertThat(skin.getClass().getName()).isEqualTo("dev.larder.http.javaxskin.ServletSkin");
    assertThat(skin.getClass().getClassLoader().getParent()).isSameAs(loader);
    assertThat(skins.of(request)).isSameAs(skin);
    loader.close();
    return new WeakReference<>(loader);
  }
}
