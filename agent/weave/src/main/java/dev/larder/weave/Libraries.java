/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import java.util.Set;

/**
 * Well-known libraries, whose classes carry no annotation of ours and inherit none but from an
 * application's: so their class files need not be read to know that.
 *
 * <p>Whole names of packages, as narrow as it takes to leave out the applications of whoever makes
 * the library: those of an organisation's own developers are cached like all others.
 */
final class Libraries {

  private static final Set<String> ROOTS =
      Set.of(
          "ch/qos",
          "com/fasterxml",
          "com/google/common",
          "com/google/gson",
          "com/google/inject",
          "com/google/protobuf",
          "com/mysql/cj",
          "com/sun",
          "com/zaxxer/hikari",
          "groovy",
          "io/lettuce/core",
          "io/micrometer",
          "io/micronaut",
          "io/netty",
          "io/opentelemetry",
          "io/quarkus",
          "io/reactivex",
          "io/smallrye",
          "io/undertow",
          "jakarta",
          "javax",
          "kotlin",
          "kotlinx",
          "net/bytebuddy",
          "org/aopalliance",
          "org/apache/catalina",
          "org/apache/commons",
          "org/apache/coyote",
          "org/apache/el",
          "org/apache/groovy",
          "org/apache/hc",
          "org/apache/http",
          "org/apache/ibatis",
          "org/apache/jasper",
          "org/apache/juli",
          "org/apache/log4j",
          "org/apache/logging",
          "org/apache/naming",
          "org/apache/tomcat",
          "org/apache/xerces",
          "org/aspectj",
          "org/codehaus/groovy",
          "org/eclipse/jetty",
          "org/eclipse/persistence",
          "org/glassfish",
          "org/h2",
          "org/hibernate",
          "org/jboss/logging",
          "org/jboss/marshalling",
          "org/jboss/modules",
          "org/jboss/resteasy",
          "org/jboss/threads",
          "org/jboss/weld",
          "org/postgresql",
          "org/slf4j",
          "org/thymeleaf",
          "org/xnio",
          "org/yaml",
          "reactor",
          "rx",
          "scala",
          "software/amazon/awssdk",
          "tools/jackson");

  /** Asked for before the others, since half of an application's classes may be its. */
  private static final String SPRING = "org/springframework/";

  private static final String ITS_APPLICATIONS = "org/springframework/samples/";

  /** The longest of these names has so many parts. */
  private static final int PARTS = 3;

  private Libraries() {}

  /** Whether a class is a library's, by its internal name. */
  static boolean have(String name) {
    if (name.startsWith(SPRING)) {
      return !name.startsWith(ITS_APPLICATIONS);
    }
    int end = -1;
    for (int part = 0; part < PARTS; part++) {
      end = name.indexOf('/', end + 1);
      if (end < 0) {
        return false;
      }
      if (ROOTS.contains(name.substring(0, end))) {
        return true;
      }
    }
    return false;
  }
}
