package dev.weir.store.emit;

import dev.weir.store.log.LogAppender;
import dev.weir.store.read.OpenShards;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Sends the outbox entries and the continuations of the shards that are active on this node, each
 * shard in passes of its own: read what is there, append it in order, wait for all of it, record
 * what can be trimmed. Two emitters for one shard (a zombie beside the new active) do no harm: the
 * target takes each number once. Safe from any thread.
 */
public final class Emitter {
  private final OpenShards shards;
  private final LogAppender log;
  private final ScheduledExecutorService executor;
  private final Clock clock;
  private final Map<Integer, ShardEmitter> active = new ConcurrentHashMap<>();

  /**
   * Sends through {@code log}.
   *
   * @param executor runs the passes; owned by the caller
   * @param clock stamps the records that carry no event of their own
   */
  public Emitter(
      OpenShards shards, LogAppender log, ScheduledExecutorService executor, Clock clock) {
    this.shards = shards;
    this.log = log;
    this.executor = executor;
    this.clock = clock;
  }

  /** The node became the active of a shard: whatever its state holds unsent is sent now. */
  public void activated(int shard) {
    ShardEmitter emitter = new ShardEmitter(shard, shards, log, executor, clock);
    active.put(shard, emitter);
    emitter.wake();
  }

  /** The node is no longer the active of a shard. */
  public void deactivated(int shard) {
    ShardEmitter emitter = active.remove(shard);
    if (emitter != null) {
      emitter.stop();
    }
  }

  /** A shard has something new to send. */
  public void wake(int shard) {
    ShardEmitter emitter = active.get(shard);
    if (emitter != null) {
      emitter.wake();
    }
  }
}
