package dev.weir.store.read;

import dev.weir.store.GraphQuery.Side;
import dev.weir.store.Key;
import dev.weir.store.Version;
import dev.weir.store.write.EdgeTypes.EdgeType;
import dev.weir.store.write.Hidden;
import dev.weir.store.write.StateKeys;
import dev.weir.store.write.StateValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The marks of deleted vertices whose edges are still being removed, as a walk sees them: almost
 * always none. Whoever reads edges reads these at the same time, or he would find edges that are
 * gone.
 */
final class HiddenEdges {
  private static final HiddenEdges NONE = new HiddenEdges(new TreeMap<>(Arrays::compareUnsigned));

  private final Map<byte[], Version> marks;

  private HiddenEdges(Map<byte[], Version> marks) {
    this.marks = marks;
  }

  /** No marks at all. */
  static HiddenEdges none() {
    return NONE;
  }

  /**
   * The marks under a prefix; the walk stands before them, and stands somewhere else afterwards.
   */
  static HiddenEdges at(ShardView.Walk walk, byte[] prefix) {
    if (!isUnder(walk, prefix)) {
      return NONE;
    }
    TreeMap<byte[], Version> marks = new TreeMap<>(Arrays::compareUnsigned);
    for (; isUnder(walk, prefix); walk.next()) {
      byte[] key = walk.key();
      marks.put(
          Arrays.copyOfRange(key, StateKeys.HIDDEN_PREFIX, key.length),
          StateValues.version(walk.value()));
    }
    return new HiddenEdges(marks);
  }

  /** The mark of a vertex, which is what its edges' keys begin with; null = none. */
  @Nullable Version mark(byte[] vertex) {
    return marks.isEmpty() ? null : marks.get(vertex);
  }

  /** Whether a stored edge counts as gone. */
  boolean hides(EdgeType type, Key edge, byte[] stored) {
    return !marks.isEmpty()
        && Hidden.hidesEdge(mark(type.keys().outPrefix(type.keys().from(edge))), stored);
  }

  /** Stored edges, in the order of their keys, null where there is none or it counts as gone. */
  static List<byte @Nullable []> stored(ShardView view, EdgeType type, List<Key> edges) {
    int size = edges.size();
    List<byte[]> stateKeys = new ArrayList<>(2 * size);
    for (Key edge : edges) {
      stateKeys.add(StateKeys.document(type.id(), edge.bytes()));
    }
    for (Key edge : edges) {
      byte[] vertex =
          type.keys().fits(edge) ? type.keys().outPrefix(type.keys().from(edge)) : new byte[0];
      stateKeys.add(StateKeys.hidden(type.id(), Side.OUT, vertex));
    }
    // One call, which sees all of them as of one time.
    List<byte @Nullable []> found = view.multiGet(stateKeys);
    List<byte @Nullable []> stored = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      byte[] document = found.get(i);
      byte[] mark = found.get(size + i);
      boolean gone =
          document == null
              || (mark != null && Hidden.hidesEdge(StateValues.version(mark), document));
      stored.add(gone ? null : document);
    }
    return stored;
  }

  private static boolean isUnder(ShardView.Walk walk, byte[] prefix) {
    if (!walk.valid()) {
      return false;
    }
    byte[] key = walk.key();
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }
}
