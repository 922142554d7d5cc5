package dev.weir.store.node;

import dev.weir.store.Role;
import dev.weir.store.emit.SlowSending;
import dev.weir.store.emit.Unsent;
import dev.weir.store.read.OpenShard;
import dev.weir.store.read.OpenShards;
import dev.weir.store.routing.HeldShard;
import dev.weir.store.routing.Ownership;
import java.util.HashMap;
import java.util.Map;

/**
 * What the shards that are active here have for other shards, whose logs do not have it yet: a few
 * records while sources are copied, every row of collections that are keyed by fields after a
 * clone.
 */
final class UnsentRecords {
  private final Ownership ownership;
  private final OpenShards shards;

  /** By shard; confined to the thread that asks {@link #slow}. */
  private final Map<Integer, Look> looks = new HashMap<>();

  /** How a shard sends since it was made active. */
  private record Look(int activation, SlowSending sending) {}

  UnsentRecords(Ownership ownership, OpenShards shards) {
    this.ownership = ownership;
    this.shards = shards;
  }

  /** Whether an active shard has had something for others for a while. One thread at a time. */
  boolean slow(int shard) {
    OpenShard open = shards.acquire(shard);
    if (open == null) {
      return false;
    }
    try {
      int activation = ownership.activation(shard);
      Look look = looks.get(shard);
      if (look == null || look.activation() != activation) {
        look = new Look(activation, new SlowSending());
        looks.put(shard, look);
      }
      return look.sending().look(open.view(), System.nanoTime());
    } finally {
      shards.release(open);
    }
  }

  /** How many records that are. */
  long count() {
    long records = 0;
    for (HeldShard held : ownership.snapshot()) {
      OpenShard open = held.role() == Role.ACTIVE ? shards.acquire(held.shard()) : null;
      if (open != null) {
        try {
          records += Unsent.records(open.view());
        } finally {
          shards.release(open);
        }
      }
    }
    return records;
  }
}
