package dev.weir.store.node;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps Kafka Streams running on this node. A thread that dies takes the whole instance with it,
 * and a new one is started soon: with the node's instance ids it finds its place in the group, if
 * it is back within the session timeout. (Kafka Streams' own way, replacing the thread, waits for
 * the dead one's session.) Who was fenced because another live process has joined with the same ids
 * stands back as long as that one is there.
 *
 * <p>All decisions are made on one thread. Safe from any thread.
 */
final class StreamsRunner {
  private static final Logger LOG = LoggerFactory.getLogger(StreamsRunner.class);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration PROVISION_LOOK = Duration.ofMillis(20);
  private static final Duration CLOSE_DEAD = Duration.ofSeconds(10);

  /** How long a fenced instance waits for the word of the process that has taken its place. */
  private static final int LOOKS_FOR_RIVAL = 6;

  /** Who ran that long has not died of what happened at its start. */
  private static final long STEADY_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Supplier<KafkaStreams> maker;
  private final Rival rival;
  private final ScheduledExecutorService executor = NodeThreads.scheduler("weir-streams-keeper", 1);
  private final CopyOnWriteArrayList<Consumer<KafkaStreams>> listeners =
      new CopyOnWriteArrayList<>();
  private volatile KafkaStreams streams;
  private volatile @Nullable String failure;
  private volatile boolean fenced;
  private volatile boolean closing;

  // Confined to the executor.
  private Duration pause = FIRST_PAUSE;
  private long startedAt = System.nanoTime();
  private int looks;

  /**
   * A runner that has not started anything.
   *
   * @param first instance, not started
   * @param maker gives another one with every call
   * @param rival knows of other processes with the node's name
   */
  StreamsRunner(KafkaStreams first, Supplier<KafkaStreams> maker, Rival rival) {
    this.maker = maker;
    this.rival = rival;
    this.streams = first;
    keep(first);
  }

  /** What is known of another process that calls itself by this node's name. */
  interface Rival {

    /** Who it is, as a text for operators; empty = there is none. */
    Optional<String> present() throws InterruptedException;

    /** This process keeps silent for its sake, or speaks again. */
    void standBack(boolean silent);
  }

  private void keep(KafkaStreams instance) {
    instance.setUncaughtExceptionHandler(this::threadDied);
    instance.setStateListener((now, before) -> changed(instance, now));
  }

  /** Starts the first instance. */
  void start() {
    streams.start();
  }

  /** State that is to be in its place before the shards are given out. */
  interface Provision {

    /** Whether it is there, or not worth waiting for any more. */
    boolean ready();

    /** Puts in its place what has come. */
    void settle();
  }

  /** Starts once something is provided; returns at once. */
  void startAfter(Provision provision) {
    later(PROVISION_LOOK, () -> provided(provision));
  }

  private void provided(Provision provision) {
    if (!provision.ready()) {
      startAfter(provision);
      return;
    }
    try {
      provision.settle();
      startedAt = System.nanoTime();
      streams.start();
    } catch (RuntimeException e) {
      LOG.error("Kafka Streams could not be started", e);
      failure = "Kafka Streams could not be started: " + e.getMessage();
      streams.close(CLOSE_DEAD);
      later(pause, this::again);
    }
  }

  /** The present instance; another one after a failure. */
  KafkaStreams streams() {
    return streams;
  }

  /** Why nothing is folded on this node; empty while all is well. */
  Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  /** Calls a listener with the present instance and with every later one. */
  void onStreams(Consumer<KafkaStreams> listener) {
    listeners.add(listener);
    listener.accept(streams);
  }

  /** Whether another process has this node's place. */
  boolean standsBack() {
    return fenced && failure != null;
  }

  private StreamThreadExceptionResponse threadDied(Throwable cause) {
    LOG.error("A stream thread died", cause);
    fenced = EndOfThread.isFencing(cause);
    if (fenced) {
      rival.standBack(true); // else losing the shards would be announced over the other's entry
    }
    failure = EndOfThread.reason(cause) + "; Kafka Streams is started again in this process";
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  private void changed(KafkaStreams instance, KafkaStreams.State now) {
    if (now == KafkaStreams.State.RUNNING) {
      failure = null;
      fenced = false;
    } else if (now == KafkaStreams.State.ERROR) {
      later(Duration.ZERO, () -> ended(instance));
    }
  }

  /** A step that may be interrupted, which only closing does. */
  private interface Step {
    void run() throws InterruptedException;
  }

  private void later(Duration delay, Step step) {
    if (closing) {
      return;
    }
    try {
      Future<?> unused =
          executor.schedule(() -> perform(step), delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("Kafka Streams is not started again: the node is closing", e);
    }
  }

  private static void perform(Step step) {
    try {
      step.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void ended(KafkaStreams instance) throws InterruptedException {
    if (closing || instance != streams) {
      return;
    }
    if (failure == null) {
      failure = "Kafka Streams has ended with an error; it is started again in this process";
    }
    instance.close(CLOSE_DEAD);
    boolean steady = System.nanoTime() - startedAt > STEADY_NANOS;
    pause = steady ? FIRST_PAUSE : pause;
    looks = 0;
    if (fenced) {
      lookForRival();
    } else {
      later(pause, this::again);
    }
  }

  private void lookForRival() throws InterruptedException {
    Optional<String> other = rival.present();
    if (other.isPresent()) {
      failure = other.get();
      LOG.error("This node stands back: {}", failure);
      later(LOOK, this::standBack);
    } else if (++looks < LOOKS_FOR_RIVAL) {
      later(LOOK, this::lookForRival);
    } else {
      rival.standBack(false);
      again();
    }
  }

  private void standBack() throws InterruptedException {
    if (rival.present().isPresent()) {
      later(LOOK, this::standBack);
      return;
    }
    LOG.info("The other process with this node's name has gone: taking its place");
    rival.standBack(false);
    again();
  }

  private void again() {
    if (closing) {
      return;
    }
    Duration next = pause.multipliedBy(2);
    pause = next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next;
    startedAt = System.nanoTime();
    try {
      KafkaStreams made = maker.get();
      keep(made);
      streams = made;
      listeners.forEach(listener -> listener.accept(made));
      LOG.info("Kafka Streams is started anew");
      made.start();
    } catch (RuntimeException e) {
      LOG.error("Kafka Streams could not be started again", e);
      failure = "Kafka Streams could not be started again: " + e.getMessage();
      streams.close(CLOSE_DEAD);
      later(pause, this::again);
    }
  }

  /** Ends for good. */
  void close(CloseOptions options) {
    closing = true;
    executor.shutdownNow();
    try {
      boolean ended = executor.awaitTermination(2 * CLOSE_DEAD.toMillis(), TimeUnit.MILLISECONDS);
      LOG.debug("The keeper of Kafka Streams has ended: {}", ended);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    streams.close(options);
  }
}
