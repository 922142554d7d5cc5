package dev.weir.store.write;

import dev.weir.store.Operation;
import org.apache.kafka.common.Uuid;

/** What a record of the log says. {@link LogFormat} writes it as bytes. */
public sealed interface LogRecord {

  /** The {@code prev} of a session's first record to a shard. */
  long FIRST = -1;

  /**
   * An API command: the active that folds it answers the node that waits for {@code id}.
   *
   * @param id who waits
   * @param operation what is asked
   */
  record Command(CommandId id, Operation operation) implements LogRecord {}

  /**
   * A record of a source. Applied iff the shard's definitions have the source, {@code seq} is above
   * the origin's watermark, {@code prev} is {@link #FIRST} or not above it, and the shard has not
   * met a higher revision of the origin.
   *
   * @param origin where it comes from
   * @param seq its offset there
   * @param prev offset of the record this session sent to this shard before it, or {@link #FIRST}
   * @param operation what it means
   */
  record Ingested(Origin origin, long seq, long prev, Operation operation) implements LogRecord {}

  /**
   * An entry of another shard's outbox. Applied iff {@code number} is the watermark of that shard
   * plus 1.
   *
   * @param fromShard the emitting shard
   * @param number its number in that shard's outbox for this one, from 1
   * @param operation what it asks
   */
  record Emitted(int fromShard, long number, Operation operation) implements LogRecord {}

  /**
   * Outbox entries that their target has acknowledged and that can go.
   *
   * @param toShard the target
   * @param upTo the highest number to remove
   */
  record Trim(int toShard, long upTo) implements LogRecord {}

  /**
   * The next step of long work. Applied iff {@code step} is the continuation's next step.
   *
   * @param continuation its number in the shard's state
   * @param step which step, from 0
   */
  record Continue(long continuation, long step) implements LogRecord {}

  /**
   * Identity of a command, unique for ever.
   *
   * @param session random, one per start of a node
   * @param number counts within the session
   */
  record CommandId(long session, long number) {}

  /**
   * Where a record of a source comes from.
   *
   * @param source id of the source
   * @param revision revision of its mapping
   * @param topicId Kafka's id of the topic, so that a recreated topic is another origin
   * @param partition partition of the topic
   */
  record Origin(int source, int revision, Uuid topicId, int partition) {}
}
