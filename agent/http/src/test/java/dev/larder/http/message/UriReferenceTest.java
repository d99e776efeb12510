/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a {@code Location} names. */
final class UriReferenceTest {

  private static UriReference inBase(String text) {
    return UriReference.parse(text).resolvedBy(UriReference.parse("http://a/b/c/d;p?q"));
  }

  /** The examples of RFC 3986, 5.4, without their fragments. */
  @ParameterizedTest
  @CsvSource({
    "g, /b/c/g",
    "./g, /b/c/g",
    "g/, /b/c/g/",
    "/g, /g",
    "?y, /b/c/d;p?y",
    "g?y, /b/c/g?y",
    "#s, /b/c/d;p?q",
    "g#s, /b/c/g",
    "g?y#s, /b/c/g?y",
    ";x, /b/c/;x",
    "g;x, /b/c/g;x",
    "g;x?y#s, /b/c/g;x?y",
    "'', /b/c/d;p?q",
    "., /b/c/",
    "./, /b/c/",
    ".., /b/",
    "../, /b/",
    "../g, /b/g",
    "../.., /",
    "../../, /",
    "../../g, /g",
    "../../../g, /g",
    "../../../../g, /g",
    "/./g, /g",
    "/../g, /g",
    "g., /b/c/g.",
    ".g, /b/c/.g",
    "g.., /b/c/g..",
    "..g, /b/c/..g",
    "./../g, /b/g",
    "./g/., /b/c/g/",
    "g/./h, /b/c/g/h",
    "g/../h, /b/c/h",
    "g;x=1/./y, /b/c/g;x=1/y",
    "g;x=1/../y, /b/c/y",
    "g?y/./x, /b/c/g?y/./x",
    "g#s/../x, /b/c/g",
    "http://a/./x/../g, /g",
    "http://a?y, /?y"
  })
  void reference_insideABase_namesWhatTheRfcSays(String reference, String target) {
    UriReference named = inBase(reference);
    assertThat(named.target()).isEqualTo(target);
    assertThat(named.isOf("http", "a")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"//g", "http://a:81/b", "https://a/b", "g:h", "http:g", "http://u@a/b", "http://aa/"})
  void referenceToAnotherPlace_isNotOfTheBase(String reference) {
    assertThat(inBase(reference).isOf("http", "a")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "http://shop:80/a, http, shop",
    "HTTP://Shop/a, http, shop:80",
    "http://shop:/a, http, shop",
    "https://shop:443/a, https, SHOP",
    "https://[::1]:443/a, https, [::1]",
    "http://shop:8080/a, HTTP, shop:8080"
  })
  void originWithThePortThatIsMeant_isTheOneWithoutIt(String uri, String scheme, String place) {
    assertThat(UriReference.parse(uri).isOf(scheme, place)).isTrue();
  }

  @Test
  void otherSchemesPort_isNotMeant() {
    assertThat(UriReference.parse("http://shop:443/a").isOf("http", "shop")).isFalse();
    assertThat(UriReference.parse("https://shop:80/a").isOf("https", "shop")).isFalse();
  }

  @Test
  void path_isDecodedAsContainersDoIt() {
    assertThat(UriReference.parse("/a%20b+c/%C3%BC").decodedPath()).isEqualTo("/a b+c/ü");
    assertThat(UriReference.parse("http://a").decodedPath()).isEqualTo("/");
    assertThat(UriReference.parse("/a%2").decodedPath()).isNull();
  }
}
