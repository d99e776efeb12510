/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.value;

import dev.larder.engine.key.FieldAccess;
import java.lang.annotation.Annotation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;

/**
 * Copies a JAX-RS {@code Response} by the builder of its own API: status and reason, header fields,
 * the entity with its generic type and annotations.
 *
 * <p>Frameworks write into the {@code Response} that a handler gives: filters add fields to it, and
 * in the end it is closed. So each caller gets one of its own, whatever it holds. The API does not
 * tell an entity's generic type and annotations, and what a client was answered holds a connection:
 * so it takes a framework that is known, and a {@code Response} that its builder has made.
 */
final class ResponsePlan extends Plan {

  private static final String JERSEYS =
      "org.glassfish.jersey.message.internal.OutboundJaxrsResponse";
  private static final String RESTEASYS = "org.jboss.resteasy.specimpl.BuiltResponse";

  private final Reading reading;
  private final Building building;

  /** A plan; of a class that is not known there is nothing to read. */
  private ResponsePlan(Reading reading, Building building) {
    this.reading = reading;
    this.building = building;
  }

  /**
   * What is asked of a {@code Response}, each of it by one that takes it as its argument.
   *
   * @param status all that is known of the status, as Jersey keeps it; null in RESTEasy
   * @param reason of what {@code status} gives, or of the {@code Response}; null for the usual one
   */
  private record Reading(
      MethodHandle hasEntity,
      MethodHandle entity,
      MethodHandle type,
      MethodHandle annotations,
      MethodHandle code,
      MethodHandle status,
      MethodHandle reason,
      MethodHandle fields) {}

  /** What makes another one: the two ways to a builder, and what is called on that. */
  private record Building(
      MethodHandle withStatus,
      MethodHandle withReason,
      MethodHandle field,
      MethodHandle entity,
      MethodHandle typed,
      MethodHandle build) {}

  /**
   * The plan for a framework's class.
   *
   * @param api the API's class, which that one extends
   */
  static Plan of(Class<?> type, Class<?> api, FieldAccess access)
      throws ReflectiveOperationException {
    MethodHandles.Lookup lookup = access.lookupIn(type);
    return switch (type.getName()) {
      case JERSEYS -> new ResponsePlan(ofJersey(lookup, type), building(lookup, api));
      case RESTEASYS -> new ResponsePlan(ofResteasy(lookup, type), building(lookup, api));
      default -> new ResponsePlan(null, null);
    };
  }

  private static Reading ofJersey(MethodHandles.Lookup lookup, Class<?> type)
      throws ReflectiveOperationException {
    MethodHandle context = handle(lookup, type, "getContext");
    Class<?> held = type.getMethod("getContext").getReturnType();
    Class<?> status = type.getMethod("getStatusInfo").getReturnType();
    return new Reading(
        handle(lookup, type, "hasEntity"),
        handle(lookup, type, "getEntity"),
        MethodHandles.filterReturnValue(context, handle(lookup, held, "getEntityType")),
        MethodHandles.filterReturnValue(context, handle(lookup, held, "getEntityAnnotations")),
        handle(lookup, type, "getStatus"),
        handle(lookup, type, "getStatusInfo"),
        handle(lookup, status, "getReasonPhrase"),
        handle(lookup, type, "getMetadata"));
  }

  private static Reading ofResteasy(MethodHandles.Lookup lookup, Class<?> type)
      throws ReflectiveOperationException {
    return new Reading(
        handle(lookup, type, "hasEntity"),
        handle(lookup, type, "getEntity"),
        handle(lookup, type, "getGenericType"),
        handle(lookup, type, "getAnnotations"),
        handle(lookup, type, "getStatus"),
        null,
        handle(lookup, type, "getReasonPhrase"),
        handle(lookup, type, "getMetadata"));
  }

  private static Building building(MethodHandles.Lookup lookup, Class<?> api)
      throws ReflectiveOperationException {
    Class<?> status = api.getMethod("getStatusInfo").getReturnType();
    Class<?> builder = api.getMethod("status", status).getReturnType();
    Class<?> typed =
        Class.forName(api.getPackageName() + ".GenericEntity", false, api.getClassLoader());
    return new Building(
        handle(lookup, api, "status", status),
        handle(lookup, api, "status", int.class, String.class),
        handle(lookup, builder, "header", String.class, Object.class),
        handle(lookup, builder, "entity", Object.class, Annotation[].class),
        generic(JaxRsPlans.entityMaker(typed, lookup)),
        handle(lookup, builder, "build"));
  }

  private static MethodHandle handle(
      MethodHandles.Lookup lookup, Class<?> type, String name, Class<?>... parameters)
      throws ReflectiveOperationException {
    Method method = type.getMethod(name, parameters);
    return generic(lookup.unreflect(method));
  }

  private static MethodHandle generic(MethodHandle handle) {
    return handle.asType(handle.type().generic());
  }

  @Override
  boolean comesFirst() {
    return false;
  }

  @Override
  boolean isUsedUp() {
    return true;
  }

  @Override
  boolean scan(Object value, Scan scan) throws Refusal {
    if (reading == null) {
      throw new Refusal(
          value.getClass(),
          "is none that Response's builder has made in Jersey or RESTEasy",
          "return Response.status(..).entity(..).build(), or the entity alone");
    }
    boolean hasEntity = hasEntity(value);
    try {
      scan.visit(status(value), ".status");
      for (Map.Entry<?, ?> field : fieldsOf(value).entrySet()) {
        if ("Set-Cookie".equalsIgnoreCase((String) field.getKey())) {
          throw new Refusal(
              value.getClass(),
              "sets a cookie, which is for one caller alone",
              "set it elsewhere than in the cached method");
        }
        for (Object each : (List<?>) field.getValue()) {
          scan.visit(each, ".headers[" + field.getKey() + "]");
        }
      }
      if (hasEntity) {
        scan.visit(reading.entity.invokeExact(value), ".entity");
        scan.visit(reading.type.invokeExact(value), ".entity");
      }
      return false;
    } catch (Refusal refusal) {
      throw refusal;
    } catch (Throwable e) {
      throw Failures.of(value, e);
    }
  }

  private boolean hasEntity(Object value) throws Refusal {
    try {
      Object has = reading.hasEntity.invokeExact(value);
      return (boolean) has;
    } catch (IllegalStateException closed) {
      throw new Refusal(value.getClass(), "has been closed", "return one that is still open");
    } catch (Throwable e) {
      throw Failures.of(value, e);
    }
  }

  private Map<?, ?> fieldsOf(Object value) throws Throwable {
    Object fields = reading.fields.invokeExact(value);
    return (Map<?, ?>) fields;
  }

  /** A status that is known by its name, else its reason; null for the usual one of its code. */
  private Object status(Object value) throws Throwable {
    if (reading.status == null) {
      return reading.reason.invokeExact(value);
    }
    Object status = reading.status.invokeExact(value);
    return status instanceof Enum ? status : reading.reason.invokeExact(status);
  }

  private Object builder(Object value) throws Throwable {
    Object status = status(value);
    return status instanceof Enum
        ? building.withStatus.invokeExact(status)
        : building.withReason.invokeExact(reading.code.invokeExact(value), status);
  }

  @Override
  Object copy(Object value, Copying to) {
    try {
      Object builder = builder(value);
      for (Map.Entry<?, ?> field : fieldsOf(value).entrySet()) {
        for (Object each : (List<?>) field.getValue()) {
          Object name = field.getKey();
          builder = building.field.invokeExact(builder, name, to.copy(each));
        }
      }
      Object entity = reading.entity.invokeExact(value);
      if (entity != null) {
        Object annotations = reading.annotations.invokeExact(value);
        builder =
            building.entity.invokeExact(
                builder, entity(value, entity, to), another((Annotation[]) annotations));
      }
      return building.build.invokeExact(builder);
    } catch (Throwable e) {
      throw Failures.of(value, e);
    }
  }

  /** The copy of an entity, with its type where that is another than its class. */
  private Object entity(Object value, Object entity, Copying to) throws Throwable {
    Object copy = to.copy(entity);
    Object type = reading.type.invokeExact(value);
    return type == null || type == entity.getClass()
        ? copy
        : building.typed.invokeExact(copy, to.copy(type));
  }

  private static Object another(Annotation[] annotations) {
    return annotations == null ? null : annotations.clone();
  }
}
