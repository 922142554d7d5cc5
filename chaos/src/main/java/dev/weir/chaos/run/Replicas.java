package dev.weir.chaos.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.chaos.cluster.Cluster;
import dev.weir.chaos.cluster.Member;
import dev.weir.chaos.load.AnyNode;
import dev.weir.chaos.process.Waiting;
import dev.weir.store.Position;
import dev.weir.store.rocksdb.RocksResources;
import dev.weir.store.rocksdb.RocksShard;
import dev.weir.store.rocksdb.RocksWalk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares the states that the copies of every shard have in the end, byte for byte: however they
 * came to them, at one position they are the same. Ends all nodes, in the middle of what they do.
 */
final class Replicas {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration STEP = Duration.ofMillis(500);
  private static final long MEMORY = 32L << 20;
  private static final int MOST_NAMED = 5;
  private static final HexFormat HEX = HexFormat.of();

  private final Cluster cluster;
  private final AnyNode nodes;
  private final Random random;
  private int compared;

  Replicas(Cluster cluster, long seed) {
    this.cluster = cluster;
    this.nodes = new AnyNode(cluster::urls);
    this.random = new Random(seed);
  }

  /**
   * Which nodes have a copy of a shard, and how far it is.
   *
   * @param positions by node, by shard
   */
  private record Standing(SortedMap<Integer, SortedMap<String, Long>> positions) {

    /** Whether every shard has its copies, and they have all there is. */
    boolean isLevel() {
      return positions.size() == Cluster.SHARDS
          && positions.values().stream()
              .allMatch(copies -> copies.size() == 2 && Set.copyOf(copies.values()).size() == 1);
    }
  }

  /** What differs, in words. */
  List<String> faults() throws IOException {
    Standing[] last = new Standing[1];
    boolean level =
        Waiting.until(
            PATIENCE,
            () -> {
              Optional<Standing> before = standing();
              Waiting.pass(STEP);
              boolean same = before.isPresent() && before.equals(standing());
              last[0] = before.orElse(last[0]);
              return same && before.orElseThrow().isLevel();
            });
    if (!level) {
      return List.of("the copies do not come to one position: " + last[0]);
    }
    // All stand still before the first one ends, or the others would take its shards.
    cluster.members().forEach(Member::pause);
    cluster.members().forEach(Member::kill);
    List<String> faults = new ArrayList<>();
    for (var shard : last[0].positions().entrySet()) {
      compare(shard.getKey(), List.copyOf(shard.getValue().keySet()), faults);
    }
    return faults;
  }

  /** For the report. */
  String summary() {
    return compared + " entries of copies compared";
  }

  private Optional<Standing> standing() {
    AnyNode.Reply reply = nodes.send(nodes.request(random, "/v1/cluster").GET());
    if (!reply.ok()) {
      return Optional.empty();
    }
    SortedMap<Integer, SortedMap<String, Long>> positions = new TreeMap<>();
    for (JsonNode shard : reply.body().path("shards")) {
      SortedMap<String, Long> copies = new TreeMap<>();
      add(shard.path("active"), copies);
      shard.path("standbys").forEach(copy -> add(copy, copies));
      positions.put(shard.path("shard").asInt(), copies);
    }
    return Optional.of(new Standing(positions));
  }

  private static void add(JsonNode copy, Map<String, Long> copies) {
    if (copy.path("live").asBoolean()) {
      copies.put(copy.path("node").asText(), copy.path("position").asLong());
    }
  }

  private void compare(int shard, List<String> holders, List<String> faults) throws IOException {
    Path first = database(holders.get(0), shard);
    Path second = database(holders.get(1), shard);
    Optional<Position> one = RocksShard.peekPosition(first);
    Optional<Position> other = RocksShard.peekPosition(second);
    if (!one.equals(other)) {
      faults.add(
          "shard %d: %s at %s, %s at %s"
              .formatted(shard, holders.get(0), one, holders.get(1), other));
      return;
    }
    Difference difference = difference(first, second);
    compared += difference.entries();
    List<String> different = difference.different();
    if (!different.isEmpty()) {
      faults.add(
          "shard %d: %s and %s differ at %s in %d entries, of which %s"
              .formatted(
                  shard,
                  holders.get(0),
                  holders.get(1),
                  one,
                  different.size(),
                  different.subList(0, Math.min(MOST_NAMED, different.size()))));
    }
  }

  /**
   * Two states beside each other.
   *
   * @param entries of one of them
   * @param different one line for each entry that the other does not have like this
   */
  record Difference(int entries, List<String> different) {}

  /** Compares two databases that nobody has open. */
  static Difference difference(Path first, Path second) {
    try (RocksResources resources = new RocksResources(MEMORY);
        RocksShard left = RocksShard.open(first, resources);
        RocksShard right = RocksShard.open(second, resources)) {
      SortedMap<String, String> entries = entries(left);
      SortedMap<String, String> others = entries(right);
      List<String> different = new ArrayList<>();
      entries.forEach(
          (key, value) -> {
            @Nullable String other = others.remove(key);
            if (!value.equals(other)) {
              different.add(key + " = " + value + " | " + other);
            }
          });
      others.forEach((key, value) -> different.add(key + " = none | " + value));
      return new Difference(entries.size(), different);
    }
  }

  private static SortedMap<String, String> entries(RocksShard shard) {
    SortedMap<String, String> entries = new TreeMap<>();
    try (RocksWalk walk = shard.walk(new byte[] {0}, new byte[] {(byte) 0xff}, false)) {
      for (; walk.valid(); walk.next()) {
        entries.put(HEX.formatHex(walk.key()), HEX.formatHex(walk.value()));
      }
    }
    return entries;
  }

  private Path database(String node, int shard) throws IOException {
    Member member =
        cluster.members().stream().filter(each -> each.id().equals(node)).findFirst().orElseThrow();
    try (Stream<Path> files = Files.walk(member.disk().state().resolve("streams"))) {
      return files
          .filter(file -> file.endsWith("CURRENT"))
          .filter(file -> file.getName(file.getNameCount() - 3).toString().equals("0_" + shard))
          .map(file -> file.resolveSibling(""))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException(node + " has no shard " + shard));
    }
  }
}
