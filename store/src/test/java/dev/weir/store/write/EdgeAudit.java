package dev.weir.store.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.Document;
import dev.weir.store.EdgeKeys;
import dev.weir.store.Key;
import dev.weir.store.Query.Side;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What must hold of the shards of an {@link EdgeWorld} in which nothing moves any more. */
final class EdgeAudit {
  private final EdgeWorld world;

  EdgeAudit(EdgeWorld world) {
    this.world = world;
  }

  /** Both sides hold the same edges, every count is right, and nothing is left over. */
  void check(String context, String... types) {
    for (String type : types) {
      Map<Key, Document> out = documents(type);
      assertThat(text(incoming(type))).as("%s: %s", context, type).isEqualTo(text(out));
      Map<String, Long> degrees = new TreeMap<>();
      EdgeKeys keys = world.keys(type);
      for (Key edge : out.keySet()) {
        add(degrees, Side.OUT, world.shardOf(keys.from(edge)), keys.outPrefix(keys.from(edge)));
        add(degrees, Side.IN, world.shardOf(keys.to(edge)), keys.inPrefix(keys.to(edge)));
      }
      assertThat(degrees(type)).as("%s: degrees of %s", context, type).isEqualTo(degrees);
      assertThat(count(type)).as("%s: count of %s", context, type).isEqualTo(out.size());
    }
    for (MapState state : world.states) {
      assertThat(state.keys(StateKeys.hidden(), 9)).as(context).isEmpty();
      assertThat(state.keys(StateKeys.continuations(), 9)).as(context).isEmpty();
    }
  }

  /** Every shard's log gives the same state again, byte for byte. */
  void replay() {
    for (int shard = 0; shard < world.count; shard++) {
      assertThat(dump(world.replayed(shard))).isEqualTo(dump(world.states.get(shard)));
    }
  }

  /** The edges as the shards they begin in hold them. */
  Map<Key, Document> documents(String type) {
    Map<Key, Document> found = new TreeMap<>();
    EdgeKeys keys = world.keys(type);
    for (int shard = 0; shard < world.count; shard++) {
      MapState state = world.states.get(shard);
      for (byte[] stateKey : state.keys(StateKeys.documents(world.id(type)), 1 << 30)) {
        Key edge = key(stateKey);
        assertThat(world.shardOf(keys.from(edge))).isEqualTo(shard);
        found.put(edge, StateValues.document(edge, state.get(stateKey)));
      }
    }
    return found;
  }

  private Map<Key, Document> incoming(String type) {
    Map<Key, Document> found = new TreeMap<>();
    EdgeKeys keys = world.keys(type);
    for (int shard = 0; shard < world.count; shard++) {
      MapState state = world.states.get(shard);
      for (byte[] stateKey : state.keys(StateKeys.incoming(world.id(type)), 1 << 30)) {
        Key edge = keys.restored(key(stateKey));
        assertThat(world.shardOf(keys.to(edge))).isEqualTo(shard);
        found.put(edge, StateValues.document(edge, InEntry.edge(state.get(stateKey))));
      }
    }
    return found;
  }

  private Map<String, Long> degrees(String type) {
    Map<String, Long> found = new TreeMap<>();
    int id = world.id(type);
    for (int shard = 0; shard < world.count; shard++) {
      for (Side side : Side.values()) {
        byte[] prefix = StateKeys.degree(id, side, new byte[0]);
        MapState state = world.states.get(shard);
        for (byte[] key : state.keys(prefix, 1 << 30)) {
          byte[] vertex = Arrays.copyOfRange(key, prefix.length, key.length);
          found.put(name(side, shard, vertex), StateValues.number(state.get(key), 0));
        }
      }
    }
    return found;
  }

  private long count(String type) {
    return world.states.stream()
        .mapToLong(state -> StateValues.number(state.get(StateKeys.count(world.id(type))), 0))
        .sum();
  }

  private static void add(Map<String, Long> degrees, Side side, int shard, byte[] vertex) {
    degrees.merge(name(side, shard, vertex), 1L, Long::sum);
  }

  private static String name(Side side, int shard, byte[] vertex) {
    return side + " in shard " + shard + " of " + HexFormat.of().formatHex(vertex);
  }

  private static Map<String, String> text(Map<Key, Document> edges) {
    Map<String, String> text = new TreeMap<>();
    edges.forEach(
        (key, edge) ->
            text.put(
                key.toString(),
                edge.version()
                    + " "
                    + edge.timestamp()
                    + " "
                    + new String(edge.value(), StandardCharsets.UTF_8)));
    return text;
  }

  static List<String> dump(MapState state) {
    return state.entries().entrySet().stream()
        .map(e -> Arrays.toString(e.getKey()) + Arrays.toString(e.getValue()))
        .toList();
  }

  static Key key(byte[] stateKey) {
    return Key.ofEncoded(Arrays.copyOfRange(stateKey, StateKeys.DOCUMENT_PREFIX, stateKey.length));
  }
}
