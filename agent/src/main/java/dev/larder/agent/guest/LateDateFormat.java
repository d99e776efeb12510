/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent.guest;

import java.text.DateFormat;
import java.text.FieldPosition;
import java.text.ParsePosition;
import java.text.SimpleDateFormat;
import java.util.Date;
import java.util.Locale;
import java.util.Objects;
import java.util.TimeZone;

/**
 * In place of a {@code SimpleDateFormat} that a library makes as its classes are loaded, and then
 * hardly ever uses. To make one asks for the JVM's time zone, and the first to ask fixes it for the
 * application, which may still be about to say {@code user.timezone}: this one asks when it is
 * used.
 */
public final class LateDateFormat extends DateFormat {

  private static final long serialVersionUID = 1;

  private final String pattern;
  private final Locale locale;

  /** Null for the JVM's. */
  private TimeZone zone;

  private boolean lenient = true;
  private transient SimpleDateFormat made;

  /** As {@link SimpleDateFormat#SimpleDateFormat(String, Locale)}, but for a wrong pattern. */
  public LateDateFormat(String pattern, Locale locale) {
    this.pattern = pattern;
    this.locale = locale;
  }

  private SimpleDateFormat made() {
    if (made == null) {
      made = new SimpleDateFormat(pattern, locale);
      made.setLenient(lenient);
      if (zone != null) {
        made.setTimeZone(zone);
      }
    }
    return made;
  }

  @Override
  public StringBuffer format(Date date, StringBuffer text, FieldPosition position) {
    return made().format(date, text, position);
  }

  @Override
  public Date parse(String text, ParsePosition position) {
    return made().parse(text, position);
  }

  @Override
  public void setTimeZone(TimeZone zone) {
    this.zone = zone;
    made = null;
  }

  @Override
  public TimeZone getTimeZone() {
    return zone == null ? made().getTimeZone() : zone;
  }

  @Override
  public void setLenient(boolean lenient) {
    this.lenient = lenient;
    made = null;
  }

  @Override
  public boolean isLenient() {
    return lenient;
  }

  /** Not by {@code DateFormat}'s, which clones the calendar that this one has not. */
  @Override
  @SuppressWarnings("MissingSuperCall")
  public LateDateFormat clone() {
    LateDateFormat clone = new LateDateFormat(pattern, locale);
    clone.zone = zone;
    clone.lenient = lenient;
    return clone;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LateDateFormat that
        && pattern.equals(that.pattern)
        && locale.equals(that.locale)
        && Objects.equals(zone, that.zone)
        && lenient == that.lenient;
  }

  @Override
  public int hashCode() {
    return pattern.hashCode();
  }
}
