package dev.weir.graph.job;

import dev.weir.graph.GraphFacts;
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
    GraphPart part, SortedMap<Integer, BytesIndex> keys, ShardBuild.Layout layout, long dangling) {

  /** Put together from what was built for each shard; at least one. */
  static LiveGraph of(SortedMap<Integer, ShardBuild> builds) {
    SortedMap<Integer, ShardGraph> shards = new TreeMap<>();
    SortedMap<Integer, BytesIndex> keys = new TreeMap<>();
    long bytes = 0;
    for (Map.Entry<Integer, ShardBuild> each : builds.entrySet()) {
      ShardBuild build = each.getValue();
      shards.put(each.getKey(), build.graph());
      keys.put(each.getKey(), build.vertices());
      bytes += build.graph().bytes() + build.vertices().bytes();
    }
    ShardBuild any = Objects.requireNonNull(builds.get(builds.firstKey()));
    GraphFacts facts = any.facts();
    GraphPart part = new GraphPart(facts, any.layout().firsts(), shards, bytes);
    return new LiveGraph(part, keys, any.layout(), any.dangling());
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
          ShardBuild.hasLongIds(plan)
              ? (Long) Keys.value(plan, plan.sought().get(i))
              : (long) layout.sought()[i]);
    }
    return ids;
  }
}
