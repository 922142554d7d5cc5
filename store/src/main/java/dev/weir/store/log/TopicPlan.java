package dev.weir.store.log;

import static dev.weir.store.log.TopicSetting.advised;
import static dev.weir.store.log.TopicSetting.atLeast;
import static dev.weir.store.log.TopicSetting.exact;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The names of everything an application owns in Kafka, and the topics as it needs them.
 *
 * @param application 1 to 100 letters, digits, {@code . - _}, the first one a letter or digit
 * @param generation number of the log, from 0
 * @param shards number of shards of this generation, at least 1
 */
public record TopicPlan(String application, int generation, int shards) {

  /** Bytes of the largest record batch the log takes: a document of 1 MiB and what is around it. */
  public static final int MAX_MESSAGE_BYTES = 2 * 1024 * 1024;

  /** Bytes of the largest dead letter: source topics may hold larger records than the log. */
  public static final int MAX_DEAD_LETTER_BYTES = 16 * 1024 * 1024;

  private static final int MAX_ROUTING_BYTES = 8 * 1024 * 1024;
  private static final int LOG_SEGMENT_BYTES = 64 * 1024 * 1024;
  private static final int ROUTING_SEGMENT_BYTES = 16 * 1024 * 1024;
  private static final long GRAPH_BYTES = 4L * 1024 * 1024 * 1024;
  private static final long GRAPH_MILLIS = 24 * 60 * 60 * 1000L;
  private static final Pattern APPLICATION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  public TopicPlan {
    if (!APPLICATION.matcher(application).matches()) {
      throw new IllegalArgumentException(
          "application '"
              + application
              + "' cannot be part of a topic's name: use 1 to 100 letters, digits, '.', '-', '_',"
              + " beginning with a letter or digit");
    }
    if (generation < 0 || shards < 1) {
      throw new IllegalArgumentException(
          "generation " + generation + " of " + shards + " shards: at least 0 and at least 1");
    }
  }

  /** Name of the log. */
  public String logTopic() {
    return logTopics(application) + generation;
  }

  /** What the names of an application's logs begin with, before the number of the generation. */
  static String logTopics(String application) {
    return application + ".log.g";
  }

  /** Name of the topic in which nodes say what they hold; one for all generations. */
  public String routingTopic() {
    return application + ".routing";
  }

  /** Name of the topic for source records that cannot be taken. */
  public String deadLetterTopic() {
    return application + ".dead-letters";
  }

  /**
   * Name of the topic through which shards talk while an algorithm runs over the graph: a partition
   * for each shard, and one behind them for what all hear.
   */
  public String graphTopic() {
    return application + ".graph.g" + generation;
  }

  /**
   * Name of the topic that keeps states of running algorithms, so that they can go on after a loss;
   * a partition for each shard.
   */
  public String checkpointTopic() {
    return application + ".checkpoints.g" + generation;
  }

  /** The application.id of Kafka Streams, and with it the group whose offsets follow the fold. */
  public String streamsApplicationId() {
    return streamsApplicationIds(application) + generation;
  }

  /** What the ids of an application begin with, before the number of the generation. */
  public static String streamsApplicationIds(String application) {
    return application + ".store.g";
  }

  /** The consumer group that copies a source into the log. */
  public String ingestGroup(String source) {
    return application + ".ingest." + source + ".g" + generation;
  }

  /**
   * All topics, the log first.
   *
   * @param replication replicas of each partition, at least 1
   */
  public List<TopicSpec> topics(int replication) {
    return List.of(
        log(replication),
        routing(replication),
        deadLetters(replication),
        graph(replication),
        checkpoints(replication));
  }

  // The state is a fold of log[0 .. p]: nothing may vanish from the log, be merged or be refused
  // for its timestamp, which is the event's and may lie in any century.
  private TopicSpec log(int replication) {
    return new TopicSpec(
        logTopic(),
        shards,
        replication,
        List.of(
            exact("cleanup.policy", "delete"),
            advised("compression.type", "producer"),
            atLeast("max.message.bytes", MAX_MESSAGE_BYTES),
            exact("message.timestamp.after.max.ms", Long.MAX_VALUE),
            exact("message.timestamp.before.max.ms", Long.MAX_VALUE),
            exact("message.timestamp.type", "CreateTime"),
            minInsyncReplicas(replication),
            exact("retention.bytes", -1),
            exact("retention.ms", -1),
            advised("segment.bytes", LOG_SEGMENT_BYTES),
            exact("unclean.leader.election.enable", false)),
        "the log: one partition per shard");
  }

  private TopicSpec routing(int replication) {
    return new TopicSpec(
        routingTopic(),
        1,
        replication,
        List.of(
            exact("cleanup.policy", "compact"),
            atLeast("max.message.bytes", MAX_ROUTING_BYTES),
            advised("min.cleanable.dirty.ratio", "0.1"),
            minInsyncReplicas(replication),
            advised("segment.bytes", ROUTING_SEGMENT_BYTES)),
        "what every node holds; its newest record per node counts");
  }

  // Kept for ever unless an operator decides otherwise: a dead letter may be the only trace of an
  // event. One partition: there are few, and one order is easier to work through.
  private TopicSpec deadLetters(int replication) {
    return new TopicSpec(
        deadLetterTopic(),
        1,
        replication,
        List.of(
            exact("cleanup.policy", "delete"),
            atLeast("max.message.bytes", MAX_DEAD_LETTER_BYTES),
            exact("message.timestamp.after.max.ms", Long.MAX_VALUE),
            exact("message.timestamp.before.max.ms", Long.MAX_VALUE),
            minInsyncReplicas(replication),
            advised("retention.bytes", -1),
            advised("retention.ms", -1)),
        "source records that could not be taken, with the reason");
  }

  // What it holds is read at once or never; a day of it is kept for whoever asks what has run.
  private TopicSpec graph(int replication) {
    return new TopicSpec(
        graphTopic(),
        shards + 1,
        replication,
        List.of(
            exact("cleanup.policy", "delete"),
            atLeast("max.message.bytes", MAX_MESSAGE_BYTES),
            minInsyncReplicas(replication),
            advised("retention.bytes", GRAPH_BYTES),
            advised("retention.ms", GRAPH_MILLIS),
            advised("segment.bytes", LOG_SEGMENT_BYTES)),
        "messages of graph algorithms while they run, and what is known of the runs");
  }

  // Deleted as soon as its run has ended, or has kept a newer state; the limits are for what a lost
  // node has left behind.
  private TopicSpec checkpoints(int replication) {
    return new TopicSpec(
        checkpointTopic(),
        shards,
        replication,
        List.of(
            exact("cleanup.policy", "delete"),
            atLeast("max.message.bytes", MAX_MESSAGE_BYTES),
            minInsyncReplicas(replication),
            advised("retention.bytes", GRAPH_BYTES),
            advised("retention.ms", GRAPH_MILLIS),
            advised("segment.bytes", LOG_SEGMENT_BYTES)),
        "states of running graph algorithms");
  }

  private static TopicSetting minInsyncReplicas(int replication) {
    return atLeast("min.insync.replicas", Math.max(1, replication - 1));
  }
}
