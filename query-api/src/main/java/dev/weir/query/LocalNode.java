package dev.weir.query;

import dev.weir.store.placement.PlacementReport;
import dev.weir.store.truncation.TruncationReport;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What this node says of itself, at the moment it is asked. Safe from any thread; never blocks. */
public interface LocalNode {

  /** Whether requests should be sent here. */
  Readiness readiness();

  /** What an operator or a reader should know although requests are answered. */
  default List<String> warnings() {
    return List.of();
  }

  /** The sources as this node's ingest sees them, ordered by name. */
  List<SourceStatus> sources();

  /** How the copies of all shards stand, by the newest routing table. */
  PlacementReport placement();

  /** The snapshots this node has made since it started; of a node that makes none if it cannot. */
  default Snapshots snapshots() {
    return new Snapshots("", List.of(), List.of());
  }

  /** Begins to make a snapshot of every shard that the node is active of; says what it began. */
  default Snapshots requestSnapshots() {
    return snapshots();
  }

  /** Records of sources that could not be taken, of the whole application. */
  default DeadLetters deadLetters() {
    return DeadLetters.NONE;
  }

  /** Comparisons of collections with their sources. */
  default Audits audits() {
    return Audits.NONE;
  }

  /** The last look at what can go from the log, of those that this node has made. */
  default LogCut lastCut() {
    return new LogCut("", Optional.empty(), "");
  }

  /**
   * Looks for what nobody needs of the log any more, and has Kafka delete it.
   *
   * @param dryRun whether nothing is to be deleted
   */
  default CompletableFuture<LogCut> cutLog(boolean dryRun) {
    return CompletableFuture.completedFuture(lastCut());
  }

  /**
   * What a look at the beginning of the log came to.
   *
   * @param repository of the snapshots that it goes by; empty = none, and then nothing is cut
   * @param report what was decided and done; empty if nobody has looked, or could
   * @param failure why it could not be looked; empty if it could
   */
  record LogCut(String repository, Optional<TruncationReport> report, String failure) {}

  /**
   * Snapshots of a node.
   *
   * @param repository where they are kept; empty = none are made
   * @param shards those that it has made snapshots of, or is making one of, ordered by number
   * @param arriving shards whose state is on its way to this node, ordered by number
   */
  record Snapshots(String repository, List<ShardSnapshot> shards, List<Arriving> arriving) {
    public Snapshots {
      shards = List.copyOf(shards);
      arriving = List.copyOf(arriving);
    }
  }

  /**
   * The newest snapshot of a shard that this node has made.
   *
   * @param shard number of the shard
   * @param running whether one is being made
   * @param id its name in the repository; empty = none yet
   * @param files that had to be stored for it
   * @param bytes of these
   * @param failure why the last attempt failed; empty if it did not
   */
  record ShardSnapshot(
      int shard, boolean running, String id, int files, long bytes, String failure) {}

  /**
   * Whether a node can serve.
   *
   * @param ready whether it has once known who owns every shard and served those it owned itself,
   *     and has not given up since: a rebalance does not make it unready
   * @param reasons why it is not ready; empty if it is
   */
  record Readiness(boolean ready, List<String> reasons) {
    public Readiness {
      reasons = List.copyOf(reasons);
    }
  }

  /**
   * A source's ingest on this node.
   *
   * @param name of the source
   * @param topic the Kafka topic
   * @param collection name of the collection it feeds
   * @param state what ingest is doing
   * @param detail why it is paused or stopped; empty otherwise
   * @param partitions numbers of the topic's partitions that this node reads, ascending
   * @param lag records of those partitions that are not in the log yet; -1 = not known yet
   * @param records records read since the node started
   * @param deadLetters records put aside since the node started
   */
  record SourceStatus(
      String name,
      String topic,
      String collection,
      State state,
      String detail,
      List<Integer> partitions,
      long lag,
      long records,
      long deadLetters) {
    public SourceStatus {
      partitions = List.copyOf(partitions);
    }

    /** What ingest is doing. */
    public enum State {
      /** Connecting, or waiting for its turn. */
      STARTING,
      /** Copying, or waiting for records. */
      RUNNING,
      /** Waiting for shards that lag too far. */
      PAUSED,
      /** Ended by a fault that an operator must mend. */
      STOPPED
    }
  }
}
