package dev.weir.store.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.Role;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RoutingFoldTest {

  private final RoutingFold fold = new RoutingFold(0);

  @Test
  void startsWithNothing() {
    RoutingTable table = fold.table();
    assertThat(table.version()).isEqualTo(-1);
    assertThat(table.nodes()).isEmpty();
    assertThat(table.active(0)).isEmpty();
  }

  @Test
  void listsActivesAndStandbys() {
    accept(0, entry("b", 0, active(0), standby(1)), Map.of(0, Announcement.HERE));
    accept(1, entry("a", 0, active(1), standby(0)), Map.of(1, Announcement.HERE));
    accept(2, entry("c", 0, standby(0)), Map.of());
    RoutingTable table = fold.table();
    assertThat(table.version()).isEqualTo(2);
    assertThat(table.active(0)).map(NodeEntry::node).contains("b");
    assertThat(table.active(1)).map(NodeEntry::node).contains("a");
    assertThat(table.standbys(0)).extracting(NodeEntry::node).containsExactly("a", "c");
    assertThat(table.nodes().get("b"))
        .isEqualTo(entry("b", 0, active(0), standby(1)))
        .satisfies(n -> assertThat(n.shard(1)).contains(standby(1)))
        .satisfies(n -> assertThat(n.shard(2)).isEmpty());
  }

  @Test
  void believesTheNewestClaimEvenIfAnOlderOneIsRepeatedLater() {
    accept(10, entry("old", 0, active(0)), Map.of(0, Announcement.HERE));
    accept(20, entry("new", 0, active(0)), Map.of(0, Announcement.HERE));
    accept(30, entry("old", 0, active(0)), Map.of(0, 10L));
    assertThat(fold.table().active(0)).map(NodeEntry::node).contains("new");

    accept(40, entry("old", 0, active(0)), Map.of(0, Announcement.HERE));
    assertThat(fold.table().active(0)).map(NodeEntry::node).contains("old");

    accept(50, null, "old");
    assertThat(fold.table().active(0)).map(NodeEntry::node).contains("new");
    accept(60, null, "new");
    assertThat(fold.table().active(0)).isEmpty();
    assertThat(fold.table().version()).isEqualTo(60);
  }

  @Test
  void replacesTheEntryOfANodeThatWasRestarted() {
    accept(0, entry("a", 0, active(0), active(1)), Map.of(0, -1L, 1, -1L));
    NodeEntry restarted = new NodeEntry("a", 99, 0, "http://a", "a:1", "", 7, "", List.of());
    accept(1, restarted, Map.of());
    assertThat(fold.table().nodes().get("a")).isEqualTo(restarted);
    assertThat(fold.table().active(0)).isEmpty();
  }

  @Test
  void leavesOutNodesOfOtherGenerations() {
    accept(0, entry("a", 0, active(0)), Map.of(0, Announcement.HERE));
    accept(1, entry("b", 1, active(0)), Map.of(0, Announcement.HERE));
    assertThat(fold.table().nodes()).containsOnlyKeys("a");
    accept(2, entry("a", 1, active(0)), Map.of(0, Announcement.HERE));
    assertThat(fold.table().nodes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "null",
        "[]",
        "42",
        "{}",
        "{\"format\":1}",
        "{\"format\":2,\"node\":\"a\",\"shards\":[]}",
        "{\"format\":1,\"node\":\"a\",\"session\":1.5,\"generation\":0,\"url\":\"\",\"peer\":\"\","
            + "\"rack\":\"\",\"pid\":1,\"configuration\":\"\",\"shards\":[]}",
        "{\"format\":1,\"node\":\"a\",\"session\":1,\"generation\":99999999999,\"url\":\"\","
            + "\"peer\":\"\",\"rack\":\"\",\"pid\":1,\"configuration\":\"\",\"shards\":[]}",
        "{\"format\":1,\"node\":\"a\",\"session\":1,\"generation\":0,\"url\":\"\",\"peer\":\"\","
            + "\"rack\":\"\",\"pid\":1,\"configuration\":\"\",\"shards\":[[0,\"owner\",true,1,1]]}",
        "{\"format\":1,\"node\":\"a\",\"session\":1,\"generation\":0,\"url\":\"\",\"peer\":\"\","
            + "\"rack\":\"\",\"pid\":1,\"configuration\":\"\",\"shards\":[[0]]}",
        "{\"format\":1,\"node\":\"b\",\"session\":1,\"generation\":0,\"url\":\"\",\"peer\":\"\","
            + "\"rack\":\"\",\"pid\":1,\"configuration\":\"\",\"shards\":[]}"
      })
  void skipsAndCountsWhatItCannotRead(String value) {
    accept(0, entry("a", 0, active(0)), Map.of(0, Announcement.HERE));
    fold.accept(1, AnnouncementFormat.key("a"), value.getBytes(StandardCharsets.UTF_8));
    assertThat(fold.skipped()).isEqualTo(1);
    assertThat(fold.table().version()).isEqualTo(1);
    assertThat(fold.table().active(0)).map(NodeEntry::node).contains("a");
  }

  @Test
  void skipsEveryCutAndARecordWithoutAKey() {
    byte[] whole = AnnouncementFormat.write(new Announcement(entry("a", 0), new TreeMap<>()));
    for (int length = 0; length < whole.length; length++) {
      fold.accept(length, AnnouncementFormat.key("a"), Arrays.copyOf(whole, length));
    }
    fold.accept(whole.length, null, whole);
    assertThat(fold.skipped()).isEqualTo(whole.length + 1);
    assertThat(fold.table().nodes()).isEmpty();
  }

  @Test
  void readsAnEntryOfANewerNodeThatHasMoreFields() {
    String newer =
        "{\"format\":1,\"node\":\"a\",\"session\":1,\"generation\":0,\"url\":\"u\",\"peer\":\"p\","
            + "\"rack\":\"r\",\"pid\":1,\"configuration\":\"c\",\"zone\":{\"x\":1},"
            + "\"shards\":[[3,\"active\",true,17,2,-1,\"more\"]]}";
    fold.accept(5, AnnouncementFormat.key("a"), newer.getBytes(StandardCharsets.UTF_8));
    assertThat(fold.table().active(3))
        .contains(
            new NodeEntry(
                "a",
                1,
                0,
                "u",
                "p",
                "r",
                1,
                "c",
                List.of(new HeldShard(3, Role.ACTIVE, true, 17, 2))));
  }

  @Test
  void readsWhatANodeSaysOfItsMembersAndItsPauses() {
    Standing standing = new Standing(List.of("a-1", "a-2"), Duration.ofMillis(1234));
    accept(0, entry("a", 0, active(0)).standing(standing), Map.of(0, Announcement.HERE));
    assertThat(fold.table().nodes().get("a").standing()).isEqualTo(standing);
    accept(1, entry("a", 0, active(0)), Map.of(0, 0L));
    assertThat(fold.table().nodes().get("a").standing()).isEqualTo(Standing.UNSAID);
  }

  /** Every 10 s while writes go on: 100 nodes of 100 shards each, 35 kB/s in all. */
  @Test
  void whatANodeRepeatsIsSmall() {
    HeldShard[] shards = new HeldShard[100];
    SortedMap<Integer, Long> claims = new TreeMap<>();
    for (int shard = 0; shard < shards.length; shard++) {
      shards[shard] =
          new HeldShard(1000 + shard, Role.ACTIVE, shard % 2 == 0, 123_456_789_012L, 17);
      claims.put(1000 + shard, 123_456_789L);
    }
    byte[] record = AnnouncementFormat.write(new Announcement(entry("node-1", 0, shards), claims));
    assertThat(record).hasSizeLessThan(300 + 55 * shards.length);
  }

  /** Compaction keeps the newest record of a node: the table must not depend on those before. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void givesTheSameTableFromTheCompactedTopic(long seed) {
    Random random = new Random(seed);
    Map<String, byte[]> newest = new LinkedHashMap<>();
    Map<String, Long> offsets = new LinkedHashMap<>();
    Map<String, SortedMap<Integer, Long>> claims = new LinkedHashMap<>();
    for (long offset = 0; offset < 400; offset++) {
      String node = "n" + random.nextInt(5);
      SortedMap<Integer, Long> mine = claims.computeIfAbsent(node, n -> new TreeMap<>());
      mine.keySet().removeIf(shard -> random.nextInt(4) == 0);
      SortedMap<Integer, Long> said = new TreeMap<>(mine);
      int gained = random.nextInt(6);
      said.put(gained, Announcement.HERE);
      mine.put(gained, offset);
      HeldShard[] held = said.keySet().stream().map(s -> active(s)).toArray(HeldShard[]::new);
      byte[] value = AnnouncementFormat.write(new Announcement(entry(node, 0, held), said));
      fold.accept(offset, AnnouncementFormat.key(node), value);
      newest.put(node, value);
      offsets.put(node, offset);
    }
    RoutingFold compacted = new RoutingFold(0);
    List<String> order = new ArrayList<>(newest.keySet());
    order.sort((a, b) -> Long.compare(offsets.get(a), offsets.get(b)));
    order.forEach(n -> compacted.accept(offsets.get(n), AnnouncementFormat.key(n), newest.get(n)));
    assertThat(compacted.table()).as("seed " + seed).isEqualTo(fold.table());
    assertThat(fold.table().actives()).hasSizeGreaterThan(3);
  }

  private void accept(long offset, NodeEntry entry, Map<Integer, Long> claims) {
    fold.accept(
        offset,
        AnnouncementFormat.key(entry.node()),
        AnnouncementFormat.write(new Announcement(entry, new TreeMap<>(claims))));
  }

  private void accept(long offset, byte[] value, String node) {
    fold.accept(offset, AnnouncementFormat.key(node), value);
  }

  private static NodeEntry entry(String node, int generation, HeldShard... shards) {
    return new NodeEntry(
        node,
        5,
        generation,
        "http://" + node,
        node + ":1",
        "r1",
        42,
        "digest",
        Stream.of(shards).toList());
  }

  private static HeldShard active(int shard) {
    return new HeldShard(shard, Role.ACTIVE, true, 100, 1);
  }

  private static HeldShard standby(int shard) {
    return new HeldShard(shard, Role.STANDBY, false, -1, 0);
  }
}
