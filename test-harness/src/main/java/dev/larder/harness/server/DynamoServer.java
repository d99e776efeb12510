/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.server;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * DynamoDB Local. As a process it runs from the folder that the module {@code
 * larder-dynamodb-local} gathers; the system property {@code larder.test.dynamodb-local} names
 * another.
 */
public final class DynamoServer extends DelegatingServer {

  private static final String IMAGE = "amazon/dynamodb-local:3.3.1";
  private static final String MAIN = "software.amazon.dynamodb.services.local.main.ServerRunner";

  private DynamoServer(TestServer server) {
    super(server);
  }

  /** A DynamoDB Local without tables; that of {@code LARDER_TEST_DYNAMODB} if that is set. */
  public static DynamoServer start() {
    GivenServer given = GivenServer.in("LARDER_TEST_DYNAMODB");
    if (given != null) {
      return new DynamoServer(given);
    }
    int port = Ports.free();
    Path folder = folder();
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    boolean inContainer = Docker.runs();
    List<String> command =
        List.of(
            inContainer ? "java" : java,
            "-Xmx256m",
            "-Djava.library.path=" + (inContainer ? "./DynamoDBLocal_lib" : folder),
            "-cp",
            inContainer
                ? "DynamoDBLocal.jar:DynamoDBLocal_lib/*"
                : requireFolder(folder) + File.separator + "*",
            MAIN,
            "-inMemory",
            "-port",
            Integer.toString(port),
            "-disableTelemetry",
            "-sharedDb");
    return new DynamoServer(
        new Launch("dynamodb-local", IMAGE, command, port, null, Map.of(), () -> answers(port))
            .start());
  }

  private static Path folder() {
    String named = System.getProperty("larder.test.dynamodb-local");
    if (named != null) {
      return Path.of(named);
    }
    for (String place : List.of("dynamodb-local", "test-harness/dynamodb-local")) {
      Path folder = Path.of(place, "target", "lib").toAbsolutePath();
      if (Files.isDirectory(folder)) {
        return folder;
      }
    }
    return Path.of("dynamodb-local", "target", "lib").toAbsolutePath();
  }

  private static Path requireFolder(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new IllegalStateException(
          folder
              + " does not exist, and Docker does not run; build the module larder-dynamodb-local"
              + " (mvn process-resources -pl test-harness/dynamodb-local), or name a running"
              + " DynamoDB Local in LARDER_TEST_DYNAMODB");
    }
    return folder;
  }

  /** Whether it speaks HTTP: it answers a bare request with status 400. */
  private static boolean answers(int port) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create("http://127.0.0.1:" + port).toURL().openConnection();
    connection.setConnectTimeout(1_000);
    connection.setReadTimeout(5_000);
    return connection.getResponseCode() == 400;
  }

  /** The address as {@code dynamodb.endpoint} takes it. */
  public String endpoint() {
    return "http://" + address();
  }

  /**
   * Sends a request and gives the answer's body.
   *
   * @param operation such as {@code Scan}
   * @param json the request's body
   * @throws IllegalStateException if the status is not 200, with the body
   */
  public String call(String operation, String json) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create(endpoint()).toURL().openConnection();
      connection.setReadTimeout(10_000);
      connection.setDoOutput(true);
      connection.setRequestProperty("Content-Type", "application/x-amz-json-1.0");
      connection.setRequestProperty("X-Amz-Target", "DynamoDB_20120810." + operation);
      connection.setRequestProperty(
          "Authorization",
          "AWS4-HMAC-SHA256 Credential=test/20260101/eu-central-1/dynamodb/aws4_request,"
              + " SignedHeaders=host, Signature=0");
      connection.getOutputStream().write(json.getBytes(StandardCharsets.UTF_8));
      boolean good = connection.getResponseCode() == 200;
      var stream = good ? connection.getInputStream() : connection.getErrorStream();
      String body = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      if (!good) {
        throw new IllegalStateException(operation + " failed: " + body);
      }
      return body;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
