package dev.weir.bench.graph;

import dev.weir.bench.Figures;
import dev.weir.bench.Scale;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** The peer of traversals by itself; every answer is compared with plain arrays. */
public final class Neo4jRun {
  private static final long SEED = 20_261_121;
  private static final int QUESTIONS = 1_000;
  private static final int MOST_HOPS = 20;
  private static final int WARM_UPS = 3;
  private static final int CLIENTS = 16;

  private final Figures figures;
  private final Neo4jPeer peer;
  private final Questions questions;
  private final PlainTraversals plain;

  private Neo4jRun(Figures figures, Neo4jPeer peer, EdgeList graph) {
    this.figures = figures;
    this.peer = peer;
    questions = Questions.of(graph, QUESTIONS, SEED);
    plain = new PlainTraversals(graph);
  }

  /** Runs it. */
  public static Figures run(Scale scale, Path directory) throws IOException {
    Figures figures = new Figures();
    EdgeList graph =
        scale.equals(Scale.QUICK) ? Rmat.generate(12, 20_000, SEED) : Rmat.socialNetwork(SEED);
    Optional<Neo4jPeer> started =
        Neo4jPeer.start(directory, EvlpFiles.write(directory, "graph", graph));
    if (started.isEmpty()) {
      figures.note("Not measured: Neo4j could not be had.");
      return figures;
    }
    try (Neo4jPeer peer = started.get()) {
      figures.add("Neo4j: import and index", "s", peer.importSeconds());
      Neo4jRun run = new Neo4jRun(figures, peer, graph);
      for (int round = 0; round < scale.rounds(); round++) {
        run.round();
      }
    }
    figures.note(
        String.format(
            Locale.ROOT,
            "R-MAT of the size of soc-Epinions1, %,d / %,d, seed %d. Neo4j Community 5.26, embedded,"
                + " store on disk and in its page cache; each question a transaction that finds its"
                + " vertices in an index and goes along outgoing edges; hops by hand, level by level,"
                + " paths by its own search from both ends. %,d questions, any vertices, asked %d"
                + " times before each measurement to warm up. All answers are compared with plain"
                + " arrays. `with keys`: the key of each vertex found is read too. Throughput: as"
                + " many threads, with keys.",
            graph.vertices(),
            graph.edges(),
            SEED,
            QUESTIONS,
            WARM_UPS));
    return figures;
  }

  private interface Asked {
    Answers answer() throws IOException;
  }

  private void round() throws IOException {
    for (int hops = 1; hops <= 3; hops++) {
      int most = hops;
      long[] wanted = plain.within(hops, questions.sources());
      ask("within " + hops, wanted, () -> peer.within(most, questions.sources()));
      ask(
          "within " + hops + " with keys",
          wanted,
          () -> peer.keysWithin(most, questions.sources()));
    }
    ask(
        "shortest path",
        plain.paths(MOST_HOPS, questions.sources(), questions.targets()),
        () -> peer.paths(MOST_HOPS, questions.sources(), questions.targets()));
    for (int hops = 1; hops <= 3; hops++) {
      figures.add(
          "Neo4j: within " + hops + ", " + CLIENTS + " clients",
          "/s",
          peer.perSecond(CLIENTS, hops, questions.sources()));
    }
  }

  private void ask(String what, long[] wanted, Asked asked) throws IOException {
    for (int i = 0; i < WARM_UPS; i++) {
      asked.answer().mustBe(what, wanted);
    }
    Answers answers = asked.answer();
    answers.mustBe(what, wanted);
    figures.add("Neo4j: " + what + ", median", "ms", answers.millis(0.5));
    figures.add("Neo4j: " + what + ", p99", "ms", answers.millis(0.99));
  }
}
