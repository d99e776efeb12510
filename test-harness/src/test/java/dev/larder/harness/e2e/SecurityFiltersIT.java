/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.harness.e2e.Connection.Reply;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/**
 * Responses stored behind Spring Security's filters, which run at every request, and write {@code
 * no-store} into every answer.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecurityFiltersIT {

  private static final String RULES =
      """
      log-level = info
      http.open.paths = /public/**, /account/**, /admin/**
      http.open.cache-control = public, max-age=30
      http.open.store = 60s
      http.open.override = on
      # so that it is the principal alone that keeps answers apart
      http.open.cookies = ignore
      http.framed.paths = /framed/**
      http.framed.cache-control = public, max-age=60
      http.framed.store = 60s
      """;

  private static final String FRAMEWORKS = "no-cache, no-store, max-age=0, must-revalidate";

  private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\"[^>]* value=\"([^\"]+)\"");

  private final Map<Jdk, ServerApp> servers = new HashMap<>();

  private ServerApp server(Jdk jdk) {
    return servers.computeIfAbsent(jdk, SecurityFiltersIT::start);
  }

  private static ServerApp start(Jdk jdk) {
    ServerApp started =
        ServerApp.start(
            App.named("guarded")
                .mainClass("com.acme.shop.Main")
                .libraries("boot-3")
                .libraries("boot-3-security")
                .argument("--server.port=0", "--server.address=127.0.0.1")
                .file("larder.properties", RULES)
                .agent(),
            jdk);
    // Before any other answer, since a JVM tells once of no-store.
    Connection.get(started, "/public/own");
    return started;
  }

  @AfterAll
  void stop() {
    servers.values().forEach(ServerApp::close);
  }

  @OnEachJdk
  void publicPage_underOverride_isStoredAndServedBehindTheFilters(Jdk jdk) {
    Reply first = get(jdk, "/public/page?of=all");
    Reply second = get(jdk, "/public/page?of=all");

    assertThat(first.isStored()).as("%s", first).isTrue();
    assertThat(second.isHit()).as("%s", second).isTrue();
    assertThat(second.body()).isEqualTo(first.body()).endsWith(" for anonymousUser");
    for (Reply each : new Reply[] {first, second}) {
      assertThat(each.field("Cache-Control")).matches("public, max-age=3\\d");
      assertThat(each.lines("X-Frame-Options")).as("the filters' own").containsExactly("DENY");
      assertThat(each.lines("X-Content-Type-Options")).containsExactly("nosniff");
    }
    Reply unchanged = get(jdk, "/public/page?of=all", "If-None-Match: " + first.field("ETag"));
    assertThat(unchanged.status()).isEqualTo(304);
    assertThat(unchanged.lines("X-Frame-Options")).containsExactly("DENY");
    Reply head = Connection.once(server(jdk), "HEAD", "/public/page?of=all");
    assertThat(head.isHit()).isTrue();
    assertThat(head.field("ETag")).isEqualTo(first.field("ETag"));
  }

  @OnEachJdk
  void pageOfALoggedInUser_isNeverStored_norServedToAnother(Jdk jdk) {
    String path = "/public/page?of=each";
    String ann = session(jdk, "ann");
    String bob = session(jdk, "bob");
    assertOwn(get(jdk, path, ann), "ann");
    Reply nobodys = get(jdk, path);
    assertThat(nobodys.body()).endsWith(" for anonymousUser");
    assertThat(nobodys.isStored()).as("%s", nobodys).isTrue();
    for (int i = 0; i < 3; i++) {
      assertOwn(get(jdk, path, ann), "ann");
      assertOwn(get(jdk, path, bob), "bob");
      assertOwn(get(jdk, path, basic("ann")), "ann");
      assertThat(get(jdk, path).body()).isEqualTo(nobodys.body());
    }
  }

  private static void assertOwn(Reply answer, String user) {
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).endsWith(" for " + user);
    assertThat(answer.isHit() || answer.isStored()).as("%s", answer).isFalse();
    assertThat(answer.lines("Cache-Control")).as("as without a rule").containsExactly(FRAMEWORKS);
  }

  @OnEachJdk
  void refusals_countAsTheApplications_andGuardWhatIsStored(Jdk jdk) {
    for (int i = 0; i < 2; i++) {
      Reply unknown = get(jdk, "/account/page", "Accept: application/json");
      assertThat(unknown.status()).isEqualTo(401);
      assertThat(unknown.field("WWW-Authenticate")).contains("Basic");
      assertThat(unknown.field("ETag")).isNull();
      assertThat(unknown.isHit() || unknown.isStored()).as("%s", unknown).isFalse();
      assertThat(get(jdk, "/account/page", "Accept: text/html").status()).isEqualTo(302);
      assertOwn(get(jdk, "/account/page", basic("ann")), "ann");
      assertOwn(get(jdk, "/account/page", session(jdk, "bob")), "bob");

      assertThat(get(jdk, "/admin/page", basic("ann")).status()).isEqualTo(403);
      assertOwn(get(jdk, "/admin/page", basic("eve")), "eve");
      assertThat(get(jdk, "/admin/page", session(jdk, "ann")).status()).isEqualTo(403);
      assertThat(get(jdk, "/account/page", "Authorization: Basic bm9ib2R5OnBhc3M=").status())
          .isEqualTo(401);
    }
  }

  @OnEachJdk
  void noStore_ofTheApplicationsOwn_standsUnderOverride(Jdk jdk) {
    Reply first = get(jdk, "/public/own");
    Reply second = get(jdk, "/public/own");
    assertThat(second.body()).isNotEqualTo(first.body());
    assertThat(second.lines("Cache-Control")).containsExactly("no-store");
    assertThat(second.isHit() || second.isStored()).isFalse();
    assertThat(server(jdk).errors())
        .as("nobody is advised to set what is set")
        .noneMatch(line -> line.contains("http.open.override = on"));
  }

  @OnEachJdk
  void noStore_ofTheFilters_standsWithoutOverride(Jdk jdk) {
    Reply first = get(jdk, "/framed/page");
    Reply second = get(jdk, "/framed/page");
    assertThat(second.body()).isNotEqualTo(first.body());
    assertThat(second.lines("Cache-Control")).containsExactly(FRAMEWORKS);
    assertThat(second.field("ETag")).isNull();
    assertThat(second.isHit() || second.isStored()).isFalse();
    assertThat(server(jdk).errors())
        .anyMatch(line -> line.contains("http.framed.override = on the rule goes before"));
  }

  @OnEachJdk
  void head_ofACachedHandler_hasTheFieldsOfTheGet_theFiltersToo(Jdk jdk) {
    Reply head = Connection.once(server(jdk), "HEAD", "/cached/page");
    Reply get = get(jdk, "/cached/page");
    assertThat(get.isHit()).as("%s", get).isTrue();
    assertThat(get.lines("Cache-Control")).containsExactly(FRAMEWORKS);
    assertThat(withoutDate(Connection.once(server(jdk), "HEAD", "/cached/page")))
        .containsExactlyInAnyOrderElementsOf(withoutDate(get));
    assertThat(head.lines("X-Frame-Options")).as("%s", head).containsExactly("DENY");
    assertThat(head.lines("Cache-Control")).containsExactly(FRAMEWORKS);
  }

  private static List<String> withoutDate(Reply answer) {
    return answer.fields().stream()
        .filter(line -> !line.startsWith("Date:") && !line.startsWith("Cache-Status:"))
        .toList();
  }

  private Reply get(Jdk jdk, String path, String... fields) {
    return Connection.get(server(jdk), path, fields);
  }

  private static String basic(String user) {
    byte[] pair = (user + ":word-of-" + user).getBytes(UTF_8);
    return "Authorization: Basic " + Base64.getEncoder().encodeToString(pair);
  }

  /** Logs in by the form, and gives the cookie. */
  private String session(Jdk jdk, String user) {
    HttpResponse<String> form = server(jdk).get("/login");
    Matcher token = TOKEN.matcher(form.body());
    assertThat(token.find()).as(form.body()).isTrue();
    String sent =
        "username="
            + user
            + "&password=word-of-"
            + user
            + "&_csrf="
            + URLEncoder.encode(token.group(1), UTF_8);
    HttpResponse<String> answer =
        server(jdk)
            .send(
                "POST",
                "/login",
                sent,
                "Content-Type",
                "application/x-www-form-urlencoded",
                "Cookie",
                cookie(form));
    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.headers().firstValue("Location").orElseThrow()).doesNotContain("error");
    return "Cookie: " + cookie(answer);
  }

  private static String cookie(HttpResponse<?> answer) {
    return answer.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
  }
}
