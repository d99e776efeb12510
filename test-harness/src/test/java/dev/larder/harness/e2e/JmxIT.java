/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import com.sun.tools.attach.VirtualMachine;
import java.util.Map;
import java.util.TreeMap;
import javax.management.Attribute;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Caches as MBeans, in a server that Larder never has made. */
class JmxIT {

  private static final String RULE =
      """
      http.catalog.paths = /api/**
      http.catalog.store = 60s
      """;

  @OnEachJdk
  void caches_usedBeforeJmxAndAfter_areBeansAtOnce(Jdk jdk) {
    try (Talking app = started(App.named("jmx").file("larder.properties", RULE).agent(), jdk)) {
      assertThat(app.ask("early-and-bean a"))
          .isEqualTo("run 1; Cache catalog; Cache early; Larder null");
      assertThat(app.ask("late-and-bean a"))
          .isEqualTo("run 2; Cache \"late, \\\"odd\\\"\"; Cache catalog; Cache early; Larder null");
      assertThat(app.ask("search a")).isEqualTo("run 3");
      assertThat(app.ask("beans")).contains("Cache Main$Search.search");

      assertThat(app.ask("early a")).isEqualTo("run 1");
      assertThat(app.ask("get early Hits")).isEqualTo("1");
      assertThat(app.ask("get early HitRatio")).isEqualTo("0.5");
      assertThat(app.ask("call early clear")).isEqualTo("1");
      assertThat(app.ask("early a")).isEqualTo("run 4");
      assertThat(app.ask("call Main$Search.search evictKey b")).isEqualTo("0");
      assertThat(app.ask("call Main$Search.search evictKey a")).isEqualTo("1");
      assertThat(app.ask("search a")).isEqualTo("run 5");
    }
  }

  @OnEachJdk
  void server_madeBeforeThereIsAnythingToCache_hasTheBeansWhenThereIs(Jdk jdk) {
    App.Run run = App.named("managed").agent().argument("later").run(jdk).ok();

    assertThat(run.out()).containsExactly("beans=0", "cached=1 1", "beans=2");
  }

  @OnEachJdk
  void jvm_inWhichNobodyAsksForJmx_hasNoServer(Jdk jdk) {
    try (Talking app = started(App.named("jmx").agent(), jdk)) {
      app.ask("early a");
      app.ask("late a");

      assertThat(app.ask("servers")).isEqualTo("0");
    }
  }

  @OnEachJdk
  void applicationsOwnLogManager_withJmxInUse_isTheApplications(Jdk jdk) {
    try (Talking app = started(App.named("jmx").agent(), jdk)) {
      assertOwnLogManager(app);
    }
  }

  @OnEachJdk
  void applicationsOwnLogManager_whereAnEarlierAgentHasAskedForTheJvmsName_isTheApplications(
      Jdk jdk) {
    App app = App.named("jmx").jvm("-javaagent:" + App.asAgent("Main$Naming")).agent();
    try (Talking talking = started(app, jdk)) {
      assertOwnLogManager(talking);
    }
  }

  private static void assertOwnLogManager(Talking app) {
    app.ask("early a");
    assertThat(app.ask("manager")).isEqualTo("set");
    assertThat(app.ask("late a")).isEqualTo("run 2");
    assertThat(app.ask("beans")).contains("Cache early");
    assertThat(app.ask("managed")).isEqualTo("Main$OwnLogManager");
  }

  @OnEachJdk
  void server_madeByAnEarlierAgent_hasTheBeans(Jdk jdk) {
    App app = App.named("jmx").jvm("-javaagent:" + App.asAgent("Main$Making")).agent();
    try (Talking talking = started(app, jdk)) {
      assertThat(talking.ask("early-and-bean a")).isEqualTo("run 1; Cache early; Larder null");
    }
  }

  @OnEachJdk
  void server_thatIsThereWhenLarderIsAttached_hasTheBeans(Jdk jdk) throws Exception {
    try (Talking app = started(App.named("jmx"), jdk)) {
      assertThat(app.ask("early-and-bean a")).isEqualTo("run 1; ");

      assertThat(Command.of(jdk, "attach", app.pid()).exit()).isZero();

      try (JMXConnector remote = remote(app.pid())) {
        assertThat(remote.getMBeanServerConnection().isRegistered(larder())).isTrue();
      }
      assertThat(app.ask("early-and-bean a")).isEqualTo("run 2; Cache early; Larder null");
    }
  }

  @OnEachJdk
  void jmx_thatComesByTheAttachApi_seesAndSteers(Jdk jdk) throws Exception {
    try (Talking app = started(App.named("jmx").agent("prefix=shop"), jdk)) {
      app.ask("early a");
      app.ask("early a");
      app.ask("early b");
      try (JMXConnector remote = remote(app.pid())) {
        MBeanServerConnection there = remote.getMBeanServerConnection();
        ObjectName early = new ObjectName("dev.larder:type=Cache,name=early");

        assertThat(attributes(there, early))
            .contains(
                entry("Hits", 1L),
                entry("Misses", 2L),
                entry("Loads", 2L),
                entry("Stores", 2L),
                entry("Entries", 2L),
                entry("HitRatio", 1 / 3d));
        for (MBeanAttributeInfo each : there.getMBeanInfo(early).getAttributes()) {
          assertThat(each.getDescription()).as(each.getName()).isNotBlank();
          assertThat(each.getDescriptor().getFieldValue("units")).as(each.getName()).isNotNull();
        }
        assertThat(attributes(there, larder()))
            .contains(entry("Backend", "memory"), entry("Prefix", "shop"))
            .containsKey("Version");
        assertThat(there.invoke(early, "clear", null, null)).isEqualTo(2L);
        assertThat(app.ask("early a")).isEqualTo("run 3");
        assertThat(there.invoke(larder(), "clearAll", null, null)).isEqualTo(1L);

        assertThat(app.ask("late a")).isEqualTo("run 4"); // made while somebody looks
        assertThat(there.queryNames(new ObjectName("dev.larder:type=Cache,*"), null)).hasSize(2);
      }
    }
  }

  @OnEachJdk
  void servlet_withAnAnnotation_isABeanFromItsFirstRequest(Jdk jdk) throws Exception {
    App app =
        App.named("tomcat")
            .sources("servlet")
            .libraries("tomcat-10")
            .argument("/shop")
            .file("larder.properties", RULE)
            .agent();
    try (ServerApp server = ServerApp.start(app, jdk);
        JMXConnector remote = remote(server.pid())) {
      MBeanServerConnection there = remote.getMBeanServerConnection();
      server.get("/shop/annotated/jmx");
      server.get("/shop/annotated/jmx");

      ObjectName servlet = new ObjectName("dev.larder:type=Cache,name=annotated");
      assertThat(attributes(there, servlet))
          .contains(entry("Hits", 1L), entry("Misses", 1L), entry("Stores", 1L));
      assertThat(there.isRegistered(new ObjectName("dev.larder:type=Cache,name=catalog"))).isTrue();
      assertThat(
              there.invoke(
                  servlet,
                  "evictKey",
                  new Object[] {"/shop/annotated/jmx"},
                  new String[] {String.class.getName()}))
          .isEqualTo(1L);
    }
  }

  @OnEachJdk
  void rule_thatAChangedFileNoLongerHas_isNoBeanAnyMore(Jdk jdk) {
    App app = App.named("jmx").file("larder.properties", RULE).agent();
    try (Talking talking = started(app, jdk)) {
      assertThat(talking.ask("beans")).isEqualTo("Cache catalog; Larder null");

      app.file("larder.properties", RULE.replace("catalog", "another"));

      await().until(() -> talking.ask("beans").equals("Cache another; Larder null"));
    }
  }

  @OnEachJdk
  void listenerOfTheApplications_thatFails_hindersNoCall(Jdk jdk) {
    try (Talking app = started(App.named("jmx").agent(), jdk)) {
      assertThat(app.ask("listen")).isEqualTo("listens");

      assertThat(app.ask("late-and-bean a")).startsWith("run 1; Cache \"late");
      assertThat(app.ask("late a")).isEqualTo("run 1");
    }
  }

  @OnEachJdk
  void classLoader_whoseCacheHasABean_isCollected(Jdk jdk) {
    try (Talking app = started(App.named("jmx").agent(), jdk)) {
      assertThat(app.ask("deployed")).isEqualTo("collected; Cache deployed; Larder null");
    }
  }

  private static Talking started(App app, Jdk jdk) {
    Talking talking = Talking.to(app, jdk);
    assertThat(talking.listen()).isEqualTo("runs");
    return talking;
  }

  @SuppressWarnings("BanJNDI") // the address is that of a JVM of this test's
  private static JMXConnector remote(String pid) throws Exception {
    VirtualMachine machine = VirtualMachine.attach(pid);
    try {
      return JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
    } finally {
      machine.detach();
    }
  }

  private static ObjectName larder() throws Exception {
    return new ObjectName("dev.larder:type=Larder");
  }

  private static Map<String, Object> attributes(MBeanServerConnection there, ObjectName bean)
      throws Exception {
    Map<String, Object> values = new TreeMap<>();
    MBeanAttributeInfo[] all = there.getMBeanInfo(bean).getAttributes();
    String[] names = new String[all.length];
    for (int i = 0; i < all.length; i++) {
      names[i] = all[i].getName();
    }
    for (Attribute each : there.getAttributes(bean, names).asList()) {
      values.put(each.getName(), each.getValue());
    }
    return values;
  }
}
