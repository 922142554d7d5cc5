package dev.weir.store.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.kafka.EmbeddedKafka;
import dev.weir.store.Role;
import dev.weir.store.routing.HeldShard;
import dev.weir.store.routing.NodeEntry;
import dev.weir.store.routing.RoutingTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes in the racks a, a and b, placed by Weir's assignor. */
class RackPlacementTest {
  private static final int SHARDS = 6;

  @TempDir static Path brokerDirectory;
  private static EmbeddedKafka kafka;
  @TempDir Path directory;

  @BeforeAll
  static void startBroker() {
    kafka = TestStores.broker(brokerDirectory);
  }

  @AfterAll
  static void stopBroker() {
    kafka.close();
  }

  @Test
  void noRackHoldsTwoCopiesAndStandbysTakeOverWhatTheyHave() throws Exception {
    TestStores stores = new TestStores(kafka, "racks", SHARDS, 2);
    // It has all shards at first; of those that it keeps, the others never had an older state.
    StoreNode begun = start(stores, "n1", "a");
    try (StoreNode second = start(stores, "n2", "a")) {
      try (StoreNode third = start(stores, "n3", "b")) {
        Map<Integer, String> standbys;
        ConcurrentLinkedQueue<RoutingTable> seen = new ConcurrentLinkedQueue<>();
        try (StoreNode first = begun) {
          awaitComplete(first);
          await()
              .atMost(TestStores.PATIENCE)
              .until(() -> actives(first.membership().table(), "n1").size() == SHARDS / 3);
          standbys = standbys(first.membership().table(), actives(first, "n1"));
          third.membership().onTable(seen::add);
        }
        awaitComplete(third);
        standbys.forEach(
            (shard, standby) ->
                assertThat(firstActiveAfter("n1", shard, seen))
                    .as("shard %s", shard)
                    .isEqualTo(standby));
      }
      // One rack is left: one copy of each shard, however many nodes there are.
      try (StoreNode first = start(stores, "n1", "a")) {
        await()
            .atMost(TestStores.PATIENCE)
            .until(
                () ->
                    copies(first.membership().table()) == SHARDS
                        && serving(first.membership().table()) == SHARDS
                        && actives(first.membership().table(), "n1").size() == SHARDS / 2);
        try (StoreNode third = start(stores, "n3", "b")) {
          awaitComplete(third);
        }
      }
      assertThat(second.failure()).isEmpty();
    }
  }

  private StoreNode start(TestStores stores, String node, String rack) throws Exception {
    return StoreNode.start(stores.config(directory.resolve(node), node, rack));
  }

  /** Waits until every shard has an active and a standby, in two racks. */
  private static void awaitComplete(StoreNode node) {
    await()
        .atMost(TestStores.PATIENCE)
        .until(
            () -> {
              RoutingTable table = node.membership().table();
              for (int shard = 0; shard < SHARDS; shard++) {
                if (!complete(table, shard)) {
                  return false;
                }
              }
              return true;
            });
  }

  private static boolean complete(RoutingTable table, int shard) {
    NodeEntry active = table.active(shard).orElse(null);
    if (active == null || !active.shard(shard).map(HeldShard::serving).orElse(false)) {
      return false;
    }
    return table.standbys(shard).stream().anyMatch(s -> !s.rack().equals(active.rack()));
  }

  private static int copies(RoutingTable table) {
    return table.nodes().values().stream().mapToInt(n -> n.shards().size()).sum();
  }

  private static long serving(RoutingTable table) {
    return table.nodes().values().stream()
        .flatMap(n -> n.shards().stream())
        .filter(s -> s.role() == Role.ACTIVE && s.serving())
        .count();
  }

  private static List<Integer> actives(StoreNode node, String of) {
    return actives(node.membership().table(), of);
  }

  private static List<Integer> actives(RoutingTable table, String of) {
    List<Integer> actives = new ArrayList<>();
    table
        .actives()
        .forEach(
            (shard, node) -> {
              if (node.node().equals(of)) {
                actives.add(shard);
              }
            });
    return actives;
  }

  private static Map<Integer, String> standbys(RoutingTable table, List<Integer> shards) {
    Map<Integer, String> standbys = new HashMap<>();
    shards.forEach(shard -> standbys.put(shard, table.standbys(shard).get(0).node()));
    return standbys;
  }

  private static String firstActiveAfter(
      String node, int shard, ConcurrentLinkedQueue<RoutingTable> seen) {
    return seen.stream()
        .flatMap(table -> table.active(shard).stream())
        .map(NodeEntry::node)
        .filter(n -> !n.equals(node))
        .findFirst()
        .orElse("nobody");
  }
}
