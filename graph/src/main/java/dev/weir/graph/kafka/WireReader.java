package dev.weir.graph.kafka;

import dev.weir.store.log.ClientProperties;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the topic on a thread of its own: the control partition always, those of shards while
 * somebody listens to them. What is read is handed on at once, on that thread.
 */
final class WireReader implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WireReader.class);
  private static final Duration POLL = Duration.ofSeconds(10);
  private static final Duration LOOK_UP = Duration.ofSeconds(20);
  private static final Duration PAUSE_AFTER_ERROR = Duration.ofSeconds(1);
  private static final Duration JOIN = Duration.ofSeconds(5);
  private static final int PARTITION_BYTES = 4 * 1024 * 1024;
  private static final int MOST_WAIT_MILLIS = 100;
  private static final long BEGINNING = -1;

  /** Another process may read the same partition for another run, and be a little behind. */
  private static final Duration TRIM_DELAY = Duration.ofSeconds(10);

  /** Is given what is read, and told when something was missed. */
  interface Listener {
    void record(ConsumerRecord<byte[], byte[]> record);

    /** What came before may not have been read: nobody may rely on having seen all. */
    void missed(String reason);
  }

  /** Something to be done on the thread. */
  private record Command(boolean add, List<Integer> partitions, CompletableFuture<Void> done) {}

  private final Map<String, ?> client;
  private final String topic;
  private final TopicPartition control;
  private final Listener listener;
  private final Thread thread;
  private final Queue<Command> commands = new ConcurrentLinkedQueue<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile @Nullable Consumer<byte[], byte[]> polling;

  /**
   * How many listen to each partition that is read; confined to the thread. One to which nobody
   * listens any more is read on until others are asked for: the next run is likely to want it.
   */
  private final Map<Integer, Integer> listeners = new TreeMap<>();

  private final RecordTrimmer trimmer;
  private final ReadFrames readFrames;

  /** Where to go on in the control partition; confined to the thread. */
  private long nextControl = BEGINNING;

  WireReader(Map<String, ?> client, String topic, int controlPartition, Listener listener) {
    this.client = client;
    this.topic = topic;
    this.control = new TopicPartition(topic, controlPartition);
    this.listener = listener;
    this.trimmer = new RecordTrimmer(client, topic);
    this.readFrames = new ReadFrames(trimmer, TRIM_DELAY);
    this.thread = new Thread(this::run, "weir-graph-frames");
    thread.setDaemon(true);
    thread.start();
  }

  /** Completes when everything that is appended to these partitions from then on will be read. */
  CompletableFuture<Void> listen(Collection<Integer> partitions) {
    return order(true, partitions);
  }

  /** Undoes {@link #listen}; records may still come for a moment. */
  void forget(Collection<Integer> partitions) {
    var unused = order(false, partitions);
  }

  private CompletableFuture<Void> order(boolean add, Collection<Integer> partitions) {
    Command command = new Command(add, List.copyOf(partitions), new CompletableFuture<>());
    commands.add(command);
    Consumer<byte[], byte[]> consumer = polling;
    if (consumer != null) {
      consumer.wakeup();
    }
    if (closed.getCount() == 0) {
      refuseCommands();
    }
    return command.done();
  }

  private void run() {
    while (closed.getCount() > 0) {
      try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(properties())) {
        polling = consumer;
        follow(consumer);
      } catch (RuntimeException e) {
        if (e instanceof OffsetOutOfRangeException gone && gone.partitions().contains(control)) {
          nextControl = BEGINNING;
        }
        LOG.warn("Cannot read {}; runs that rely on it are lost", topic, e);
        listeners.clear();
        listener.missed("the topic of frames cannot be read: " + e);
        pause();
      } finally {
        polling = null;
      }
    }
    refuseCommands();
  }

  private void follow(Consumer<byte[], byte[]> consumer) {
    consumer.assign(List.of(control));
    if (nextControl == BEGINNING) {
      consumer.seekToBeginning(List.of(control));
    } else {
      consumer.seek(control, nextControl);
    }
    while (closed.getCount() > 0) {
      try {
        obey(consumer);
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          listener.record(record);
          if (record.partition() == control.partition()) {
            nextControl = record.offset() + 1;
          } else {
            readFrames.read(record);
          }
        }
      } catch (WakeupException e) {
        LOG.trace("Woken up, there is something to do");
      }
    }
  }

  /** A command that is interrupted stays in the queue and is begun again. */
  private void obey(Consumer<byte[], byte[]> consumer) {
    for (Command command = commands.peek(); command != null; command = commands.peek()) {
      try {
        obey(consumer, command);
      } catch (WakeupException e) {
        throw e;
      } catch (RuntimeException e) {
        commands.remove();
        command.done().completeExceptionally(e);
        throw e;
      }
      commands.remove();
      command.done().complete(null);
    }
  }

  private void obey(Consumer<byte[], byte[]> consumer, Command command) {
    if (!command.add()) {
      command.partitions().forEach(number -> listeners.computeIfPresent(number, (n, c) -> c - 1));
      readFrames.ended(
          command.partitions().stream()
              .filter(number -> listeners.getOrDefault(number, 0) == 0)
              .toList());
      return;
    }
    Map<Integer, Integer> after = new TreeMap<>(listeners);
    List<TopicPartition> fresh = new ArrayList<>();
    for (int number : command.partitions()) {
      if (after.merge(number, 1, Integer::sum) == 1 && !listeners.containsKey(number)) {
        fresh.add(new TopicPartition(topic, number));
      }
    }
    // Kafka takes an empty list for all partitions.
    if (!fresh.isEmpty()) {
      after.values().removeIf(count -> count == 0);
      List<TopicPartition> all = new ArrayList<>(List.of(control));
      after.keySet().forEach(number -> all.add(new TopicPartition(topic, number)));
      consumer.assign(all);
      consumer.seekToEnd(fresh);
      fresh.forEach(partition -> consumer.position(partition, LOOK_UP));
    }
    listeners.clear();
    listeners.putAll(after);
  }

  private void refuseCommands() {
    for (Command command = commands.poll(); command != null; command = commands.poll()) {
      command.done().completeExceptionally(new IllegalStateException("the node is closing"));
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
        Map.of(
            ConsumerConfig.CLIENT_ID_CONFIG,
            "weir-graph",
            ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
            PARTITION_BYTES,
            // Whoever begins to listen waits until the broker has answered what was asked before.
            ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
            MOST_WAIT_MILLIS),
        client,
        // What is gone before it was read must not pass unseen.
        "none");
  }

  /** Ends the thread, waiting up to five seconds for it. */
  @Override
  public void close() {
    closed.countDown();
    Consumer<byte[], byte[]> consumer = polling;
    if (consumer != null) {
      consumer.wakeup();
    }
    try {
      thread.join(JOIN.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    trimmer.close();
  }
}
