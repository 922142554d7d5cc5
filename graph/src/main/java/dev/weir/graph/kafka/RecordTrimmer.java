package dev.weir.graph.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has Kafka delete the beginnings of a topic's partitions. What cannot be deleted stays until it is
 * asked for again, or until the topic's retention. Safe from any thread.
 */
final class RecordTrimmer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RecordTrimmer.class);
  private static final Duration CLOSE = Duration.ofSeconds(1);

  private final Map<String, ?> client;
  private final String topic;
  private final Map<Integer, Long> trimmed = new TreeMap<>(); // under "this"
  private @Nullable Admin admin; // under "this"
  private boolean closed; // under "this"

  RecordTrimmer(Map<String, ?> client, String topic) {
    this.client = client;
    this.topic = topic;
  }

  /** Deletes what lies before an offset of a partition; returns at once. */
  synchronized void deleteBefore(int partition, long offset) {
    if (closed || offset <= trimmed.getOrDefault(partition, 0L)) {
      return;
    }
    trimmed.put(partition, offset);
    Admin open = admin;
    if (open == null) {
      open = Admin.create(Map.copyOf(client));
      admin = open;
    }
    TopicPartition where = new TopicPartition(topic, partition);
    var unused =
        open.deleteRecords(Map.of(where, RecordsToDelete.beforeOffset(offset)))
            .all()
            .whenComplete(
                (done, failure) -> {
                  if (failure != null) {
                    LOG.debug("{} keeps what is before {}", where, offset, failure);
                  }
                });
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (admin != null) {
      admin.close(CLOSE);
    }
  }
}
