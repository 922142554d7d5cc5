package dev.weir.query.truncation;

import dev.weir.query.ClusterView;
import dev.weir.store.Role;
import dev.weir.store.ShardStatus;
import dev.weir.store.truncation.ReplicaPosition;
import dev.weir.store.truncation.ReplicaPositions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Asks all nodes how far their shards have got, and remembers those that have answered before: a
 * node that is away for a while is still waited for. Used by one thread at a time.
 */
final class ClusterReplicas implements ReplicaPositions {
  private final Supplier<CompletableFuture<ClusterView>> cluster;
  private final Duration memory;
  private final Clock clock;

  /** What each node held when it last answered. */
  private final Map<String, Answered> known = new HashMap<>();

  private record Answered(ClusterView.Node node, Instant at) {}

  /**
   * Replicas of a cluster.
   *
   * @param memory how long a node is remembered that does not answer any more
   */
  ClusterReplicas(Supplier<CompletableFuture<ClusterView>> cluster, Duration memory, Clock clock) {
    this.cluster = cluster;
    this.memory = memory;
    this.clock = clock;
  }

  @Override
  public Map<Integer, List<ReplicaPosition>> look() {
    ClusterView view = ask();
    Instant now = clock.instant();
    for (ClusterView.Node node : view.nodes()) {
      Answered answered = new Answered(node, now);
      if (node.live()) {
        known.put(node.id(), answered);
      } else {
        // One that has never answered holds what it has announced.
        known.putIfAbsent(node.id(), answered);
      }
    }
    known.values().removeIf(answered -> answered.at().plus(memory).isBefore(now));
    Map<Integer, List<ReplicaPosition>> replicas = new TreeMap<>();
    for (Answered answered : known.values()) {
      for (ShardStatus shard : answered.node().shards()) {
        replicas
            .computeIfAbsent(shard.shard(), number -> new ArrayList<>())
            .add(
                new ReplicaPosition(
                    answered.node().id(),
                    shard.position().offset(),
                    shard.role() == Role.ACTIVE
                        && answered.node().live()
                        && answered.at().equals(now),
                    answered.at()));
      }
    }
    return replicas;
  }

  private ClusterView ask() {
    try {
      return cluster.get().join();
    } catch (CompletionException e) {
      throw new IllegalStateException("the nodes cannot be asked: " + e.getCause(), e);
    }
  }
}
