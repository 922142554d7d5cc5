package dev.weir.store.snapshot;

import dev.weir.store.Role;
import dev.weir.store.routing.HeldShard;
import dev.weir.store.routing.Ownership;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes snapshots of the shards that this node is the active of: one after the other, on a thread
 * of its own, on demand and as often as configured. Safe from any thread.
 */
public final class Snapshots implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);

  private final SnapshotSettings settings;
  private final SnapshotRepository repository;
  private final Checkpoints checkpoints;
  private final Ownership ownership;
  private final Clock clock;
  private final Counter bytes;
  private final Counter failures;
  private final Map<Integer, SnapshotStatus> statuses = new ConcurrentSkipListMap<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread made = new Thread(task, "weir-snapshots");
            made.setDaemon(true);
            return made;
          });

  /** Snapshots of a node; {@link #start} begins with the schedule. */
  public Snapshots(
      SnapshotSettings settings,
      SnapshotRepository repository,
      Checkpoints checkpoints,
      Ownership ownership,
      Clock clock,
      MeterRegistry meters) {
    this.settings = settings;
    this.repository = repository;
    this.checkpoints = checkpoints;
    this.ownership = ownership;
    this.clock = clock;
    this.bytes =
        Counter.builder("weir.snapshot.stored")
            .description("Bytes of files stored for snapshots")
            .baseUnit("bytes")
            .register(meters);
    this.failures =
        Counter.builder("weir.snapshot.failures")
            .description("Snapshots that could not be made")
            .register(meters);
    Gauge.builder("weir.snapshot.age", this, Snapshots::oldestSeconds)
        .description(
            "Age of the oldest among the newest snapshots of the shards that this node is active"
                + " of; NaN while one has none since the node started")
        .baseUnit("seconds")
        .register(meters);
  }

  /** Begins with the schedule, if there is one. */
  public void start() {
    settings
        .every()
        .ifPresent(
            every -> {
              Future<?> unused =
                  thread.scheduleWithFixedDelay(
                      this::createAll, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
            });
  }

  /** Has a snapshot made of every shard that this node is the active of; returns at once. */
  public List<SnapshotStatus> request() {
    for (int shard : actives()) {
      statuses.merge(shard, SnapshotStatus.none(shard).begun(), (found, begun) -> found.begun());
    }
    try {
      thread.execute(this::createAll);
    } catch (RejectedExecutionException e) {
      LOG.debug("No snapshots any more: the node is closing");
    }
    return status();
  }

  /** What is known of the shards, ordered by number. */
  public List<SnapshotStatus> status() {
    return List.copyOf(statuses.values());
  }

  /** Where they are kept, for people. */
  public String place() {
    return repository.place();
  }

  private List<Integer> actives() {
    return ownership.snapshot().stream()
        .filter(held -> held.role() == Role.ACTIVE && held.serving())
        .map(HeldShard::shard)
        .toList();
  }

  private void createAll() {
    List<Integer> actives = actives();
    statuses.keySet().retainAll(actives);
    for (int shard : actives) {
      SnapshotStatus before = statuses.getOrDefault(shard, SnapshotStatus.none(shard));
      statuses.put(shard, before.begun());
      statuses.put(shard, create(before));
    }
  }

  private SnapshotStatus create(SnapshotStatus before) {
    int shard = before.shard();
    Optional<Snapshot> newest = before.newest();
    try {
      // It may have been lost or damaged, or even the whole repository.
      if (newest.isPresent()
          && newest.get().offset() == ownership.offset(shard)
          && repository.isWhole(newest.get())) {
        return before.unchanged();
      }
      SnapshotStatus after = before;
      Optional<Checkpoints.Checkpoint> taken = checkpoints.take(shard, Checksum.Kind.SHA256);
      if (taken.isPresent()) {
        try (Checkpoints.Checkpoint checkpoint = taken.get()) {
          SnapshotRepository.Stored stored =
              repository.store(checkpoint.manifest(), checkpoint.directory());
          bytes.increment((double) stored.bytes());
          after = SnapshotStatus.stored(stored);
          LOG.info(
              "Stored snapshot {} of shard {}: {} files, {} bytes",
              stored.snapshot().id(),
              shard,
              stored.files(),
              stored.bytes());
        }
      }
      new Housekeeping(repository, clock).run(shard, settings.retention());
      return after.unchanged();
    } catch (IOException | RuntimeException e) {
      failures.increment();
      LOG.warn("No snapshot of shard {} could be stored in {}", shard, repository.place(), e);
      return before.failed(
          e + ": check that " + repository.place() + " can be reached and written to");
    }
  }

  private double oldestSeconds() {
    double oldest = 0;
    for (int shard : actives()) {
      SnapshotStatus status = statuses.get(shard);
      if (status == null || status.newest().isEmpty()) {
        return Double.NaN;
      }
      oldest =
          Math.max(
              oldest,
              (double)
                  Duration.between(status.newest().get().created(), clock.instant()).toSeconds());
    }
    return oldest;
  }

  /** Ends after the call to the repository that is under way. */
  @Override
  public void close() {
    thread.shutdownNow();
    settings.store().close();
  }
}
