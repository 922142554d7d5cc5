package dev.weir.store.node;

import dev.weir.store.IndexProgress;
import dev.weir.store.Position;
import dev.weir.store.ShardStatus;
import dev.weir.store.read.IndexStates;
import dev.weir.store.read.OpenShard;
import dev.weir.store.read.OpenShards;
import dev.weir.store.routing.HeldShard;
import dev.weir.store.routing.Ownership;
import java.util.List;
import org.apache.kafka.common.Uuid;

/** Puts together what is known of the shards on this node. */
final class ShardStatuses {
  private ShardStatuses() {}

  static List<ShardStatus> of(Ownership ownership, OpenShards shards, Uuid logId, int generation) {
    return ownership.snapshot().stream()
        .map(
            held ->
                status(held, ownership, shards, new Position(logId, generation, held.offset(), -1)))
        .toList();
  }

  private static ShardStatus status(
      HeldShard held, Ownership ownership, OpenShards shards, Position published) {
    long size = 0;
    Position position = published;
    List<IndexProgress> building = List.of();
    OpenShard open = shards.acquire(held.shard());
    if (open != null) {
      try {
        size = open.view().sizeBytes();
        position = open.view().applied();
        building = IndexStates.unbuilt(open.view());
      } finally {
        shards.release(open);
      }
    }
    return new ShardStatus(
        held.shard(),
        held.role(),
        held.serving(),
        position,
        ownership.logEnd(held.shard()),
        held.catalogueRevision(),
        size,
        ownership.stopReason(held.shard()).orElse(null),
        building);
  }
}
