/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.ops.jmx;

import dev.larder.engine.config.CacheKeys;
import dev.larder.engine.config.GlobalKeys;
import dev.larder.engine.config.Settings;
import dev.larder.ops.Holdings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The MBeans of a JVM's caches: one for each, {@code dev.larder:type=Cache,name=…}, and {@code
 * dev.larder:type=Larder} for what holds for all.
 *
 * <p>No lock is held while a bean is registered or goes, since that calls listeners of the
 * application's. A name that somebody else has is left to them.
 */
public final class CacheBeans {

  private static final Logger LOG = LoggerFactory.getLogger(CacheBeans.class);

  private static final String DOMAIN = "dev.larder";
  private static final String NEEDS_QUOTES = ",=:\"*?\n";

  private final MBeanServer server;
  private final Holdings holdings;

  /** The caches that have had their turn. */
  private final Set<String> seen = ConcurrentHashMap.newKeySet();

  /** Of those, by name, the beans that are ours. */
  private final Map<String, ObjectName> ours = new ConcurrentHashMap<>();

  private CacheBeans(MBeanServer server, Holdings holdings) {
    this.server = server;
    this.holdings = holdings;
  }

  /**
   * Beans in a server, at first of Larder alone.
   *
   * @param server an {@link MBeanServer}; of another object there are no beans
   * @return null where it is no server
   */
  public static CacheBeans of(
      Object server, Holdings holdings, String version, Supplier<Settings> settings) {
    if (!(server instanceof MBeanServer there)) {
      return null;
    }
    CacheBeans beans = new CacheBeans(there, holdings);
    beans.register(larder(holdings, version, settings), name(DOMAIN + ":type=Larder"));
    return beans;
  }

  /** Beans in the platform's server; null where nobody has had it made. */
  public static CacheBeans whereThereIsAServer(
      Holdings holdings, String version, Supplier<Settings> settings) {
    ObjectName runtime = name("java.lang:type=Runtime");
    for (MBeanServer each : MBeanServerFactory.findMBeanServer(null)) {
      if (each.isRegistered(runtime)) {
        return of(each, holdings, version, settings);
      }
    }
    return null;
  }

  /** Registers beans of caches and rules that have none yet. */
  public void addMissing() {
    for (String cache : holdings.names()) {
      if (seen.add(cache)) {
        ObjectName name = nameOf(cache);
        if (register(CacheBean.of(cache, holdings), name)) {
          ours.put(cache, name);
        }
      }
    }
  }

  /** Takes the beans of what is no more: of rules that a changed file no longer has. */
  public void removeGone() {
    List<String> gone = new ArrayList<>(seen); // before the names: what comes now stays
    gone.removeAll(holdings.names());
    for (String cache : gone) {
      ObjectName name = ours.remove(cache);
      seen.remove(cache);
      if (name != null) {
        unregister(name);
      }
    }
  }

  /** The name of a cache's bean: the cache's own, in quotes only where JMX would misread it. */
  static ObjectName nameOf(String cache) {
    boolean plain = !cache.isEmpty();
    for (int i = 0; i < cache.length(); i++) {
      plain &= NEEDS_QUOTES.indexOf(cache.charAt(i)) < 0;
    }
    return name(DOMAIN + ":type=Cache,name=" + (plain ? cache : ObjectName.quote(cache)));
  }

  private static ObjectName name(String text) {
    try {
      return new ObjectName(text);
    } catch (JMException malformed) {
      throw new IllegalArgumentException(text + " is no name of a bean", malformed);
    }
  }

  private boolean register(Bean bean, ObjectName name) {
    try {
      server.registerMBean(bean, name);
      return true;
    } catch (InstanceAlreadyExistsException taken) {
      LOG.debug("{} is somebody else's bean", name);
    } catch (JMException | RuntimeException refused) {
      LOG.warn("{} cannot be registered ({}); JMX does not show it", name, refused.toString());
    }
    return false;
  }

  private void unregister(ObjectName name) {
    try {
      server.unregisterMBean(name);
    } catch (InstanceNotFoundException gone) {
      LOG.debug("{} is gone already", name);
    } catch (JMException | RuntimeException refused) {
      LOG.warn("{} cannot be unregistered ({})", name, refused.toString());
    }
  }

  private static Bean larder(Holdings holdings, String version, Supplier<Settings> settings) {
    return new Bean(
        "Larder: what holds for all caches and path rules of this JVM",
        List.of(
            Bean.text("Version", "The version of the agent"),
            Bean.text("Backend", "The backend of caches that name none"),
            Bean.text("Prefix", "What every stored key begins with")),
        () -> {
          Settings now = settings.get();
          return Map.of(
              "Version",
              version,
              "Backend",
              now.global(CacheKeys.BACKEND),
              "Prefix",
              now.global(GlobalKeys.PREFIX));
        },
        List.of(
            new Bean.Operation(
                "clearAll",
                "Removes all entries under this JVM's prefix",
                null,
                no -> holdings.clearAll()),
            new Bean.Operation(
                "evictTag",
                "Removes the entries of all caches that carry a tag",
                new Bean.Parameter("tag", "The tag"),
                holdings::evictTag)));
  }
}
