package dev.weir.store.routing;

import dev.weir.store.log.ClientProperties;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the routing topic from its beginning on a thread of its own and keeps the newest table.
 * While Kafka is away, the last one stands.
 */
final class RoutingFollower implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RoutingFollower.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration PAUSE_AFTER_ERROR = Duration.ofSeconds(1);
  private static final Duration JOIN = Duration.ofSeconds(5);
  private static final long UNKNOWN = -1;

  private final Map<String, ?> client;
  private final TopicPartition partition;
  private final int generation;
  private final NewestTable newest;
  private final SharedDefinitions definitions;
  private final Thread thread;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicReference<@Nullable Consumer<byte[], byte[]>> polling =
      new AtomicReference<>();

  private volatile boolean caughtUp;
  private volatile long skipped;

  // Confined to the thread.
  private RoutingFold fold;
  private long next;
  private long firstEnd = UNKNOWN;

  RoutingFollower(
      Map<String, ?> client,
      String topic,
      int generation,
      NewestTable newest,
      SharedDefinitions definitions) {
    this.definitions = definitions;
    this.client = client;
    this.partition = new TopicPartition(topic, 0);
    this.generation = generation;
    this.newest = newest;
    this.fold = new RoutingFold(generation);
    this.thread = new Thread(this::run, "weir-routing-follower");
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Whether all records have been folded that were there at the start. */
  boolean caughtUp() {
    return caughtUp;
  }

  /** Number of records that could not be read. */
  long skipped() {
    return skipped;
  }

  private void run() {
    while (closed.getCount() > 0) {
      try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(properties())) {
        polling.set(consumer);
        follow(consumer);
      } catch (WakeupException e) {
        LOG.debug("Woken up to close");
      } catch (RuntimeException e) {
        // Of any kind: this thread is the only one that keeps the table up to date.
        LOG.warn("Cannot follow {}; the last routing table stands until it works", partition, e);
        pause();
      } finally {
        polling.set(null);
      }
    }
  }

  private void follow(Consumer<byte[], byte[]> consumer) {
    consumer.assign(List.of(partition));
    if (next == 0) {
      consumer.seekToBeginning(List.of(partition));
    } else {
      consumer.seek(partition, next);
    }
    while (closed.getCount() > 0) {
      if (firstEnd == UNKNOWN) {
        lookUpEnd(consumer);
      }
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      if (!records.isEmpty()) {
        records.forEach(this::accept);
        skipped = fold.skipped();
        definitions.published(fold.catalogue());
        newest.set(fold.table());
      }
      if (!caughtUp && firstEnd != UNKNOWN && position(consumer) >= firstEnd) {
        caughtUp = true;
        newest.set(newest.get());
      }
    }
  }

  private void accept(ConsumerRecord<byte[], byte[]> record) {
    if (record.offset() < next) {
      LOG.warn(
          "{} begins anew at offset {}; so does the routing table", partition, record.offset());
      fold = new RoutingFold(generation);
    }
    if (record.value() == null && record.headers().lastHeader(AnnouncementFormat.LEFT) != null) {
      fold.left(record.offset(), record.key());
    } else {
      fold.accept(record.offset(), record.key(), record.value());
    }
    next = record.offset() + 1;
  }

  private void lookUpEnd(Consumer<byte[], byte[]> consumer) {
    try {
      firstEnd = consumer.endOffsets(List.of(partition), POLL).getOrDefault(partition, UNKNOWN);
    } catch (TimeoutException e) {
      LOG.debug("The end of {} is not known yet", partition, e);
    }
  }

  private long position(Consumer<byte[], byte[]> consumer) {
    try {
      return consumer.position(partition, POLL);
    } catch (TimeoutException e) {
      return UNKNOWN;
    }
  }

  private void pause() {
    try {
      boolean ending = closed.await(PAUSE_AFTER_ERROR.toMillis(), TimeUnit.MILLISECONDS);
      LOG.debug("Paused after an error, closing: {}", ending);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed.countDown();
    }
  }

  private Map<String, Object> properties() {
    return ClientProperties.reading(
        Map.of(ConsumerConfig.CLIENT_ID_CONFIG, "weir-routing"), client, "earliest");
  }

  /** Ends the thread, waiting up to five seconds for it. */
  @Override
  public void close() throws InterruptedException {
    closed.countDown();
    Consumer<byte[], byte[]> consumer = polling.get();
    if (consumer != null) {
      consumer.wakeup();
    }
    thread.join(JOIN.toMillis());
  }
}
