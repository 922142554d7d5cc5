package dev.weir.bench.graph;

import dev.weir.bench.Figures;
import dev.weir.bench.Scale;
import dev.weir.graph.traverse.Budget;
import dev.weir.graph.traverse.Details;
import dev.weir.graph.traverse.Hop;
import dev.weir.graph.traverse.Neighbourhood;
import dev.weir.graph.traverse.Path;
import dev.weir.graph.traverse.Traversed;
import dev.weir.query.server.Weir;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Walks on one node and over three, beside Neo4j; every answer is compared with plain arrays. */
public final class WalkRun {
  private static final long SEED = 20_261_121;
  private static final int QUESTIONS = 1_000;
  private static final int MOST_HOPS = 20;
  private static final int CLIENTS = 16;
  private static final double NANOS = 1e9;
  private static final Budget AMPLE =
      new Budget(10_000_000, 100_000_000, 10_000_000, Duration.ofMinutes(1));

  private final Figures figures;
  private final EdgeList graph;
  private final Questions questions;
  private final PlainTraversals plain;

  private WalkRun(Figures figures, EdgeList graph, int count) {
    this.figures = figures;
    this.graph = graph;
    this.questions = Questions.of(graph, count, SEED);
    this.plain = new PlainTraversals(graph);
  }

  /** Somebody who answers questions. */
  private interface Asked {
    Answers answer() throws IOException;
  }

  /** The answer to the question of a number. */
  private interface Question {
    long answer(int index);
  }

  /** On a generated graph of the size of a social network. */
  public static Figures run(Scale scale, java.nio.file.Path directory) throws Exception {
    boolean quick = scale.equals(Scale.QUICK);
    EdgeList graph = quick ? Rmat.generate(12, 20_000, SEED) : Rmat.socialNetwork(SEED);
    return run("R-MAT", graph, quick, directory);
  }

  /** On the packages of a Linux distribution and what they need. */
  public static Figures packages(Scale scale, java.nio.file.Path directory) throws Exception {
    Optional<EdgeList> graph = PackageGraph.find();
    if (graph.isEmpty()) {
      Figures figures = new Figures();
      figures.note("The graph of packages could not be had.");
      return figures;
    }
    return run("Packages", graph.get(), scale.equals(Scale.QUICK), directory);
  }

  private static Figures run(
      String name, EdgeList graph, boolean quick, java.nio.file.Path directory) throws Exception {
    Figures figures = new Figures();
    WalkRun run = new WalkRun(figures, graph, quick ? 100 : QUESTIONS);
    run.neo4j(directory);
    for (int nodes : new int[] {1, 3}) {
      run.nodes(nodes, directory.resolve("nodes" + nodes));
    }
    for (String what : new String[] {"within 1", "within 2", "within 3", "shortest path"}) {
      figures.ratio("one node: " + what + ", p99", "Neo4j: " + what + ", p99", "<= 1");
      figures.ratio("3 nodes: " + what + ", p99", "Neo4j: " + what + ", p99", "<= 3 for 2, 3 hops");
    }
    figures.note(
        String.format(
            Locale.ROOT,
            "%s, %,d / %,d (parallel edges are one), seed %d; %,d questions, any vertices, asked"
                + " once before each measurement; along outgoing edges, keys only; paths of at most"
                + " %d edges. All answers are compared with plain arrays. Three nodes share one"
                + " process, and talk over the loopback interface; broker and Neo4j are processes"
                + " of their own, Neo4j ends before the nodes start. Throughput: %d clients.",
            name,
            graph.vertices(),
            graph.edges(),
            SEED,
            run.questions.sources().length,
            MOST_HOPS,
            CLIENTS));
    return figures;
  }

  private void neo4j(java.nio.file.Path directory) throws IOException {
    Optional<Neo4jPeer> started =
        Neo4jPeer.start(directory, EvlpFiles.write(directory, "graph", graph));
    if (started.isEmpty()) {
      figures.note("Neo4j could not be had.");
      return;
    }
    try (Neo4jPeer peer = started.get()) {
      for (int hops = 1; hops <= 3; hops++) {
        int most = hops;
        ask(
            "Neo4j: within " + hops,
            plain.within(hops, questions.sources()),
            () -> peer.keysWithin(most, questions.sources()));
      }
      ask(
          "Neo4j: shortest path",
          plain.paths(MOST_HOPS, questions.sources(), questions.targets()),
          () -> peer.paths(MOST_HOPS, questions.sources(), questions.targets()));
      figures.add(
          "Neo4j: within 2, " + CLIENTS + " clients",
          "/s",
          peer.perSecond(CLIENTS, 2, questions.sources()));
    }
  }

  private void nodes(int count, java.nio.file.Path directory) throws Exception {
    Files.createDirectories(directory);
    String who = count == 1 ? "one node" : count + " nodes";
    try (GraphNodes nodes = new GraphNodes(directory, count)) {
      long begun = System.nanoTime();
      nodes.load(graph);
      figures.add(who + ": load", "edges/s", graph.edges() * NANOS / (System.nanoTime() - begun));
      for (int hops = 1; hops <= 3; hops++) {
        int most = hops;
        ask(
            who + ": within " + hops,
            plain.within(hops, questions.sources()),
            () -> answers(index -> within(nodes.node(), most, index)));
      }
      ask(
          who + ": shortest path",
          plain.paths(MOST_HOPS, questions.sources(), questions.targets()),
          () -> answers(index -> path(nodes.node(), index)));
      figures.add(
          who + ": within 2, " + CLIENTS + " clients",
          "/s",
          perSecond(index -> within(nodes.node(), 2, index)));
    }
  }

  private void ask(String what, long[] wanted, Asked asked) throws IOException {
    asked.answer().mustBe(what, wanted);
    Answers answers = asked.answer();
    answers.mustBe(what, wanted);
    figures.add(what + ", median", "ms", answers.millis(0.5));
    figures.add(what + ", p99", "ms", answers.millis(0.99));
  }

  private Answers answers(Question question) {
    int count = questions.sources().length;
    long[] nanos = new long[count];
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      long begun = System.nanoTime();
      values[i] = question.answer(i);
      nanos[i] = System.nanoTime() - begun;
    }
    return new Answers(nanos, values);
  }

  private long within(Weir node, int hops, int index) {
    List<Hop> way = Collections.nCopies(hops, GraphNodes.out(node));
    Neighbourhood found =
        walked(
            node.traversals()
                .neighbourhood(
                    GraphNodes.vertex(node, questions.sources()[index]), way, AMPLE, Details.KEYS));
    return found.reached().size() - 1L;
  }

  private long path(Weir node, int index) {
    Optional<Path> found =
        walked(
            node.traversals()
                .shortestPath(
                    GraphNodes.vertex(node, questions.sources()[index]),
                    GraphNodes.vertex(node, questions.targets()[index]),
                    GraphNodes.out(node),
                    MOST_HOPS,
                    AMPLE,
                    Details.KEYS));
    return found.map(path -> (long) path.arcs().size()).orElse(-1L);
  }

  private static <T> T walked(Traversed<T> result) {
    if (result instanceof Traversed.Walked<T> walked && walked.cuts().isEmpty()) {
      return walked.value();
    }
    throw new IllegalStateException("not walked to its end: " + result);
  }

  private double perSecond(Question question) {
    AtomicInteger next = new AtomicInteger();
    int count = questions.sources().length;
    List<CompletableFuture<Void>> clients = new ArrayList<>();
    long begun = System.nanoTime();
    for (int client = 0; client < CLIENTS; client++) {
      CompletableFuture<Void> done = new CompletableFuture<>();
      clients.add(done);
      Thread thread =
          new Thread(
              () -> {
                try {
                  for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                    question.answer(i);
                  }
                  done.complete(null);
                } catch (RuntimeException e) {
                  done.completeExceptionally(e);
                }
              });
      thread.setDaemon(true);
      thread.start();
    }
    CompletableFuture.allOf(clients.toArray(CompletableFuture<?>[]::new)).join();
    return count * NANOS / (System.nanoTime() - begun);
  }
}
