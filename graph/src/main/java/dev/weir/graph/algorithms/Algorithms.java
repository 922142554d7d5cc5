package dev.weir.graph.algorithms;

import dev.weir.graph.Algorithm;
import dev.weir.graph.Direction;
import java.util.List;
import java.util.Optional;

/** All algorithms that Weir brings. */
public final class Algorithms {

  private static final List<Algorithm> ALL =
      List.of(
          new BreadthFirstSearch(),
          new PageRank(),
          new ConnectedComponents(),
          new LabelPropagation(),
          new LocalClustering(),
          new ShortestPaths(),
          new ConvergedPageRank(),
          new PersonalisedPageRank(),
          new Hits(Hits.Side.AUTHORITIES),
          new Hits(Hits.Side.HUBS),
          new Degree(Direction.BOTH),
          new Degree(Direction.OUT),
          new Degree(Direction.IN),
          new TriangleCount(),
          new CoreNumbers());

  private Algorithms() {}

  /** All of them, those of LDBC Graphalytics first. */
  public static List<Algorithm> all() {
    return ALL;
  }

  /** One of them by name; {@code pagerank} is another name of {@code pr}. */
  public static Optional<Algorithm> named(String name) {
    String own = name.equals("pagerank") ? "pr" : name;
    return ALL.stream().filter(algorithm -> algorithm.name().equals(own)).findFirst();
  }
}
