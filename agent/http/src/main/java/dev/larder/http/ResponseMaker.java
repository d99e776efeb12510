/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import dev.larder.http.StoredResponse.Field;
import dev.larder.http.StoredResponse.Terms;
import dev.larder.http.message.Freshness;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/**
 * Makes what is stored of what the application gave.
 *
 * @param origin of the request that is answered
 * @param asked when it came, in milliseconds since 1970
 */
record ResponseMaker(Rule rule, RequestView request, String origin, long asked) {

  /**
   * What is stored of an answer; null if it may not be.
   *
   * @param validated the stored response of which the application has said that it still holds;
   *     null for none
   */
  StoredResponse make(
      ResponseView response,
      Storing.Said said,
      Recording recording,
      StoredResponse validated,
      long now) {
    List<Field> given = recording.fields();
    List<Field> fields = Storing.storable(rule, response, said, given);
    // A Date that the container set is of when the run began, and tells no age; an Expires that a
    // framework's filter set goes with its no-store.
    Set<String> servlets = rule.override() ? Set.of("Date", "Expires") : Set.of("Date");
    Function<String, List<String>> lines =
        name ->
            servlets.contains(name) ? StoredResponse.lines(given, name) : response.headers(name);
    boolean validator =
        !StoredResponse.lines(fields, "ETag").isEmpty()
            || !StoredResponse.lines(fields, "Last-Modified").isEmpty();
    long age = Freshness.initialAge(lines, asked, now);
    Terms terms = Storing.terms(rule, response, lines, said, validator, age, now);
    if (terms == null || !recording.isWhole() || recording.status() != response.status()) {
      return null;
    }
    List<String> names = Storing.selectingFields(rule, request, response);
    if (validated != null) {
      // To say that it still holds, the application need not have read what made it so.
      Set<String> all = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
      all.addAll(names);
      all.addAll(validated.vary());
      names = List.copyOf(all);
    }
    return new StoredResponse(
        origin,
        names,
        Collections.unmodifiableList(Storing.selecting(names, request)),
        recording.status(),
        fields,
        recording.body(),
        now,
        age,
        jittered(terms),
        rule.tags());
  }

  private Terms jittered(Terms terms) {
    double share = 1 - rule.jitter() * ThreadLocalRandom.current().nextDouble();
    return new Terms(
        (long) (terms.lifetime() * share),
        terms.whileRevalidate(),
        terms.ifError(),
        terms.forValidation(),
        terms.strict(),
        terms.shared());
  }
}
