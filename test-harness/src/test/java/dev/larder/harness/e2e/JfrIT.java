/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.harness.server.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import jdk.jfr.EventType;
import jdk.jfr.ValueDescriptor;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** What happens to the caches in recordings of the Flight Recorder, however those begin. */
class JfrIT {

  private static final String HIT = "dev.larder.Hit";

  private static final List<String> EVENTS =
      List.of(
          "dev.larder.BackendError", "dev.larder.Evict", HIT, "dev.larder.Load", "dev.larder.Miss");

  /** What {@link #calls} leaves in a recording that has begun before it. */
  private static final List<String> OF_CALLS =
      List.of(
          "Miss products Main.find",
          "Load products Main.find stored",
          "Hit products Main.find",
          "Miss plain Main.plain",
          "Load plain Main.plain stored",
          "Hit plain Main.plain",
          "Hit plain Main.plain",
          "Miss failing Main.fail",
          "Load failing Main.fail failed",
          "Miss unstored Main.unstored",
          "Load unstored Main.unstored not stored",
          "Evict products key 1",
          "Evict null tag 0",
          "Evict products cache 0",
          "Evict null all 1");

  private static void calls(Talking app) {
    app.ask("find a");
    app.ask("find a");
    app.ask("plain 1");
    app.ask("plain 1");
    app.ask("plain 1");
    app.ask("fail 1");
    app.ask("unstored 1");
    app.ask("change a");
    app.ask("tag");
    app.ask("clear");
    app.ask("clear-all");
  }

  @OnEachJdk
  void recording_madeByTheApplication_hasEachEventFromTheFirstCall(Jdk jdk) {
    App app = App.named("jfr").agent();
    try (Talking talking = started(app, jdk)) {
      calls(talking); // so that the sites are linked, and told again

      assertThat(talking.ask("record")).isEqualTo("records");
      calls(talking);
      talking.ask("recorded first.jfr");
      calls(talking);
      talking.ask("record");
      calls(talking);
      talking.ask("recorded second.jfr");

      assertThat(events(app, "first.jfr")).isEqualTo(OF_CALLS);
      assertThat(events(app, "second.jfr")).isEqualTo(OF_CALLS);
    }
  }

  @OnEachJdk
  void recording_ofTheFirstCallsEver_hasThem(Jdk jdk) {
    App app = App.named("jfr").agent();
    try (Talking talking = started(app, jdk)) {
      talking.ask("record");
      calls(talking);
      talking.ask("recorded first.jfr");

      assertThat(events(app, "first.jfr")).isEqualTo(OF_CALLS);
    }
  }

  @OnEachJdk
  void recording_startedWithTheJvm_hasEachEvent(Jdk jdk) {
    App app =
        App.named("jfr")
            .jvm("-Xlog:jfr+startup=off") // it would be a line of the application's
            .jvm("-XX:StartFlightRecording=filename=exit.jfr,settings=default")
            .agent();
    try (Talking talking = started(app, jdk)) {
      calls(talking);
    }
    assertThat(events(app, "exit.jfr")).isEqualTo(OF_CALLS);
  }

  @OnEachJdk
  void recording_startedByJcmd_hasEachEventFromTheFirstCall(Jdk jdk) {
    App app = App.named("jfr").agent();
    try (Talking talking = started(app, jdk)) {
      calls(talking);

      tool(jdk, "jcmd", talking.pid(), "JFR.start", "name=shop");
      calls(talking);
      Path file = app.directory().resolve("dumped.jfr");
      tool(jdk, "jcmd", talking.pid(), "JFR.dump", "name=shop", "filename=" + file);

      assertThat(events(app, "dumped.jfr")).isEqualTo(OF_CALLS);
    }
  }

  @OnEachJdk
  void recording_thatRunsWhenLarderIsAttached_hasEachEvent(Jdk jdk) {
    App app = App.named("jfr");
    try (Talking talking = started(app, jdk)) {
      talking.ask("record");
      talking.ask("plain 1");

      assertThat(Command.of(jdk, "attach", talking.pid()).exit()).isZero();
      calls(talking);
      talking.ask("recorded attached.jfr");

      assertThat(events(app, "attached.jfr")).isEqualTo(OF_CALLS);
    }
  }

  @OnEachJdk
  void recording_withoutHits_hasTheOthers(Jdk jdk) {
    App app = App.named("jfr").agent();
    try (Talking talking = started(app, jdk)) {
      talking.ask("record " + HIT);
      calls(talking);
      talking.ask("recorded some.jfr");

      List<String> others = new ArrayList<>(OF_CALLS);
      others.removeIf(each -> each.startsWith("Hit"));
      assertThat(events(app, "some.jfr")).isEqualTo(others);
    }
  }

  @OnEachJdk
  void hits_aboveAThousandASecond_areCountedAndNotWritten(Jdk jdk) {
    App app = App.named("jfr").agent();
    try (Talking talking = started(app, jdk)) {
      talking.ask("record");
      long millis = Long.parseLong(talking.ask("many 2000000"));
      talking.ask("recorded many.jfr");

      assertThat(talking.ask("hits")).isEqualTo("1999999");
      long written =
          read(app, "many.jfr").stream()
              .filter(each -> each.getEventType().getName().equals(HIT))
              .count();
      assertThat(written).isBetween(1_000L, 1_000L * (2 + Duration.ofMillis(millis).toSeconds()));
    }
  }

  @OnEachJdk
  void events_asToolsShowThem_haveLabelsAndNothingOfTheApplications(Jdk jdk) {
    App app = App.named("jfr").agent();
    try (Talking talking = started(app, jdk)) {
      talking.ask("record");
      calls(talking);
      talking.ask("recorded seen.jfr");
    }
    String file = app.directory().resolve("seen.jfr").toString();

    String printed = tool(jdk, "jfr", "print", "--events", "dev.larder.*", file);
    assertThat(printed)
        .contains("dev.larder.Load {", "cache = \"products\"", "outcome = \"not stored\"")
        .contains("eventThread = \"main\"", "duration = ")
        .doesNotContain("secret", "run 1", "stackTrace");
    assertThat(tool(jdk, "jfr", "summary", file)).contains("dev.larder.Hit", "dev.larder.Evict");
    TreeSet<String> types = new TreeSet<>();
    for (EventType type : types(app, "seen.jfr")) {
      types.add(type.getName());
      assertThat(type.getCategoryNames()).as(type.getName()).containsExactly("Larder");
      assertThat(type.getLabel()).as(type.getName()).startsWith("Cache ");
      assertThat(type.getDescription()).as(type.getName()).isNotBlank();
      for (ValueDescriptor field : type.getFields()) {
        assertThat(field.getLabel()).as(type.getName() + "." + field.getName()).isNotBlank();
      }
    }
    assertThat(types).containsExactlyElementsOf(EVENTS);
  }

  @OnEachJdk
  void backend_thatFails_isTold(Jdk jdk) {
    try (RedisServer redis = RedisServer.start()) {
      App app = App.named("jfr").agent("backend=redis;redis.uri=" + redis.uri());
      try (Talking talking = started(app, jdk)) {
        await()
            .atMost(30, SECONDS)
            .until(() -> talking.ask("plain 1").equals(talking.ask("plain 1")));
        talking.ask("record");
        talking.ask("plain 1");
        redis.kill();
        talking.ask("plain 1");
        talking.ask("recorded failing.jfr");
      }
      List<RecordedEvent> events = read(app, "failing.jfr");
      assertThat(events)
          .filteredOn(each -> each.getEventType().getName().equals(HIT))
          .as("hits of the backend's")
          .hasSize(1);
      assertThat(events)
          .filteredOn(each -> each.getEventType().getName().equals("dev.larder.BackendError"))
          .first()
          .satisfies(
              each -> {
                assertThat(each.getString("backend")).isEqualTo("redis");
                assertThat(each.getString("cache")).isEqualTo("plain");
                assertThat(each.getString("operation")).isEqualTo("find");
                assertThat(each.getString("errorClass")).contains(".");
                assertThat(each.getString("message")).isNotBlank();
              });
    }
  }

  @OnEachJdk
  void responses_ofARule_haveTheirEvents(Jdk jdk) {
    App app =
        App.named("tomcat")
            .sources("servlet")
            .libraries("tomcat-10")
            .argument("/shop")
            .file(
                "larder.properties",
                """
                http.shelf.paths = /stored/**
                http.shelf.store = 60s
                """)
            .agent();
    try (ServerApp server = ServerApp.start(app, jdk)) {
      server.get("/shop/stored/a");
      tool(jdk, "jcmd", server.pid(), "JFR.start", "name=shop");
      server.get("/shop/stored/a");
      server.get("/shop/stored/b");
      server.get("/shop/stored/b");
      Path file = app.directory().resolve("served.jfr");
      tool(jdk, "jcmd", server.pid(), "JFR.dump", "name=shop", "filename=" + file);
    }
    List<String> events =
        read(app, "served.jfr").stream()
            .filter(each -> each.getEventType().getName().startsWith("dev.larder."))
            .sorted(Comparator.comparing(RecordedEvent::getEndTime))
            .map(each -> each.getEventType().getName() + " " + each.getString("cache"))
            .toList();
    assertThat(events)
        .containsExactly(
            HIT + " shelf", "dev.larder.Miss shelf", "dev.larder.Load shelf", HIT + " shelf");
  }

  @OnEachJdk
  void jvm_inWhichNobodyRecords_loadsNothingOfTheRecorder(Jdk jdk) throws IOException {
    App app = App.named("jfr").agent();
    Path log = app.directory().resolve("loading.txt");
    try (Talking talking = started(app.jvm("-Xlog:class+load:file=" + log), jdk)) {
      calls(talking);
    }
    assertThat(Files.readAllLines(log))
        .noneMatch(line -> line.contains(" jdk.jfr."))
        .noneMatch(line -> line.contains(" dev.larder.ops.jfr."))
        .noneMatch(line -> line.contains(" javax.management."))
        .noneMatch(line -> line.contains(" dev.larder.ops.jmx."));
  }

  @OnEachJdk
  void jvm_withoutTheRecorder_cachesAllTheSame(Jdk jdk) {
    App app = App.named("jfr").jvm("--limit-modules", "java.base,java.instrument").agent();
    try (Talking talking = started(app, jdk)) {
      assertThat(talking.ask("plain 1")).isEqualTo(talking.ask("plain 1"));
      calls(talking);
    }
  }

  private static Talking started(App app, Jdk jdk) {
    Talking talking = Talking.to(app, jdk);
    assertThat(talking.listen()).isEqualTo("runs");
    return talking;
  }

  /** Larder's events of a recording as one line each, in the order of their ends. */
  private static List<String> events(App app, String file) {
    return read(app, file).stream()
        .filter(each -> each.getEventType().getName().startsWith("dev.larder."))
        .sorted(Comparator.comparing(RecordedEvent::getEndTime))
        .map(JfrIT::line)
        .toList();
  }

  private static String line(RecordedEvent event) {
    String name = event.getEventType().getName().substring("dev.larder.".length());
    if (name.equals("Load")) {
      assertThat(event.getDuration()).isPositive();
    }
    assertThat(event.getThread().getJavaName()).isEqualTo("main");
    StringBuilder line =
        new StringBuilder(name).append(' ').append(event.<Object>getValue("cache"));
    for (String field : List.of("method", "what", "entries", "outcome")) {
      if (event.hasField(field)) {
        line.append(' ').append(event.<Object>getValue(field));
      }
    }
    return line.toString();
  }

  private static List<RecordedEvent> read(App app, String file) {
    try {
      return RecordingFile.readAllEvents(app.directory().resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<EventType> types(App app, String file) {
    try (RecordingFile recording = new RecordingFile(app.directory().resolve(file))) {
      return recording.readEventTypes().stream()
          .filter(each -> each.getName().startsWith("dev.larder."))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a tool of a JDK prints. */
  private static String tool(Jdk jdk, String name, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(jdk.home().resolve("bin").resolve(name).toString());
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(printed).isZero();
      return printed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while " + command + " ran", e);
    }
  }
}
