/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import dev.larder.Larder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.ProtectionDomain;
import java.util.Arrays;
import java.util.HexFormat;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.agent.builder.ResettableClassFileTransformer;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.FixedValue;
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

    /** Whatever frames there are below the body, those that the JVM hides as well. */
    public static String frames(long id) {
      String frames =
          WALKER
              .walk(
                  all -> all.map(each -> each.getClassName() + "." + each.getMethodName()).toList())
              .toString();
      return frames + " " + ++runs;
    }

    /** With loops, locals of each size and a catch of its own. */
    public static double price(String name, long from, double by) throws IOException {
      double sum = 0;
      for (int i = 0; i < name.length(); i++) {
        long step = from + i;
        try {
          sum += Math.floorMod(step, name.charAt(i)) * by;
        } catch (ArithmeticException none) {
          sum -= step;
        }
      }
      if (sum == 0) {
        throw new IOException(name);
      }
      synchronized (name) {
        return sum + ++runs;
      }
    }
  }

  private static final StackWalker WALKER =
      StackWalker.getInstance(StackWalker.Option.SHOW_HIDDEN_FRAMES);

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

  /** As an agent that is given at the start: counts in what is loaded, and cannot take it back. */
  public static void premain(String options, Instrumentation instrumentation) {
    counting(AgentBuilder.RedefinitionStrategy.DISABLED).installOn(instrumentation);
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
          counting =
              counting(AgentBuilder.RedefinitionStrategy.RETRANSFORMATION)
                  .installOn(latest == null ? instrumentation : latest);
          System.out.println("counts");
        }
        case "stop" -> {
          counting.reset(
              latest == null ? instrumentation : latest,
              AgentBuilder.RedefinitionStrategy.RETRANSFORMATION);
          System.out.println("stopped");
        }
        case "again" -> {
          instrumentation.retransformClasses(Shop.class);
          System.out.println("retransformed");
        }
        case "bytes" -> System.out.println(hash(bytes(latest == null ? instrumentation : latest)));
        case "file" -> {
          Files.write(Path.of("Shop.class"), bytes(latest == null ? instrumentation : latest));
          System.out.println("written");
        }
        case "swap" -> {
          instrumentation.redefineClasses(new ClassDefinition(Shop.class, swapped()));
          System.out.println("swapped");
        }
        case "clear" -> System.out.println(Larder.clear("prices"));
        case "hits" -> System.out.println(Larder.stats("prices").hits());
        case "frames" -> System.out.println(Shop.frames(1));
        case "thrown" -> System.out.println(thrown());
        case "double" -> System.out.println(Shop.price("jam", 3, 1.5));
        default -> System.out.println("what?");
      }
    }
  }

  /** The class with other bodies, as a debugger or an IDE puts it in. */
  private static byte[] swapped() {
    return new ByteBuddy()
        .redefine(Shop.class)
        .method(ElementMatchers.takesArguments(long.class).and(ElementMatchers.returns(int.class)))
        .intercept(FixedValue.value(7_000))
        .make()
        .getBytes();
  }

  /** The stack of an exception of the body's own, and whether another call gives the same one. */
  private static String thrown() {
    try {
      return String.valueOf(Shop.price("", 0, 0));
    } catch (IOException thrown) {
      return thrown + " " + Arrays.toString(thrown.getStackTrace());
    }
  }

  private static String hash(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  /** What a transformer of the latest agent sees of the class when it is transformed again. */
  private static byte[] bytes(Instrumentation instrumentation) throws Exception {
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
    return seen[0];
  }

  private static AgentBuilder counting(AgentBuilder.RedefinitionStrategy strategy) {
    return new AgentBuilder.Default()
        .disableClassFormatChanges()
        .with(strategy)
        .type(ElementMatchers.named("Main$Shop"))
        .transform(
            (builder, type, loader, module, domain) ->
                builder.visit(Advice.to(Counting.class).on(ElementMatchers.named("price"))));
  }
}
