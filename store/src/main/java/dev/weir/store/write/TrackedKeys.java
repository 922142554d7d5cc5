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
  private final StateMap state;
  private final Outbox outbox;

  TrackedKeys(int shards, StateMap state, Outbox outbox) {
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
      outbox.emit(shards.shardOf(old), new Operation.Delete(track.collection(), old), timestamp);
      state.delete(tracked);
    }
    if (now != null) {
      state.put(tracked, new TrackedRow(now, Math.max(0, timestamp), track.value()).encode());
      outbox.emit(
          shards.shardOf(now),
          new Operation.Put(track.collection(), now, track.value()),
          timestamp);
    }
    return new Outcome.Removed(before != null);
  }
}
