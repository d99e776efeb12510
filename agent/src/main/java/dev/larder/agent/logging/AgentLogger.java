/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent.logging;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.TimeUnit;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** A logger whose lines go to the agent's {@link Log}. */
final class AgentLogger extends LegacyAbstractLogger {

  private static final long serialVersionUID = 1L;

  /** For how long a carried library does not say the same again, as at each attempt to connect. */
  private static final long SILENCE_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** What signs requests for AWS: what it says of one holds the session token. */
  private static final String SIGNING = "software.amazon.awssdk.http.auth.";

  private String last;
  private long lastAt;

  AgentLogger(String name) {
    this.name = name;
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level, Marker marker, String pattern, Object[] values, Throwable thrown) {
    String message = MessageFormatter.basicArrayFormat(pattern, values);
    if (!isOurs() && !Log.isOn(Level.DEBUG.toInt()) && isRepeated(message)) {
      return;
    }
    StringWriter text = new StringWriter();
    text.append(level.name()).append(' ').append(message);
    if (thrown != null) {
      text.append(System.lineSeparator());
      thrown.printStackTrace(new PrintWriter(text, true));
    }
    Log.say(text.toString().stripTrailing());
  }

  @Override
  protected String getFullyQualifiedCallerName() {
    return null;
  }

  private synchronized boolean isRepeated(String message) {
    long now = System.nanoTime();
    boolean repeated = message.equals(last) && now - lastAt < SILENCE_NANOS;
    if (!repeated) {
      last = message;
      lastAt = now;
    }
    return repeated;
  }

  private boolean isOurs() {
    return name.startsWith("dev.larder");
  }

  /** Carried libraries speak only of what is an error to them; the agent says the rest itself. */
  private boolean isOn(Level level) {
    return Log.isOn(level.toInt())
        && (isOurs()
            || level == Level.ERROR
            || (Log.isOn(Level.DEBUG.toInt()) && !name.startsWith(SIGNING)));
  }

  /** A carried library traces what it sends and is sent: passwords, and what is cached. */
  @Override
  public boolean isTraceEnabled() {
    return isOurs() && isOn(Level.TRACE);
  }

  @Override
  public boolean isDebugEnabled() {
    return isOn(Level.DEBUG);
  }

  @Override
  public boolean isInfoEnabled() {
    return isOn(Level.INFO);
  }

  @Override
  public boolean isWarnEnabled() {
    return isOn(Level.WARN);
  }

  @Override
  public boolean isErrorEnabled() {
    return isOn(Level.ERROR);
  }
}
