/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;

/** Cached handler methods of a Spring Boot application. */
class HandlerIT extends HandlerCases {

  @Override
  App shop() {
    return App.named("handler")
        .mainClass("com.acme.shop.Main")
        .libraries("spring")
        .libraries("spring-web")
        .argument("--server.port=0", "--server.address=127.0.0.1");
  }

  /** Spring writes the body of a HEAD, as of a GET, and so there is something to take a tag of. */
  @OnEachJdk
  void head_ofAHandler_hasTheTagOfTheGet(Jdk jdk) {
    HttpResponse<String> get = server(jdk).get("/items/8");
    HttpResponse<String> head = server(jdk).send("HEAD", "/items/8", "");

    assertThat(get.headers().firstValue("ETag")).isPresent();
    assertThat(head.headers().firstValue("ETag")).isEqualTo(get.headers().firstValue("ETag"));
    assertThat(head.body()).isEmpty();
  }
}
