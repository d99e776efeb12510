/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import java.lang.management.ManagementFactory;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** An application that uses JMX before there is anything to cache, which there may never be. */
public final class Main {

  public static void main(String[] args) throws Exception {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    System.out.println("beans=" + count(server));
    if (args.length > 0) {
      System.out.println("cached=" + Cached.find(1) + " " + Cached.find(1));
      System.out.println("beans=" + count(server));
    }
  }

  private static int count(MBeanServer server) throws Exception {
    return server.queryNames(new ObjectName("dev.larder:*"), null).size();
  }
}
