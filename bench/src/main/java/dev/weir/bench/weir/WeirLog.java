package dev.weir.bench.weir;

import dev.weir.bench.Documents;
import dev.weir.bench.feed.SourceTopic.Pace;
import dev.weir.store.Key;
import dev.weir.store.Operation;
import dev.weir.store.ShardMap;
import dev.weir.store.log.TopicPlan;
import dev.weir.store.write.LogFormat;
import dev.weir.store.write.LogRecord;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * An application's log, written to as ingest does, but from outside.
 *
 * @param topics names of the application's topics
 * @param shards of the application
 * @param source id of the source that the records say they come from
 * @param session topic id they say they come from, so that every session counts anew
 */
public record WeirLog(TopicPlan topics, ShardMap shards, int source, Uuid session) {
  private static final int PACE_RECORDS = 200;

  /** The same log for another session. */
  public WeirLog again() {
    return new WeirLog(topics, shards, source, Uuid.randomUuid());
  }

  /** Writes documents {@code from} to {@code to - 1} as fast as possible. */
  public void fill(String bootstrapServers, long from, long to) {
    AtomicReference<Exception> failure = new AtomicReference<>();
    try (KafkaProducer<byte[], byte[]> producer = producer(bootstrapServers)) {
      for (long number = from; number < to; number++) {
        send(producer, number, number, failure);
      }
    }
    refuse(failure);
  }

  /** Writes existing documents again, at a steady rate, until told to stop. */
  public void rewrite(String bootstrapServers, int documents, int perSecond, BooleanSupplier stop) {
    AtomicReference<Exception> failure = new AtomicReference<>();
    try (KafkaProducer<byte[], byte[]> producer = producer(bootstrapServers)) {
      Pace pace = new Pace(perSecond);
      for (long sent = 0; !stop.getAsBoolean(); sent++) {
        send(producer, sent, Documents.key(sent) % documents, failure);
        if (sent % PACE_RECORDS == 0) {
          pace.await(sent);
        }
      }
    }
    refuse(failure);
  }

  private void send(
      KafkaProducer<byte[], byte[]> producer,
      long sequence,
      long number,
      AtomicReference<Exception> failure) {
    Key key = WeirStore.key(number);
    int shard = shards.shardOf(key);
    LogRecord record =
        new LogRecord.Ingested(
            new LogRecord.Origin(source, 1, session, shard),
            sequence,
            LogRecord.FIRST,
            new Operation.Put(WeirStore.COLLECTION_ID, key, Documents.json(number)));
    Future<RecordMetadata> unused =
        producer.send(
            new ProducerRecord<>(
                topics.logTopic(),
                shard,
                LogFormat.key(record),
                LogFormat.value(record, topics.generation())),
            (metadata, e) -> failure.compareAndSet(null, e));
  }

  private static void refuse(AtomicReference<Exception> failure) {
    if (failure.get() != null) {
      throw new IllegalStateException("a record was not written", failure.get());
    }
  }

  private static KafkaProducer<byte[], byte[]> producer(String bootstrapServers) {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ProducerConfig.LINGER_MS_CONFIG,
            10,
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            "lz4",
            ProducerConfig.BATCH_SIZE_CONFIG,
            128 * 1024),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }
}
