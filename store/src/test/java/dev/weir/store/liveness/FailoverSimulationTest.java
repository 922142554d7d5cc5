package dev.weir.store.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.routing.NodeEntry;
import dev.weir.store.routing.RoutingTable;
import dev.weir.store.routing.ShardState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Thousands of schedules of deaths, pauses, cut links, quick restarts and evictions, without
 * threads or network. A failure names its seed.
 */
final class FailoverSimulationTest {
  private static final int SCHEDULES = 2_000;

  /**
   * How long two may take themselves for a shard's active: until the older one's next heartbeat.
   */
  private static final long ROUND_MILLIS = 1_000;

  /** Who has just come back may be evicted before the evictor hears of it. */
  private static final long WAKING_MILLIS = 600;

  private static final long CALM_MILLIS = 45_000;

  @Test
  void noShardStaysUnservedAndNoNodeIsEvictedThatTwoOthersSee() {
    int evictions = 0;
    for (long seed = 0; seed < SCHEDULES; seed++) {
      Schedule schedule = new Schedule(seed);
      schedule.run();
      evictions += schedule.evictions;
    }
    assertThat(evictions).as("something was tried").isGreaterThan(SCHEDULES / 2);
  }

  private static final class Schedule {
    private final long seed;
    private final SimulatedWorld world;
    private final List<SimulatedNode> nodes = new ArrayList<>();
    private final SimulatedKafka kafka;
    private final int shards;
    private final long[] doubled;
    private int evictions;

    Schedule(long seed) {
      this.seed = seed;
      this.world = new SimulatedWorld(seed);
      this.shards = (int) world.between(1, 8);
      this.doubled = new long[shards];
      int size = (int) world.between(2, 5);
      for (int i = 0; i < size; i++) {
        nodes.add(new SimulatedNode(world, "n" + i, shards));
      }
      this.kafka = new SimulatedKafka(world, nodes, shards);
      nodes.forEach(node -> node.in(kafka, nodes, this::evicting));
    }

    void run() {
      nodes.forEach(SimulatedNode::start);
      world.runUntil(world.now() + 10_000);
      expectServed();
      long end = world.now() + world.between(5_000, 40_000);
      while (world.now() < end) {
        fault();
        step(world.between(50, 4_000));
      }
      world.heal();
      for (SimulatedNode node : nodes) {
        node.thaw();
        if (!node.up()) {
          node.start();
        }
      }
      step(CALM_MILLIS);
      expectServed();
    }

    private void fault() {
      SimulatedNode node = nodes.get(world.random.nextInt(nodes.size()));
      SimulatedNode other = nodes.get(world.random.nextInt(nodes.size()));
      switch (world.random.nextInt(6)) {
        case 0 -> {
          node.kill();
          world.after(world.between(500, 15_000), () -> startAgain(node));
        }
        case 1 -> {
          node.freeze();
          world.after(world.between(200, 12_000), node::thaw);
        }
        case 2 -> {
          world.cut(node.id(), other.id(), true);
          world.after(world.between(500, 12_000), () -> world.cut(node.id(), other.id(), false));
        }
        case 3 -> {
          if (node.runs()) {
            node.stopForRestart();
            world.after(world.between(500, 9_000), () -> startAgain(node));
          }
        }
        case 4 -> nodes.forEach(each -> world.cut(node.id(), each.id(), true));
        default -> world.heal();
      }
    }

    private void startAgain(SimulatedNode node) {
      if (!node.up()) {
        node.start();
      }
    }

    private void step(long millis) {
      long end = world.now() + millis;
      while (world.now() < end) {
        world.runUntil(Math.min(end, world.now() + 50));
        for (int shard = 0; shard < shards; shard++) {
          int serving = shard;
          long owners =
              nodes.stream()
                  .filter(SimulatedNode::runs)
                  .filter(n -> n.ownership().state(serving) == ShardState.ACTIVE_SERVING)
                  .count();
          doubled[shard] = owners > 1 ? doubled[shard] + 50 : 0;
          assertThat(doubled[shard])
              .as("seed %s: two actives of shard %s at %s", seed, shard, world.now())
              .isLessThanOrEqualTo(ROUND_MILLIS);
        }
      }
    }

    private void evicting(SimulatedNode victim) {
      evictions++;
      long see =
          nodes.stream()
              .filter(n -> n != victim && n.runs() && n.sight(victim) == Sight.SEEN)
              .count();
      long before = world.now() - WAKING_MILLIS;
      assertThat(victim.runsSince(before) && world.healed() <= before && see >= 2)
          .as("seed %s: %s is evicted at %s and seen by %s", seed, victim.id(), world.now(), see)
          .isFalse();
    }

    private void expectServed() {
      RoutingTable newest = kafka.newest();
      for (SimulatedNode node : nodes) {
        RoutingTable table = node.table();
        assertThat(table.version()).as("seed %s, %s", seed, node.id()).isEqualTo(newest.version());
        assertThat(table.actives()).isEqualTo(newest.actives());
        assertThat(table.nodes().get(node.id()))
            .as("seed %s: the entry of %s", seed, node.id())
            .isNotNull()
            .extracting(NodeEntry::session)
            .isEqualTo(node.session());
      }
      for (int shard = 0; shard < shards; shard++) {
        NodeEntry active = newest.active(shard).orElse(null);
        assertThat(active).as("seed %s: shard %s has an active", seed, shard).isNotNull();
        assertThat(active.node()).isEqualTo(kafka.active(shard));
        assertThat(active.shard(shard).orElseThrow().serving())
            .as("seed %s: shard %s is served by %s", seed, shard, active.node())
            .isTrue();
      }
    }
  }
}
