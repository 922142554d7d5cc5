package dev.weir.store.node;

import dev.weir.store.Role;
import dev.weir.store.emit.Unsent;
import dev.weir.store.read.OpenShard;
import dev.weir.store.read.OpenShards;
import dev.weir.store.routing.HeldShard;
import dev.weir.store.routing.Ownership;

/**
 * What the shards that are active here have for other shards, whose logs do not have it yet: a few
 * records while sources are copied, every row of collections that are keyed by fields after a
 * clone.
 */
record UnsentRecords(Ownership ownership, OpenShards shards) {

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
