package dev.weir.store.write;

import dev.weir.store.Catalogue;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.write.Rebase.Work;
import java.util.Arrays;
import java.util.List;

/**
 * The part of a {@link Rebase} that is about kept changes: their offsets are of the old log, so
 * they go, and collections keep anew what the next log brings.
 */
final class RebasedChanges {
  private final StateMap state;
  private final Catalogue catalogue;
  private final Continuations continuations;

  RebasedChanges(StateMap state, Catalogue catalogue, Continuations continuations) {
    this.state = state;
    this.catalogue = catalogue;
    this.continuations = continuations;
  }

  /** What is to be done once the newest definitions are in force, and no document changes more. */
  List<Work> work() {
    return List.of(this::remove, this::beginAnew);
  }

  private boolean remove() {
    List<byte[]> doomed = state.keys(StateKeys.changes(), Rebase.STEP);
    doomed.forEach(state::delete);
    return doomed.size() == Rebase.STEP;
  }

  private boolean beginAnew() {
    for (byte[] key : continuations.open()) {
      byte[] stored = state.get(key);
      byte[] all = StateKeys.changes();
      if (stored != null
          && Arrays.equals(stored, Long.BYTES, Long.BYTES + all.length, all, 0, all.length)) {
        state.delete(key); // there is nothing left for it to remove, and much to spare
      }
    }
    for (CollectionDefinition each : catalogue.collections()) {
      if (each.changes() > 0) {
        state.put(
            StateKeys.changesKept(each.id()), KeptChanges.beginning(Rebase.BEGINNING).encode());
      }
    }
    return false;
  }
}
