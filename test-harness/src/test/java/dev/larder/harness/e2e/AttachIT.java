/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.tools.attach.VirtualMachine;
import java.util.List;
import net.bytebuddy.agent.ByteBuddyAgent;

/** The agent that comes to an application which runs already does what it does at a start. */
class AttachIT {

  private static final String FILE =
      """
      cache.prices.methods = Main$Prices.price(..)
      cache.children.methods = Main$Adam+.child(..)
      cache.late.methods = Main$Late.late(..)
      http.stored.paths = /stored/**
      http.stored.cache-control = public, max-age=30
      http.stored.store = 60s
      """;

  @OnEachJdk
  void agent_loadedByTheAttachApi_weavesWhatIsLoadedAndWhatComes(Jdk jdk) throws Exception {
    try (Talking app = running(jdk)) {
      assertUncached(app);

      VirtualMachine machine = VirtualMachine.attach(app.pid());
      try {
        machine.loadAgent(Artifacts.agent().toString());
      } finally {
        machine.detach();
      }

      assertCached(app);
    }
  }

  @OnEachJdk
  void agent_loadedByByteBuddysAgent_weavesWhatIsLoadedAndWhatComes(Jdk jdk) {
    try (Talking app = running(jdk)) {
      assertUncached(app);

      ByteBuddyAgent.attach(Artifacts.agent().toFile(), app.pid());

      assertCached(app);
    }
  }

  @OnEachJdk
  void attach_asACommand_weavesAndSaysSoOnce(Jdk jdk) {
    try (Talking app = running(jdk)) {
      assertUncached(app);

      Command first = Command.of(jdk, "attach", app.pid(), "prefix=shop;config=larder.properties");
      Command again = Command.of(jdk, "attach", app.pid());

      assertThat(first.exit()).as(first.err()).isZero();
      assertThat(first.out()).startsWith("Larder ").contains("at work in " + app.pid());
      assertThat(again.exit()).isEqualTo(1);
      assertThat(again.err()).contains("twice");
      assertCached(app);
      assertThat(larder(app)).as("the start line, and one of the second").hasSize(2);
      assertThat(larder(app).get(0)).contains("prefix shop", "4 rules");
    }
  }

  @OnEachJdk
  void attach_withAFaultyFile_saysWhatIsWrongAndMayBeTriedAgain(Jdk jdk) {
    try (Talking app = running(jdk)) {
      Command faulty = Command.of(jdk, "attach", app.pid(), "ttl=soon;on-config-error=exit");

      assertThat(faulty.exit()).isEqualTo(1);
      assertThat(faulty.err()).contains("1 fault", "ttl", "soon");
      assertUncached(app);
      assertThat(Command.of(jdk, "attach", app.pid()).exit()).isZero();
      assertCached(app);
    }
  }

  @OnEachJdk
  void attach_toNoJvmOrNoNumber_saysSo(Jdk jdk) {
    Command none = Command.of(jdk, "attach", "999999999");
    Command noNumber = Command.of(jdk, "attach", "shop");

    assertThat(none.exit()).isEqualTo(1);
    assertThat(none.err()).contains("999999999").doesNotContain("\tat ");
    assertThat(noNumber.exit()).isEqualTo(2);
    assertThat(Command.of(jdk, "attach").exit()).isEqualTo(2);
  }

  @OnEachJdk
  void attach_byAJavaWithoutTheAttachApi_namesTheRemedy(Jdk jdk) {
    Command without =
        Command.of(jdk, List.of("--limit-modules", "java.base,java.instrument"), "attach", "1");

    assertThat(without.exit()).isEqualTo(1);
    assertThat(without.err()).contains("jdk.attach", "JDK").doesNotContain("\tat ");
  }

  @OnEachJdk
  void servlets_loadedBefore_getTheirRulesWhenTheAgentComes(Jdk jdk) {
    App shop = App.named("tomcat").sources("servlet").libraries("tomcat-10").argument("/shop");
    try (ServerApp server = ServerApp.start(shop.file("larder.properties", FILE), jdk)) {
      assertThat(server.get("/shop/stored/a").headers().firstValue("ETag")).isEmpty();

      Command attached = Command.of(jdk, "attach", server.pid());

      assertThat(attached.exit()).as(attached.err()).isZero();
      String first = server.get("/shop/stored/a").body();
      var second = server.get("/shop/stored/a");
      assertThat(second.body()).isEqualTo(first);
      assertThat(second.headers().firstValue("ETag")).isPresent();
      assertThat(second.headers().firstValue("Cache-Status")).hasValueSatisfying(AttachIT::isHit);
    }
  }

  /** Which is known from its constructor else. */
  @OnEachJdk
  void transactionManager_madeBefore_isFollowedWhenTheAgentComes(Jdk jdk) {
    App jta = App.named("jta").libraries("narayana").argument("attached");
    try (Talking app = Talking.to(jta, jdk)) {
      assertThat(app.listen()).isEqualTo("runs");

      Command attached = Command.of(jdk, "attach", app.pid());

      assertThat(attached.exit()).as(attached.err()).isZero();
      assertThat(app.ask("")).isEqualTo("of a rollback=user 1 run 2");
    }
  }

  private static void isHit(String status) {
    assertThat(status).startsWith("larder; hit");
  }

  private static Talking running(Jdk jdk) {
    Talking app = Talking.to(App.named("running").file("larder.properties", FILE), jdk);
    assertThat(app.listen()).isEqualTo("runs");
    return app;
  }

  private static void assertUncached(Talking app) {
    for (String question : List.of("marked 1", "price 1", "proxy 1", "child 1")) {
      assertThat(app.ask(question)).as(question).isNotEqualTo(app.ask(question));
    }
    assertThat(app.ask("attached")).isEqualTo("false");
  }

  private static void assertCached(Talking app) {
    assertThat(app.ask("attached")).isEqualTo("true");
    app.ask("price 2"); // shows that the class behind the interface is innermost
    for (String question : List.of("marked 1", "price 1", "proxy 1", "child 1", "late 1")) {
      assertThat(app.ask(question)).as(question).isEqualTo(app.ask(question));
    }
    assertThat(app.ask("plain 1")).isNotEqualTo(app.ask("plain 1"));
  }

  private static List<String> larder(Talking app) {
    return app.err().stream().filter(line -> line.startsWith("[larder]")).toList();
  }
}
