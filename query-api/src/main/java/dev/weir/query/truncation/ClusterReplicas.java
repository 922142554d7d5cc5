package dev.weir.query.truncation;

import dev.weir.query.Arriving;
import dev.weir.query.ClusterView;
import dev.weir.store.Role;
import dev.weir.store.ShardStatus;
import dev.weir.store.routing.HeldShard;
import dev.weir.store.truncation.ReplicaPosition;
import dev.weir.store.truncation.ReplicaPositions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Asks all nodes how far their shards have got, and remembers what they have said before: a node
 * that is away for a while is still waited for, unless it has said that it leaves, also if only
 * others have asked it before; and so is a shard that a node closes and opens again because it
 * becomes something else for it. A state that is on its way to a node counts, too. Used by one
 * thread at a time.
 */
final class ClusterReplicas implements ReplicaPositions {
  private final Supplier<CompletableFuture<ClusterView>> cluster;
  private final Absences absences;
  private final Duration memory;
  private final Clock clock;

  /** By node and shard. */
  private final Map<String, Map<Integer, Held>> known = new HashMap<>();

  /** What a node said of a shard when it last spoke of it. */
  private record Held(long offset, boolean active, Instant at) {
    static Held of(ShardStatus shard, Instant at) {
      return new Held(shard.position().offset(), shard.role() == Role.ACTIVE, at);
    }
  }

  /**
   * Replicas of a cluster.
   *
   * @param absences nodes that are not there any more
   * @param memory how long a shard is remembered of which its node says nothing any more
   */
  ClusterReplicas(
      Supplier<CompletableFuture<ClusterView>> cluster,
      Absences absences,
      Duration memory,
      Clock clock) {
    this.cluster = cluster;
    this.absences = absences;
    this.memory = memory;
    this.clock = clock;
  }

  @Override
  public Map<Integer, List<ReplicaPosition>> look() {
    ClusterView view = ask();
    Instant now = clock.instant();
    known.keySet().removeAll(absences.departed());
    absences.missing().forEach(this::miss);
    Set<String> live = new HashSet<>();
    for (ClusterView.Node node : view.nodes()) {
      Map<Integer, Held> held = known.computeIfAbsent(node.id(), id -> new HashMap<>());
      for (ShardStatus shard : node.shards()) {
        if (node.live()) {
          held.put(shard.shard(), Held.of(shard, now));
          live.add(node.id());
        } else {
          // One that has never answered holds what it has announced.
          held.putIfAbsent(shard.shard(), Held.of(shard, now));
        }
      }
    }
    Map<Integer, List<ReplicaPosition>> replicas = fetching(view, now);
    known.forEach(
        (node, shards) -> {
          shards.values().removeIf(held -> held.at().plus(memory).isBefore(now));
          shards.forEach(
              (shard, held) ->
                  replicas
                      .computeIfAbsent(shard, number -> new ArrayList<>())
                      .add(position(node, held, live.contains(node) && held.at().equals(now))));
        });
    return replicas;
  }

  /** Of what it said to this node and what it announced, the later counts. */
  private void miss(String node, Absences.Absent absent) {
    Map<Integer, Held> held = known.computeIfAbsent(node, id -> new HashMap<>());
    for (HeldShard shard : absent.last().shards()) {
      held.merge(
          shard.shard(),
          new Held(shard.offset(), shard.role() == Role.ACTIVE, absent.since()),
          (said, announced) -> announced.at().isAfter(said.at()) ? announced : said);
    }
  }

  /** Whoever fetches a state goes on from where it ends. */
  private static Map<Integer, List<ReplicaPosition>> fetching(ClusterView view, Instant now) {
    Map<Integer, List<ReplicaPosition>> replicas = new TreeMap<>();
    for (ClusterView.Node node : view.nodes()) {
      for (Arriving state : node.arriving()) {
        if (state.offset() >= 0) {
          replicas
              .computeIfAbsent(state.shard(), number -> new ArrayList<>())
              .add(new ReplicaPosition(node.id(), state.offset(), false, now));
        }
      }
    }
    return replicas;
  }

  private static ReplicaPosition position(String node, Held held, boolean saidNow) {
    return new ReplicaPosition(node, held.offset(), held.active() && saidNow, held.at());
  }

  private ClusterView ask() {
    try {
      return cluster.get().join();
    } catch (CompletionException e) {
      throw new IllegalStateException("the nodes cannot be asked: " + e.getCause(), e);
    }
  }
}
