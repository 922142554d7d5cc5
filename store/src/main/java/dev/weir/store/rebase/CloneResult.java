package dev.weir.store.rebase;

import dev.weir.store.Position;
import dev.weir.store.snapshot.Snapshot;
import java.util.List;

/** What cloning came to. */
public sealed interface CloneResult {

  /**
   * The nodes of the clone can be started.
   *
   * @param log the beginning of its log
   * @param shards ordered by number
   */
  record Cloned(Position log, List<Shard> shards) implements CloneResult {
    public Cloned {
      shards = List.copyOf(shards);
    }
  }

  /**
   * One shard of it.
   *
   * @param from the snapshot it began as
   * @param dropped documents that other shards had sent
   * @param sent documents that it sends to other shards when it starts
   */
  record Shard(Snapshot from, long dropped, long sent) {}

  /**
   * It must not be done as things are; nothing that was there has changed.
   *
   * @param reason why, with what to do
   */
  record Refused(String reason) implements CloneResult {}
}
