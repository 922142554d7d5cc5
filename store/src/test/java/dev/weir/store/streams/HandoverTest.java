package dev.weir.store.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.weir.kafka.EmbeddedKafka;
import dev.weir.kafka.Options;
import dev.weir.store.Role;
import dev.weir.store.read.OpenShards;
import dev.weir.store.rocksdb.RocksResources;
import dev.weir.store.routing.Ownership;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.internals.TaskManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * Instances of Kafka Streams with two threads each come and go, and threads pass shards on to each
 * other. A thread that finds a shard still held by another one says so in the log, and comes back
 * seconds later.
 */
class HandoverTest {
  private static final int SHARDS = 12;
  private static final int ROUNDS = 3;
  private static final String LOG = "handover";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path directory;
  private final Logger logger = (Logger) LoggerFactory.getLogger(TaskManager.class);
  private final ListAppender<ILoggingEvent> seen = new ListAppender<>();

  @BeforeEach
  void listen() {
    logger.setLevel(Level.INFO);
    logger.setAdditive(false);
    logger.addAppender(seen);
    seen.start();
  }

  @AfterEach
  void stop() {
    logger.detachAppender(seen);
    logger.setAdditive(true);
    logger.setLevel(null);
  }

  @Test
  void noThreadComesForAShardBeforeTheOtherHasLetGoOfIt() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(Options.in(directory.resolve("kafka")))) {
      Uuid log = createLog(kafka);
      try (Instance one = new Instance(kafka, log, "one");
          Instance two = new Instance(kafka, log, "two")) {
        for (int round = 0; round < ROUNDS; round++) {
          try (Instance three = new Instance(kafka, log, "three")) {
            awaitCopies(one, two, three);
          }
          awaitCopies(one, two);
        }
      }
    }
    assertThat(seen.list).isNotEmpty();
    assertThat(seen.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .noneMatch(message -> message.contains("lock exception"));
  }

  private static Uuid createLog(EmbeddedKafka kafka) throws Exception {
    try (Admin admin = Admin.create(client(kafka))) {
      return admin
          .createTopics(List.of(new NewTopic(LOG, SHARDS, (short) 1)))
          .topicId(LOG)
          .get(30, TimeUnit.SECONDS);
    }
  }

  private static Map<String, Object> client(EmbeddedKafka kafka) {
    return Map.of("bootstrap.servers", kafka.bootstrapServers());
  }

  /** Waits until each shard has an active and a standby, and each instance is active for some. */
  private static void awaitCopies(Instance... instances) {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                Stream.of(instances).mapToLong(each -> each.count(Role.ACTIVE)).sum() == SHARDS
                    && Stream.of(instances).mapToLong(each -> each.count(Role.STANDBY)).sum()
                        == SHARDS
                    && Stream.of(instances).allMatch(each -> each.count(Role.ACTIVE) > 0));
  }

  /** An instance with its own disk. */
  private final class Instance implements AutoCloseable {
    private final Ownership ownership = new Ownership(SHARDS);
    private final RocksResources resources = new RocksResources(16 * 1024 * 1024);
    private final KafkaStreams streams;

    Instance(EmbeddedKafka kafka, Uuid log, String name) {
      ShardSetup setup =
          new ShardSetup(
              new ShardSetup.Log("handover", LOG, log, 0, SHARDS),
              resources,
              new OpenShards(SHARDS),
              ownership,
              Map.of(),
              new SeenEvents(ownership));
      Properties settings = new Properties();
      settings.putAll(client(kafka));
      settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "handover");
      settings.put(StreamsConfig.STATE_DIR_CONFIG, directory.resolve(name).toString());
      settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 2);
      settings.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, 1);
      settings.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
      settings.put(StreamsConfig.consumerPrefix("heartbeat.interval.ms"), 300);
      streams = new KafkaStreams(LogTopology.of(setup), settings, new SettlingClients(PATIENCE));
      streams.start();
    }

    long count(Role role) {
      return IntStream.range(0, SHARDS).filter(shard -> ownership.role(shard) == role).count();
    }

    @Override
    public void close() {
      streams.close(
          CloseOptions.timeout(Duration.ofSeconds(30))
              .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
      resources.close();
    }
  }
}
