/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.method;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.MalformedParameterizedTypeException;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;

/**
 * The body of a target, to be run by Larder itself, and what its declaration says.
 *
 * <p>The woven method is called, the very one of the class and no override of it; whoever runs it
 * sees to it that its own call sites let it through.
 */
public final class Body {

  private final MethodHandles.Lookup caller;
  private final TargetSpec spec;
  private final MethodType type;
  private volatile MethodHandle handle;

  /**
   * The body of a target.
   *
   * @param caller a lookup with private access to the class
   * @throws TypeNotPresentException if a type of its signature is not there
   */
  public Body(MethodHandles.Lookup caller, TargetSpec spec) {
    this.caller = caller;
    this.spec = spec;
    this.type = MethodType.fromMethodDescriptorString(spec.descriptor(), loader());
  }

  /** The loader of the class; null for the bootstrap loader. */
  public ClassLoader loader() {
    return caller.lookupClass().getClassLoader();
  }

  public Class<?> owner() {
    return caller.lookupClass();
  }

  /** The method's parameters, without the receiver, and what it returns. */
  public MethodType type() {
    return type;
  }

  /** The declared return type with its arguments; erased where reflection cannot tell it. */
  Type genericReturnType() {
    return genericReturnType(null);
  }

  /**
   * The same, as a receiver's class resolves it.
   *
   * @param receiver null for as it is declared
   */
  Type genericReturnType(Class<?> receiver) {
    try {
      return declared(receiver).returned();
    } catch (NoSuchMethodException
        | LinkageError
        | TypeNotPresentException
        | MalformedParameterizedTypeException untold) {
      return receiver == null ? type.returnType() : genericReturnType();
    }
  }

  /** The declared parameter types with their arguments; erased where reflection cannot tell. */
  Type[] genericParameterTypes() {
    return genericParameterTypes(null);
  }

  /** The same, as a receiver's class resolves them; null for as they are declared. */
  Type[] genericParameterTypes(Class<?> receiver) {
    try {
      return declared(receiver).parameters();
    } catch (NoSuchMethodException
        | LinkageError
        | TypeNotPresentException
        | MalformedParameterizedTypeException untold) {
      return receiver == null ? type.parameterArray() : genericParameterTypes();
    }
  }

  /**
   * The declared type of the last parameter; erased where reflection cannot tell it.
   *
   * @param receiver whose class resolves it; null for as it is declared
   */
  Type genericLastParameter(Class<?> receiver) {
    int last = type.parameterCount() - 1;
    Type[] declared = genericParameterTypes(receiver);
    return declared.length == last + 1 ? declared[last] : type.parameterType(last);
  }

  /**
   * Whether a receiver's class may resolve a type of the signature that is open: not that of a
   * static method, and a proxy's has been.
   */
  boolean mayResolve(Type open) {
    return !spec.isStatic() && !Proxy.isProxyClass(owner()) && DeclaredTypes.isOpen(open);
  }

  /** The class whose source has the method; of a JDK proxy the interface that it implements. */
  public Class<?> home() {
    try {
      return declared().home();
    } catch (NoSuchMethodException | LinkageError | TypeNotPresentException untold) {
      return owner();
    }
  }

  private DeclaredTypes declared() throws NoSuchMethodException {
    return DeclaredTypes.of(owner(), spec.method(), type);
  }

  private DeclaredTypes declared(Class<?> receiver) throws NoSuchMethodException {
    return receiver == null ? declared() : declared().in(receiver);
  }

  /** Runs the body; what it throws comes through as it is. */
  public Object run(Object receiver, Object[] arguments) throws Throwable {
    MethodHandle spread = handle();
    return (Object) spread.invokeExact(receiver, arguments);
  }

  /** {@code (Object receiver, Object[] arguments)Object}. */
  private MethodHandle handle() throws ReflectiveOperationException {
    MethodHandle found = handle;
    if (found == null) {
      Class<?> owner = caller.lookupClass();
      MethodHandle direct =
          spec.isStatic()
              ? MethodHandles.dropArguments(
                  caller.findStatic(owner, spec.method(), type), 0, Object.class)
              : caller.findSpecial(owner, spec.method(), type, owner);
      found =
          direct
              .asSpreader(Object[].class, type.parameterCount())
              .asType(MethodType.methodType(Object.class, Object.class, Object[].class));
      handle = found;
    }
    return found;
  }
}
