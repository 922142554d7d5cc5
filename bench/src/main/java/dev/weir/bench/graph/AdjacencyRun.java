package dev.weir.bench.graph;

import dev.weir.bench.Figures;
import dev.weir.bench.Scale;
import dev.weir.bench.process.Directories;
import dev.weir.store.Key;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/**
 * Edges at both ends, without Kafka: folding edges (their in-entries and both degrees too) beside
 * plain documents of the same size, and neighbourhoods within 1, 2 and 3 hops with and without the
 * cache, on a graph of the size of soc-Epinions1.
 */
public final class AdjacencyRun {
  private static final int SHARDS = 4;
  private static final int VERTEX_BITS = 16;
  private static final int EDGES = 509_000;
  private static final int SOURCES = 1000;
  private static final int SETTLE = 1000;
  private static final long CACHE = 64L * 1024 * 1024;
  private static final byte[] VALUE = "{\"since\":20261122}".getBytes(StandardCharsets.UTF_8);

  private AdjacencyRun() {}

  /** Runs it. */
  public static Figures run(Scale scale, Path directory) throws IOException {
    Figures figures = new Figures();
    int edges = scale.equals(Scale.QUICK) ? EDGES / 10 : EDGES;
    EdgeList graph = Rmat.generate(VERTEX_BITS, edges, 7);
    for (int round = 0; round < scale.rounds(); round++) {
      Path here = Files.createTempDirectory(directory, "adjacency");
      try (FoldedGraph plain = new FoldedGraph(here.resolve("plain"), SHARDS, 0);
          FoldedGraph bare = new FoldedGraph(here.resolve("bare"), SHARDS, 0);
          FoldedGraph cached = new FoldedGraph(here.resolve("cached"), SHARDS, CACHE)) {
        figures.add("plain documents", "records/s", documents(plain, edges));
        figures.add("edges, both sides", "records/s", edges(bare, graph));
        edges(cached, graph);
        walks(figures, "walked", bare, graph);
        walks(figures, "cached", cached, graph);
      } finally {
        Directories.remove(here);
      }
    }
    figures.ratio("edges, both sides", "plain documents", "at least 0.3");
    for (int hops = 1; hops <= 3; hops++) {
      figures.ratio(name("cached", hops, "p99"), name("walked", hops, "p99"), "");
    }
    figures.note("One thread, " + SHARDS + " shards in this process, " + edges + " edges.");
    return figures;
  }

  private static double documents(FoldedGraph plain, int count) {
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      plain.putVertex(i, VALUE);
    }
    plain.commit();
    return count * 1e9 / (System.nanoTime() - start);
  }

  private static double edges(FoldedGraph graph, EdgeList rmat) {
    long start = System.nanoTime();
    for (int i = 0; i < rmat.edges(); i++) {
      graph.putEdge(rmat.from()[i], rmat.to()[i], VALUE);
      if (i % SETTLE == SETTLE - 1) {
        graph.settle();
      }
    }
    graph.settle();
    graph.commit();
    return rmat.edges() * 1e9 / (System.nanoTime() - start);
  }

  private static void walks(Figures figures, String how, FoldedGraph graph, EdgeList rmat) {
    Random random = new Random(11);
    int[] sources = random.ints(SOURCES, 0, rmat.edges()).map(i -> rmat.from()[i]).toArray();
    for (int hops = 1; hops <= 3; hops++) {
      for (int warm = 0; warm < 2; warm++) {
        double[] millis = new double[SOURCES];
        for (int i = 0; i < SOURCES; i++) {
          long start = System.nanoTime();
          within(graph, sources[i], hops);
          millis[i] = (System.nanoTime() - start) / 1e6;
        }
        if (warm == 1) {
          Arrays.sort(millis);
          figures.add(name(how, hops, "median"), "ms", millis[SOURCES / 2]);
          figures.add(name(how, hops, "p99"), "ms", millis[SOURCES * 99 / 100]);
        }
      }
    }
  }

  private static int within(FoldedGraph graph, int source, int hops) {
    Set<Key> seen = new HashSet<>();
    List<Key> frontier = List.of(FoldedGraph.key(source));
    seen.addAll(frontier);
    for (int hop = 0; hop < hops && !frontier.isEmpty(); hop++) {
      List<Key> next = new ArrayList<>();
      for (Key found : graph.expand(frontier)) {
        if (seen.add(found)) {
          next.add(found);
        }
      }
      frontier = next;
    }
    return seen.size();
  }

  private static String name(String how, int hops, String what) {
    return String.format(Locale.ROOT, "%s, within %d hops, %s", how, hops, what);
  }
}
