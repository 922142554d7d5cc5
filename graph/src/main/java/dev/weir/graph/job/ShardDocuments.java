package dev.weir.graph.job;

import dev.weir.graph.compact.BytesIndex;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.filter.FilterMatcher;
import dev.weir.store.read.ShardCut;

/**
 * The documents of a shard that make up its part of a graph: its vertices, and the edges that begin
 * at them. Not thread-safe.
 */
final class ShardDocuments {

  private final BuildPlan plan;
  private final EdgeWeights weights;
  private final BytesIndex vertices = new BytesIndex();
  private LocalEdges edges = new LocalEdges();
  private long dangling;

  ShardDocuments(BuildPlan plan) {
    this.plan = plan;
    this.weights = new EdgeWeights(plan.weight());
  }

  /** Reads all; answers the offset of the log that they stood at. */
  long read(ShardCut cut) {
    for (int tag = 0; tag < plan.vertices().size(); tag++) {
      readVertices(cut, tag);
    }
    for (BuildPlan.EdgeUse use : plan.edges()) {
      readEdges(cut, use);
    }
    return cut.position().offset();
  }

  private void readVertices(ShardCut cut, int tag) {
    FilterMatcher filter = plan.vertexFilter();
    CollectionDefinition collection = plan.vertices().get(tag);
    cut.documents(
        collection,
        (key, value) -> {
          if (filter == null || filter.matches(value)) {
            var unused = vertices.add(BuildPlan.tagged(tag, key.bytes()));
          }
        });
  }

  private void readEdges(ShardCut cut, BuildPlan.EdgeUse use) {
    FilterMatcher filter = plan.edgeFilter();
    cut.documents(
        use.definition(),
        (key, value) -> {
          if (filter != null && !filter.matches(value)) {
            return;
          }
          int place = vertices.find(BuildPlan.tagged(use.from(), use.keys().from(key).bytes()));
          if (place < 0) {
            dangling++;
            return;
          }
          byte[] other = BuildPlan.tagged(use.to(), use.keys().to(key).bytes());
          edges.add(place, other, weights.of(use.definition(), key, value), use.reversed());
        });
  }

  /** By their place in the shard. */
  BytesIndex vertices() {
    return vertices;
  }

  LocalEdges edges() {
    return edges;
  }

  /** They are part of the graph now. */
  void forgetEdges() {
    edges = new LocalEdges();
  }

  /** Edges that begin at no vertex. */
  long dangling() {
    return dangling;
  }

  long bytes() {
    return vertices.bytes() + edges.bytes();
  }
}
