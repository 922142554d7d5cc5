package dev.weir.store.write;

import dev.weir.store.IndexDefinition;
import dev.weir.store.Key;
import dev.weir.store.Version;
import dev.weir.store.index.CollectionIndexes;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the entries of indexes as the documents are. For an index that is defined when there are
 * documents already, a continuation makes their entries; {@link IndexState} says how far it is.
 */
final class Indexes {
  static final byte KIND = (byte) 0x82;

  private static final byte[] NOTHING = {};
  private static final int HEAD = 5;

  private final StateMap state;
  private final Definitions definitions;

  Indexes(StateMap state, Definitions definitions) {
    this.state = state;
    this.definitions = definitions;
  }

  /** What makes the entries of the documents that are there when an index comes. */
  static byte[] backfill(IndexDefinition index) {
    return task(index.id(), StateKeys.documents(index.collection()));
  }

  /**
   * A document has changed.
   *
   * @param before its stored form before; null = there was none
   * @param value its value now; null = there is none
   */
  void changed(int collection, Key key, byte @Nullable [] before, byte @Nullable [] value) {
    CollectionIndexes indexes = definitions.indexes(collection);
    if (indexes != null) {
      indexes.change(
          before == null ? null : StateValues.value(before),
          value,
          (index, entry) -> state.delete(StateKeys.index(index, entry, key)),
          (index, entry) -> state.put(StateKeys.index(index, entry, key), NOTHING));
    }
  }

  /** The next step of a backfill: about as many documents and entries as a step may have. */
  byte @Nullable [] carryOn(byte[] task, Version at) {
    int id = ByteBuffer.wrap(task).getInt(1);
    IndexDefinition index = definitions.index(id);
    if (index == null) {
      return null;
    }
    CollectionIndexes only = CollectionIndexes.of(List.of(index));
    byte[] from = Arrays.copyOfRange(task, HEAD, task.length);
    List<byte[]> stateKeys =
        state.keys(StateKeys.documents(index.collection()), from, Continuations.STEP);
    int[] made = {0};
    int done = 0;
    for (byte[] stateKey : stateKeys) {
      Key key = StateKeys.documentKey(stateKey);
      only.change(
          null,
          StateValues.value(present(stateKey)),
          (none, entry) -> {},
          (of, entry) -> {
            state.put(StateKeys.index(of, entry, key), NOTHING);
            made[0]++;
          });
      done++;
      from = Arrays.copyOf(stateKey, stateKey.length + 1);
      if (made[0] >= Continuations.STEP) {
        break;
      }
    }
    boolean built = done == stateKeys.size() && done < Continuations.STEP;
    byte[] progress = StateKeys.indexState(id);
    long before = IndexState.read(state.get(progress)).documents();
    state.put(progress, new IndexState(built, before + done).bytes());
    return built ? null : task(id, from);
  }

  private byte[] present(byte[] stateKey) {
    byte[] stored = state.get(stateKey);
    if (stored == null) {
      throw new IllegalStateException("the state lacks a document that it says it has");
    }
    return stored;
  }

  private static byte[] task(int index, byte[] from) {
    return ByteBuffer.allocate(HEAD + from.length).put(KIND).putInt(index).put(from).array();
  }
}
