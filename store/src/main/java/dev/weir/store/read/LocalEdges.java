package dev.weir.store.read;

import dev.weir.store.Document;
import dev.weir.store.Filter;
import dev.weir.store.GraphQuery;
import dev.weir.store.GraphQuery.Link;
import dev.weir.store.GraphQuery.Neighbours;
import dev.weir.store.GraphQuery.Side;
import dev.weir.store.Key;
import dev.weir.store.Version;
import dev.weir.store.filter.FilterMatcher;
import dev.weir.store.write.EdgeTypes.EdgeType;
import dev.weir.store.write.Hidden;
import dev.weir.store.write.InEntry;
import dev.weir.store.write.StateKeys;
import dev.weir.store.write.StateValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers questions about edges by walking what lies side by side under a vertex. One walk serves
 * all vertices of a question that are not in the cache.
 */
final class LocalEdges {
  private static final byte[] NOTHING = {};

  private final ShardView view;
  private final EdgeType type;
  private final Side side;
  private final int limit;
  private final boolean values;
  private final @Nullable FilterMatcher filter;

  private LocalEdges(ShardView view, EdgeType type, GraphQuery.Expand query) {
    Filter wanted = query.filter();
    this.view = view;
    this.type = type;
    this.side = query.side();
    this.limit = query.limit();
    this.values = query.values();
    this.filter = wanted == null ? null : FilterMatcher.of(wanted);
  }

  static List<Neighbours> expand(ShardView view, EdgeType type, GraphQuery.Expand query) {
    return expand(view, type, query, Integer.MAX_VALUE);
  }

  /**
   * The edges of vertices.
   *
   * @param most after so many links, further vertices get none, as if they had more
   */
  static List<Neighbours> expand(ShardView view, EdgeType type, GraphQuery.Expand query, int most) {
    return new LocalEdges(view, type, query).of(query.vertices(), query.after(), most);
  }

  static List<Long> degrees(ShardView view, EdgeType type, GraphQuery.Degrees query) {
    List<byte[]> stateKeys = new ArrayList<>(query.vertices().size());
    for (Key vertex : query.vertices()) {
      stateKeys.add(StateKeys.degree(type.id(), query.side(), prefix(type, query.side(), vertex)));
    }
    return view.multiGet(stateKeys).stream().map(stored -> StateValues.number(stored, 0)).toList();
  }

  private List<Neighbours> of(List<Key> vertices, @Nullable Key after, int most) {
    List<Neighbours> all = new ArrayList<>(vertices.size());
    try (EdgeWalk walk = new EdgeWalk(view, type, side)) {
      int left = most;
      for (Key vertex : vertices) {
        if (left <= 0) {
          all.add(new Neighbours(List.of(), true));
          continue;
        }
        Neighbours found = of(walk, prefix(type, side, vertex), after);
        all.add(found);
        left -= found.links().size();
      }
    }
    return all;
  }

  /** Of the cache, which has whole neighbourhoods without values, or else of the walk. */
  private Neighbours of(EdgeWalk walk, byte[] vertex, @Nullable Key after) {
    NeighbourCache cache = values || filter != null || after != null ? null : view.neighbours();
    if (cache == null) {
      return links(walk, vertex, after);
    }
    byte[] packed = cache.get(type.id(), side, vertex);
    if (packed != null) {
      return PackedLinks.unpack(type, side, vertex, packed, limit);
    }
    Neighbours found = links(walk, vertex, null);
    if (!found.more()) {
      cache.put(
          type.id(),
          side,
          vertex,
          PackedLinks.pack(type, side, vertex, found.links()),
          walk.stamp());
    }
    return found;
  }

  private Neighbours links(EdgeWalk edges, byte[] vertex, @Nullable Key after) {
    Version mark = edges.mark(vertex);
    byte[] prefix = state(vertex);
    ShardView.Walk walk = edges.at(after == null ? prefix : behind(after));
    List<Link> links = new ArrayList<>();
    for (; walk.valid(); walk.next()) {
      byte[] stateKey = walk.key();
      if (!startsWith(stateKey, prefix)) {
        break;
      }
      byte[] stored = walk.value();
      boolean gone =
          side == Side.OUT ? Hidden.hidesEdge(mark, stored) : Hidden.hidesEntry(mark, stored);
      if (gone || !wanted(stored)) {
        continue;
      }
      if (links.size() == limit) {
        return new Neighbours(links, true);
      }
      links.add(link(stateKey, stored));
    }
    return new Neighbours(links, false);
  }

  private boolean wanted(byte[] stored) {
    return filter == null
        || filter.matches(StateValues.value(side == Side.OUT ? stored : InEntry.edge(stored)));
  }

  private Link link(byte[] stateKey, byte[] stored) {
    Key key = LocalReader.key(stateKey);
    Key edge = side == Side.OUT ? key : type.keys().restored(key);
    Key other = side == Side.OUT ? type.keys().to(edge) : type.keys().from(edge);
    Document document =
        StateValues.document(edge, side == Side.OUT ? stored : InEntry.edge(stored));
    return new Link(
        other, edge, document.version(), document.timestamp(), values ? document.value() : NOTHING);
  }

  private byte[] behind(Key after) {
    Key key = side == Side.OUT ? after : type.keys().reversed(after);
    byte[] stateKey = state(key.bytes());
    // The least key above this one.
    return Arrays.copyOf(stateKey, stateKey.length + 1);
  }

  private byte[] state(byte[] key) {
    return side == Side.OUT
        ? StateKeys.document(type.id(), key)
        : StateKeys.incoming(type.id(), key);
  }

  private static byte[] prefix(EdgeType type, Side side, Key vertex) {
    return side == Side.OUT ? type.keys().outPrefix(vertex) : type.keys().inPrefix(vertex);
  }

  private static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }
}
