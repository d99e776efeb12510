/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;

/** The same of a framework that, as it is set up, also answers with values that come later. */
abstract class AsyncHandlerCases extends HandlerCases {

  @OnEachJdk
  void handler_whoseValueComesLater_isAnsweredLikeAnyOther(Jdk jdk) {
    HttpResponse<String> first = server(jdk).get("/items/10/later");
    HttpResponse<String> second = server(jdk).get("/items/10/later");

    assertThat(first.body()).matches("\\{\"id\":10,\"run\":\\d+}");
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(first.headers().firstValue("ETag")).isPresent();
    assertThat(second.headers().firstValue("ETag")).isEqualTo(first.headers().firstValue("ETag"));
    assertThat(first.headers().firstValue("Cache-Control")).contains("max-age=60");
  }
}
