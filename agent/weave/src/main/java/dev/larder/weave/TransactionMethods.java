/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import java.util.Map;
import java.util.Set;

/**
 * The methods of those who run an application's transactions that tell of them: Spring's, by name,
 * and of JTA those of whatever implements its interfaces.
 *
 * <p>Narayana has the methods that begin a transaction in a class above those that implement JTA;
 * the managers of Open Liberty and of GlassFish implement it by an interface of their own.
 */
final class TransactionMethods {

  private static final String SPRING = "org/springframework/transaction/support/";
  static final String MANAGER = SPRING + "TransactionSynchronizationManager";
  private static final String UTILS = SPRING + "TransactionSynchronizationUtils";
  private static final String STATUS = SPRING + "AbstractTransactionStatus";
  private static final String NARAYANA =
      "com/arjuna/ats/internal/jta/transaction/arjunacore/BaseTransaction";

  private static final Set<String> JTA_MANAGERS =
      Set.of("jakarta/transaction/TransactionManager", "javax/transaction/TransactionManager");
  private static final Set<String> JTA_USERS =
      Set.of("jakarta/transaction/UserTransaction", "javax/transaction/UserTransaction");

  /** What a manager is asked by others that join its transactions. */
  private static final Set<String> ASKED = Set.of("getTransaction", "getStatus");

  private static final Set<String> SERVERS_MANAGERS =
      Set.of(
          "com/ibm/tx/jta/impl/TranManagerSet",
          "com/sun/enterprise/transaction/JavaEETransactionManagerSimplified");

  private static final Telling OF_MANAGERS_BEGIN =
      new Telling(Bootstrap.JTA_BEGINS, Bootstrap.JTA_BEGUN, true, true);

  private static final Map<String, Map<String, Telling>> BY_CLASS =
      Map.of(
          SPRING + "AbstractPlatformTransactionManager",
          Map.of(
              "getTransaction(Lorg/springframework/transaction/TransactionDefinition;)"
                  + "Lorg/springframework/transaction/TransactionStatus;",
              Telling.atEntry(Bootstrap.TRANSACTION_ASKED),
              "suspend(Ljava/lang/Object;)Lorg/springframework/transaction/support/"
                  + "AbstractPlatformTransactionManager$SuspendedResourcesHolder;",
              Telling.atEntry(Bootstrap.TRANSACTION_SUSPENDS)),
          MANAGER,
          Map.of(
              "initSynchronization()V",
              Telling.atExit(Bootstrap.TRANSACTION_BEGUN),
              "clear()V",
              Telling.atExit(Bootstrap.TRANSACTION_CLEARED)),
          UTILS,
          Map.of(
              "invokeAfterCommit(Ljava/util/List;)V",
              Telling.atEntry(Bootstrap.TRANSACTION_COMMITTED)),
          STATUS,
          Map.of(
              "createAndHoldSavepoint()V",
              Telling.ofReceiver(Bootstrap.TRANSACTION_SAVEPOINT, false),
              "rollbackToHeldSavepoint()V",
              Telling.ofReceiver(Bootstrap.TRANSACTION_BACK, false),
              "rollbackToSavepoint(Ljava/lang/Object;)V",
              Telling.atEntry(Bootstrap.TRANSACTION_BACK_ANYWHERE)),
          NARAYANA,
          Map.of("begin()V", OF_MANAGERS_BEGIN));

  private static final Map<String, Telling> OF_USERS =
      Map.of("begin()V", Telling.around(Bootstrap.JTA_BEGINS, Bootstrap.JTA_BEGUN));

  private TransactionMethods() {}

  /**
   * What a method tells.
   *
   * @param entry the call site that takes its beginning, before anything else; null for none
   * @param exit the call site that takes its return; null for none
   * @param failing whether that takes the end by an exception too
   * @param withReceiver whether they take its receiver as well; where the end by an exception is
   *     taken too, the beginning alone does
   */
  record Telling(String entry, String exit, boolean failing, boolean withReceiver) {

    static Telling atEntry(String site) {
      return new Telling(site, null, false, false);
    }

    static Telling atExit(String site) {
      return new Telling(null, site, false, false);
    }

    static Telling around(String entry, String exit) {
      return new Telling(entry, exit, true, false);
    }

    static Telling ofReceiver(String site, boolean atExit) {
      return new Telling(atExit ? null : site, atExit ? site : null, false, true);
    }
  }

  /** Whether a class has such methods. */
  static boolean areIn(Glance glance) {
    if (glance.isInterface() || glance.version() < PlainTelling.OLDEST) {
      return false;
    }
    for (int i = 0; i < glance.interfaceCount(); i++) {
      String name = glance.interfaceName(i);
      if (JTA_MANAGERS.contains(name) || JTA_USERS.contains(name)) {
        return true;
      }
    }
    return BY_CLASS.containsKey(glance.name()) || SERVERS_MANAGERS.contains(glance.name());
  }

  /** What a method of such a class tells; null for nothing. */
  static Telling of(String owner, String[] interfaces, String name, String descriptor) {
    Map<String, Telling> known = BY_CLASS.get(owner);
    if (known != null) {
      return known.get(name + descriptor);
    }
    if (SERVERS_MANAGERS.contains(owner)) {
      return ofManager(name, descriptor);
    }
    boolean user = false;
    for (String each : interfaces) {
      if (JTA_MANAGERS.contains(each)) {
        return ofManager(name, descriptor);
      }
      user |= JTA_USERS.contains(each);
    }
    return user ? OF_USERS.get(name + descriptor) : null;
  }

  /** A manager tells of itself with each call by which it may be met: it may have been there. */
  private static Telling ofManager(String name, String descriptor) {
    if (name.equals("<init>")) {
      return Telling.ofReceiver(Bootstrap.JTA_MANAGER, true);
    }
    if (descriptor.startsWith("()") && ASKED.contains(name)) {
      return Telling.ofReceiver(Bootstrap.JTA_MANAGER, false);
    }
    if (name.equals("suspend") && descriptor.startsWith("()")) {
      return Telling.ofReceiver(Bootstrap.JTA_SUSPENDS, false);
    }
    return name.equals("begin") && (descriptor.equals("()V") || descriptor.equals("(I)V"))
        ? OF_MANAGERS_BEGIN
        : null;
  }
}
