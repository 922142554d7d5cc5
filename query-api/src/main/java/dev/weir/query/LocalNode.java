package dev.weir.query;

import dev.weir.store.placement.PlacementReport;
import java.util.List;

/** What this node says of itself, at the moment it is asked. Safe from any thread; never blocks. */
public interface LocalNode {

  /** Whether requests should be sent here. */
  Readiness readiness();

  /** The sources as this node's ingest sees them, ordered by name. */
  List<SourceStatus> sources();

  /** How the copies of all shards stand, by the newest routing table. */
  PlacementReport placement();

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
