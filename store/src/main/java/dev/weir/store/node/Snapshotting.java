package dev.weir.store.node;

import dev.weir.store.Position;
import dev.weir.store.log.LogInspector;
import dev.weir.store.log.TopicPlan;
import dev.weir.store.routing.Ownership;
import dev.weir.store.snapshot.Checkpoints;
import dev.weir.store.snapshot.SnapshotRepository;
import dev.weir.store.snapshot.SnapshotSettings;
import dev.weir.store.snapshot.Snapshots;
import dev.weir.store.snapshot.VerifiedSnapshots;
import dev.weir.store.truncation.LogTruncator;
import dev.weir.store.truncation.Truncation;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/** The snapshots of a node, once it makes any, and the cuts in the log that they allow. */
final class Snapshotting implements AutoCloseable {
  private static final Duration LOG_TIMEOUT = Duration.ofSeconds(30);

  private final StoreConfig config;
  private final TopicPlan topics;
  private final Position log;
  private final Checkpoints checkpoints;
  private final Ownership ownership;
  private volatile @Nullable Started started;

  private record Started(Snapshots snapshots, SnapshotRepository repository) {}

  /**
   * Nothing yet.
   *
   * @param log any position in the log
   */
  Snapshotting(
      StoreConfig config,
      TopicPlan topics,
      Position log,
      Checkpoints checkpoints,
      Ownership ownership) {
    this.config = config;
    this.topics = topics;
    this.log = log;
    this.checkpoints = checkpoints;
    this.ownership = ownership;
  }

  void start(SnapshotSettings settings) {
    SnapshotRepository repository =
        new SnapshotRepository(settings.store(), config.application(), log);
    Snapshots snapshots =
        new Snapshots(
            settings, repository, checkpoints, ownership, Clock.systemUTC(), config.meters());
    snapshots.start();
    started = new Started(snapshots, repository);
  }

  Optional<Snapshots> snapshots() {
    return Optional.ofNullable(started).map(Started::snapshots);
  }

  Optional<Truncation> truncation(Admin admin) {
    return Optional.ofNullable(started)
        .map(
            now ->
                new Truncation(
                    topics,
                    new LogInspector(config.kafka(), LOG_TIMEOUT),
                    new LogTruncator(admin, topics.logTopic(), LOG_TIMEOUT),
                    new VerifiedSnapshots(now.repository())::newest,
                    Clock.systemUTC()));
  }

  @Override
  public void close() {
    snapshots().ifPresent(Snapshots::close);
  }
}
