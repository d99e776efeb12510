/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.instrument.Instrumentation;
import java.nio.charset.StandardCharsets;
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
        default -> System.out.println("what?");
      }
    }
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
