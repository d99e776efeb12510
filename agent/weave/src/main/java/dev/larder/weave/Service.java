/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

/**
 * What a JVM makes once, when it is first asked for, and what the agent uses where others do.
 *
 * <p>The agent must not be who asks first: to make the platform's MBean server sets up {@code
 * java.util.logging}, which an application may want to have done in its own way.
 */
public enum Service {
  /** JMX: the platform's MBean server. */
  MBEAN_SERVER(
      "java/lang/management/ManagementFactory", "getPlatformMBeanServer", "platformMBeanServer"),

  /** The Flight Recorder, which whoever wants a recording is given first. */
  FLIGHT_RECORDER("jdk/jfr/FlightRecorder", "getFlightRecorder", "flightRecorder");

  final String owner;
  final String method;

  /** The question that hands it to the agent. */
  public final String request;

  Service(String owner, String method, String request) {
    this.owner = owner;
    this.method = method;
    this.request = request;
  }

  /** The name of the class that gives it. */
  public String className() {
    return owner.replace('/', '.');
  }

  /** That which a class gives. */
  static Service of(String owner) {
    for (Service each : values()) {
      if (each.owner.equals(owner)) {
        return each;
      }
    }
    throw new IllegalArgumentException(owner + " gives no service that the agent uses");
  }
}
