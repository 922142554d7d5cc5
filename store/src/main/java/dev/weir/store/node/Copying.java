package dev.weir.store.node;

import dev.weir.store.ingest.Ingest;
import dev.weir.store.ingest.IngestPorts;
import dev.weir.store.ingest.IngestSettings;
import dev.weir.store.ingest.SourceStatus;
import dev.weir.store.ingest.Watermarks;
import dev.weir.store.log.LogProducer;
import dev.weir.store.log.LogProducerTuning;
import dev.weir.store.log.TopicPlan;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.IntPredicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/** A node's part in copying the sources into the log, once it is told to. Safe from any thread. */
final class Copying implements AutoCloseable {
  private final StoreConfig config;
  private final TopicPlan topics;
  private final Admin admin;
  private final Uuid logId;
  private final KnownDefinitions definitions;
  private final LogProducer log;
  private volatile @Nullable Ingest ingest;

  /**
   * A part that copies nothing yet.
   *
   * @param client name of its connection to Kafka
   */
  Copying(
      StoreConfig config,
      Preflight.Prepared prepared,
      KnownDefinitions definitions,
      String client) {
    this.config = config;
    this.topics = prepared.topics();
    this.admin = prepared.admin();
    this.logId = prepared.logId();
    this.definitions = definitions;
    this.log = new LogProducer(config.kafka(), topics, LogProducerTuning.ingest(client));
  }

  /**
   * Begins.
   *
   * @param watermarks asks all shards of the application, here and elsewhere
   * @param shown whether every shard shows a revision of the definitions
   */
  void start(
      CopyTerms terms,
      Watermarks watermarks,
      IntPredicate shown,
      ScheduledExecutorService scheduler) {
    ShardLags lags = new ShardLags(admin, topics);
    lags.start(scheduler);
    ingest =
        Ingest.start(
            new IngestSettings(
                topics,
                config.kafka(),
                Map.of(),
                terms.limits(),
                terms.pace(),
                terms.acceptLostRecords()),
            new IngestPorts(logId, log, definitions::known, shown, watermarks, lags),
            config.meters());
  }

  /** The sources as this node sees them; empty before the start. */
  List<SourceStatus> sources() {
    Ingest running = ingest;
    return running == null ? List.of() : running.status();
  }

  /** Stops copying; the log stays open for what is on its way. */
  void stop() {
    Ingest running = ingest;
    if (running != null) {
      running.close();
    }
  }

  @Override
  public void close() {
    log.close();
  }
}
