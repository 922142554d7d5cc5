package dev.weir.graph.compact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.graph.compact.GraphBuilder.Added;
import dev.weir.store.InvalidKeyException;
import dev.weir.store.KeyCodec;
import dev.weir.store.KeyType;
import dev.weir.store.ShardMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class GraphBuilderTest {

  @Test
  void aVertexIsAddedOnceAndAnEdgeNeedsItsEnds() {
    GraphBuilder builder = new GraphBuilder(2, true, false);
    assertThat(builder.vertex(5)).isTrue();
    assertThat(builder.vertex(5)).isFalse();
    assertThat(builder.vertex(Long.MIN_VALUE)).isTrue();
    assertThat(builder.edge(5, Long.MIN_VALUE, 1)).isEqualTo(Added.YES);
    assertThat(builder.edge(6, 5, 1)).isEqualTo(Added.NO_SUCH_SOURCE);
    assertThat(builder.edge(5, 6, 1)).isEqualTo(Added.NO_SUCH_TARGET);
    assertThatThrownBy(() -> builder.vertex(7)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> builder.edge(5, 5, Double.NaN)).hasMessageContaining("NaN");
    CompactGraph graph = builder.build(false);
    assertThat(graph.facts().vertices()).isEqualTo(2);
    assertThat(graph.facts().edges()).isEqualTo(1);
    assertThat(graph.has(5)).isTrue();
    assertThat(graph.has(6)).isFalse();
    assertThatThrownBy(() -> builder.build(false)).hasMessageContaining("one graph");
  }

  @Test
  void verticesAreWhereTheStoreWouldPutDocuments() throws InvalidKeyException {
    GraphBuilder builder = new GraphBuilder(7, true, false);
    new Random(3).longs(1_000).forEach(builder::vertex);
    KeyCodec keys = KeyCodec.of(KeyType.Scalar.LONG);
    ShardMap map = new ShardMap(7);
    List<ShardGraph> shards = builder.build(true).shards();
    for (int shard = 0; shard < 7; shard++) {
      for (long id : shards.get(shard).ids()) {
        assertThat(map.shardOf(keys.encode(id))).isEqualTo(shard);
      }
      assertThat(shards.get(shard).ids()).isSorted();
    }
  }

  @Test
  void everyEdgeIsAtItsEndsWithItsWeight() {
    for (boolean directed : new boolean[] {true, false}) {
      Random random = new Random(4);
      GraphBuilder builder = new GraphBuilder(3, directed, true);
      for (int id = 0; id < 100; id++) {
        builder.vertex(id * 1_000_003L);
      }
      TreeMap<String, Integer> out = new TreeMap<>();
      TreeMap<String, Integer> in = new TreeMap<>();
      for (int i = 0; i < 1_000; i++) {
        long from = random.nextInt(100) * 1_000_003L;
        long to = random.nextInt(100) * 1_000_003L;
        double weight = random.nextInt(50);
        builder.edge(from, to, weight);
        out.merge(from + " " + to + " " + weight, 1, Integer::sum);
        in.merge(to + " " + from + " " + weight, 1, Integer::sum);
        if (!directed && from != to) {
          out.merge(to + " " + from + " " + weight, 1, Integer::sum);
        }
      }
      CompactGraph graph = builder.build(true);
      assertThat(edges(graph, true)).isEqualTo(out);
      assertThat(edges(graph, false)).isEqualTo(directed ? in : out);
      assertThat(graph.facts().lowestWeight()).isZero();
    }
  }

  private static Map<String, Integer> edges(CompactGraph graph, boolean outgoing) {
    List<Long> ids = new ArrayList<>();
    graph.shards().forEach(shard -> Arrays.stream(shard.ids()).forEach(ids::add));
    Map<String, Integer> edges = new TreeMap<>();
    for (ShardGraph shard : graph.shards()) {
      Adjacency side = outgoing ? shard.out() : shard.in();
      for (int place = 0; place < shard.size(); place++) {
        int last = -1;
        for (int i = side.offsets()[place]; i < side.offsets()[place + 1]; i++) {
          assertThat(side.targets()[i]).isGreaterThanOrEqualTo(last);
          last = side.targets()[i];
          String edge = shard.ids()[place] + " " + ids.get(last) + " " + side.weights()[i];
          edges.merge(edge, 1, Integer::sum);
        }
      }
    }
    return edges;
  }

  @Test
  void manyVerticesAreFoundAgain() {
    LongIndex index = new LongIndex(0);
    Random random = new Random(5);
    long[] values = random.longs(100_000).map(value -> value >> 20 << 3).distinct().toArray();
    for (int i = 0; i < values.length; i++) {
      assertThat(index.add(values[i])).isTrue();
    }
    for (int i = 0; i < values.length; i++) {
      assertThat(index.find(values[i])).isEqualTo(i);
      assertThat(index.find(values[i] + 1)).isEqualTo(-1);
    }
    assertThat(index.add(values[7])).isFalse();
    assertThat(index.values()).isEqualTo(values);
  }
}
