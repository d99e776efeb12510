/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;

final class CommandLineIT {

  @TempDir private Path directory;

  @OnEachJdk
  void version_isPrinted(Jdk jdk) throws Exception {
    Ended ended = run(jdk, "version");

    assertThat(ended.exit()).isZero();
    assertThat(ended.out()).startsWith("Larder ").doesNotContain("$", "unknown");
  }

  @OnEachJdk
  void check_soundFile_listsWhatEachPatternMatches(Jdk jdk) throws Exception {
    App app = App.named("named");
    Path file =
        write(
            """
            cache.prices.methods = com.acme.shop.Prices.price*(..), com.acme.shop.Prices.nothing()
            cache.prices.except = com.acme.shop.Prices.priceNow(..)
            cache.wild.methods = com.acme.shop.Prices.change(..)
            """);

    Ended ended = run(jdk, "check", file.toString(), "--classpath", app.compiled().toString());

    assertThat(ended.exit()).isZero();
    assertThat(ended.out())
        .contains("no fault", "com.acme.shop.Prices.price(long)", "matches no method")
        .contains("refused: com.acme.shop.Prices.change: it returns nothing that could be kept")
        .doesNotContain("priceNow(long)");
  }

  @OnEachJdk
  void check_interfaceThatAProxyAloneImplements_listsWhatIsMeantOfIt(Jdk jdk) throws Exception {
    Path file = write("cache.proxied.methods = com.acme.shop.Main$ProxiedProducts.find(Long)\n");
    String classes = App.named("generic").compiled().toString();

    Ended ended = run(jdk, "check", file.toString(), "--classpath", classes);

    assertThat(ended.exit()).isZero();
    assertThat(ended.out())
        .contains("matches what implements this", "com.acme.shop.Main$Crud.find(java.lang.Object)")
        .doesNotContain("matches no method");
  }

  @OnEachJdk
  void check_classPathWithAnnotations_listsThoseThatAreRefusedOnce(Jdk jdk) throws Exception {
    Path file = write("cache.a.methods = Main.keyed(..)\ncache.b.methods = Main.nobody(..)\n");
    String classes = App.named("faulty").compiled().toString();

    Ended ended = run(jdk, "check", file.toString(), "--classpath", classes);

    assertThat(ended.exit()).isZero();
    assertThat(ended.out()).containsOnlyOnce("refused: Main$Unfinished.finish: it is abstract");
  }

  @OnEachJdk
  void check_faultyFile_endsWithOneAndNamesLineAndKey(Jdk jdk) throws Exception {
    Ended ended = run(jdk, "check", write("# a comment\ntll = 5m\n").toString());

    assertThat(ended.exit()).isEqualTo(1);
    assertThat(ended.out()).contains("1 fault", "line 2", "tll", "nearest valid key: ttl");
  }

  @OnEachJdk
  void unknownCommand_endsWithTwo(Jdk jdk) throws Exception {
    assertThat(run(jdk, "frobnicate").exit()).isEqualTo(2);
  }

  private record Ended(int exit, String out) {}

  private Path write(String text) throws IOException {
    return Files.writeString(directory.resolve("larder.properties"), text);
  }

  private Ended run(Jdk jdk, String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(jdk.java(), "-jar", Artifacts.agent().toString()));
    command.addAll(List.of(arguments));
    Path out = directory.resolve("out.txt");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8));
  }
}
