package dev.weir.store.node;

import dev.weir.store.Catalogue;
import dev.weir.store.Position;
import dev.weir.store.ShardReader;
import dev.weir.store.ShardStatus;
import dev.weir.store.ShardWriter;
import dev.weir.store.command.LocalWriter;
import dev.weir.store.command.PendingCommands;
import dev.weir.store.emit.Emitter;
import dev.weir.store.log.LogProducer;
import dev.weir.store.log.LogProducerTuning;
import dev.weir.store.log.TopicPlan;
import dev.weir.store.read.LocalReader;
import dev.weir.store.read.OpenShard;
import dev.weir.store.read.OpenShards;
import dev.weir.store.rocksdb.RocksResources;
import dev.weir.store.routing.HeldShard;
import dev.weir.store.routing.Ownership;
import dev.weir.store.streams.LogTopology;
import dev.weir.store.streams.ShardSetup;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running store: the shards that Kafka Streams has placed on this node, their local reads and
 * their writes. Usable by itself; {@code query-api} adds the way to the other nodes.
 *
 * <p>Safe from any thread. {@link #close} leaves the group, so that others take over at once.
 */
public final class StoreNode implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StoreNode.class);
  private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);
  private static final int MAX_PENDING_COMMANDS = 20_000;

  private final StoreConfig config;
  private final TopicPlan topics;
  private final long session = new SecureRandom().nextLong();
  private final KnownDefinitions definitions = new KnownDefinitions();
  private final ScheduledExecutorService scheduler = NodeThreads.scheduler("weir-store");
  private final ExecutorService completions = NodeThreads.pool("weir-outcome", 2);
  private final Admin admin;
  private final Uuid logId;
  private final RocksResources resources;
  private final Ownership ownership;
  private final OpenShards openShards;
  private final LogProducer commandLog;
  private final LocalReader reader;
  private final LocalWriter writer;
  private final LogWatch watch;
  private final KafkaStreams streams;
  private volatile @Nullable String failure;

  private StoreNode(StoreConfig config, Admin admin, Uuid logId, Map<Integer, Position> local) {
    this.config = config;
    this.topics = topics(config);
    this.admin = admin;
    this.logId = logId;
    this.resources = new RocksResources(config.local().memoryBytes());
    this.ownership = new Ownership(config.shards());
    this.openShards = new OpenShards(config.shards());
    Clock clock = Clock.systemUTC();
    this.commandLog =
        new LogProducer(config.kafka(), topics, LogProducerTuning.commands(clientId("commands")));
    PendingCommands pending = new PendingCommands(completions);
    this.reader = new LocalReader(openShards, ownership);
    this.writer =
        new LocalWriter(
            ownership,
            commandLog,
            pending,
            new LocalWriter.Settings(session, MAX_PENDING_COMMANDS, COMMAND_TIMEOUT, clock));
    this.watch = new LogWatch(admin, topics.logTopic(), logId, ownership, scheduler);
    Emitter emitter = new Emitter(openShards, commandLog, scheduler, clock);
    ShardSetup setup =
        new ShardSetup(
            new ShardSetup.Log(
                config.application(),
                topics.logTopic(),
                logId,
                topics.generation(),
                topics.shards()),
            resources,
            openShards,
            ownership,
            local,
            new NodeEvents(emitter, pending, definitions, watch));
    this.streams =
        new KafkaStreams(LogTopology.of(setup), StreamsSettings.of(config, topics, nodeId()));
    streams.setUncaughtExceptionHandler(this::threadDied);
  }

  /**
   * Checks that local state and log belong together, creates what is missing in Kafka, and joins.
   * The shards arrive a little later: see {@link #ownership}.
   *
   * @throws NodeStartException with every reason, if the node must not start as things are
   */
  public static StoreNode start(StoreConfig config)
      throws NodeStartException, InterruptedException {
    TopicPlan topics = topics(config);
    Path states = config.local().stateDirectory().resolve(topics.streamsApplicationId());
    Map<Integer, Position> local = LocalStates.positions(states, topics.generation());
    Admin admin = Admin.create(config.kafka());
    try {
      Uuid logId = Preflight.pass(config.kafka(), admin, topics, config.replication(), local);
      StoreNode node = new StoreNode(config, admin, logId, local);
      node.begin();
      return node;
    } catch (NodeStartException | InterruptedException | RuntimeException e) {
      admin.close(Duration.ZERO);
      throw e;
    }
  }

  private void begin() {
    watch.start();
    streams.start();
  }

  private StreamThreadExceptionResponse threadDied(Throwable cause) {
    LOG.error("A stream thread died; the node gives up its shards", cause);
    failure = String.valueOf(cause.getMessage());
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  /** Reads from the shards that are active here. */
  public ShardReader reader() {
    return reader;
  }

  /** Writes to the shards that are active here. */
  public ShardWriter writer() {
    return writer;
  }

  /** What this node is for each shard. */
  public Ownership ownership() {
    return ownership;
  }

  /** The newest definitions this node has seen. */
  public Catalogue catalogue() {
    return definitions.catalogue();
  }

  /** Adds a listener for newer definitions; it must be quick. */
  public void onDefinitions(Consumer<Catalogue> listener) {
    definitions.onChange(listener);
  }

  /** Names of everything the application owns in Kafka. */
  public TopicPlan topics() {
    return topics;
  }

  /** Kafka's id of the log. */
  public Uuid logId() {
    return logId;
  }

  /** Random number of this start of the node. */
  public long session() {
    return session;
  }

  /** Id of this node in the application. */
  public String nodeId() {
    return config.local().nodeId();
  }

  /** Why the node has given up its shards; empty while all is well. */
  public Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  /** Kafka Streams underneath, for its metrics and {@code query}. */
  public KafkaStreams streams() {
    return streams;
  }

  /** Bytes of the memory budget in use by RocksDB. */
  public long memoryUsed() {
    return resources.usedBytes();
  }

  /** Every shard that is open here, live, ordered by number. */
  public List<ShardStatus> shards() {
    return ownership.snapshot().stream().map(this::status).toList();
  }

  private ShardStatus status(HeldShard held) {
    long size = 0;
    Position position = new Position(logId, topics.generation(), held.offset(), -1);
    OpenShard open = openShards.acquire(held.shard());
    if (open != null) {
      try {
        size = open.view().sizeBytes();
        position = open.view().applied();
      } finally {
        openShards.release(open);
      }
    }
    return new ShardStatus(
        held.shard(),
        held.role(),
        held.serving(),
        position,
        ownership.logEnd(held.shard()),
        held.catalogueRevision(),
        size,
        ownership.stopReason(held.shard()).orElse(null));
  }

  private static TopicPlan topics(StoreConfig config) {
    return new TopicPlan(config.application(), StoreConfig.GENERATION, config.shards());
  }

  private String clientId(String purpose) {
    return config.application() + "-" + nodeId() + "-" + purpose;
  }

  @Override
  public void close() {
    streams.close(
        CloseOptions.timeout(CLOSE_TIMEOUT)
            .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
    scheduler.shutdownNow();
    commandLog.close();
    completions.shutdown();
    admin.close(Duration.ofSeconds(5));
    resources.close();
  }
}
