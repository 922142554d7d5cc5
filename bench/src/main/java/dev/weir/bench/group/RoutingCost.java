package dev.weir.bench.group;

import dev.weir.bench.Figures;
import dev.weir.store.Role;
import dev.weir.store.routing.HeldShard;
import dev.weir.store.routing.MembershipTiming;
import dev.weir.store.routing.NodeEntry;
import dev.weir.store.routing.RoutingFold;
import dev.weir.store.routing.RoutingRecord;
import dev.weir.store.routing.RoutingTable;
import dev.weir.store.routing.Standing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The routing topic of a large application: what it holds, what it grows by, what reading takes.
 */
final class RoutingCost {
  /** Records of each node that compaction has not removed yet when a node starts to read. */
  private static final int BACKLOG = 5;

  private RoutingCost() {}

  static void measure(Figures figures, int hosts, int shards, int standbys) {
    String name = String.format(Locale.ROOT, "routing, %,d shards x %d standbys", shards, standbys);
    List<byte[]> keys = new ArrayList<>();
    List<byte[]> values = new ArrayList<>();
    long bytes = 0;
    long largest = 0;
    for (int host = 0; host < hosts; host++) {
      NodeEntry entry = entry(host, hosts, shards, standbys);
      byte[] key = RoutingRecord.key(entry.node());
      byte[] value = RoutingRecord.value(entry, claims(entry));
      keys.add(key);
      values.add(value);
      bytes += key.length + value.length;
      largest = Math.max(largest, value.length);
    }
    double seconds = MembershipTiming.standard().drift().toMillis() / 1e3;
    figures.add(name + ": topic, compacted", "kB", bytes / 1e3);
    figures.add(name + ": one update", "B", (double) bytes / hosts);
    figures.add(
        name + ": into the topic while all shards are written", "kB/s", bytes / seconds / 1e3);

    RoutingFold fold = new RoutingFold(0);
    long offset = 0;
    long start = System.nanoTime();
    for (int repeat = 0; repeat < BACKLOG; repeat++) {
      for (int host = 0; host < hosts; host++) {
        fold.accept(offset++, keys.get(host), values.get(host));
      }
    }
    RoutingTable table = fold.table();
    figures.add(
        name + ": fold of " + BACKLOG + " records a node", "ms", (System.nanoTime() - start) / 1e6);
    if (table.actives().size() != shards) {
      throw new IllegalStateException("the table has " + table.actives().size() + " actives");
    }
    start = System.nanoTime();
    fold.accept(offset, keys.get(0), values.get(0));
    fold.table();
    figures.add(name + ": one update and its table", "ms", (System.nanoTime() - start) / 1e6);
  }

  private static SortedMap<Integer, Long> claims(NodeEntry entry) {
    SortedMap<Integer, Long> claims = new TreeMap<>();
    entry.shards().stream()
        .filter(shard -> shard.role() == Role.ACTIVE)
        .forEach(shard -> claims.put(shard.shard(), 0L));
    return claims;
  }

  private static NodeEntry entry(int host, int hosts, int shards, int standbys) {
    List<HeldShard> held = new ArrayList<>();
    for (int shard = 0; shard < shards; shard++) {
      int distance = Math.floorMod(host - shard, hosts);
      if (distance <= standbys) {
        Role role = distance == 0 ? Role.ACTIVE : Role.STANDBY;
        held.add(new HeldShard(shard, role, true, 1_234_567_890L + shard, 12));
      }
    }
    String node = "host-" + host;
    return new NodeEntry(
        node,
        7_123_456_789_012_345_678L,
        0,
        "http://" + node + ".example.org:7070",
        node + ".example.org:7170",
        "zone-1/r12",
        4242,
        "0123456789abcdef0123456789abcdef",
        held,
        new Standing(List.of(node + "-1", node + "-2", node + "-3"), Duration.ZERO));
  }
}
