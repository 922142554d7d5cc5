package dev.weir.store.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.Catalogue;
import dev.weir.store.Document;
import dev.weir.store.EdgeKeys;
import dev.weir.store.GraphQuery.Side;
import dev.weir.store.Key;
import dev.weir.store.ShardMap;
import dev.weir.store.testing.MapState;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What must hold of the edges in the shards of a database in which nothing moves any more. */
public final class EdgeAudit {
  private final List<MapState> states;
  private final Catalogue catalogue;
  private final ShardMap shards;

  /** The states of all shards. */
  public EdgeAudit(List<MapState> states, Catalogue catalogue) {
    this.states = states;
    this.catalogue = catalogue;
    this.shards = new ShardMap(states.size());
  }

  /** Both sides hold the same edges, every count is right, and nothing is left over. */
  public void check(String context, String... types) {
    for (String type : types) {
      Map<Key, Document> out = documents(type);
      assertThat(text(incoming(type))).as("%s: %s", context, type).isEqualTo(text(out));
      Map<String, Long> degrees = new TreeMap<>();
      EdgeKeys keys = keys(type);
      for (Key edge : out.keySet()) {
        add(degrees, Side.OUT, shards.shardOf(keys.from(edge)), keys.outPrefix(keys.from(edge)));
        add(degrees, Side.IN, shards.shardOf(keys.to(edge)), keys.inPrefix(keys.to(edge)));
      }
      assertThat(degrees(type)).as("%s: degrees of %s", context, type).isEqualTo(degrees);
      assertThat(count(type)).as("%s: count of %s", context, type).isEqualTo(out.size());
    }
    for (MapState state : states) {
      assertThat(state.keys(StateKeys.hidden(), 9)).as(context).isEmpty();
      assertThat(state.keys(StateKeys.continuations(), 9)).as(context).isEmpty();
      IndexAudit.check(state, catalogue, context);
    }
  }

  /** The edges as the shards they begin in hold them. */
  public Map<Key, Document> documents(String type) {
    Map<Key, Document> found = new TreeMap<>();
    EdgeKeys keys = keys(type);
    for (int shard = 0; shard < states.size(); shard++) {
      MapState state = states.get(shard);
      for (byte[] stateKey : state.keys(StateKeys.documents(id(type)), 1 << 30)) {
        Key edge = key(stateKey);
        assertThat(shards.shardOf(keys.from(edge))).isEqualTo(shard);
        found.put(edge, StateValues.document(edge, state.get(stateKey)));
      }
    }
    return found;
  }

  private Map<Key, Document> incoming(String type) {
    Map<Key, Document> found = new TreeMap<>();
    EdgeKeys keys = keys(type);
    for (int shard = 0; shard < states.size(); shard++) {
      MapState state = states.get(shard);
      for (byte[] stateKey : state.keys(StateKeys.incoming(id(type)), 1 << 30)) {
        Key edge = keys.restored(key(stateKey));
        assertThat(shards.shardOf(keys.to(edge))).isEqualTo(shard);
        found.put(edge, StateValues.document(edge, InEntry.edge(state.get(stateKey))));
      }
    }
    return found;
  }

  private Map<String, Long> degrees(String type) {
    Map<String, Long> found = new TreeMap<>();
    int id = id(type);
    for (int shard = 0; shard < states.size(); shard++) {
      for (Side side : Side.values()) {
        byte[] prefix = StateKeys.degree(id, side, new byte[0]);
        MapState state = states.get(shard);
        for (byte[] key : state.keys(prefix, 1 << 30)) {
          byte[] vertex = Arrays.copyOfRange(key, prefix.length, key.length);
          found.put(name(side, shard, vertex), StateValues.number(state.get(key), 0));
        }
      }
    }
    return found;
  }

  private int id(String type) {
    return catalogue.collection(type).orElseThrow().id();
  }

  private EdgeKeys keys(String type) {
    return EdgeKeys.of(catalogue.collection(type).orElseThrow());
  }

  private long count(String type) {
    return states.stream()
        .mapToLong(state -> StateValues.number(state.get(StateKeys.count(id(type))), 0))
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
