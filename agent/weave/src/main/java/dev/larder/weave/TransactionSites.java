/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import dev.larder.engine.transaction.SpringTransactions;
import dev.larder.engine.transaction.Transactions;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;

/**
 * What the call sites in those who run transactions call. Nothing that fails there reaches them.
 */
final class TransactionSites {

  private static final MethodHandles.Lookup HERE = MethodHandles.lookup();

  private static final Map<String, String> BY_SITE =
      Map.ofEntries(
          Map.entry(Bootstrap.TRANSACTION_ASKED, "springAsked"),
          Map.entry(Bootstrap.TRANSACTION_BEGUN, "springBegun"),
          Map.entry(Bootstrap.TRANSACTION_SUSPENDS, "springSuspends"),
          Map.entry(Bootstrap.TRANSACTION_CLEARED, "springCleared"),
          Map.entry(Bootstrap.TRANSACTION_COMMITTED, "springCommitted"),
          Map.entry(Bootstrap.TRANSACTION_SAVEPOINT, "savepoint"),
          Map.entry(Bootstrap.TRANSACTION_BACK, "backToSavepoint"),
          Map.entry(Bootstrap.TRANSACTION_BACK_ANYWHERE, "backToSavepoint"),
          Map.entry(Bootstrap.JTA_MANAGER, "jtaManager"),
          Map.entry(Bootstrap.JTA_BEGINS, "jtaBegins"),
          Map.entry(Bootstrap.JTA_BEGUN, "jtaBegun"),
          Map.entry(Bootstrap.JTA_SUSPENDS, "jtaSuspends"));

  private TransactionSites() {}

  /** The handle of a site; null if the name is none of theirs. */
  static MethodHandle of(MethodHandles.Lookup caller, String name, MethodType type)
      throws ReflectiveOperationException {
    String method = BY_SITE.get(name);
    if (method == null) {
      return null;
    }
    MethodHandle told =
        switch (name) {
          case Bootstrap.TRANSACTION_BEGUN ->
              find(method, SpringTransactions.class).bindTo(new SpringTransactions(caller));
          case Bootstrap.TRANSACTION_BACK_ANYWHERE ->
              MethodHandles.insertArguments(find(method, Object.class), 0, (Object) null);
          default -> find(method, type.parameterArray());
        };
    MethodHandle failed = find("failed", Throwable.class);
    return MethodHandles.catchException(told, Throwable.class, failed);
  }

  private static MethodHandle find(String method, Class<?>... parameters)
      throws ReflectiveOperationException {
    return HERE.findStatic(
        Transactions.class, method, MethodType.methodType(void.class, parameters));
  }
}
