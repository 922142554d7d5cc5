package dev.weir.chaos.run;

import dev.weir.chaos.cluster.Cluster;
import dev.weir.chaos.process.Waiting;
import dev.weir.store.log.LogFacts;
import dev.weir.store.log.LogInspection;
import dev.weir.store.log.LogInspector;
import dev.weir.store.log.TopicPlan;
import dev.weir.store.truncation.LogTruncator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;

/** Watches how much room the log takes on the broker's disk, past all proxies. */
final class LogSizes implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration STEP = Duration.ofSeconds(1);

  private final TopicPlan plan = new TopicPlan("chaos", 0, Cluster.SHARDS);
  private final Map<String, Object> client;
  private final Admin admin;
  private final LogTruncator log;
  private final List<Sample> samples = new ArrayList<>(); // under its own lock
  private final long begun = System.nanoTime();
  private final Thread thread = new Thread(this::watch, "log-sizes");
  private volatile boolean stopped;

  /** The log at one moment. */
  record Sample(long second, long bytes, long records, long appended) {}

  LogSizes(String bootstrapServers) {
    this.client = Map.of("bootstrap.servers", bootstrapServers);
    this.admin = Admin.create(client);
    this.log = new LogTruncator(admin, plan.logTopic(), PATIENCE);
  }

  /** Has Kafka begin a new file of the log more often than the product does. */
  void segments(int bytes) throws InterruptedException, ExecutionException, TimeoutException {
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, plan.logTopic());
    Collection<AlterConfigOp> change =
        List.of(
            new AlterConfigOp(
                new ConfigEntry("segment.bytes", Integer.toString(bytes)),
                AlterConfigOp.OpType.SET));
    admin
        .incrementalAlterConfigs(Map.of(topic, change))
        .all()
        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  void start() {
    thread.start();
  }

  private void watch() {
    try {
      while (!stopped) {
        Sample sample = look();
        synchronized (samples) {
          samples.add(sample);
        }
        Waiting.pass(STEP);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The log as it is now. */
  Sample look() throws InterruptedException {
    long bytes = log.sizes().values().stream().mapToLong(Long::longValue).sum();
    LogInspection inspection = new LogInspector(client, PATIENCE).inspect(plan, Map.of());
    long records = 0;
    long appended = 0;
    if (inspection instanceof LogInspection.Seen seen) {
      for (LogFacts.Shard shard : seen.facts().shards()) {
        records += shard.end() - shard.start();
        appended += shard.end();
      }
    }
    return new Sample(
        TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun), bytes, records, appended);
  }

  /** All samples so far. */
  List<Sample> samples() {
    synchronized (samples) {
      return List.copyOf(samples);
    }
  }

  /** For people: one line for each of at most {@code most} moments. */
  String table(int most) {
    List<Sample> all = samples();
    int every = Math.max(1, all.size() / most);
    StringBuilder text = new StringBuilder("second   log MB   records kept   records appended\n");
    for (int i = 0; i < all.size(); i += every) {
      Sample sample = all.get(i);
      text.append(
          String.format(
              Locale.ROOT,
              "%6d %8.1f %14d %18d%n",
              sample.second(),
              sample.bytes() / 1e6,
              sample.records(),
              sample.appended()));
    }
    return text.toString();
  }

  @Override
  public void close() throws InterruptedException {
    stopped = true;
    thread.join();
    admin.close(Duration.ZERO);
  }
}
