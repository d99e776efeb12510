/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.ProtectionDomain;
import java.util.HexFormat;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.agent.builder.ResettableClassFileTransformer;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.matcher.ElementMatchers;

/** An application with an instrumentation of its own, which counts calls of a method. */
public final class Main {

  private static int runs;

  /** What the other instrumentation has counted. */
  public static int counted;

  public static final class Shop {
    public static int price(long id) {
      return ++runs;
    }

    public static int other(long id) {
      return ++runs;
    }
  }

  public static final class Counting {
    @Advice.OnMethodEnter
    public static void enter() {
      counted++;
    }
  }

  /** Of an agent that came after all others. */
  private static volatile Instrumentation latest;

  public static void agentmain(String options, Instrumentation instrumentation) {
    latest = instrumentation;
  }

  public static void main(String[] args) throws Exception {
    Instrumentation instrumentation = ByteBuddyAgent.install();
    ResettableClassFileTransformer counting = null;
    Shop.price(0);
    System.out.println("runs");
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      switch (line) {
        case "price" -> System.out.println(Shop.price(1));
        case "other" -> System.out.println(Shop.other(1));
        case "counted" -> System.out.println(counted);
        case "count" -> {
          counting = counting().installOn(instrumentation);
          System.out.println("counts");
        }
        case "stop" -> {
          counting.reset(instrumentation, AgentBuilder.RedefinitionStrategy.RETRANSFORMATION);
          System.out.println("stopped");
        }
        case "again" -> {
          instrumentation.retransformClasses(Shop.class);
          System.out.println("retransformed");
        }
        case "bytes" -> System.out.println(bytes(latest == null ? instrumentation : latest));
        default -> System.out.println("what?");
      }
    }
  }

  /** What a transformer of the latest agent sees of the class when it is transformed again. */
  private static String bytes(Instrumentation instrumentation) throws Exception {
    byte[][] seen = {null};
    ClassFileTransformer looking =
        new ClassFileTransformer() {
          @Override
          public byte[] transform(
              ClassLoader loader,
              String name,
              Class<?> type,
              ProtectionDomain domain,
              byte[] bytes) {
            if (type == Shop.class) {
              seen[0] = bytes.clone();
            }
            return null;
          }
        };
    instrumentation.addTransformer(looking, true);
    try {
      instrumentation.retransformClasses(Shop.class);
    } finally {
      instrumentation.removeTransformer(looking);
    }
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(seen[0]));
  }

  private static AgentBuilder counting() {
    return new AgentBuilder.Default()
        .disableClassFormatChanges()
        .with(AgentBuilder.RedefinitionStrategy.RETRANSFORMATION)
        .type(ElementMatchers.is(Shop.class))
        .transform(
            (builder, type, loader, module, domain) ->
                builder.visit(Advice.to(Counting.class).on(ElementMatchers.named("price"))));
  }
}
