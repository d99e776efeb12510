/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.Flights.Flight;
import java.util.concurrent.CompletionStage;

/** A caller that has got a stage of its own, and may have to run the body in the end. */
final class StageFollower implements Stages.Follower {

  private final Caching caching;
  private final Call call;

  StageFollower(Caching caching, Call call) {
    this.caching = caching;
    this.call = call;
  }

  @Override
  public Object valueOf(Entry entry) {
    return Results.valueOf(entry);
  }

  @Override
  public Flight takeOver() {
    Flight mine = new Flight(call.key(), caching, true);
    return caching.partition().flights.joinOrLead(mine) == null ? mine : null;
  }

  @Override
  public Flight flying() {
    return caching.partition().flights.of(call.key());
  }

  @Override
  public CompletionStage<?> run(Flight leading) throws Throwable {
    return (CompletionStage<?>) caching.runBody(call, leading);
  }
}
