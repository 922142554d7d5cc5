package dev.weir.query.testing;

import dev.weir.store.Operation;
import dev.weir.store.Query;
import dev.weir.store.ReadResult;
import dev.weir.store.Refusal;
import dev.weir.store.Role;
import dev.weir.store.ShardReader;
import dev.weir.store.ShardStatus;
import dev.weir.store.ShardWriter;
import dev.weir.store.WriteResult;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongSupplier;

/** The shards that one node holds, in memory. Safe from any thread. */
public final class InMemoryShards implements ShardReader, ShardWriter {
  private final Map<Integer, InMemoryShard> held = new ConcurrentSkipListMap<>();
  private final LongSupplier clock;

  /**
   * A node without shards.
   *
   * @param clock milliseconds since the epoch, for the timestamps of documents
   */
  public InMemoryShards(LongSupplier clock) {
    this.clock = clock;
  }

  /** Takes a shard over; another node may hold the same object, as if it were its copy. */
  public void hold(int shard, InMemoryShard state) {
    held.put(shard, state);
  }

  /** Gives a shard up; from now on this node refuses it. */
  public void release(int shard) {
    held.remove(shard);
  }

  @Override
  public <R> ReadResult<R> read(int shard, Query<R> query) {
    InMemoryShard state = held.get(shard);
    return state == null
        ? new ReadResult.Refused<>(new Refusal.NotOwner(shard))
        : state.read(query);
  }

  @Override
  public CompletableFuture<WriteResult> submit(int shard, Operation operation) {
    InMemoryShard state = held.get(shard);
    if (state == null) {
      return CompletableFuture.completedFuture(
          new WriteResult.Refused(new Refusal.NotOwner(shard)));
    }
    return CompletableFuture.completedFuture(
        new WriteResult.Decided(
            state.submit(operation, clock.getAsLong()), shard, state.position()));
  }

  /** What this node holds, ordered by shard. */
  public List<ShardStatus> status() {
    return held.entrySet().stream().map(e -> status(e.getKey(), e.getValue())).toList();
  }

  private static ShardStatus status(int shard, InMemoryShard state) {
    long offset = state.position().offset();
    int revision = state.catalogue().revision();
    return new ShardStatus(
        shard, Role.ACTIVE, true, state.position(), offset + 1, revision, 0, null);
  }
}
