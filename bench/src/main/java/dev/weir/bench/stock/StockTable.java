package dev.weir.bench.stock;

import dev.weir.bench.Documents;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.query.KeyQuery;
import org.apache.kafka.streams.query.StateQueryRequest;
import org.apache.kafka.streams.query.StateQueryResult;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * A running {@code builder.table} over a source topic, as Kafka Streams comes: RocksDB, logging on,
 * no optimisation; caching off, so that every record is applied as it comes; two threads.
 *
 * <p>Reads name the partition, which spares Kafka Streams the search through all of them.
 */
public final class StockTable implements AutoCloseable {
  private static final String STORE = "documents";
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

  private final KafkaStreams streams;

  /**
   * Starts it.
   *
   * @param more settings over the ones above
   */
  public StockTable(
      String bootstrapServers,
      String application,
      String topic,
      Path directory,
      Map<String, Object> more) {
    StreamsBuilder builder = new StreamsBuilder();
    builder.table(
        topic,
        Consumed.with(Serdes.Long(), Serdes.ByteArray()),
        Materialized.<Long, byte[], KeyValueStore<Bytes, byte[]>>as(STORE)
            .withKeySerde(Serdes.Long())
            .withValueSerde(Serdes.ByteArray())
            .withLoggingEnabled(Map.of()));
    Properties settings = new Properties();
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, application);
    settings.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 2);
    settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
    settings.put(StreamsConfig.TOPOLOGY_OPTIMIZATION_CONFIG, StreamsConfig.NO_OPTIMIZATION);
    settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    settings.putAll(more);
    streams = new KafkaStreams(builder.build(), settings);
    streams.start();
  }

  /** Which partition of a {@code feed} topic holds a key is the writer's choice: by its number. */
  public static int partition(long number, int partitions) {
    return (int) (number % partitions);
  }

  /** The store of one partition; null while it cannot be read. */
  public @Nullable ReadOnlyKeyValueStore<Long, byte[]> store(int partition) {
    if (streams.state() != KafkaStreams.State.RUNNING) {
      return null;
    }
    return streams.store(
        StoreQueryParameters.fromNameAndType(
                STORE, QueryableStoreTypes.<Long, byte[]>keyValueStore())
            .withPartition(partition));
  }

  /** A get as an interactive query of the second version. */
  public byte @Nullable [] query(int partition, long key) {
    StateQueryResult<byte[]> result =
        streams.query(
            StateQueryRequest.inStore(STORE)
                .withQuery(KeyQuery.<Long, byte[]>withKey(key))
                .withPartitions(Set.of(partition)));
    return Objects.requireNonNull(result.getPartitionResults().get(partition)).getResult();
  }

  /** Waits until the store has the document that was written last to each partition. */
  public void awaitLast(long documents, int partitions) {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(10);
    for (long number = Math.max(0, documents - partitions); number < documents; number++) {
      while (!has(number, partitions)) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException("Kafka Streams has not caught up: " + streams.state());
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
      }
    }
  }

  /** Whether a document can be read. */
  public boolean has(long number, int partitions) {
    ReadOnlyKeyValueStore<Long, byte[]> store = store(partition(number, partitions));
    return store != null && store.get(Documents.key(number)) != null;
  }

  /** Leaves the group, so that the next instance need not wait for a session to time out. */
  @Override
  public void close() {
    streams.close(
        CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
            .withTimeout(CLOSE_TIMEOUT));
  }
}
