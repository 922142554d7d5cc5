package dev.weir.store.emit;

import dev.weir.store.emit.OutboxReader.Item;
import dev.weir.store.log.LogAppender;
import dev.weir.store.read.OpenShard;
import dev.weir.store.read.OpenShards;
import dev.weir.store.write.LogRecord;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The emitter of one active shard. One pass runs at a time; after a failed append the next pass
 * starts again at the failed number.
 */
final class ShardEmitter {
  private static final Logger LOG = LoggerFactory.getLogger(ShardEmitter.class);
  private static final int PASS = 2000;
  private static final long RETRY_MILLIS = 500;

  private final int shard;
  private final OpenShards shards;
  private final LogAppender log;
  private final ScheduledExecutorService executor;
  private final Clock clock;
  private final AtomicInteger wakes = new AtomicInteger();

  /** Highest number known to be in each target's log; only touched by the running pass. */
  private final Map<Integer, Long> acknowledged = new HashMap<>();

  /** Highest number of each target for which a trim is in the own log. */
  private final Map<Integer, Long> trimmed = new ConcurrentHashMap<>();

  /** Continuation records in the log already; only touched by the running pass. */
  private final Set<LogRecord> continued = new HashSet<>();

  private volatile boolean stopped;

  ShardEmitter(
      int shard,
      OpenShards shards,
      LogAppender log,
      ScheduledExecutorService executor,
      Clock clock) {
    this.shard = shard;
    this.shards = shards;
    this.log = log;
    this.executor = executor;
    this.clock = clock;
  }

  void stop() {
    stopped = true;
  }

  /** Starts a pass, or has the running one followed by another. */
  void wake() {
    if (wakes.getAndIncrement() == 0) {
      schedule(0);
    }
  }

  private void schedule(long delayMillis) {
    try {
      Future<?> unused = executor.schedule(this::pass, delayMillis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      stopped = true; // the node is closing
    }
  }

  private void pass() {
    if (stopped) {
      return;
    }
    int seen = wakes.get();
    try {
      List<Item> items = read();
      CompletableFuture<Boolean> unused =
          send(items)
              .whenComplete(
                  (complete, failure) -> finish(seen, items, failure == null && complete));
    } catch (RuntimeException e) {
      LOG.error("Shard {} cannot read its outbox; trying again", shard, e);
      schedule(RETRY_MILLIS);
    }
  }

  private List<Item> read() {
    OpenShard open = shards.acquire(shard);
    if (open == null) {
      return List.of();
    }
    try {
      List<Item> items = OutboxReader.outbox(open.view(), shard, acknowledged, PASS);
      List<Item> steps = OutboxReader.continuations(open.view(), shard);
      continued.retainAll(steps.stream().map(Item::record).toList());
      steps.stream().filter(step -> !continued.contains(step.record())).forEach(items::add);
      return items;
    } finally {
      shards.release(open);
    }
  }

  /** Appends all of it in order; true if all of it is in the logs. */
  private CompletableFuture<Boolean> send(List<Item> items) {
    List<CompletableFuture<Long>> appends = new ArrayList<>(items.size());
    for (Item item : items) {
      long timestamp = item.timestamp() < 0 ? clock.millis() : item.timestamp();
      appends.add(log.append(item.target(), item.record(), timestamp));
    }
    log.flush();
    return CompletableFuture.allOf(appends.toArray(CompletableFuture[]::new))
        .handle((done, failure) -> note(items, appends))
        .thenCompose(this::trim);
  }

  /** Takes down what is in the logs now; a target's numbers count up to its first failure only. */
  private boolean note(List<Item> items, List<CompletableFuture<Long>> appends) {
    Set<Integer> failed = new HashSet<>();
    boolean complete = true;
    for (int i = 0; i < items.size(); i++) {
      Item item = items.get(i);
      boolean arrived = !appends.get(i).isCompletedExceptionally();
      complete &= arrived;
      if (item.record() instanceof LogRecord.Continue) {
        if (arrived) {
          continued.add(item.record());
        }
      } else if (arrived && !failed.contains(item.target())) {
        acknowledged.put(item.target(), item.number());
      } else {
        failed.add(item.target());
      }
    }
    return complete;
  }

  private CompletableFuture<Boolean> trim(boolean complete) {
    List<CompletableFuture<Long>> trims = new ArrayList<>();
    acknowledged.forEach(
        (target, upTo) -> {
          if (upTo > trimmed.getOrDefault(target, 0L)) {
            LogRecord trim = new LogRecord.Trim(target, upTo);
            trims.add(
                log.append(shard, trim, clock.millis())
                    .whenComplete(
                        (offset, failure) -> {
                          if (failure == null) {
                            trimmed.put(target, upTo);
                          }
                        }));
          }
        });
    log.flush();
    return CompletableFuture.allOf(trims.toArray(CompletableFuture[]::new))
        .thenApply(done -> complete);
  }

  private void finish(int seen, List<Item> items, boolean complete) {
    if (stopped) {
      return;
    }
    if (!complete) {
      LOG.warn("Shard {} could not send all of its outbox; trying again", shard);
      schedule(RETRY_MILLIS);
    } else if (items.size() >= PASS || wakes.addAndGet(-seen) > 0) {
      schedule(0);
    }
  }
}
