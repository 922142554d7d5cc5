package dev.weir.store.placement;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The way from what is there to where it belongs: a copy that has not caught up becomes neither the
 * active nor the replacement of one that has; the old one stays until then, and the new one is
 * built beside it.
 */
final class Transition {
  private final Ground ground;
  private final Sets goal;
  private final int[] goalActive;
  private final int distinct;
  private final int[] building;

  Transition(Ground ground, Sets goal, int[] goalActive) {
    this.ground = ground;
    this.goal = goal;
    this.goalActive = goalActive;
    this.distinct = CopySets.distinct(ground);
    this.building = new int[ground.size()];
  }

  PlacementPlan plan() {
    List<PlacementPlan.Shard> shards = new ArrayList<>();
    List<Integer> pending = new ArrayList<>();
    for (int shard = 0; shard < ground.shards(); shard++) {
      countBuilt(shard);
    }
    for (int shard = 0; shard < ground.shards(); shard++) {
      int active = active(shard);
      List<Integer> copies = copies(shard, active);
      Set<Integer> belong = new LinkedHashSet<>(goal.nodesOf(shard));
      if (active != goalActive[shard] || !belong.equals(new LinkedHashSet<>(copies))) {
        pending.add(shard);
      }
      shards.add(
          new PlacementPlan.Shard(
              name(active),
              names(copies.subList(1, copies.size())),
              names(warmUps(shard, copies)),
              name(goalActive[shard]),
              names(goal.nodesOf(shard)),
              ground.request.copies() - goal.nodesOf(shard).size(),
              Math.max(0, goal.nodesOf(shard).size() - distinct)));
    }
    return new PlacementPlan(shards, pending);
  }

  /** The one that is meant, if it is as good as any. */
  private int active(int shard) {
    int meant = goalActive[shard];
    if (ground.caughtUp(shard, meant)) {
      return meant;
    }
    int best = meant;
    for (int holder : ground.holders[shard]) {
      if (better(shard, holder, best)) {
        best = holder;
      }
    }
    return best;
  }

  private boolean better(int shard, int node, int than) {
    boolean ready = ground.caughtUp(shard, node);
    if (ready != ground.caughtUp(shard, than)) {
      return ready;
    }
    if (!ready) {
      // Nobody has caught up. With nothing at all a node may be as far as one with an empty state.
      return ground.lag(shard, node) < ground.lag(shard, than);
    }
    int byWorth = Integer.compare(ground.worth(shard, node), ground.worth(shard, than));
    return byWorth != 0 ? byWorth > 0 : goal.has(shard, node) && !goal.has(shard, than);
  }

  /** The active and the copies that count, those that have caught up first. */
  private List<Integer> copies(int shard, int active) {
    List<Integer> copies = new ArrayList<>(List.of(active));
    List<Integer> inOrder = new ArrayList<>();
    List<Integer> meant = goal.nodesOf(shard);
    meant.stream().filter(n -> ground.caughtUp(shard, n)).forEach(inOrder::add);
    IntStream.of(ground.holders[shard])
        .filter(n -> ground.caughtUp(shard, n))
        .forEach(inOrder::add);
    inOrder.addAll(meant);
    for (int node : inOrder) {
      if (copies.size() < distinct && copies.stream().noneMatch(c -> ground.clash(c, node))) {
        copies.add(node);
      }
    }
    for (int node : inOrder) {
      if (copies.size() < meant.size() && !copies.contains(node) && meant.size() > distinct) {
        copies.add(node);
      }
    }
    return copies;
  }

  private void countBuilt(int shard) {
    for (int node : goal.nodesOf(shard)) {
      if (ground.holds(shard, node) && !ground.caughtUp(shard, node)) {
        building[node]++;
      }
    }
  }

  /** Those that belong to the shard but do not count yet; new ones as long as a node has room. */
  private List<Integer> warmUps(int shard, List<Integer> copies) {
    List<Integer> warmUps = new ArrayList<>();
    for (int node : goal.nodesOf(shard)) {
      if (copies.contains(node)) {
        continue;
      }
      if (ground.holds(shard, node)) {
        warmUps.add(node);
      } else if (building[node] < ground.request.warmUps()) {
        building[node]++;
        warmUps.add(node);
      }
    }
    return warmUps;
  }

  private String name(int node) {
    return ground.nodes.get(node).node();
  }

  private List<String> names(List<Integer> nodes) {
    return nodes.stream().sorted().map(this::name).toList();
  }
}
