package dev.weir.store.node;

import dev.weir.store.Position;
import dev.weir.store.log.LogFacts;
import dev.weir.store.log.LogInspection;
import dev.weir.store.log.LogInspector;
import dev.weir.store.log.StartupCheck;
import dev.weir.store.log.TopicPlan;
import dev.weir.store.rocksdb.RocksResources;
import dev.weir.store.rocksdb.RocksShard;
import dev.weir.store.snapshot.Checksum;
import dev.weir.store.snapshot.ChecksumCache;
import dev.weir.store.snapshot.Download;
import dev.weir.store.snapshot.Inspection;
import dev.weir.store.snapshot.Manifest;
import dev.weir.store.snapshot.ObjectStore;
import dev.weir.store.snapshot.Snapshot;
import dev.weir.store.snapshot.SnapshotRepository;
import dev.weir.store.snapshot.VerifiedSnapshots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Stores what lies in the state directory of a node that does not run as snapshots: when the log is
 * lost, this is further than any snapshot made before. Used by one thread at a time.
 */
public final class Salvage implements AutoCloseable {
  private static final long MEMORY = 64L << 20;
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final StateDirectory directory;
  private final TopicPlan topics;
  private final Map<Integer, Position> states;

  private Salvage(StateDirectory directory, TopicPlan topics) {
    this.directory = directory;
    this.topics = topics;
    this.states = new TreeMap<>(LocalStates.positions(directory, topics));
    states.values().removeIf(position -> position.offset() < 0);
  }

  /**
   * Claims a state directory for this.
   *
   * @param shards number of shards of the application
   * @throws NodeStartException with the reasons, if it cannot be had: the node runs, or it is
   *     another application's, or of another release
   */
  public static Salvage of(
      Path stateDirectory, String application, int shards, Optional<String> nodeId)
      throws NodeStartException {
    StateClaim claim = StateDirectory.claim(stateDirectory, application, nodeId);
    if (claim instanceof StateClaim.Refused refused) {
      throw new NodeStartException(List.of(refused.reason()));
    }
    StateDirectory directory = ((StateClaim.Claimed) claim).directory();
    int generation = LocalStates.newestGeneration(directory, application).orElse(0);
    TopicPlan topics = new TopicPlan(application, generation, shards);
    List<String> faults = LocalStates.faults(directory, topics, application);
    if (!faults.isEmpty()) {
      directory.close();
      throw new NodeStartException(faults);
    }
    return new Salvage(directory, topics);
  }

  /** How far the states are that lie there, by shard. */
  public Map<Integer, Position> states() {
    return Map.copyOf(states);
  }

  /**
   * Why these states must not be among the snapshots that nodes and truncation rely on: the log
   * they were folded from is still there, and does not go on from them.
   *
   * @param client settings of Kafka clients
   * @return a line for each reason; empty if they may
   */
  public List<String> objections(Map<String, ?> client) throws InterruptedException {
    LogInspection inspection = new LogInspector(client, TIMEOUT).inspect(topics, states);
    if (inspection instanceof LogInspection.Unreachable unreachable) {
      return List.of(unreachable.detail());
    }
    LogFacts facts = ((LogInspection.Seen) inspection).facts();
    return states.entrySet().stream()
        .filter(state -> state.getValue().logId().equals(facts.logId()))
        .flatMap(
            state ->
                StartupCheck.objection(topics, facts, state.getKey(), state.getValue()).stream()
                    .map(reason -> "shard " + state.getKey() + ": " + reason))
        .toList();
  }

  /** What became of one state. */
  public sealed interface Result {
    /** It is in the repository, and was read back. */
    record Saved(SnapshotRepository.Stored stored) implements Result {}

    /** The repository has one that is as far, or further. */
    record Known(Snapshot snapshot) implements Result {}
  }

  /**
   * Stores one state as a snapshot, unless there is one already that is as far.
   *
   * @param shard one of {@link #states}
   * @throws IOException if the disk or the repository does not do its part
   */
  public Result save(int shard, ObjectStore store, Clock clock) throws IOException {
    Position position = states.get(shard);
    if (position == null) {
      throw new IllegalArgumentException("there is no state of shard " + shard);
    }
    SnapshotRepository repository = new SnapshotRepository(store, topics.application(), position);
    VerifiedSnapshots verified = new VerifiedSnapshots(repository);
    if (verified.newest(shard).orElse(-1) >= position.offset()) {
      return new Result.Known(repository.list(shard).get(0));
    }
    Path checkpoint = directory.checkpoints().resolve("salvage-" + shard);
    Download.discard(checkpoint);
    Files.createDirectories(directory.checkpoints());
    try {
      Path database = new ShardDirectories(directory.streamsDir(), topics).database(shard);
      try (RocksResources resources = new RocksResources(MEMORY);
          RocksShard open = RocksShard.open(database, resources)) {
        open.checkpoint(checkpoint);
      }
      Manifest manifest =
          Inspection.describe(
              checkpoint, Checksum.Kind.SHA256, new ChecksumCache(), clock.instant());
      SnapshotRepository.Stored stored = repository.store(manifest, checkpoint);
      if (verified.newest(shard).orElse(-1) != position.offset()) {
        throw new IOException("what was stored of shard " + shard + " cannot be read back");
      }
      return new Result.Saved(stored);
    } finally {
      Download.discard(checkpoint);
    }
  }

  @Override
  public void close() {
    directory.close();
  }
}
