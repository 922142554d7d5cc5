package dev.weir.store.log;

import static java.util.Objects.requireNonNull;

import dev.weir.store.log.LogFacts.RecordAt;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads single records of many partitions, to learn whether they exist and of which epoch they are.
 *
 * @param client settings of Kafka clients
 */
record RecordLookup(Map<String, ?> client) {

  private static final Duration POLL = Duration.ofSeconds(1);
  private static final int FETCH_BYTES_PER_PARTITION = 64 * 1024;

  /**
   * Looks up one offset of each partition.
   *
   * @param wanted offsets that lie within the partitions' logs
   */
  Map<TopicPartition, RecordAt> find(Map<TopicPartition, Long> wanted, Deadline deadline)
      throws TimeoutException {
    Map<TopicPartition, RecordAt> found = new HashMap<>();
    if (wanted.isEmpty()) {
      return found;
    }
    Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(properties());
    try {
      consumer.assign(wanted.keySet());
      wanted.forEach(consumer::seek);
      Set<TopicPartition> open = new HashSet<>(wanted.keySet());
      while (!open.isEmpty()) {
        if (deadline.passed()) {
          throw new TimeoutException("records at the positions of " + open);
        }
        ConsumerRecords<byte[], byte[]> records = consumer.poll(deadline.leftUpTo(POLL));
        for (TopicPartition partition : List.copyOf(open)) {
          long offset = requireNonNull(wanted.get(partition));
          List<ConsumerRecord<byte[], byte[]>> read = records.records(partition);
          if (!read.isEmpty()) {
            found.put(partition, at(offset, read.get(0)));
          } else if (consumer.position(partition, deadline.left()) > offset) {
            found.put(partition, new RecordAt.Hole());
          }
        }
        open.removeAll(found.keySet());
        consumer.pause(found.keySet());
      }
      return found;
    } finally {
      consumer.close(CloseOptions.timeout(Duration.ZERO));
    }
  }

  private static RecordAt at(long offset, ConsumerRecord<byte[], byte[]> first) {
    return first.offset() == offset
        ? new RecordAt.Found(first.leaderEpoch().orElse(-1))
        : new RecordAt.Hole();
  }

  private Map<String, Object> properties() {
    return ClientProperties.reading(
        Map.of(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES_PER_PARTITION),
        client,
        "none");
  }
}
