package dev.weir.store.placement;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Nodes that come, go, build copies and forget them, as plans and chance have it. */
final class SimulatedCluster {
  static final long ACCEPTABLE = 100;
  static final int WARM_UPS = 2;

  final int shards;
  final int copies;
  final PlacementRule rule;
  private final Random random;
  final Map<String, Node> nodes = new TreeMap<>();
  private final Map<String, Node> gone = new TreeMap<>();
  private int named;

  /** A node; {@code state} survives while it is away. */
  static final class Node {
    final Location location;
    final int capacity;
    final Map<Integer, Candidate.State> state = new TreeMap<>();

    Node(Location location, int capacity) {
      this.location = location;
      this.capacity = capacity;
    }
  }

  SimulatedCluster(int shards, int copies, PlacementRule rule, Random random) {
    this.shards = shards;
    this.copies = copies;
    this.rule = rule;
    this.random = random;
  }

  String join(Location location, int capacity) {
    String name = "n" + String.format("%03d", (named++ * 37) % 1000);
    nodes.put(name, new Node(location, capacity));
    return name;
  }

  void lose(String node) {
    Node lost = nodes.remove(node);
    lost.state.replaceAll((shard, state) -> new Candidate.State(false, state.lag()));
    gone.put(node, lost);
  }

  /** A node comes back with what it had, some records behind. */
  void comeBack() {
    if (!gone.isEmpty()) {
      String node = List.copyOf(gone.keySet()).get(random.nextInt(gone.size()));
      Node back = gone.remove(node);
      back.state.replaceAll(
          (shard, state) -> new Candidate.State(false, state.lag() + random.nextInt(250)));
      nodes.put(node, back);
    }
  }

  /** All processes end and start again, with all they had. */
  void restart() {
    nodes
        .values()
        .forEach(
            n -> n.state.replaceAll((shard, state) -> new Candidate.State(false, state.lag())));
  }

  PlacementRequest request() {
    List<Candidate> candidates = new ArrayList<>();
    nodes.forEach(
        (name, node) ->
            candidates.add(new Candidate(name, node.capacity, node.location, node.state)));
    Collections.shuffle(candidates, random);
    return new PlacementRequest(shards, copies, candidates, rule, ACCEPTABLE, WARM_UPS);
  }

  /** Does what a plan says; copies that are there keep their state, new ones start from nothing. */
  void follow(PlacementPlan plan) {
    nodes.forEach(
        (name, node) -> {
          Map<Integer, Candidate.State> before = new TreeMap<>(node.state);
          node.state.clear();
          for (int shard = 0; shard < shards; shard++) {
            PlacementPlan.Shard copies = plan.shards().get(shard);
            boolean active = copies.active().equals(name);
            if (active || copies.standbys().contains(name) || copies.warmUps().contains(name)) {
              Candidate.State had = before.get(shard);
              long lag = had == null ? 1000 : had.lag();
              node.state.put(shard, new Candidate.State(active, lag));
            }
          }
        });
  }

  /** Copies catch up: all of them, or each with some luck. */
  void catchUp(boolean all) {
    nodes
        .values()
        .forEach(
            n ->
                n.state.replaceAll(
                    (shard, state) ->
                        all || random.nextInt(3) > 0
                            ? new Candidate.State(state.active(), 0)
                            : state));
  }
}
