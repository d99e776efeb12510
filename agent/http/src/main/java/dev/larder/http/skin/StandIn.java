/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.skin;

import dev.larder.http.StoredResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * A stale response that may take the place of what the application gives: because that says that it
 * still holds, or is a failure that the response may stand in for.
 */
final class StandIn {

  private final ServletExchange exchange;

  /** What was said before the application's answer; null where no stale response is at hand. */
  private Head slate;

  private HttpServletResponse written;

  /** What filters had written by then. */
  private Preface preface;

  /** An error that is held back at the edge; 0 for none. */
  private int error;

  private String errorMessage;

  StandIn(ServletExchange exchange) {
    this.exchange = exchange;
  }

  /** Notes what the application finds said on the response that it is about to be given. */
  void before(HttpServletResponse given) {
    slate = exchange.answer().hasStale() ? Head.of(given) : null;
    written = given;
    preface = slate == null ? null : Preface.of(exchange.capture);
  }

  /** Whether a stale response is at hand, and the application's answer not settled yet. */
  boolean isAtHand() {
    return slate != null;
  }

  /**
   * Whether what the application flushes or closes is not to go out: of an answer with this status
   * a stored one may take the place. Containers close the answer as a forward ends.
   */
  boolean waits(int status) {
    return slate != null && exchange.answer().mayReplace(status);
  }

  /** Whether an error waits until the application has ended: at the edge, with a stale response. */
  boolean holds(int status, String message) {
    if (slate == null
        || exchange.servletPart.recorder() != null
        || !exchange.answer().mayReplace(status)) {
      return false;
    }
    error = status;
    errorMessage = message;
    return true;
  }

  /**
   * Puts the stored response in place of what the application gave, where it may be.
   *
   * @param failure what the application threw; null if it returned
   * @return whether it did
   */
  private boolean replace(Throwable failure) throws IOException {
    if (slate == null
        || !exchange.capture.isHolding()
        || (failure != null && !Failures.isCovered(failure))) {
      return false;
    }
    RecordingResponse recorder = exchange.servletPart.recorder();
    int status =
        failure != null
            ? 0
            : recorder != null
                ? recorder.status()
                : error != 0 ? error : exchange.response.getStatus();
    StoredResponse other =
        exchange
            .answer()
            .instead(
                status, recorder != null ? recorder.fields() : Head.of(exchange.response).lines());
    if (other == null) {
      return false;
    }
    exchange.servletPart.dropRecorder();
    error = 0;
    preface.take();
    exchange.capture.restart();
    slate.restore(written);
    preface.restore(exchange.response);
    Replay.of(other, written);
    return true;
  }

  /** Ends what the application gave; whether a failure of it has been made good. */
  boolean settle(Throwable failure) {
    try {
      boolean replaced = replace(failure);
      RecordingResponse recorder = exchange.servletPart.recorder();
      if (!replaced && recorder != null) {
        recorder.release();
      } else if (!replaced && error != 0) {
        slate = null;
        exchange.response.sendError(error, errorMessage);
      }
      return replaced;
    } catch (IOException clientGone) {
      exchange.agent.lost(clientGone);
    } catch (RuntimeException e) {
      exchange.agent.failed(
          "a failure of the application stands, though a stale answer was at hand", e);
    } finally {
      slate = null;
    }
    return false;
  }
}
