package dev.weir.store.ingest;

import dev.weir.store.CollectionDefinition;
import dev.weir.store.SourceDefinition;
import dev.weir.store.ingest.SourceStatus.State;
import dev.weir.store.ingest.SourceWorker.WorkerStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One source on this node, by one revision of its definitions: its threads and what they do. Status
 * is safe from any thread, the rest belongs to the one that reconciles.
 */
final class RunningSource {

  private static final Logger LOG = LoggerFactory.getLogger(RunningSource.class);

  private final SourceDefinition definition;
  private final @Nullable CollectionDefinition collection;
  private final SourceMeters meters;
  private final List<SourceWorker> workers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final @Nullable String fault;

  private RunningSource(
      SourceDefinition definition,
      @Nullable CollectionDefinition collection,
      SourceMeters meters,
      @Nullable String fault) {
    this.definition = definition;
    this.collection = collection;
    this.meters = meters;
    this.fault = fault;
    meters.gauges(() -> status().lag(), () -> status().state() == State.PAUSED ? 1 : 0);
  }

  /** A source whose definition cannot be used; it only says so. */
  static RunningSource faulty(
      SourceDefinition definition,
      @Nullable CollectionDefinition collection,
      SourceMeters meters,
      String fault) {
    LOG.error("Source {} cannot be read: {}", definition.name(), fault);
    return new RunningSource(definition, collection, meters, fault);
  }

  /** Starts the threads of a source. */
  static RunningSource start(
      SourceContext context,
      CollectionDefinition collection,
      Supplier<Consumer<byte[], byte[]>> consumers,
      TopicWatch watch,
      ShardLag lags) {
    RunningSource source =
        new RunningSource(context.definition(), collection, context.meters(), null);
    for (int i = 0; i < context.settings().pace().threadsPerSource(); i++) {
      SourceWorker worker = new SourceWorker(context, consumers, watch, lags);
      Thread thread = new Thread(worker, "weir-ingest-" + context.definition().name() + "-" + i);
      thread.setDaemon(true);
      source.workers.add(worker);
      source.threads.add(thread);
    }
    source.threads.forEach(Thread::start);
    return source;
  }

  /** Whether it was started by exactly these definitions. */
  boolean isBy(SourceDefinition source, @Nullable CollectionDefinition fed) {
    return definition.equals(source) && Objects.equals(collection, fed);
  }

  /** Asks its threads to end; {@link #join} waits for them. */
  void stop() {
    workers.forEach(SourceWorker::stop);
  }

  /** Waits until its threads have settled and ended; those that do not are interrupted. */
  void join(Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    for (Thread thread : threads) {
      long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      thread.join(Math.max(1, millis));
      if (thread.isAlive()) {
        LOG.warn("{} did not end in time and is interrupted", thread.getName());
        thread.interrupt();
      }
    }
    meters.close();
  }

  SourceStatus status() {
    State state = fault == null ? State.RUNNING : State.FAILED;
    String reason = fault;
    long lag = 0;
    TreeSet<Integer> partitions = new TreeSet<>();
    for (SourceWorker worker : workers) {
      WorkerStatus one = worker.status();
      if (one.state().compareTo(state) > 0) {
        state = one.state();
        reason = one.reason();
      }
      lag += one.lag();
      partitions.addAll(one.partitions());
    }
    return new SourceStatus(
        definition.name(),
        definition.topic(),
        definition.revision(),
        state,
        reason,
        List.copyOf(partitions),
        meters.counts(),
        lag);
  }
}
