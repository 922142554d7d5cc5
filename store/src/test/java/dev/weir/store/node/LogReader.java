package dev.weir.store.node;

import dev.weir.store.Position;
import dev.weir.store.testing.MapState;
import dev.weir.store.write.Fold;
import dev.weir.store.write.LogEntry;
import dev.weir.store.write.StateKeys;
import dev.weir.store.write.StateValues;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a shard's log from Kafka and folds it in memory: what the state on disk must equal. */
final class LogReader {
  private LogReader() {}

  /** Everything in a shard's log. */
  static List<LogEntry> read(String bootstrapServers, String topic, int shard) {
    TopicPartition partition = new TopicPartition(topic, shard);
    List<LogEntry> entries = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<byte[], byte[]> r : consumer.poll(Duration.ofMillis(200))) {
          entries.add(
              new LogEntry(
                  r.offset(), r.leaderEpoch().orElse(-1), r.timestamp(), r.key(), r.value()));
        }
      }
    }
    return entries;
  }

  /** The offset that the next record of a shard's log gets. */
  static long end(String bootstrapServers, String topic, int shard) {
    TopicPartition partition = new TopicPartition(topic, shard);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      return consumer.endOffsets(List.of(partition)).get(partition);
    }
  }

  /** The state that a log makes, without what a database says of itself. */
  static MapState fold(List<LogEntry> log, Uuid logId, int shard, int shards) {
    MapState state = new MapState();
    Fold fold = new Fold(shard, shards, state, Position.start(logId, 0));
    log.forEach(fold::fold);
    state.put(StateKeys.position(), StateValues.position(fold.position()));
    return state;
  }

  /** The entries of a state in the form of {@link TestStores#dump}. */
  static List<String> dump(MapState state) {
    HexFormat hex = HexFormat.of();
    return state.entries().entrySet().stream()
        .map(e -> hex.formatHex(e.getKey()) + "=" + hex.formatHex(e.getValue()))
        .toList();
  }
}
