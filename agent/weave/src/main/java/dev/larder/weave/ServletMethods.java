/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import java.util.List;

/** The servlet methods at which an exchange is met, by descriptor, in both name spaces. */
final class ServletMethods {

  static final String JAKARTA_SERVICE =
      "(Ljakarta/servlet/ServletRequest;Ljakarta/servlet/ServletResponse;)V";
  static final String JAVAX_SERVICE =
      "(Ljavax/servlet/ServletRequest;Ljavax/servlet/ServletResponse;)V";
  static final String JAKARTA_FILTER =
      "(Ljakarta/servlet/ServletRequest;Ljakarta/servlet/ServletResponse;"
          + "Ljakarta/servlet/FilterChain;)V";
  static final String JAVAX_FILTER =
      "(Ljavax/servlet/ServletRequest;Ljavax/servlet/ServletResponse;"
          + "Ljavax/servlet/FilterChain;)V";
  static final String JAKARTA_DO =
      "(Ljakarta/servlet/http/HttpServletRequest;Ljakarta/servlet/http/HttpServletResponse;)V";
  static final String JAVAX_DO =
      "(Ljavax/servlet/http/HttpServletRequest;Ljavax/servlet/http/HttpServletResponse;)V";

  /** Any of these in its constant pool makes a class one to look into. */
  static final List<String> DESCRIPTORS =
      List.of(JAKARTA_SERVICE, JAVAX_SERVICE, JAKARTA_FILTER, JAVAX_FILTER);

  private ServletMethods() {}

  static boolean isService(String name, String descriptor) {
    return name.equals("service")
        && (descriptor.equals(JAKARTA_SERVICE) || descriptor.equals(JAVAX_SERVICE));
  }

  static boolean isDoFilter(String name, String descriptor) {
    return name.equals("doFilter")
        && (descriptor.equals(JAKARTA_FILTER) || descriptor.equals(JAVAX_FILTER));
  }
}
