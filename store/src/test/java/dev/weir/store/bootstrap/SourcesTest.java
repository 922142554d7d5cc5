package dev.weir.store.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.Role;
import dev.weir.store.routing.HeldShard;
import dev.weir.store.routing.NodeEntry;
import dev.weir.store.routing.RoutingTable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SourcesTest {
  private final TreeMap<String, NodeEntry> nodes = new TreeMap<>();

  private void node(String id, String rack, Role role, boolean serving, long offset) {
    HeldShard held = new HeldShard(0, role, serving, offset, 1);
    nodes.put(id, new NodeEntry(id, 1, 0, "", id + ":1", rack, 1, "", List.of(held)));
  }

  private List<String> best(String rack) {
    return Sources.replicas(new RoutingTable(1, nodes, Map.of()), "self", rack, 0).stream()
        .map(NodeEntry::node)
        .toList();
  }

  @Test
  void theNearestIsAskedFirst() {
    node("elsewhere", "us/a/r1", Role.STANDBY, true, 10);
    node("region", "eu/b/r1", Role.STANDBY, true, 10);
    node("zone", "eu/a/r2", Role.STANDBY, true, 10);
    node("rack", "eu/a/r1", Role.ACTIVE, true, 10);

    assertThat(best("eu/a/r1")).containsExactly("rack", "zone", "region", "elsewhere");
    // A rack of the same name in another zone or region is another one.
    assertThat(best("us/b/r1")).startsWith("elsewhere");
  }

  @Test
  void ofThoseAsNearAStandbyThenTheFurthest() {
    node("active", "", Role.ACTIVE, true, 30);
    node("behind", "", Role.STANDBY, true, 10);
    node("ahead", "", Role.STANDBY, true, 20);
    node("incomplete", "", Role.STANDBY, false, 40);
    node("self", "", Role.STANDBY, true, 50);

    assertThat(best("")).containsExactly("ahead", "behind", "active");
  }
}
