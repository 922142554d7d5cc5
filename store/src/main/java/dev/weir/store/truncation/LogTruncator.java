package dev.weir.store.truncation;

import dev.weir.store.truncation.TruncationStep.Truncate;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DeletedRecords;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;

/**
 * Tells Kafka what can go from the log, and asks it how much room the log takes. Kafka frees whole
 * segments, and does so in its own time: minutes with its default settings. Calls block; safe from
 * any thread.
 */
public final class LogTruncator {
  private final Admin admin;
  private final String topic;
  private final Duration patience;

  /**
   * For one log.
   *
   * @param admin not closed with this
   * @param topic of the log
   * @param patience with each answer of Kafka; positive
   */
  public LogTruncator(Admin admin, String topic, Duration patience) {
    this.admin = admin;
    this.topic = topic;
    this.patience = patience;
  }

  /** What became of a step. */
  public sealed interface Result {
    /**
     * The log begins later now.
     *
     * @param start offset of its first record
     */
    record Truncated(long start) implements Result {}

    /**
     * Kafka did not do it, or its answer did not come.
     *
     * @param reason as Kafka says
     */
    record Failed(String reason) implements Result {}
  }

  /** Carries steps out; by shard. */
  public Map<Integer, Result> truncate(List<Truncate> steps) throws InterruptedException {
    Map<TopicPartition, RecordsToDelete> wanted = new HashMap<>();
    for (Truncate step : steps) {
      wanted.put(partition(step.shard()), RecordsToDelete.beforeOffset(step.before()));
    }
    Map<Integer, Result> results = new TreeMap<>();
    for (Map.Entry<TopicPartition, KafkaFuture<DeletedRecords>> answer :
        admin.deleteRecords(wanted).lowWatermarks().entrySet()) {
      results.put(answer.getKey().partition(), result(answer.getValue()));
    }
    return results;
  }

  private Result result(KafkaFuture<DeletedRecords> answer) throws InterruptedException {
    try {
      return new Result.Truncated(wait(answer).lowWatermark());
    } catch (ExecutionException e) {
      return new Result.Failed(String.valueOf(e.getCause()));
    } catch (TimeoutException e) {
      return new Result.Failed("no answer within " + patience.toMillis() + " ms");
    }
  }

  /**
   * Bytes that each shard's log takes on the broker where it takes most; without those shards that
   * no broker tells of, for instance because describing the cluster is not allowed.
   */
  public Map<Integer, Long> sizes() throws InterruptedException {
    Map<Integer, Long> sizes = new TreeMap<>();
    try {
      List<Integer> brokers = wait(admin.describeCluster().nodes()).stream().map(Node::id).toList();
      for (KafkaFuture<Map<String, LogDirDescription>> answer :
          admin.describeLogDirs(brokers).descriptions().values()) {
        wait(answer).values().forEach(directory -> add(directory, sizes));
      }
    } catch (ExecutionException | TimeoutException e) {
      return Map.of();
    }
    return sizes;
  }

  private void add(LogDirDescription directory, Map<Integer, Long> sizes) {
    directory
        .replicaInfos()
        .forEach(
            (partition, replica) -> {
              if (partition.topic().equals(topic) && !replica.isFuture()) {
                sizes.merge(partition.partition(), replica.size(), Math::max);
              }
            });
  }

  private <T> T wait(KafkaFuture<T> answer)
      throws InterruptedException, ExecutionException, TimeoutException {
    return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  private TopicPartition partition(int shard) {
    return new TopicPartition(topic, shard);
  }
}
