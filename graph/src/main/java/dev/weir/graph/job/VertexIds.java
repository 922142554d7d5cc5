package dev.weir.graph.job;

import dev.weir.graph.compact.BytesIndex;
import dev.weir.store.Key;
import dev.weir.store.KeyCodec;
import dev.weir.store.KeyType;

/**
 * What algorithms call the vertices: keys that are numbers are ids; any other vertex is called by
 * its number.
 *
 * @param longs whether keys are
 */
record VertexIds(boolean longs) {

  static VertexIds of(BuildPlan plan) {
    return new VertexIds(
        plan.vertices().size() == 1 && plan.vertices().get(0).keyType() == KeyType.Scalar.LONG);
  }

  /**
   * The ids of a shard's vertices.
   *
   * @param first number of the first one
   */
  long[] of(BytesIndex vertices, int first) {
    long[] ids = new long[vertices.size()];
    KeyCodec codec = KeyCodec.of(KeyType.Scalar.LONG);
    for (int place = 0; place < ids.length; place++) {
      ids[place] =
          longs
              ? (Long) codec.decode(Key.ofEncoded(BuildPlan.untagged(vertices.get(place))))
              : first + place;
    }
    return ids;
  }
}
