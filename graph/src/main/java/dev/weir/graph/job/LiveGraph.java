package dev.weir.graph.job;

import dev.weir.graph.compact.BytesIndex;
import dev.weir.graph.compact.GraphPart;
import dev.weir.graph.compact.ShardGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * This node's part of a job's graph, in memory. Immutable.
 *
 * @param part what is computed on
 * @param keys of the vertices of each shard here, by their place in it
 * @param layout what is known of the other shards
 * @param dangling edges that were left out
 */
record LiveGraph(
    GraphPart part, SortedMap<Integer, BytesIndex> keys, ShardPiece.Layout layout, long dangling) {

  /** Put together from what there is of each shard; at least one. */
  static LiveGraph of(SortedMap<Integer, ShardPiece> pieces) {
    SortedMap<Integer, ShardGraph> shards = new TreeMap<>();
    SortedMap<Integer, BytesIndex> keys = new TreeMap<>();
    long bytes = 0;
    for (Map.Entry<Integer, ShardPiece> each : pieces.entrySet()) {
      ShardPiece piece = each.getValue();
      shards.put(each.getKey(), piece.graph());
      keys.put(each.getKey(), piece.keys());
      bytes += piece.bytes();
    }
    ShardPiece any = Objects.requireNonNull(pieces.get(pieces.firstKey()));
    GraphPart part = new GraphPart(any.facts(), any.layout().firsts(), shards, bytes);
    return new LiveGraph(part, keys, any.layout(), any.dangling());
  }

  /** A shard of it that is here. */
  ShardPiece piece(int shard) {
    return new ShardPiece(
        Objects.requireNonNull(part.shards().get(shard)),
        Objects.requireNonNull(keys.get(shard)),
        layout,
        part.facts(),
        dangling);
  }

  /** The cut as numbers that can be written. */
  List<Long> cut() {
    List<Long> cut = new ArrayList<>();
    for (long offset : layout.cut()) {
      cut.add(offset);
    }
    return cut;
  }

  /** Ids of the vertices that were sought, if they are all there. */
  List<Long> soughtIds(BuildPlan plan) {
    List<Long> ids = new ArrayList<>();
    for (int i = 0; i < plan.sought().size(); i++) {
      ids.add(
          VertexIds.of(plan).longs()
              ? (Long) Keys.value(plan, plan.sought().get(i))
              : (long) layout.sought()[i]);
    }
    return ids;
  }
}
