package dev.weir.store.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.Role;
import dev.weir.store.routing.HeldShard;
import dev.weir.store.routing.NodeEntry;
import dev.weir.store.routing.RoutingTable;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ComingShardsTest {
  private static final int SHARDS = 6;
  private final TreeMap<String, NodeEntry> nodes = new TreeMap<>();

  private void node(String id, String rack, int... shards) {
    List<HeldShard> held = new ArrayList<>();
    for (int shard : shards) {
      held.add(new HeldShard(shard, Role.ACTIVE, true, 1000, 1));
    }
    nodes.put(id, new NodeEntry(id, 1, 0, "", id + ":1", rack, 1, "", held));
  }

  private Set<Integer> coming(int replicas, String rack, Set<Integer> local) {
    StoreConfig config =
        new StoreConfig(
            "app",
            Map.of(),
            SHARDS,
            replicas,
            OptionalInt.empty(),
            new StoreConfig.Local(Path.of("x"), Optional.of("self"), rack, "", "", 1, 0),
            List.of(),
            new SimpleMeterRegistry());
    return ComingShards.of(config, new RoutingTable(1, nodes, Map.of()), "self", local);
  }

  @Test
  void theOnlyOtherNodeOfTwoCopiesGetsEverything() {
    node("a", "", 0, 1, 2, 3, 4, 5);
    assertThat(coming(2, "", Set.of())).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5);
    assertThat(coming(2, "", Set.of(0, 1, 2))).containsExactlyInAnyOrder(3, 4, 5);
  }

  @Test
  void aThirdNodeGetsItsShare() {
    node("a", "", 0, 1, 2);
    node("b", "", 3, 4, 5);
    assertThat(coming(1, "", Set.of())).hasSize(2);
    assertThat(coming(1, "", Set.of(0, 5))).as("it has its share").isEmpty();
  }

  @Test
  void whatItAnnouncedBeforeItLostItsDiskDoesNotCount() {
    node("a", "", 0, 1, 2, 3, 4, 5);
    node("self", "", 0, 1, 2, 3, 4, 5);
    assertThat(coming(2, "", Set.of())).hasSize(SHARDS);
  }

  @Test
  void nothingComesToARackThatHasACopy() {
    node("a", "r1", 0, 1, 2, 3, 4, 5);
    node("b", "r2", 0, 1, 2, 3, 4, 5);
    assertThat(coming(2, "r1", Set.of())).hasSize(3);
  }
}
