package dev.weir.bench.walk;

import dev.weir.bench.Figures;
import dev.weir.bench.Scale;
import dev.weir.bench.graph.Rmat;
import dev.weir.graph.traverse.Budget;
import dev.weir.graph.traverse.Details;
import dev.weir.graph.traverse.Hop;
import dev.weir.graph.traverse.Traversed;
import dev.weir.graph.traverse.VertexId;
import dev.weir.query.server.Weir;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Walks from seeded vertices, on one node and over three. */
public final class WalkRun {
  private static final long SEED = 20_261_122;
  private static final int CLIENTS = 16;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final Budget AMPLE =
      new Budget(10_000_000, 100_000_000, 10_000_000, Duration.ofMinutes(1));

  private final Figures figures;
  private final int starts;
  private final Rmat graph;

  private WalkRun(Figures figures, int starts, Rmat graph) {
    this.figures = figures;
    this.starts = starts;
    this.graph = graph;
  }

  /** One walk from the vertex of a number. */
  private interface Walk {
    Traversed<?> from(int index);
  }

  /** Runs it. */
  public static Figures run(Scale scale, Path directory) throws Exception {
    Figures figures = new Figures();
    boolean quick = scale.equals(Scale.QUICK);
    Rmat graph = Rmat.generate(quick ? 13 : 16, quick ? 60_000 : 500_000, SEED);
    WalkRun run = new WalkRun(figures, quick ? 200 : 1_000, graph);
    for (int nodes : new int[] {1, 3}) {
      run.measure(nodes, directory.resolve("walk" + nodes));
    }
    figures.note(
        String.format(
            Locale.ROOT,
            "R-MAT, seed %d, %,d vertices, %,d edges (parallel ones are one); %,d seeded starts with"
                + " edges, after as many to warm up; keys only, edges that begin at a vertex;"
                + " `path` to a random vertex, at most 10 edges. Three nodes share one process and"
                + " this machine, and talk over the loopback interface; the broker is another"
                + " process. Throughput: within 2 hops, %d clients.",
            SEED,
            graph.vertices(),
            graph.edges(),
            run.starts,
            CLIENTS));
    return figures;
  }

  private void measure(int count, Path directory) throws Exception {
    Files.createDirectories(directory);
    try (GraphNodes nodes = new GraphNodes(directory, count)) {
      long begun = System.nanoTime();
      nodes.load(graph.vertices(), graph.from(), graph.to());
      String where = count == 1 ? "one node" : count + " nodes";
      figures.add(where + ", load", "edges/s", graph.edges() / ((System.nanoTime() - begun) / 1e9));
      Weir node = nodes.node();
      Hop out = GraphNodes.out(node);
      List<VertexId> from = starts(node, 1);
      List<VertexId> to = starts(node, 2);
      for (int hops = 1; hops <= 3; hops++) {
        List<Hop> way = Collections.nCopies(hops, out);
        latencies(
            where + ", within " + hops,
            i -> node.traversals().neighbourhood(from.get(i), way, AMPLE, Details.KEYS));
      }
      latencies(
          where + ", path",
          i ->
              node.traversals().shortestPath(from.get(i), to.get(i), out, 10, AMPLE, Details.KEYS));
      throughput(
          where + ", within 2",
          i ->
              node.traversals().neighbourhood(from.get(i), List.of(out, out), AMPLE, Details.KEYS));
    }
  }

  private List<VertexId> starts(Weir node, long seed) {
    SplittableRandom random = new SplittableRandom(SEED + seed);
    List<VertexId> starts = new ArrayList<>();
    while (starts.size() < starts()) {
      starts.add(GraphNodes.vertex(node, graph.from()[random.nextInt(graph.edges())]));
    }
    return starts;
  }

  private int starts() {
    return starts;
  }

  private void latencies(String name, Walk walk) {
    long[] nanos = new long[starts];
    for (int round = 0; round < 2; round++) { // the first warms up
      for (int i = 0; i < starts; i++) {
        long begun = System.nanoTime();
        expectWalked(walk.from(i));
        nanos[i] = System.nanoTime() - begun;
      }
    }
    Arrays.sort(nanos);
    figures.add(name + ", p50", "ms", nanos[starts / 2] / NANOS_PER_MILLI);
    figures.add(name + ", p99", "ms", nanos[starts * 99 / 100] / NANOS_PER_MILLI);
  }

  private static void expectWalked(Traversed<?> result) {
    if (!(result instanceof Traversed.Walked<?> walked) || !walked.cuts().isEmpty()) {
      throw new IllegalStateException("not walked to its end: " + result);
    }
  }

  private void throughput(String name, Walk walk) {
    AtomicInteger next = new AtomicInteger();
    List<CompletableFuture<Void>> clients = new ArrayList<>();
    long begun = System.nanoTime();
    for (int client = 0; client < CLIENTS; client++) {
      CompletableFuture<Void> done = new CompletableFuture<>();
      clients.add(done);
      Thread thread =
          new Thread(
              () -> {
                try {
                  for (int i = next.getAndIncrement(); i < starts; i = next.getAndIncrement()) {
                    expectWalked(walk.from(i));
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
    figures.add(
        name + ", " + CLIENTS + " clients",
        "walks/s",
        starts / ((System.nanoTime() - begun) / 1e9));
  }
}
