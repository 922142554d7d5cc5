package dev.weir.store.log;

import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * What Kafka knows of an application's log at one moment.
 *
 * @param logId Kafka's id of the topic; null = there is no such topic
 * @param shards one for each partition, ordered by number; empty if there is no topic
 */
public record LogFacts(@Nullable Uuid logId, List<Shard> shards) {

  public LogFacts {
    shards = List.copyOf(shards);
  }

  /** The facts of a log that does not exist. */
  public static LogFacts noLog() {
    return new LogFacts(null, List.of());
  }

  /**
   * One partition of the log.
   *
   * @param shard its number
   * @param start offset of the first record that is still there, or the next one's if none is
   * @param end offset that the next record will get
   * @param groupOffset what the Streams group has committed: the next offset to process; empty if
   *     it never has or if Kafka has forgotten it
   * @param record what lies at the offset of the local position
   */
  public record Shard(int shard, long start, long end, OptionalLong groupOffset, RecordAt record) {}

  /** What lies at the offset of a local position. */
  public sealed interface RecordAt {

    /** There is no local position, or the log does not reach from or to it. */
    record NotLooked() implements RecordAt {}

    /** The log has records before and behind it, but none at this offset. */
    record Hole() implements RecordAt {}

    /**
     * A record.
     *
     * @param leaderEpoch the epoch it was written in; -1 = the broker does not say
     */
    record Found(int leaderEpoch) implements RecordAt {}
  }
}
