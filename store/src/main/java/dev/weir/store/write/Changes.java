package dev.weir.store.write;

import dev.weir.store.CollectionDefinition;
import dev.weir.store.Key;
import dev.weir.store.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what the newest records of the log have changed, in collections that ask for it, so that
 * whoever follows a collection can go on where it stopped, at any replica. Every replica keeps the
 * same, because it is part of the state.
 */
final class Changes {
  /** Changes that are given up at once. */
  static final int STEP = 1000;

  /** So many records more than asked for may be kept, so that not every record tidies up. */
  private static final int LEAST_SLACK = 100;

  private final StateMap state;
  private final Definitions definitions;
  private Version at = new Version(0, 0);
  private int number;

  Changes(StateMap state, Definitions definitions) {
    this.state = state;
    this.definitions = definitions;
  }

  /** What changes from now on is made by this record. */
  void begin(Version record) {
    at = record;
    number = 0;
  }

  /**
   * A document has changed.
   *
   * @param value its new value; null = it was removed
   * @param time of the event, not negative
   */
  void changed(int collection, Key key, byte @Nullable [] value, long time) {
    CollectionDefinition definition = definitions.collection(collection);
    if (definition == null || definition.changes() == 0) {
      return;
    }
    byte[] keptKey = StateKeys.changesKept(collection);
    byte[] stored = state.get(keptKey);
    if (stored == null) {
      throw new IllegalStateException(
          "the state does not say since when '" + definition.name() + "' keeps its changes");
    }
    KeptChanges kept = KeptChanges.decode(stored);
    state.put(
        StateKeys.change(collection, kept.since(), at.offset(), number),
        new ChangeEntry(key, time, value).encode());
    number++;
    long first = at.offset() - definition.changes() + 1;
    if (first - kept.from() >= Math.max(LEAST_SLACK, definition.changes() / 16)) {
      state.put(keptKey, giveUp(collection, kept, first).encode());
    }
  }

  /** Removes what lies before an offset, or the beginning of it. */
  private KeptChanges giveUp(int collection, KeptChanges kept, long first) {
    byte[] prefix = StateKeys.changes(collection, kept.since());
    // The last step may have ended in the midst of a record's changes.
    long from = Math.max(0, kept.from() - 1);
    byte[] lowest = StateKeys.change(collection, kept.since(), from, 0);
    List<byte[]> oldest = state.keys(prefix, lowest, STEP);
    long last = -1;
    for (byte[] key : oldest) {
      long offset = StateKeys.changeOffset(key);
      if (offset >= first) {
        return kept.from(first);
      }
      state.delete(key);
      last = offset;
    }
    return kept.from(oldest.size() < STEP ? first : last + 1);
  }
}
