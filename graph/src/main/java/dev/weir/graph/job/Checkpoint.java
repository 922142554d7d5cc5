package dev.weir.graph.job;

import dev.weir.graph.kafka.Stretch;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is kept of a job, so that it can go on after a loss: the graph of its attempt, the newest
 * states that all shards have kept, and newer ones that are being kept. Immutable.
 *
 * @param graph where each shard's graph is, by shard
 * @param superstep the one that can be computed from the states
 * @param states where each shard's state is; of all shards, or empty
 * @param next the superstep before which shards keep their states at present; 0 = none
 * @param nextStates those of them that are there
 */
public record Checkpoint(
    SortedMap<Integer, Stretch> graph,
    int superstep,
    SortedMap<Integer, Stretch> states,
    int next,
    SortedMap<Integer, Stretch> nextStates) {

  /** Nothing is kept. */
  public static final Checkpoint NONE =
      new Checkpoint(new TreeMap<>(), 0, new TreeMap<>(), 0, new TreeMap<>());

  public Checkpoint {
    graph = Collections.unmodifiableSortedMap(new TreeMap<>(graph));
    states = Collections.unmodifiableSortedMap(new TreeMap<>(states));
    nextStates = Collections.unmodifiableSortedMap(new TreeMap<>(nextStates));
  }

  /** The same after a shard has kept something. */
  Checkpoint with(JobEvent.Kept kept, int shards) {
    if (kept.superstep() == JobEvent.Kept.GRAPH) {
      SortedMap<Integer, Stretch> more = with(graph, kept);
      return new Checkpoint(more, superstep, states, next, nextStates);
    }
    if (kept.superstep() < next) {
      return this;
    }
    SortedMap<Integer, Stretch> more =
        with(kept.superstep() == next ? nextStates : new TreeMap<>(), kept);
    return more.size() == shards
        ? new Checkpoint(graph, kept.superstep(), more, kept.superstep(), new TreeMap<>())
        : new Checkpoint(graph, superstep, states, kept.superstep(), more);
  }

  private static SortedMap<Integer, Stretch> with(
      SortedMap<Integer, Stretch> before, JobEvent.Kept kept) {
    SortedMap<Integer, Stretch> more = new TreeMap<>(before);
    more.put(kept.shard(), kept.stretch());
    return more;
  }

  /** Whether the job can go on from it. */
  boolean isComplete(int shards) {
    return graph.size() == shards && states.size() == shards;
  }

  /** What the next attempt goes on from. */
  Checkpoint settled() {
    return new Checkpoint(graph, superstep, states, 0, new TreeMap<>());
  }

  /** The least offset in a shard's partition that is needed; the greatest number if none is. */
  long needed(int shard) {
    long least = Long.MAX_VALUE;
    for (SortedMap<Integer, Stretch> each : List.of(graph, states, nextStates)) {
      Stretch stretch = each.get(shard);
      least = stretch == null ? least : Math.min(least, stretch.from());
    }
    return least;
  }
}
