package dev.weir.store.node;

import dev.weir.store.Catalogue;
import dev.weir.store.Operation;
import dev.weir.store.Outcome;
import dev.weir.store.Position;
import dev.weir.store.ShardGate;
import dev.weir.store.ShardReader;
import dev.weir.store.ShardStatus;
import dev.weir.store.ShardWriter;
import dev.weir.store.SourceDefinition;
import dev.weir.store.audit.AuditedTopic;
import dev.weir.store.audit.KafkaTopic;
import dev.weir.store.bootstrap.Bootstrap;
import dev.weir.store.bootstrap.BootstrapSettings;
import dev.weir.store.bootstrap.Neighbours;
import dev.weir.store.command.PendingCommands;
import dev.weir.store.emit.Emitter;
import dev.weir.store.ingest.SourceStatus;
import dev.weir.store.ingest.Watermarks;
import dev.weir.store.letter.DeadLetterBox;
import dev.weir.store.log.KafkaReach;
import dev.weir.store.log.LogProducer;
import dev.weir.store.log.LogProducerTuning;
import dev.weir.store.log.TopicPlan;
import dev.weir.store.read.Gate;
import dev.weir.store.read.GateSettings;
import dev.weir.store.read.LocalReader;
import dev.weir.store.read.OpenShards;
import dev.weir.store.read.RecentOutcomes;
import dev.weir.store.read.ShardCut;
import dev.weir.store.rocksdb.RocksResources;
import dev.weir.store.routing.Membership;
import dev.weir.store.routing.Ownership;
import dev.weir.store.snapshot.Checkpoints;
import dev.weir.store.snapshot.Lender;
import dev.weir.store.snapshot.SnapshotSettings;
import dev.weir.store.snapshot.Snapshots;
import dev.weir.store.truncation.Truncation;
import io.micrometer.core.instrument.Gauge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;

/**
 * A running store: the shards that Kafka Streams has placed on this node, their local reads and
 * their writes. Usable by itself; {@code query-api} adds the way to the other nodes.
 *
 * <p>Safe from any thread. {@link #close} leaves the group, so that others take over at once,
 * unless {@link Failover#announceRestart} was called before.
 */
public final class StoreNode implements AutoCloseable {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);

  private final StoreConfig config;
  private final TopicPlan topics;
  private final StateDirectory directory;
  private final FirstContact contact;
  private final KnownDefinitions definitions;
  private final ScheduledExecutorService scheduler = NodeThreads.scheduler("weir-store", 2);
  private final ExecutorService completions = NodeThreads.pool("weir-outcome", 2);
  private final Admin admin;
  private final Uuid logId;
  private final RocksResources resources;
  private final Ownership ownership;
  private final OpenShards openShards;
  private final LogProducer commandLog;
  private final Copying copying;
  private final LocalReader reader;
  private final Gate gate;
  private final ShardWriter writer;
  private final KafkaReach kafka;
  private final Checkpoints checkpoints;
  private final Lender lender;
  private final LogWatch watch;
  private final LogStarts starts;
  private final StreamsRunner streams;
  private final Membership membership;
  private final Failover failover;
  private final Snapshotting snapshotting;

  private StoreNode(
      StoreConfig config,
      Preflight.Prepared prepared,
      BootstrapSettings bootstrapping,
      FirstContact contact) {
    this.config = config;
    this.contact = contact;
    this.definitions = contact.definitions;
    this.ownership = contact.ownership;
    this.membership = contact.membership;
    this.directory = prepared.directory();
    this.topics = prepared.topics();
    this.admin = prepared.admin();
    this.logId = prepared.logId();
    this.resources = new RocksResources(config.local().memoryBytes());
    this.openShards = new OpenShards(config.shards());
    this.commandLog =
        new LogProducer(config.kafka(), topics, LogProducerTuning.commands(clientId("commands")));
    this.copying = new Copying(config, prepared, definitions, clientId("ingest"));
    RecentOutcomes outcomes = new RecentOutcomes(config.shards());
    PendingCommands pending = new PendingCommands(completions, outcomes);
    this.reader = new LocalReader(openShards, ownership, outcomes);
    this.gate =
        new Gate(
            ownership,
            new AdminLogEnds(admin, topics.logTopic()),
            GateSettings.defaults(),
            new NodeTime(scheduler),
            completions);
    this.kafka = new KafkaReach(admin);
    Position start = prepared.log();
    Writes.Shards shards = new Writes.Shards(ownership, openShards, start, session());
    this.writer = Writes.to(shards, commandLog, pending, kafka, completions);
    this.checkpoints = checkpoints();
    this.snapshotting = new Snapshotting(config, topics, start, checkpoints, ownership);
    this.lender = new Lender(checkpoints, LoadedThrottle.of(bootstrapping.bytesPerSecond()));
    SameLog same = new SameLog(admin, topics.logTopic(), logId);
    this.watch = new LogWatch(admin, topics.logTopic(), same, ownership, gate, scheduler);
    this.starts = new LogStarts(admin, topics, contact.bootstrap::logBegins);
    Emitter emitter = new Emitter(openShards, commandLog, scheduler, Clock.systemUTC());
    FoldingStreams folding =
        new FoldingStreams(
            config,
            prepared,
            new LogComparison(config, prepared, bootstrapping.any()),
            contact.found,
            resources,
            openShards,
            ownership,
            new NodeEvents(emitter, pending, definitions, this::opened, gate),
            contact.bootstrap);
    this.streams =
        new StreamsRunner(
            folding.first(),
            folding::next,
            new RoutingRival(membership, new GroupMembers(admin, topics), nodeId(), session()));
    this.failover =
        new Failover(
            nodeId(),
            membership,
            new GroupEvictor(admin, topics, membership),
            StreamsSettings.sessionTimeout(config.kafka()));
  }

  /**
   * Checks that local state and log belong together, creates what is missing in Kafka, and joins.
   * The shards arrive a little later: see {@link #ownership}.
   *
   * @throws NodeStartException with every reason, if the node must not start as things are
   */
  public static StoreNode start(StoreConfig config)
      throws NodeStartException, InterruptedException {
    return start(config, BootstrapSettings.off());
  }

  /**
   * Checks that local state and log belong together, creates what is missing in Kafka, and joins.
   *
   * @param bootstrapping from where shards without state get it
   * @throws NodeStartException with every reason, if the node must not start as things are
   */
  public static StoreNode start(StoreConfig config, BootstrapSettings bootstrapping)
      throws NodeStartException, InterruptedException {
    return start(config, bootstrapping, Optional.empty());
  }

  /**
   * Checks that local state and log belong together, creates what is missing in Kafka, begins to
   * fetch what is missing here, and joins.
   *
   * @param bootstrapping from where shards without state get it
   * @param neighbours the way to the files of other nodes; empty = {@link Bootstrap#askThrough}
   *     will be called
   * @throws NodeStartException with every reason, if the node must not start as things are
   */
  public static StoreNode start(
      StoreConfig config, BootstrapSettings bootstrapping, Optional<Neighbours> neighbours)
      throws NodeStartException, InterruptedException {
    Preflight.Prepared prepared = Preflight.pass(config, bootstrapping.any());
    StoreNode node;
    try {
      LostLog.check(config, prepared, bootstrapping.repository());
      node = make(config, prepared, bootstrapping, neighbours);
    } catch (NodeStartException | RuntimeException e) {
      prepared.close();
      throw e;
    }
    try {
      node.begin(bootstrapping.any());
      return node;
    } catch (NodeStartException | InterruptedException | RuntimeException e) {
      node.close();
      throw e;
    }
  }

  private Checkpoints checkpoints() {
    try {
      return Checkpoints.in(directory.checkpoints(), openShards, Clock.systemUTC());
    } catch (IOException e) {
      throw new UncheckedIOException("the state directory cannot be written", e);
    }
  }

  private static StoreNode make(
      StoreConfig config,
      Preflight.Prepared prepared,
      BootstrapSettings bootstrapping,
      Optional<Neighbours> neighbours) {
    FirstContact contact = new FirstContact(config, prepared, bootstrapping);
    try {
      if (bootstrapping.any()) {
        contact.begin(neighbours, prepared.directory().nodeId(), prepared.log());
      } else {
        contact.membership.follow();
      }
      return new StoreNode(config, prepared, bootstrapping, contact);
    } catch (RuntimeException e) {
      contact.close();
      throw e;
    }
  }

  private void begin(boolean bootstrapping) throws NodeStartException, InterruptedException {
    placement().bindTo(config.meters());
    new ShardMeters(config.meters(), this::shards, resources::usedBytes).start(scheduler);
    GateMeters.bind(gate, config.meters());
    Gauge.builder("weir.shards.unsent", this, StoreNode::unsent)
        .description("Records that the shards here have for others, whose logs lack them yet")
        .baseUnit("records")
        .register(config.meters());
    membership.sending(new UnsentRecords(ownership, openShards)::slow);
    membership.announce();
    kafka.start(scheduler);
    watch.start();
    lender.start(scheduler);
    if (!bootstrapping) {
      streams.start();
      return;
    }
    bootstrap().start(scheduler);
    starts.start(scheduler);
    if (contact.fetches()) {
      streams.startAfter(contact.missing);
    } else {
      streams.start();
    }
  }

  /**
   * Begins to copy the sources of the catalogue into the log.
   *
   * @param watermarks asks all shards of the application, here and elsewhere
   */
  public void startIngest(Watermarks watermarks, CopyTerms terms) {
    copying.start(
        terms,
        watermarks,
        revision -> membership.table().shows(revision, topics.shards()),
        scheduler);
  }

  /** Begins to make snapshots. */
  public void startSnapshots(SnapshotSettings settings) {
    snapshotting.start(settings);
  }

  /**
   * Brings the configured definitions into the catalogue, in the background.
   *
   * @param submit has shard 0 decide an operation, wherever it is; empty = not now
   */
  public void seed(Function<Operation, CompletableFuture<Optional<Outcome>>> submit) {
    new Seeding(config.definitions(), definitions::known, submit, scheduler).start();
  }

  /** The node's part in the failover of the others, and what announces its own stop. */
  public Failover failover() {
    return failover;
  }

  /** Whether Kafka answers this node. */
  public KafkaReach kafka() {
    return kafka;
  }

  /** Reads from the replicas here, what they have applied. */
  public ShardReader reader() {
    return reader;
  }

  /**
   * All documents of a shard that is open here, as they stand now.
   *
   * @throws ShardCut.LostException if it is not open
   */
  public ShardCut cut(int shard) {
    return ShardCut.of(openShards, shard);
  }

  /** Lets reads through once the replicas here are new enough for them. */
  public ShardGate gate() {
    return gate;
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
    return definitions.known();
  }

  /** Who holds what in the application. */
  public Membership membership() {
    return membership;
  }

  /** How the copies of all shards stand. */
  public PlacementWatch placement() {
    return new PlacementWatch(config, membership::table);
  }

  /** The sources as this node sees them; empty before {@link #startIngest}. */
  public List<SourceStatus> sources() {
    return copying.sources();
  }

  /** Records of sources that could not be taken. */
  public DeadLetterBox deadLetters() {
    return new DeadLetterBox(config.kafka(), topics.deadLetterTopic());
  }

  /** The topic of a source, to be read beside ingest; to be closed. */
  public AuditedTopic auditedTopic(SourceDefinition source) {
    return new KafkaTopic(config.kafka(), topics, logId, source);
  }

  /** The snapshots that this node makes; empty before {@link #startSnapshots}. */
  public Optional<Snapshots> snapshots() {
    return snapshotting.snapshots();
  }

  /** Passes over the log that free its beginning; empty before {@link #startSnapshots}. */
  public Optional<Truncation> truncation() {
    return snapshotting.truncation(admin);
  }

  /** Lends checkpoints of the shards here to other nodes. */
  public Lender lender() {
    return lender;
  }

  /** How shards without state get it. */
  public Bootstrap bootstrap() {
    return contact.bootstrap;
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
    return contact.session;
  }

  /** Id of this node in the application. */
  public String nodeId() {
    return directory.nodeId();
  }

  /** Why the node folds nothing at present; empty while all is well. */
  public Optional<String> failure() {
    return streams.failure();
  }

  /** Kafka Streams underneath, for {@code query}; another instance after a failure. */
  public KafkaStreams streams() {
    return streams.streams();
  }

  /** Calls a listener with the present instance of Kafka Streams, and with every later one. */
  public void onStreams(Consumer<KafkaStreams> listener) {
    streams.onStreams(listener);
  }

  /** Every shard that is open here, live, ordered by number. */
  public List<ShardStatus> shards() {
    return ShardStatuses.of(ownership, openShards, logId, topics.generation());
  }

  /** Records that the shards here have for others, whose logs do not have them yet. */
  public long unsent() {
    return new UnsentRecords(ownership, openShards).count();
  }

  private void opened() {
    watch.shardOpened();
    starts.look();
  }

  private String clientId(String purpose) {
    return config.application() + "-" + nodeId() + "-" + purpose;
  }

  @Override
  public void close() {
    copying.stop();
    snapshotting.close();
    contact.end();
    bootstrap().close();
    failover.announceStop();
    streams.close(
        CloseOptions.timeout(CLOSE_TIMEOUT)
            .withGroupMembershipOperation(
                failover.returning()
                    ? CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP
                    : CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
    try {
      if (failover.returning() || streams.standsBack()) {
        membership.closeForRestart();
      } else {
        membership.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    lender.close();
    gate.close();
    scheduler.shutdownNow();
    copying.close();
    commandLog.close();
    completions.shutdown();
    admin.close(Duration.ofSeconds(5));
    resources.close();
    directory.close();
  }
}
