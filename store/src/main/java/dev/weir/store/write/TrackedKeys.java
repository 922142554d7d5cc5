package dev.weir.store.write;

import dev.weir.store.Key;
import dev.weir.store.Operation;
import dev.weir.store.Outcome;
import dev.weir.store.ShardMap;

/**
 * For sources whose document keys come from fields: remembers, in the shard of the row's own key,
 * the row's document and under which key it is kept, and sends a delete there when the key changes.
 */
final class TrackedKeys {
  private final ShardMap shards;
  private final Definitions definitions;
  private final StateMap state;
  private final Outbox outbox;

  TrackedKeys(int shards, Definitions definitions, StateMap state, Outbox outbox) {
    this.definitions = definitions;
    this.shards = new ShardMap(shards);
    this.state = state;
    this.outbox = outbox;
  }

  Outcome track(Operation.Track track, long timestamp) {
    byte[] tracked = StateKeys.tracked(track.source(), track.rowKey());
    byte[] before = state.get(tracked);
    Key now = track.derivedKey();
    Key old = before == null ? null : TrackedRow.key(before);
    if (old != null && (now == null || !old.equals(now))) {
      outbox.emit(shardOf(track, old), new Operation.Delete(track.collection(), old), timestamp);
      state.delete(tracked);
    }
    if (now != null) {
      state.put(tracked, new TrackedRow(now, Math.max(0, timestamp), track.value()).encode());
      outbox.emit(
          shardOf(track, now),
          new Operation.Put(track.collection(), now, track.value()),
          timestamp);
    }
    return new Outcome.Removed(before != null);
  }

  private int shardOf(Operation.Track track, Key key) {
    return shards.shardOf(definitions.collection(track.collection()), key);
  }
}
