package dev.weir.store.ingest;

import dev.weir.store.ingest.SourceStatus.State;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread of one source: a consumer in the source's group and the sessions of its partitions.
 * Runs until it is told to stop or must not go on.
 */
final class SourceWorker implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(SourceWorker.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration POLL_HELD_BACK = Duration.ofMillis(20);
  private static final Duration CONTROL_INTERVAL = Duration.ofMillis(50);
  private static final Duration REPORT_INTERVAL = Duration.ofMillis(200);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final SourceContext context;
  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final TopicCheck topic;
  private final Throttle throttle;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Backoff backoff = new Backoff();
  private volatile WorkerStatus status = WorkerStatus.starting();

  SourceWorker(
      SourceContext context,
      Supplier<Consumer<byte[], byte[]>> consumers,
      TopicWatch watch,
      ShardLag lags) {
    this.context = context;
    this.consumers = consumers;
    this.topic = new TopicCheck(watch);
    this.throttle = new Throttle(lags, context.settings().pace().pauseAboveLag());
  }

  /** Asks it to settle, commit and end; returns at once. Safe from any thread. */
  void stop() {
    stop.countDown();
  }

  /** What it does. Safe from any thread. */
  WorkerStatus status() {
    return status;
  }

  private boolean stopping() {
    return stop.getCount() == 0 || Thread.currentThread().isInterrupted();
  }

  @Override
  public void run() {
    while (!stopping()) {
      try {
        runConsumer();
      } catch (SourceStoppedException e) {
        LOG.error("Stopped: {}", e.getMessage());
        status = new WorkerStatus(State.FAILED, e.getMessage(), List.of(), 0);
        return;
      } catch (InterruptException e) {
        LOG.info("{} was interrupted", context.what());
        return;
      } catch (RuntimeException e) {
        LOG.warn("{} begins again after a fault", context.what(), e);
        waitFor(e.toString());
      }
    }
  }

  private void waitFor(String reason) {
    status = new WorkerStatus(State.WAITING, reason, List.of(), 0);
    try {
      stop.await(backoff.next().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void runConsumer() {
    if (topic.refresh().isEmpty()) {
      waitFor(Objects.requireNonNullElse(topic.problem(), "the topic is not there"));
      return;
    }
    Consumer<byte[], byte[]> consumer = consumers.get();
    Pace pace = context.settings().pace();
    Sessions sessions = new Sessions(consumer, context.target(), pace, this::stopping);
    try {
      consumer.subscribe(List.of(context.definition().topic()), sessions);
      copy(consumer, sessions);
    } finally {
      close(consumer, sessions);
    }
  }

  private void copy(Consumer<byte[], byte[]> consumer, Sessions sessions) {
    SessionStarter starter = new SessionStarter(context, consumer, sessions);
    Ticker control = new Ticker(CONTROL_INTERVAL);
    Ticker report = new Ticker(REPORT_INTERVAL);
    Ticker commit = new Ticker(context.settings().pace().commitInterval());
    while (!stopping()) {
      if (control.isDue()) {
        control(sessions, starter);
      }
      poll(consumer, sessions);
      if (commit.isDue()) {
        sessions.commit();
      }
      if (report.isDue()) {
        report(consumer, sessions);
      }
    }
  }

  private void control(Sessions sessions, SessionStarter starter) {
    Optional<TopicWatch.Facts> facts = topic.current();
    if (topic.isAnother()) {
      sessions.abandonAll("the topic was deleted or created anew");
    }
    sessions.endFailed();
    facts.ifPresent(starter::startDue);
    sessions.applyPauses(throttle.update(sessions.shards()));
  }

  private void poll(Consumer<byte[], byte[]> consumer, Sessions sessions) {
    try {
      sessions.process(consumer.poll(throttle.reason() == null ? POLL : POLL_HELD_BACK));
    } catch (LogTruncationException e) {
      throw truncated(e);
    } catch (OffsetOutOfRangeException e) {
      LOG.warn("{} has lost offsets it was about to read: {}", context.what(), e.getMessage());
      topic.forget();
      e.offsetOutOfRangePartitions().keySet().forEach(sessions::reopen);
    }
  }

  private SourceStoppedException truncated(LogTruncationException e) {
    return new SourceStoppedException(
        context.what()
            + ": records that were read have been replaced by others, at "
            + e.divergentOffsets()
            + "; an election without an in-sync replica does that. Declare the source under a new"
            + " name to read what it holds now");
  }

  private void report(Consumer<byte[], byte[]> consumer, Sessions sessions) {
    List<Integer> partitions =
        sessions.slots().keySet().stream().map(TopicPartition::partition).toList();
    String waits = topic.problem() == null ? sessions.waitsFor() : topic.problem();
    State state = State.RUNNING;
    String reason = waits;
    if (waits != null) {
      state = State.WAITING;
    } else if (throttle.reason() != null) {
      state = State.PAUSED;
      reason = throttle.reason();
    } else if (!sessions.hasJoined()) {
      state = State.STARTING;
    }
    if (state == State.RUNNING) {
      backoff.reset();
    }
    status = new WorkerStatus(state, reason, partitions, lag(consumer, sessions));
  }

  private static long lag(Consumer<byte[], byte[]> consumer, Sessions sessions) {
    long lag = 0;
    for (TopicPartition partition : sessions.slots().keySet()) {
      lag += consumer.currentLag(partition).orElse(0);
    }
    return lag;
  }

  private void close(Consumer<byte[], byte[]> consumer, Sessions sessions) {
    try {
      sessions.settle(List.copyOf(sessions.slots().keySet()));
    } catch (KafkaException e) {
      LOG.warn("{} is closed with offsets that are not committed", context.what(), e);
    }
    try {
      consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
    } catch (KafkaException e) {
      LOG.warn("The consumer of {} did not close well", context.what(), e);
    }
  }

  /**
   * What a worker does.
   *
   * @param state what it does
   * @param reason why it waits or has failed
   * @param partitions that it reads, ascending
   * @param lag records of these that are not read yet
   */
  record WorkerStatus(State state, @Nullable String reason, List<Integer> partitions, long lag) {
    static WorkerStatus starting() {
      return new WorkerStatus(State.STARTING, null, List.of(), 0);
    }
  }
}
