/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** The sample application's own jar, under the agent, with the settings that lie beside it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SampleAppIT {

  private static final Pattern STARTED = Pattern.compile("Tomcat started on port (\\d+)");
  private static final Pattern PRICE = Pattern.compile("\"price\":([0-9.]+)");
  private static final Pattern COMPANION =
      Pattern.compile("\"boughtWith\":\\[\\{\"id\":(\\d+),\"name\":\"[^\"]*\",\"price\":([0-9.]+)");

  private final Map<Jdk, ServerApp> servers = new HashMap<>();

  private ServerApp server(Jdk jdk) {
    return servers.computeIfAbsent(jdk, SampleAppIT::start);
  }

  private static ServerApp start(Jdk jdk) {
    try {
      Path directory = App.fresh("sample-app-run");
      Files.copy(
          Path.of("..", "sample-app", "larder.properties"), directory.resolve("larder.properties"));
      return ServerApp.start(
          new ProcessBuilder(
                  jdk.java(),
                  "-XX:TieredStopAtLevel=1",
                  "-javaagent:" + Artifacts.agent(),
                  "-jar",
                  Artifacts.sample().toString(),
                  "--server.port=0",
                  "--server.address=127.0.0.1")
              .directory(directory.toFile()),
          STARTED);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterAll
  void stop() {
    servers.values().forEach(ServerApp::close);
  }

  @OnEachJdk
  void product_askedForAgain_isTheSameAndUnchangedByItsTag(Jdk jdk) {
    HttpResponse<String> first = server(jdk).get("/api/products/4");
    HttpResponse<String> second = server(jdk).get("/api/products/4");
    String tag = first.headers().firstValue("ETag").orElseThrow();

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(first.headers().firstValue("Cache-Control")).contains("public, no-cache");
    assertThat(second.headers().firstValue("ETag")).contains(tag);
    HttpResponse<String> unchanged = server(jdk).get("/api/products/4", "If-None-Match", tag);
    assertThat(unchanged.statusCode()).isEqualTo(304);
    assertThat(unchanged.body()).isEmpty();
    assertThat(server(jdk).get("/assets/pantry.css").headers().firstValue("Cache-Control"))
        .contains("public, max-age=86400");
  }

  /**
   * A page shows its companions' prices too, and a companion's new price removes the companion's
   * entry alone: that the old one is still shown tells that the page is from the cache.
   */
  @OnEachJdk
  void newPrice_ofTheProductItself_isSeenAtOnce(Jdk jdk) {
    String before = server(jdk).get("/api/products/3").body();
    BigDecimal price = new BigDecimal(group(PRICE, before, 1)).add(BigDecimal.ONE);
    String companion = group(COMPANION, before, 1);
    BigDecimal companionsPrice = new BigDecimal(group(COMPANION, before, 2)).add(BigDecimal.ONE);

    change(jdk, companion, companionsPrice);
    assertThat(server(jdk).get("/api/products/3").body()).isEqualTo(before);

    change(jdk, "3", price);
    HttpResponse<String> after = server(jdk).get("/api/products/3");
    assertThat(new BigDecimal(group(PRICE, after.body(), 1))).isEqualByComparingTo(price);
    assertThat(new BigDecimal(group(COMPANION, after.body(), 2)))
        .isEqualByComparingTo(companionsPrice);
  }

  private void change(Jdk jdk, String id, BigDecimal price) {
    HttpResponse<String> answer =
        server(jdk)
            .send(
                "PUT",
                "/api/products/" + id + "/price",
                "{\"price\":" + price + "}",
                "Content-Type",
                "application/json");
    assertThat(answer.statusCode()).isEqualTo(204);
  }

  private static String group(Pattern pattern, String text, int group) {
    Matcher matcher = pattern.matcher(text);
    assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
    return matcher.group(group);
  }
}
