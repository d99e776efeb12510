/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import dev.larder.weave.Outline.MethodOutline;
import java.util.Map;
import java.util.Set;

/**
 * Methods of an application's libraries that Larder itself calls to look something up: to look
 * these up would go on without end.
 */
final class OwnCalls {

  /** Types that adapters bring values by, and the packages whose methods they do it with. */
  private static final Map<String, String> SOURCES =
      Map.of(
          "Lreactor/core/publisher/Mono;", "reactor/core/",
          "Lreactor/core/publisher/Flux;", "reactor/core/",
          "Lio/reactivex/rxjava3/core/Single;", "io/reactivex/rxjava3/",
          "Lio/reactivex/rxjava3/core/Maybe;", "io/reactivex/rxjava3/",
          "Lio/smallrye/mutiny/Uni;", "io/smallrye/mutiny/");

  private static final Set<String> JTA =
      Set.of(
          "jakarta/transaction/TransactionManager",
          "jakarta/transaction/Transaction",
          "javax/transaction/TransactionManager",
          "javax/transaction/Transaction");

  private static final Set<String> OF_JTA = Set.of("getTransaction()", "getStatus()");

  private OwnCalls() {}

  /** Why a method is one of them; null if it is none. */
  static String reason(Outline type, MethodOutline method, Hierarchy hierarchy) {
    String returned = method.descriptor().substring(method.descriptor().indexOf(')') + 1);
    String packages = SOURCES.get(returned);
    if (packages != null && type.name().startsWith(packages)) {
      return "Larder itself calls it to bring such values; name the methods that call it";
    }
    if (type.name().equals(TransactionMethods.MANAGER)
        || (OF_JTA.contains(method.signature()) && isOfJta(hierarchy))) {
      return "Larder itself calls it to know of transactions, and it answers for one thread";
    }
    return null;
  }

  private static boolean isOfJta(Hierarchy hierarchy) {
    for (String each : JTA) {
      if (hierarchy.interfaceOf(each) != null) {
        return true;
      }
    }
    return false;
  }
}
