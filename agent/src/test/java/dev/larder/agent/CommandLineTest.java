/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

  /** A number that no process has. */
  private static final String NOBODY = "999999999";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "status",
        "status shop",
        "stats",
        "stats 1 products 2",
        "evict",
        "evict 1",
        "evict 1 --key 7",
        "evict 1 products 7 --key 7",
        "evict 1 --tag t --key 7",
        "evict 1 products --tag t",
        "evict 1 products --kye 7",
        "clear",
        "clear 1 products 7",
        "clear 1 --all",
        "advise",
        "advise 1 2",
        "advise 1 --jsn",
        "advise 99999999999999999999"
      })
  void command_notUnderstood_endsWithTwoAndSaysWhy(String line) {
    assertThat(run(line)).isEqualTo(CommandLine.USAGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "stats", "clear", "stats --json", "evict --tag t", "advise"})
  void command_ofNoJvm_endsWithOne(String line) {
    assertThat(run(line + " " + NOBODY)).isEqualTo(CommandLine.FAULTS);
  }

  @Test
  void table_ofNames_alignsNumbersToTheRight() {
    String table =
        Table.of(
            List.of(
                new String[] {"cache", "hits"},
                new String[] {"com.acme.Shop.find", "7"},
                new String[] {"b", "1234567"}));

    assertThat(table.lines())
        .containsExactly(
            "cache                  hits", //
            "com.acme.Shop.find        7",
            "b                   1234567");
  }

  /** What patterns below match. */
  static final class Shop {
    String find(long id) {
      return "" + id;
    }

    void save(List<String> names) {
      names.clear();
    }

    native String far();
  }

  @Test
  void check_listsEachPattern_whatItMatchesAndWhatIsRefused(@TempDir Path folder)
      throws IOException {
    String shop = Shop.class.getName();
    Path file = folder.resolve("larder.properties");
    Files.writeString(
        file,
        """
        cache.a.methods = SHOP.find(long), SHOP.sa*(..), SHOP.far()
        cache.a.evict-on = SHOP.save(..), SHOP.nothing(..)
        """
            .replace("SHOP", shop));
    String check = "check " + file + " --classpath " + classes();

    assertThat(out(check + " --json"))
        .isEqualTo(
            ("{'file':'FILE','faults':[],'caches':1,'rules':0,'annotations':[],'patterns':["
                    + "{'key':'cache.a.methods','pattern':'SHOP.find(long)',"
                    + "'methods':['SHOP.find(long)'],'refused':[]},"
                    + "{'key':'cache.a.methods','pattern':'SHOP.sa*(..)','methods':[],"
                    + "'refused':[{'method':'SHOP.save',"
                    + "'reason':'it returns nothing that could be kept'}]},"
                    + "{'key':'cache.a.methods','pattern':'SHOP.far()','methods':[],"
                    + "'refused':[{'method':'SHOP.far',"
                    + "'reason':'it is native and has no body to skip'}]},"
                    + "{'key':'cache.a.evict-on','pattern':'SHOP.save(..)',"
                    + "'methods':['SHOP.save(java.util.List)'],'refused':[]},"
                    + "{'key':'cache.a.evict-on','pattern':'SHOP.nothing(..)','methods':[],"
                    + "'refused':[]}]}\n")
                .replace('\'', '"')
                .replace("FILE", file.toString())
                .replace("SHOP", shop));
    assertThat(out(check))
        .isEqualTo(
            """
            FILE: no fault; 1 cache, 0 path rules

            cache.a.methods: SHOP.find(long)
              SHOP.find(long)

            cache.a.methods: SHOP.sa*(..)
              refused: SHOP.save: it returns nothing that could be kept

            cache.a.methods: SHOP.far()
              refused: SHOP.far: it is native and has no body to skip

            cache.a.evict-on: SHOP.save(..)
              SHOP.save(java.util.List)

            cache.a.evict-on: SHOP.nothing(..)
              matches no method of this class path
            """
                .replace("FILE", file.toString())
                .replace("SHOP", shop));
  }

  /** As repositories of frameworks are. */
  interface Repository<T, K> {
    T find(K key);

    void save(T one);
  }

  interface Shops extends Repository<Shop, Long> {
    Shop named(String name);
  }

  @Test
  void check_ofAnInterfaceThatProxiesImplement_saysThatTheyAreMeant(@TempDir Path folder)
      throws Exception {
    Path file = folder.resolve("larder.properties");
    String shops = Shops.class.getName();
    Files.writeString(
        file,
        """
        cache.a.methods = SHOPS.named(..), SHOPS.find(Long), SHOPS.lost(..)
        cache.a.evict-on = SHOPS.save(..)
        cache.b.methods = SHOPS.*(..)
        cache.b.except = SHOPS.save(..), SHOPS.find(..)
        """
            .replace("SHOPS", shops));
    String check = "check " + file + " --classpath " + classes();

    assertThat(out(check))
        .isEqualTo(
            """
            FILE: no fault; 2 caches, 0 path rules

            cache.a.methods: SHOPS.named(..)
              matches what implements this, as a JDK proxy may; no class here does:
                SHOPS.named(java.lang.String)

            cache.a.methods: SHOPS.find(Long)
              matches what implements this, as a JDK proxy may; no class here does:
                REPOSITORY.find(java.lang.Object)

            cache.a.methods: SHOPS.lost(..)
              matches no method of this class path

            cache.a.evict-on: SHOPS.save(..)
              matches what implements this, as a JDK proxy may; no class here does:
                REPOSITORY.save(java.lang.Object)

            cache.b.methods: SHOPS.*(..)
              matches what implements this, as a JDK proxy may; no class here does:
                SHOPS.named(java.lang.String)
            """
                .replace("FILE", file.toString())
                .replace("REPOSITORY", Repository.class.getName())
                .replace("SHOPS", shops));
    assertThat(out(check + " --json"))
        .contains("\"methods\":[],\"abstracts\":[\"" + shops + ".named(java.lang.String)\"],");
  }

  @Test
  void check_ofAFaultyFile_tellsItsFaultsAsJsonToo(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("larder.properties");
    Files.writeString(file, "# a comment\ntll = 5m\nttl = soon\n");

    assertThat(out("check " + file + " --json"))
        .startsWith("{\"file\":\"" + file + "\",\"faults\":[{")
        .contains("\"line\":2,\"key\":\"tll\",\"problem\":\"there is no such key\"")
        .contains("\"nearest\":\"ttl\"")
        .contains("\"line\":3,\"key\":\"ttl\"")
        .doesNotContain("caches");
    assertThat(run("check " + file + " --json")).isEqualTo(CommandLine.FAULTS);
  }

  @Test
  void check_ofAFileWithASemicolonInItsName_readsThatFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("a;ttl=b.properties");
    Files.writeString(file, "ttl = 5m\n");

    assertThat(out("check " + file)).isEqualTo(file + ": no fault; 0 caches, 0 path rules\n");
  }

  @Test
  void check_ofASecretInAVariable_findsItInTheEnvironment(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("larder.properties");
    Files.writeString(file, "seal.key = env:PATH\nhttp.a.paths = /a\n");

    assertThat(out("check " + file)).isEqualTo(file + ": no fault; 0 caches, 1 path rule\n");
  }

  @Test
  void check_ofKeysThatDoNothing_saysWhatIsMissing(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("larder.properties");
    Files.writeString(
        file,
        """
        http.catlog.paths = /api/**
        http.catalog.store = 60s
        cache.a.evict-key = {id}
        cache.b.evict-all = true
        cache.b.evict-on = com.acme.Shop.save(..)
        """);

    assertThat(out("check " + file))
        .isEqualTo(
            file
                + """
                : no fault; 2 caches, 2 path rules
                  cache.a.evict-key does nothing: there is no cache.a.evict-on
                  http.catalog does nothing: there is no http.catalog.paths
                """);
    assertThat(out("check " + file + " --json"))
        .contains(
            "\"idle\":[\"cache.a.evict-key does nothing: there is no cache.a.evict-on\","
                + "\"http.catalog does nothing: there is no http.catalog.paths\"]");
    assertThat(run("check " + file)).isEqualTo(CommandLine.OK);
  }

  @Test
  void check_ofNoFile_saysThatItDoesNotExistAndNamesNoOtherSource(@TempDir Path folder) {
    Path file = folder.resolve("none.properties");

    assertThat(out("check " + file))
        .contains(file + "\n     the file does not exist\n")
        .doesNotContain("agent options");
    assertThat(run("check " + file)).isEqualTo(CommandLine.FAULTS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "check", "attach", "status", "stats", "evict", "clear", "advise", "version"})
  void help_ofEachCommand_isPrintedAndItsLinesAreNotBroken(String command) {
    String help = out((command + " --help").strip());

    assertThat(help).startsWith("Usage: ");
    assertThat(run((command + " --help").strip())).isEqualTo(CommandLine.OK);
    assertThat(out(("help " + command).strip())).isEqualTo(help);
    picocli.CommandLine whole = new picocli.CommandLine(new CommandLine());
    picocli.CommandLine one = command.isEmpty() ? whole : whole.getSubcommands().get(command);
    for (String line : one.getCommandSpec().usageMessage().footer()) {
      assertThat(help.lines()).contains(line);
    }
  }

  private static Path classes() {
    try {
      return Path.of(Shop.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static String out(String line) {
    PrintStream out = System.out;
    ByteArrayOutputStream taken = new ByteArrayOutputStream();
    System.setOut(new PrintStream(taken, true, StandardCharsets.UTF_8));
    try {
      run(line);
    } finally {
      System.setOut(out);
    }
    return taken.toString(StandardCharsets.UTF_8);
  }

  private static int run(String line) {
    PrintStream err = System.err;
    System.setErr(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
    try {
      return CommandLine.run(line.isEmpty() ? new String[0] : line.split(" "));
    } finally {
      System.setErr(err);
    }
  }
}
