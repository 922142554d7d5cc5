package dev.weir.peers.neo4j;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Neo4j in the process that asks it, as a peer of traversals. Arguments: an empty directory, a file
 * of vertices, a file of edges. Says {@code ready <import nanos>}, then answers the lines that it
 * reads until its input ends:
 *
 * <pre>{@code
 * within <hops> <file of sources>              how many others are within so many hops
 * keys <hops> <file of sources>                the same, the key of each read too
 * path <most hops> <file of "source target">   hops of a shortest path, -1 = there is none
 * rate <clients> <hops> <file of sources>      one line: all of them once, by several threads
 * }</pre>
 *
 * with a line {@code <nanos> <answer>} for each line of the file, then {@code done}; or {@code
 * failed <why>}.
 */
public final class Neo4jPeer {
  private final Traversals traversals;
  private final PrintStream out;

  private Neo4jPeer(Traversals traversals, PrintStream out) {
    this.traversals = traversals;
    this.out = out;
  }

  /** The process. */
  public static void main(String[] arguments) throws Exception {
    // Whatever else is printed must not get between the answers.
    PrintStream out = System.out;
    System.setOut(System.err);
    try (Store store =
        Store.of(Path.of(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]))) {
      out.println("ready " + store.importNanos());
      new Neo4jPeer(new Traversals(store.database()), out).serve();
    }
  }

  private void serve() throws IOException {
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      try {
        serve(line.split(" "));
        out.println("done");
      } catch (IOException | RuntimeException e) {
        out.println("failed " + e);
      }
    }
  }

  private void serve(String[] words) throws IOException {
    List<String> asked = Files.readAllLines(Path.of(words[words.length - 1]));
    int number = Integer.parseInt(words[1]);
    switch (words[0]) {
      case "within" -> each(asked, line -> traversals.within(Long.parseLong(line), number, false));
      case "keys" -> each(asked, line -> traversals.within(Long.parseLong(line), number, true));
      case "path" -> each(asked, line -> path(line, number));
      case "rate" -> {
        int hops = Integer.parseInt(words[2]);
        out.println(new Clients(traversals, asked, hops).run(number));
      }
      default -> throw new IllegalArgumentException("unknown: " + words[0]);
    }
  }

  private long path(String line, int most) {
    String[] ends = line.split(" ");
    return traversals.path(Long.parseLong(ends[0]), Long.parseLong(ends[1]), most);
  }

  private interface Question {
    long answer(String line);
  }

  private void each(List<String> asked, Question question) {
    StringBuilder answers = new StringBuilder();
    for (String line : asked) {
      long start = System.nanoTime();
      long answer = question.answer(line);
      answers.append(System.nanoTime() - start).append(' ').append(answer).append('\n');
    }
    out.print(answers);
  }
}
