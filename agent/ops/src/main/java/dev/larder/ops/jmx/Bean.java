/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.ops.jmx;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.Descriptor;
import javax.management.DynamicMBean;
import javax.management.ImmutableDescriptor;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanException;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.ReflectionException;

/**
 * An MBean that says itself what it has: values to be read, and operations that remove entries.
 *
 * <p>So no interface of ours has to be seen by whoever looks at it, and what is read together
 * belongs together: all attributes of one question are of one moment.
 */
final class Bean implements DynamicMBean {

  static final String LONG = "long";
  static final String DOUBLE = "double";
  private static final String TEXT = "java.lang.String";

  private final MBeanInfo info;
  private final Supplier<Map<String, Object>> values;
  private final List<Operation> operations;

  /**
   * A value that can be read.
   *
   * @param fields what else is said of it, as JMX names it
   */
  record Attribute(String name, String type, String description, Map<String, String> fields) {}

  /** What an operation is given. */
  record Parameter(String name, String description) {}

  /**
   * A removal, which gives how many entries went, -1 where the backend cannot know.
   *
   * @param parameter null for none
   */
  record Operation(
      String name, String description, Parameter parameter, ToLongFunction<String> removal) {}

  Bean(
      String description,
      List<Attribute> attributes,
      Supplier<Map<String, Object>> values,
      List<Operation> operations) {
    this.values = values;
    this.operations = operations;
    this.info =
        new MBeanInfo(
            Bean.class.getName(),
            description,
            attributes.stream().map(Bean::info).toArray(MBeanAttributeInfo[]::new),
            null,
            operations.stream().map(Bean::info).toArray(MBeanOperationInfo[]::new),
            null,
            new ImmutableDescriptor("immutableInfo=true"));
  }

  /** What only grows, from the start of the JVM. */
  static Attribute counter(String name, String unit, String description) {
    return new Attribute(name, LONG, description, Map.of("units", unit, "metricType", "COUNTER"));
  }

  /** What grows and shrinks. */
  static Attribute gauge(String name, String type, String unit, String description) {
    return new Attribute(name, type, description, Map.of("units", unit, "metricType", "GAUGE"));
  }

  static Attribute text(String name, String description) {
    return new Attribute(name, TEXT, description, Map.of());
  }

  private static MBeanAttributeInfo info(Attribute of) {
    Descriptor more = new ImmutableDescriptor(of.fields());
    return new MBeanAttributeInfo(of.name(), of.type(), of.description(), true, false, false, more);
  }

  private static MBeanOperationInfo info(Operation of) {
    Parameter parameter = of.parameter();
    return new MBeanOperationInfo(
        of.name(),
        of.description() + "; how many there were, -1 where the backend cannot know",
        parameter == null
            ? new MBeanParameterInfo[0]
            : new MBeanParameterInfo[] {
              new MBeanParameterInfo(parameter.name(), TEXT, parameter.description())
            },
        LONG,
        MBeanOperationInfo.ACTION);
  }

  @Override
  public MBeanInfo getMBeanInfo() {
    return info;
  }

  @Override
  public Object getAttribute(String name) throws AttributeNotFoundException {
    Object value = values.get().get(name);
    if (value == null) {
      throw new AttributeNotFoundException(name);
    }
    return value;
  }

  @Override
  public AttributeList getAttributes(String[] names) {
    Map<String, Object> now = values.get();
    AttributeList list = new AttributeList();
    for (String name : names) {
      Object value = now.get(name);
      if (value != null) { // what there is not is left out, as JMX wants it
        list.add(new javax.management.Attribute(name, value));
      }
    }
    return list;
  }

  @Override
  public void setAttribute(javax.management.Attribute attribute) throws AttributeNotFoundException {
    throw new AttributeNotFoundException(
        (attribute == null ? "null" : attribute.getName()) + " can only be read");
  }

  @Override
  public AttributeList setAttributes(AttributeList attributes) {
    return new AttributeList();
  }

  @Override
  public Object invoke(String name, Object[] arguments, String[] signature)
      throws MBeanException, ReflectionException {
    int given = arguments == null ? 0 : arguments.length;
    for (Operation each : operations) {
      if (each.name().equals(name) && given == (each.parameter() == null ? 0 : 1)) {
        return run(each, given == 0 ? null : arguments[0]);
      }
    }
    throw new ReflectionException(
        new NoSuchMethodException(name + " with " + given + " arguments"), name);
  }

  private static long run(Operation operation, Object argument) throws MBeanException {
    if (operation.parameter() != null && !(argument instanceof String)) {
      throw new MBeanException(
          new IllegalArgumentException(
              operation.name()
                  + " takes a "
                  + operation.parameter().name()
                  + ", which is a text, and was given "
                  + argument));
    }
    try {
      return operation.removal().applyAsLong((String) argument);
    } catch (IllegalStateException failed) {
      // A copy, since whoever looks from another JVM has none of our classes.
      throw new MBeanException(new IllegalStateException(failed.getMessage()));
    }
  }
}
