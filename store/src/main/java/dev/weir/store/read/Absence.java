package dev.weir.store.read;

import dev.weir.store.Refusal;
import dev.weir.store.Role;
import dev.weir.store.routing.Ownership;
import java.util.Optional;

/** Why a shard is not read on this node. */
final class Absence {
  private Absence() {}

  static Refusal of(int shard, Ownership ownership) {
    if (shard < 0 || shard >= ownership.shards()) {
      return new Refusal.NotOwner(shard);
    }
    Optional<String> stopped = ownership.stopReason(shard);
    if (stopped.isPresent()) {
      return new Refusal.Stopped(shard, stopped.get());
    }
    return ownership.role(shard) == Role.ACTIVE
        ? new Refusal.Rebalancing(shard, "the shard is still catching up with its log")
        : new Refusal.NotOwner(shard);
  }
}
