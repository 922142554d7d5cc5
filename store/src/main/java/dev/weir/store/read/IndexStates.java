package dev.weir.store.read;

import dev.weir.store.IndexDefinition;
import dev.weir.store.IndexProgress;
import dev.weir.store.write.IndexState;
import dev.weir.store.write.StateKeys;
import dev.weir.store.write.StateValues;
import java.util.ArrayList;
import java.util.List;

/** Tells how far a shard is with its indexes. */
public final class IndexStates {
  private IndexStates() {}

  /** The indexes that a shard does not have completely, by rising ids. */
  public static List<IndexProgress> unbuilt(ShardView view) {
    List<IndexProgress> unbuilt = new ArrayList<>();
    for (IndexDefinition index : view.catalogue().indexes()) {
      IndexState state = IndexState.read(view.get(StateKeys.indexState(index.id())));
      if (!state.built()) {
        long of = StateValues.number(view.get(StateKeys.count(index.collection())), 0);
        unbuilt.add(new IndexProgress(index.id(), state.documents(), of));
      }
    }
    return unbuilt;
  }
}
