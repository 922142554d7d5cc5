package dev.weir.chaos.load;

import java.util.ArrayList;
import java.util.List;

/** Per shard, the position of a write that was acknowledged a while ago. Thread-safe. */
final class OldTokens {

  private static final long AGE_NANOS = 1_000_000_000L;

  private final List<String> old = new ArrayList<>(); // under "this", like all below
  private final List<String> recent = new ArrayList<>();
  private final long[] takenAt;

  OldTokens(int shards) {
    this.takenAt = new long[shards];
    for (int shard = 0; shard < shards; shard++) {
      old.add("");
      recent.add("");
    }
  }

  /** The position that a write of the shard was answered with. */
  synchronized void learn(int shard, String token, long now) {
    if (now - takenAt[shard] > AGE_NANOS) {
      old.set(shard, recent.get(shard));
      recent.set(shard, token);
      takenAt[shard] = now;
    }
  }

  /** A position at least a second old; empty = there is none yet. */
  synchronized String old(int shard) {
    return old.get(shard);
  }
}
