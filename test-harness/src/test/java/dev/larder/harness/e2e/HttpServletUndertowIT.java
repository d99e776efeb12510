/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.harness.e2e.Connection.Reply;
import org.junit.jupiter.api.Nested;

/** The web application of {@link HttpServletTomcatIT} in each Undertow. */
class HttpServletUndertowIT {

  static final String STYLES = "a { color: blue }\n".repeat(200);

  abstract static class InUndertow extends HttpServletCases {

    InUndertow(Container container) {
      super(container);
    }

    /** Which sets its header fields on one response, and writes to another. */
    @OnEachJdk
    void file_ofUndertowsOwnServlet_isTaggedAndStored(Jdk jdk) {
      Reply first = Connection.get(server(jdk), "/shop/house.css");
      Reply second = Connection.get(server(jdk), "/shop/house.css");

      assertThat(first.isStored()).as("%s", first).isTrue();
      assertThat(second.isHit()).as("%s", second).isTrue();
      assertThat(first.body()).isEqualTo(STYLES);
      assertThat(second.body()).isEqualTo(STYLES);
      assertThat(second.field("ETag")).isEqualTo(first.field("ETag")).startsWith("W/");
      assertThat(second.field("Last-Modified")).isNotNull().isEqualTo(first.field("Last-Modified"));
      Reply part = Connection.get(server(jdk), "/shop/house.css", "Range: bytes=0-3");
      assertThat(part.status()).isEqualTo(206);
      assertThat(part.body()).isEqualTo("a { ");
      Reply head = Connection.once(server(jdk), "HEAD", "/shop/house.css");
      assertThat(head.field("ETag")).isEqualTo(first.field("ETag"));
      assertThat(
              Connection.get(
                      server(jdk), "/shop/house.css", "If-None-Match: " + first.field("ETag"))
                  .status())
          .isEqualTo(304);
    }

    /** Undertow gives its own stream alone the right bytes of one in a jar. */
    @OnEachJdk
    void partOfAFile_thatIsNotStored_isTheOneThatWasAskedFor(Jdk jdk) {
      for (String range : new String[] {"4-9", "1800-1803", "0-3"}) {
        Reply part = Connection.get(server(jdk), "/shop/packed/house.css", "Range: bytes=" + range);
        String[] ends = range.split("-");
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.field("Content-Range")).startsWith("bytes " + range + "/");
        assertThat(part.body())
            .isEqualTo(STYLES.substring(Integer.parseInt(ends[0]), Integer.parseInt(ends[1]) + 1));
      }
    }
  }

  @Nested
  class InUndertow22 extends InUndertow {
    InUndertow22() {
      super(Container.UNDERTOW_2_2);
    }
  }

  @Nested
  class InUndertow23 extends InUndertow {
    InUndertow23() {
      super(Container.UNDERTOW_2_3);
    }
  }
}
