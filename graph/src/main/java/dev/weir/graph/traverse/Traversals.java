package dev.weir.graph.traverse;

import dev.weir.graph.traverse.Neighbourhood.Reached;
import dev.weir.store.Fault;
import java.util.List;
import java.util.Optional;

/**
 * Walks over the graph of a database. Each goes hop by hop and asks every node at most once for a
 * hop; what it may take is bounded by a {@link Budget}, and its answer says where it was cut. Waits
 * for the database on the caller's thread. Used by one thread at a time, as its {@link GraphReads}
 * are.
 */
public final class Traversals {
  private final GraphReads reads;

  public Traversals(GraphReads reads) {
    this.reads = reads;
  }

  /**
   * The vertices within some hops of one.
   *
   * @param start that must exist
   * @param hops one after the other, 1 to {@link TraversalChecks#MOST_HOPS}
   * @param details what is said of the vertices
   */
  public Traversed<Neighbourhood> neighbourhood(
      VertexId start, List<Hop> hops, Budget budget, Details details) {
    List<Fault> faults = new TraversalChecks(reads.catalogue()).walk(start, hops, budget);
    return walked(
        faults,
        () ->
            new NeighbourhoodWalk(new Walker(reads, budget), hops, details, false)
                .from(start, budget));
  }

  /**
   * The vertices within some hops of each of several, hop by hop of all of them together.
   *
   * @param starts of one collection, at least one; whether they exist is not looked at
   * @param hops one after the other, 1 to {@link TraversalChecks#MOST_HOPS}
   * @param budget of each of them, but for the time, which is that of all
   * @return in the order of the starts; the effort is that of all
   */
  public Traversed<List<Traversed.Walked<Neighbourhood>>> neighbourhoods(
      List<VertexId> starts, List<Hop> hops, Budget budget, Details details) {
    List<Fault> faults = new TraversalChecks(reads.catalogue()).walk(starts.get(0), hops, budget);
    Walker walker = new Walker(reads, budget.times(starts.size()));
    return walked(
        faults,
        () ->
            new Traversed.Walked<>(
                new NeighbourhoodWalk(walker, hops, details, false).from(starts, budget),
                List.of(),
                walker.effort()));
  }

  /**
   * The vertices within some hops of one, and the edges between them that the hops may follow; of
   * the outermost ones, those that the last hop may.
   */
  public Traversed<Neighbourhood> subgraph(
      VertexId start, List<Hop> hops, Budget budget, Details details) {
    List<Fault> faults = new TraversalChecks(reads.catalogue()).walk(start, hops, budget);
    return walked(
        faults,
        () ->
            new NeighbourhoodWalk(new Walker(reads, budget), hops, details, true)
                .from(start, budget));
  }

  /**
   * A path of the fewest edges; of several, always the same one.
   *
   * @param from that must exist
   * @param to that must exist
   * @param hop which may be repeated; its filter is for the vertices between the ends
   * @param most edges of the path, 1 to {@link TraversalChecks#MOST_HOPS}
   * @return empty = there is no path so short, unless it was cut
   */
  public Traversed<Optional<Path>> shortestPath(
      VertexId from, VertexId to, Hop hop, int most, Budget budget, Details details) {
    List<Fault> faults =
        new TraversalChecks(reads.catalogue()).path(List.of(from, to), hop, most, budget);
    return walked(
        faults, () -> new PathWalk(new Walker(reads, budget), from, to, hop, details).search(most));
  }

  /**
   * A path of the least sum of weights.
   *
   * @param weight path of the field of the edges' values that has the weight, a number of at least
   *     0; every edge that is looked at must have one
   * @return empty = there is no path, unless it was cut; a path of an answer that was cut may not
   *     be the best
   */
  public Traversed<Optional<Path>> lightestPath(
      VertexId from, VertexId to, Hop hop, String weight, Budget budget, Details details) {
    List<Fault> faults =
        new TraversalChecks(reads.catalogue()).path(List.of(from, to), hop, 1, budget);
    return walked(
        faults,
        () -> new WeightedWalk(new Walker(reads, budget), from, to, hop, weight, details).search());
  }

  /**
   * The vertices that are neighbours of all of some.
   *
   * @param vertices at least two, each of which must exist
   * @param hop the edges that count, and which vertices
   * @return ordered by vertex
   */
  public Traversed<List<Reached>> commonNeighbours(
      List<VertexId> vertices, Hop hop, Budget budget, Details details) {
    List<Fault> faults = new TraversalChecks(reads.catalogue()).common(vertices, hop, budget);
    return walked(
        faults, () -> new CommonWalk(new Walker(reads, budget), details).of(vertices, hop));
  }

  /** A walk that may be refused by the database. */
  @FunctionalInterface
  private interface Walk<T> {
    Traversed<T> walk() throws RefusedException;
  }

  private static <T> Traversed<T> walked(List<Fault> faults, Walk<T> walk) {
    if (!faults.isEmpty()) {
      return new Traversed.Senseless<>(faults);
    }
    try {
      return walk.walk();
    } catch (RefusedException e) {
      return new Traversed.Refused<>(e.refusal());
    }
  }
}
