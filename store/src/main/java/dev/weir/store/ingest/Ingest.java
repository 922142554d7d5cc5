package dev.weir.store.ingest;

import dev.weir.store.Catalogue;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.ShardMap;
import dev.weir.store.SourceDefinition;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies the sources of the catalogue into the log, on one node. Sources start, change and end with
 * the catalogue, once every shard shows its revision; the nodes of an application share the
 * partitions of each source. Thread-safe.
 */
public final class Ingest implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Ingest.class);
  private static final long LOOK_MILLIS = 100;
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration MARGIN = Duration.ofSeconds(15);

  private final IngestSettings settings;
  private final IngestPorts ports;
  private final MeterRegistry registry;
  private final KafkaClients clients;
  private final Admin admin;
  private final KafkaDeadLetters deadLetters;
  private final SessionTarget target;
  private final ScheduledExecutorService reconciler =
      Executors.newSingleThreadScheduledExecutor(Ingest::daemon);

  // Guarded by itself; changed by the reconciler only.
  private final Map<Integer, RunningSource> running = new TreeMap<>();
  private @Nullable Catalogue used;

  private Ingest(IngestSettings settings, IngestPorts ports, MeterRegistry registry) {
    this.settings = settings;
    this.ports = ports;
    this.registry = registry;
    this.clients = new KafkaClients(settings);
    this.admin = clients.admin();
    this.deadLetters =
        new KafkaDeadLetters(clients.deadLetterProducer(), settings.topics().deadLetterTopic());
    Pace pace = settings.pace();
    this.target =
        new SessionTarget(
            ports.logId(),
            ports.log(),
            new ShardMap(settings.topics().shards()),
            deadLetters,
            new InFlight(pace.maxInFlightRecords(), pace.maxInFlightBytes()));
  }

  /**
   * Starts; Kafka need not be there yet.
   *
   * @throws org.apache.kafka.common.KafkaException if Kafka's clients refuse their settings
   */
  public static Ingest start(IngestSettings settings, IngestPorts ports, MeterRegistry registry) {
    Ingest ingest = new Ingest(settings, ports, registry);
    ScheduledFuture<?> unused =
        ingest.reconciler.scheduleWithFixedDelay(
            ingest::reconcileSafely, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    return ingest;
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "weir-ingest");
    thread.setDaemon(true);
    return thread;
  }

  /** The sources as this node sees them, by their ids. */
  public List<SourceStatus> status() {
    synchronized (running) {
      return running.values().stream().map(RunningSource::status).toList();
    }
  }

  private void reconcileSafely() {
    try {
      reconcile();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("The sources could not be brought in line with the catalogue", e);
    }
  }

  private void reconcile() throws InterruptedException {
    Catalogue newest = ports.catalogue().get();
    if (newest.equals(used) || !ports.everywhere().test(newest.revision())) {
      return;
    }
    end(outdated(newest));
    for (SourceDefinition source : newest.sources()) {
      boolean isNew;
      synchronized (running) {
        isNew = !running.containsKey(source.id());
      }
      if (isNew) {
        begin(source, newest.collection(source.collection()).orElse(null));
      }
    }
    used = newest;
  }

  private List<RunningSource> outdated(Catalogue newest) {
    Map<Integer, SourceDefinition> wanted = new TreeMap<>();
    newest.sources().forEach(source -> wanted.put(source.id(), source));
    List<RunningSource> outdated = new ArrayList<>();
    synchronized (running) {
      running
          .entrySet()
          .removeIf(
              entry -> {
                SourceDefinition source = wanted.get(entry.getKey());
                boolean same =
                    source != null
                        && entry
                            .getValue()
                            .isBy(source, newest.collection(source.collection()).orElse(null));
                if (!same) {
                  outdated.add(entry.getValue());
                }
                return !same;
              });
    }
    return outdated;
  }

  private void begin(SourceDefinition source, @Nullable CollectionDefinition collection) {
    LOG.info("Source {} begins, revision {}", source.name(), source.revision());
    SourceMeters meters = new SourceMeters(registry, source.name());
    RunningSource begun;
    try {
      begun = started(source, collection, meters);
    } catch (IllegalArgumentException e) {
      begun = RunningSource.faulty(source, collection, meters, String.valueOf(e.getMessage()));
    }
    synchronized (running) {
      running.put(source.id(), begun);
    }
  }

  private RunningSource started(
      SourceDefinition source, @Nullable CollectionDefinition collection, SourceMeters meters) {
    if (collection == null) {
      throw new IllegalArgumentException(
          "there is no collection " + source.collection() + ": declare it, or drop the source");
    }
    SourceMapping mapping = SourceMapping.of(source, collection, settings.limits());
    SourceContext context =
        new SourceContext(source, mapping, settings, ports.watermarks(), target, meters);
    return RunningSource.start(
        context,
        collection,
        () -> clients.consumer(source.name()),
        new TopicWatch(admin, source.topic()),
        ports.lags());
  }

  private void end(List<RunningSource> sources) throws InterruptedException {
    sources.forEach(RunningSource::stop);
    for (RunningSource source : sources) {
      LOG.info("Source {} ends on this node", source.status().name());
      source.join(settings.pace().drainTimeout().plus(MARGIN));
    }
  }

  /**
   * Ends all sources: what was sent is waited for within the drain timeout, what is acknowledged is
   * committed, and the groups are left. The log appender stays open.
   */
  @Override
  public void close() {
    reconciler.shutdown();
    List<RunningSource> all;
    try {
      Duration patience = settings.pace().drainTimeout().plus(MARGIN);
      if (!reconciler.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        reconciler.shutdownNow();
      }
      synchronized (running) {
        all = List.copyOf(running.values());
        running.clear();
      }
      end(all);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    deadLetters.close();
    admin.close(CLOSE_TIMEOUT);
  }
}
