/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.ops.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.engine.config.Settings;
import dev.larder.ops.FigureNames;
import dev.larder.ops.Holdings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.management.Attribute;
import javax.management.AttributeNotFoundException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanException;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import javax.management.ReflectionException;
import org.junit.jupiter.api.Test;

class CacheBeansTest {

  private final MBeanServer server = MBeanServerFactory.newMBeanServer();
  private final Held held = new Held();
  private final CacheBeans beans =
      CacheBeans.of(server, held, "1.2", () -> Settings.of(Map.of("prefix", "shop")));

  /** What a test has for holdings. */
  private static final class Held implements Holdings {
    private final Map<String, long[]> figures = new TreeMap<>();
    private final Set<String> rules = new TreeSet<>();
    private final List<String> done = new ArrayList<>();

    @Override
    public Set<String> names() {
      return new TreeSet<>(figures.keySet());
    }

    @Override
    public boolean isRule(String name) {
      return rules.contains(name);
    }

    @Override
    public long[] figures(String name) {
      return figures.getOrDefault(name, new long[FigureNames.ALL.size()]);
    }

    @Override
    public Map<String, Boolean> backends() {
      return Map.of();
    }

    @Override
    public long evictKey(String name, String key) {
      if (key.equals("broken")) {
        throw new IllegalStateException(
            "evictKey failed", new RuntimeException("a cause that others know no class of"));
      }
      done.add("evictKey " + name + " " + key);
      return 1;
    }

    @Override
    public long evictWritten(String name, List<String> arguments) {
      done.add("evictWritten " + name + " " + arguments);
      return 1;
    }

    @Override
    public long evictTag(String tag) {
      done.add("evictTag " + tag);
      return -1;
    }

    @Override
    public long clear(String name) {
      done.add("clear " + name);
      return 7;
    }

    @Override
    public long clearAll() {
      done.add("clearAll");
      return 9;
    }
  }

  @Test
  void name_thatJmxCanRead_standsAsItIs() {
    for (String plain : List.of("products", "com.acme.Shop.search", "a b/c#d", "größe")) {
      assertThat(CacheBeans.nameOf(plain)).hasToString("dev.larder:type=Cache,name=" + plain);
    }
  }

  @Test
  void name_thatJmxWouldMisread_isQuoted() throws Exception {
    for (String odd : List.of("", "a,b", "a=b", "a:b", "a\"b", "a*", "a?", "a\nb")) {
      ObjectName name = CacheBeans.nameOf(odd);
      assertThat(ObjectName.unquote(name.getKeyProperty("name"))).isEqualTo(odd);
      assertThat(name.isPattern()).isFalse();
    }
  }

  @Test
  void attributes_ofACache_areItsFiguresByName() throws Exception {
    held.figures.put("products", new long[] {3, 1, 2, 1, 4, 6_000_000, 5, 6, 7, 8, 9, 10, 11});
    beans.addMissing();

    assertThat(values("products"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("Hits", 3L),
                Map.entry("Misses", 1L),
                Map.entry("Bypassed", 2L),
                Map.entry("Stale", 1L),
                Map.entry("Loads", 4L),
                Map.entry("LoadNanos", 6_000_000L),
                Map.entry("Stores", 5L),
                Map.entry("Removals", 6L),
                Map.entry("Evictions", 7L),
                Map.entry("Errors", 8L),
                Map.entry("Entries", 9L),
                Map.entry("Verified", 10L),
                Map.entry("VerifiedStale", 11L),
                Map.entry("HitRatio", 0.75),
                Map.entry("MeanLoadMillis", 1.5)));
  }

  @Test
  void attributes_ofAPathRule_leaveOutWhatIsOfMethods() throws Exception {
    held.figures.put("catalog", new long[FigureNames.VERIFIED]);
    held.rules.add("catalog");
    beans.addMissing();

    assertThat(values("catalog"))
        .hasSize(FigureNames.VERIFIED + 2)
        .containsKey("HitRatio")
        .doesNotContainKey("Verified");
  }

  @Test
  void attributes_beforeAnyCall_areNumbers() throws Exception {
    held.figures.put("products", new long[FigureNames.ALL.size()]);
    beans.addMissing();

    assertThat(values("products"))
        .containsEntry("HitRatio", 0.0)
        .containsEntry("MeanLoadMillis", 0.0);
  }

  @Test
  void attributes_ofEveryBean_areDescribedWithTheirUnits() throws Exception {
    held.figures.put("products", new long[FigureNames.ALL.size()]);
    beans.addMissing();

    MBeanAttributeInfo[] all = server.getMBeanInfo(CacheBeans.nameOf("products")).getAttributes();
    assertThat(all).hasSize(FigureNames.ALL.size() + 2);
    for (MBeanAttributeInfo each : all) {
      assertThat(each.getDescription()).as(each.getName()).isNotBlank();
      assertThat(each.getDescriptor().getFieldValue("units")).as(each.getName()).isNotNull();
      assertThat(each.getDescriptor().getFieldValue("metricType"))
          .as(each.getName())
          .isIn("COUNTER", "GAUGE");
      assertThat(each.isWritable()).as(each.getName()).isFalse();
    }
    for (MBeanOperationInfo each :
        server.getMBeanInfo(CacheBeans.nameOf("products")).getOperations()) {
      assertThat(each.getDescription()).as(each.getName()).contains("-1");
      assertThat(each.getReturnType()).isEqualTo("long");
    }
  }

  @Test
  void operations_removeAndSayHowMany() throws Exception {
    held.figures.put("products", new long[FigureNames.ALL.size()]);
    beans.addMissing();
    ObjectName products = CacheBeans.nameOf("products");
    ObjectName larder = new ObjectName("dev.larder:type=Larder");

    assertThat(invoke(products, "clear")).isEqualTo(7L);
    assertThat(invoke(products, "evictKey", "k")).isEqualTo(1L);
    assertThat(invoke(larder, "clearAll")).isEqualTo(9L);
    assertThat(invoke(larder, "evictTag", "t")).isEqualTo(-1L);
    assertThat(held.done)
        .containsExactly("clear products", "evictKey products k", "clearAll", "evictTag t");
  }

  @Test
  void operation_thatFails_saysWhyInClassesThatEverybodyHas() {
    held.figures.put("products", new long[FigureNames.ALL.size()]);
    beans.addMissing();
    ObjectName products = CacheBeans.nameOf("products");

    assertThatThrownBy(() -> invoke(products, "evictKey", "broken"))
        .isInstanceOf(MBeanException.class)
        .cause()
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("evictKey failed")
        .hasNoCause();
    assertThatThrownBy(() -> invoke(products, "evictKey", (Object) null))
        .isInstanceOf(MBeanException.class)
        .cause()
        .hasMessageContaining("key");
    assertThatThrownBy(() -> invoke(products, "evictKey")).isInstanceOf(ReflectionException.class);
    assertThatThrownBy(() -> server.setAttribute(products, new Attribute("Hits", 1L)))
        .isInstanceOf(AttributeNotFoundException.class);
    assertThatThrownBy(() -> server.getAttribute(products, "Hitz"))
        .isInstanceOf(AttributeNotFoundException.class);
  }

  @Test
  void larder_tellsWhatHoldsForAll() throws Exception {
    ObjectName larder = new ObjectName("dev.larder:type=Larder");

    assertThat(server.getAttribute(larder, "Version")).isEqualTo("1.2");
    assertThat(server.getAttribute(larder, "Prefix")).isEqualTo("shop");
    assertThat(server.getAttribute(larder, "Backend")).isEqualTo("memory");
  }

  @Test
  void beans_followWhatThereIs() {
    held.figures.put("a", new long[FigureNames.ALL.size()]);
    held.figures.put("b", new long[FigureNames.ALL.size()]);
    held.rules.add("b");
    beans.addMissing();
    beans.addMissing();
    assertThat(registered()).containsExactly("a", "b");

    held.figures.remove("b");
    beans.removeGone();
    assertThat(registered()).containsExactly("a");

    held.figures.put("b", new long[FigureNames.ALL.size()]);
    beans.addMissing();
    assertThat(registered()).containsExactly("a", "b");
  }

  @Test
  void name_thatSomebodyElseHas_isLeftToThem() throws Exception {
    Bean theirs = new Bean("theirs", List.of(), Map::of, List.of());
    server.registerMBean(theirs, CacheBeans.nameOf("a"));
    held.figures.put("a", new long[FigureNames.ALL.size()]);
    held.figures.put("b", new long[FigureNames.ALL.size()]);

    beans.addMissing();
    held.figures.remove("a");
    beans.removeGone();

    assertThat(registered()).containsExactly("a", "b");
    assertThat(server.getMBeanInfo(CacheBeans.nameOf("a")).getDescription()).isEqualTo("theirs");
  }

  @Test
  void beans_inWhatIsNoServer_areNone() {
    assertThat(CacheBeans.of("no server", held, "1.2", Settings::none)).isNull();
  }

  private Map<String, Object> values(String cache) throws Exception {
    Map<String, Object> values = new TreeMap<>();
    ObjectName name = CacheBeans.nameOf(cache);
    for (MBeanAttributeInfo each : server.getMBeanInfo(name).getAttributes()) {
      values.put(each.getName(), server.getAttribute(name, each.getName()));
    }
    return values;
  }

  private Set<String> registered() {
    Set<String> names = new TreeSet<>();
    for (ObjectName each : server.queryNames(null, null)) {
      if (each.getDomain().equals("dev.larder") && each.getKeyProperty("name") != null) {
        names.add(each.getKeyProperty("name"));
      }
    }
    return names;
  }

  private Object invoke(ObjectName bean, String operation, Object... arguments) throws Exception {
    String[] signature = new String[arguments.length];
    Arrays.fill(signature, String.class.getName());
    return server.invoke(bean, operation, arguments, signature);
  }
}
