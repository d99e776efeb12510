/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.boot;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.charset.StandardCharsets;

/**
 * What a command of another process asks of this JVM.
 *
 * <p>It comes by the attach API, as whose user only the JVM's own can come, and names a file that
 * the command has made and that nobody else can read. The texts of the request stand in it, and the
 * answer takes their place: whether it was done, and what is to be said. The options themselves
 * could not carry it, since the JVM cuts them at a thousand characters.
 */
final class Request {

  private static final String START = "larder-request:";

  private Request() {}

  /** Whether the agent's options are a request. */
  static boolean isIn(String options) {
    return options != null && options.startsWith(START);
  }

  /** Reads a request, and leaves the answer in its place. Never throws. */
  static void serve(String options, Instrumentation instrumentation) {
    String file = options.substring(START.length());
    try {
      String[] texts = read(file);
      String[] answer =
          texts[0].equals("attach")
              ? new String[] {Agent.start(texts[1], instrumentation, true), ""}
              : answer(texts);
      write(file, answer[0] == null, answer[0] == null ? answer[1] : answer[0]);
    } catch (IOException | ReflectiveOperationException | RuntimeException failure) {
      System.err.println("[larder] a command's request could not be answered (" + failure + ")");
    }
  }

  /** What kept a request from being done, null for nothing, and what is to be said of it. */
  private static String[] answer(String[] request)
      throws IOException, ReflectiveOperationException {
    String[] answer =
        Agent.isEntered()
            ? (String[])
                Isolated.invoke("answer", new Class<?>[] {String[].class}, (Object) request)
            : null;
    return answer == null
        ? new String[] {"Larder is not at work in that JVM; attach it first", null}
        : answer;
  }

  private static String[] read(String file) throws IOException {
    DataInputStream in = new DataInputStream(new FileInputStream(file));
    try {
      String[] texts = new String[in.readInt()];
      for (int i = 0; i < texts.length; i++) {
        texts[i] = in.readUTF();
      }
      return texts;
    } finally {
      in.close();
    }
  }

  private static void write(String file, boolean done, String said) throws IOException {
    if (!new File(file).exists()) {
      return; // the command has given up waiting: another file would be nobody's to remove
    }
    DataOutputStream out = new DataOutputStream(new FileOutputStream(file));
    try {
      out.writeBoolean(done);
      out.write(said.getBytes(StandardCharsets.UTF_8));
    } finally {
      out.close();
    }
  }
}
