/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.weave.Gate.Decision;
import jakarta.transaction.Status;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.AbstractTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionSynchronizationUtils;

/** What is written into those who run transactions. */
class TransactionWeavingTest {

  private static final Decision OF_TRANSACTIONS = new Decision(false, false, true);

  /** One of JTA's, of the application's own. */
  static class Manager implements TransactionManager {
    @Override
    public void begin() {}

    @Override
    public void commit() {}

    @Override
    public int getStatus() {
      return Status.STATUS_NO_TRANSACTION;
    }

    @Override
    public Transaction getTransaction() {
      return null;
    }

    @Override
    public void resume(Transaction suspended) {}

    @Override
    public void rollback() {}

    @Override
    public void setRollbackOnly() {}

    @Override
    public void setTransactionTimeout(int seconds) {}

    @Override
    public Transaction suspend() {
      return null;
    }
  }

  @Test
  void spring_asItIs_tellsWhatTheEngineHasToKnow() {
    assertThat(sitesOf(AbstractPlatformTransactionManager.class))
        .containsExactly(
            "getTransaction " + Bootstrap.TRANSACTION_ASKED,
            "suspend " + Bootstrap.TRANSACTION_SUSPENDS);
    assertThat(sitesOf(TransactionSynchronizationManager.class))
        .containsExactly(
            "clear " + Bootstrap.TRANSACTION_CLEARED,
            "initSynchronization " + Bootstrap.TRANSACTION_BEGUN);
    assertThat(sitesOf(TransactionSynchronizationUtils.class))
        .containsExactly("invokeAfterCommit " + Bootstrap.TRANSACTION_COMMITTED);
    assertThat(sitesOf(AbstractTransactionStatus.class))
        .containsExactly(
            "createAndHoldSavepoint " + Bootstrap.TRANSACTION_SAVEPOINT,
            "rollbackToHeldSavepoint " + Bootstrap.TRANSACTION_BACK,
            "rollbackToSavepoint " + Bootstrap.TRANSACTION_BACK_ANYWHERE);
  }

  @Test
  void manager_ofJtas_tellsOfItself() {
    assertThat(sitesOf(Manager.class))
        .containsExactly(
            "<init> " + Bootstrap.JTA_MANAGER,
            "begin " + Bootstrap.JTA_BEGINS,
            "begin " + Bootstrap.JTA_BEGUN,
            "getStatus " + Bootstrap.JTA_MANAGER,
            "getTransaction " + Bootstrap.JTA_MANAGER,
            "suspend " + Bootstrap.JTA_SUSPENDS);
  }

  @ParameterizedTest
  @ValueSource(ints = {Opcodes.V1_5, Opcodes.V1_6})
  void manager_ofAClassFileThatKnowsNoCallSites_tellsByPlainCalls(int version) throws Exception {
    byte[] woven = weave(old(Manager.class, version));
    Class<?> type = WovenClasses.load(woven, Told.class);
    Constructor<?> constructor = type.getDeclaredConstructor();
    constructor.setAccessible(true);
    Told.BY.clear();

    TransactionManager manager = (TransactionManager) constructor.newInstance();
    manager.begin();
    manager.suspend();
    manager.commit();

    assertThat(Told.BY)
        .containsExactly(
            List.of(PlainTelling.REQUEST, Bootstrap.JTA_MANAGER, type, manager),
            List.of(PlainTelling.REQUEST, Bootstrap.JTA_BEGINS, type, manager),
            List.of(PlainTelling.REQUEST, Bootstrap.JTA_BEGUN, type),
            List.of(PlainTelling.REQUEST, Bootstrap.JTA_SUSPENDS, type, manager));
  }

  @Test
  void manager_ofAClassFileThatKnowsNoClassConstants_isLeftAsItIs() {
    Gate gate = new Gate(new Selection(List.of()), null);
    assertThat(gate.decide(old(Manager.class, Opcodes.V1_4), getClass().getClassLoader(), false))
        .isEqualTo(Decision.LEAVE);
  }

  /** A class as if it were compiled for an older Java. */
  private static byte[] old(Class<?> type, int version) {
    byte[] bytes = WovenClasses.bytesOf(type);
    bytes[7] = (byte) version;
    return bytes;
  }

  /** Stands in for the dispatcher; called by woven code. */
  public static final class Told {

    static final List<List<Object>> BY = new ArrayList<>();

    private Told() {}

    /** What the dispatcher is asked. */
    public static Object call(String request, Object[] arguments) {
      List<Object> told = new ArrayList<>(List.of(request));
      told.addAll(Arrays.asList(arguments));
      BY.add(told);
      return null;
    }
  }

  @Test
  void gate_letsThemPass_andNothingAroundThem() {
    Gate gate = new Gate(new Selection(List.of()), null);
    for (Class<?> type : List.of(TransactionSynchronizationManager.class, Manager.class)) {
      assertThat(gate.decide(WovenClasses.bytesOf(type), type.getClassLoader(), false))
          .isEqualTo(OF_TRANSACTIONS);
    }
    assertThat(
            gate.decide(
                WovenClasses.bytesOf(TransactionManager.class),
                TransactionManager.class.getClassLoader(),
                false))
        .isEqualTo(Decision.LEAVE);
  }

  /** Open Liberty and GlassFish have an interface of their own between theirs and JTA's. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "com/ibm/tx/jta/impl/TranManagerSet",
        "com/sun/enterprise/transaction/JavaEETransactionManagerSimplified"
      })
  void manager_ofAServer_thatImplementsJtaByAnInterfaceOfItsOwn_tellsOfItself(String name) {
    ClassWriter writer = new ClassWriter(0);
    new ClassReader(WovenClasses.bytesOf(Manager.class))
        .accept(
            new ClassVisitor(Opcodes.ASM9, writer) {
              @Override
              public void visit(
                  int version,
                  int access,
                  String own,
                  String signature,
                  String above,
                  String[] of) {
                super.visit(version, access, name, signature, above, new String[0]);
              }
            },
            0);
    byte[] manager = writer.toByteArray();

    Gate gate = new Gate(new Selection(List.of()), null);
    assertThat(gate.decide(manager, getClass().getClassLoader(), false)).isEqualTo(OF_TRANSACTIONS);
    assertThat(sitesIn(weave(manager)))
        .containsExactly(
            "<init> " + Bootstrap.JTA_MANAGER,
            "begin " + Bootstrap.JTA_BEGINS,
            "begin " + Bootstrap.JTA_BEGUN,
            "getStatus " + Bootstrap.JTA_MANAGER,
            "getTransaction " + Bootstrap.JTA_MANAGER,
            "suspend " + Bootstrap.JTA_SUSPENDS);
  }

  /** The call sites in a class once it is woven, each behind its method. */
  private static Set<String> sitesOf(Class<?> type) {
    byte[] woven = weave(WovenClasses.bytesOf(type));
    WovenClasses.check(woven);
    return sitesIn(woven);
  }

  private static byte[] weave(byte[] bytes) {
    return new ClassWeaver((owner, method, reason, askedFor) -> {})
        .weave(bytes, Map.of(), OF_TRANSACTIONS, Set.of());
  }

  private static Set<String> sitesIn(byte[] woven) {
    Set<String> sites = new TreeSet<>();
    new ClassReader(woven)
        .accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public MethodVisitor visitMethod(
                  int access, String name, String descriptor, String signature, String[] thrown) {
                return new MethodVisitor(Opcodes.ASM9) {
                  @Override
                  public void visitInvokeDynamicInsn(
                      String site, String type, Handle bootstrap, Object... constants) {
                    if (bootstrap.getOwner().equals(Bootstrap.DISPATCHER)) {
                      sites.add(name + " " + site);
                    }
                  }
                };
              }
            },
            0);
    return sites;
  }
}
