/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import dev.larder.Cache;
import dev.larder.Larder;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** An application whose backend is anybody's to write to; each value tells whose it is. */
public final class Main {

  private static int runs;

  /** What an attacker finds on the class path. */
  public static final class Gadget implements Serializable {
    private static final long serialVersionUID = 1L;

    static boolean ran;

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      ran = true;
      in.defaultReadObject();
    }
  }

  public static final class Part implements Serializable {
    private static final long serialVersionUID = 1L;

    long id;
  }

  @Cache("lists")
  static List<List<Long>> lists(long id) {
    runs++;
    return List.of(List.of(id));
  }

  @Cache("open")
  static Object open(long id) {
    runs++;
    return "open " + id;
  }

  @Cache("serialized")
  static ArrayList<Object> serialized(long id) {
    runs++;
    Part part = new Part();
    part.id = id;
    return new ArrayList<>(List.of(part));
  }

  public static void main(String[] args) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(answer(line.split(" ")));
    }
  }

  private static Object answer(String[] words) throws IOException {
    return switch (words[0]) {
      case "runs" -> runs;
      case "errors" -> Larder.stats(words[1]).errors();
      case "hits" -> Larder.stats(words[1]).hits();
      case "gadget" -> gadget();
      case "ran" -> Gadget.ran;
      default -> value(words[0], Long.parseLong(words[1]));
    };
  }

  private static Object value(String cache, long id) {
    try {
      return switch (cache) {
        case "lists" -> lists(id).get(0).get(0);
        case "open" -> ((String) open(id)).substring("open ".length());
        default -> ((Part) serialized(id).get(0)).id;
      };
    } catch (Throwable noticed) { // what no application may see
      return noticed.toString();
    }
  }

  private static String gadget() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(new ArrayList<Object>(List.of(new Gadget())));
    }
    return HexFormat.of().formatHex(bytes.toByteArray());
  }
}
