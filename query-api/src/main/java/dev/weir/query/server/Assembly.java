package dev.weir.query.server;

import dev.weir.graph.job.LiveJobs;
import dev.weir.graph.worker.BatchEngine;
import dev.weir.query.Arriving;
import dev.weir.query.Cursors;
import dev.weir.query.GraphQlEndpoint;
import dev.weir.query.Jobs;
import dev.weir.query.audit.AuditDesk;
import dev.weir.query.audit.AuditPorts;
import dev.weir.query.changes.PlaceTokens;
import dev.weir.query.changes.Subscriptions;
import dev.weir.query.graphql.transport.GraphQlOverHttp;
import dev.weir.query.http.HttpPorts;
import dev.weir.query.http.HttpServer;
import dev.weir.query.peer.PeerClient;
import dev.weir.query.peer.PeerIdentity;
import dev.weir.query.peer.PeerPulse;
import dev.weir.query.peer.PeerReplicas;
import dev.weir.query.peer.PeerServer;
import dev.weir.query.peer.PeerServices;
import dev.weir.query.peer.PeerSettings;
import dev.weir.query.routing.Application;
import dev.weir.query.routing.LocalShards;
import dev.weir.query.routing.QueryRouter;
import dev.weir.query.routing.RouterSettings;
import dev.weir.query.routing.SystemTime;
import dev.weir.query.routing.TableWatch;
import dev.weir.query.truncation.Absences;
import dev.weir.query.truncation.Truncations;
import dev.weir.store.Position;
import dev.weir.store.ShardMap;
import dev.weir.store.ingest.ValueLimits;
import dev.weir.store.node.CopyTerms;
import dev.weir.store.node.NodeStartException;
import dev.weir.store.node.StoreNode;
import dev.weir.store.routing.ShardState;
import dev.weir.store.snapshot.Replicas;
import dev.weir.store.truncation.Truncation;
import dev.weir.store.truncation.TruncationRule;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.Uuid;

/** All parts of a node, put together. What is started last is closed first. */
final class Assembly implements AutoCloseable {

  private final Parts parts;
  private final Addressing addressing;
  private final WeirConfig config;
  private final StoreNode store;
  private final QueryRouter database;
  private final NodeReport report;
  private final LiveJobs jobs;
  private final Subscriptions subscriptions;

  private Assembly(WeirConfig configured, Parts parts)
      throws NodeStartException, InterruptedException {
    this.parts = parts;
    this.config = configured;
    this.addressing = parts.add(Addressing.of(configured.node()));

    PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    parts.add(meters::close);
    this.store =
        parts.add(
            StoreNode.start(
                Settings.store(config, addressing, meters),
                Settings.bootstrap(config),
                Optional.of(this::replicas)));
    store.onStreams(parts.add(new RuntimeMeters(meters))::follow);

    int generation = store.topics().generation();
    PeerIdentity self = identity(store.nodeId(), store.logId(), generation);
    Supplier<List<Arriving>> arriving = () -> NodeReport.arriving(store.bootstrap());
    PeerServices services =
        new PeerServices(
            store.reader(),
            store.gate(),
            store.writer(),
            store::shards,
            () -> store.membership().table().version(),
            store.failover()::sight,
            Optional.of(new PeerServices.Files(store.lender(), arriving)));
    parts.add(listenForPeers(self, services)).bindTo(meters);
    PeerClient peers = parts.add(PeerClient.withThreads(self, PeerSettings.defaults()));

    TableWatch tables = new TableWatch(store.membership()::table);
    store.membership().onTable(tables::changed);
    this.database =
        new QueryRouter(
            new Application(
                config.application(),
                store.logId(),
                generation,
                new ShardMap(config.storage().shards())),
            new LocalShards(
                store.nodeId(),
                store.reader(),
                store.gate(),
                store.writer(),
                store::shards,
                store::catalogue,
                store.kafka()::silence,
                arriving),
            tables,
            peers,
            RouterSettings.defaults().with(config.api().searches()),
            parts.add(new SystemTime()));
    database.bindTo(meters);
    Settings.snapshots(config.snapshots()).ifPresent(store::startSnapshots);
    Optional<Truncations> truncations =
        store.truncation().map(each -> parts.add(truncations(each, meters)));
    this.report =
        new NodeReport(
            store,
            database,
            !config.definitions().collections().isEmpty(),
            truncations,
            parts.add(new LetterDesk(store.deadLetters())),
            parts.add(audits()));

    Cursors cursors = new Cursors(self.key(), generation);
    this.jobs = startJobs();
    this.subscriptions =
        new Subscriptions(
            database,
            new PlaceTokens(self.key(), generation),
            config.api().subscriptions(),
            Runtime.getRuntime().maxMemory() / 8);
    subscriptions.bindTo(meters);
    HttpPorts ports =
        new HttpPorts(
            database, cursors, graphQl(cursors), report, Jobs.of(jobs), subscriptions, meters);
    parts.add(listenForClients(ports));

    store.seed(new RoutedSeeding(database));
    store.startIngest(
        new RoutedWatermarks(database),
        new CopyTerms(
            ValueLimits.documents(config.api().documentBytes()),
            config.definitions().ingest().pace(),
            config.definitions().ingest().acceptLostRecords()));
    store.failover().start(parts.add(new PeerPulse(self, PeerSettings.defaults())));
    parts.add(
        config.node().quickRestart()
            ? store.failover()::announceRestart
            : store.failover()::announceStop);
  }

  /**
   * Starts everything.
   *
   * @throws NodeStartException if the store must not start; nothing is left running then
   */
  static Assembly of(WeirConfig config) throws NodeStartException, InterruptedException {
    Parts parts = new Parts();
    try {
      return new Assembly(config, parts);
    } catch (NodeStartException | InterruptedException | RuntimeException | Error e) {
      parts.close();
      throw e;
    }
  }

  private PeerIdentity identity(String node, Uuid logId, int generation) {
    return new PeerIdentity(
        node, config.application(), logId, generation, Settings.sharedKey(config, logId));
  }

  private Replicas replicas(String node, Position log) {
    return new PeerReplicas(identity(node, log.logId(), log.generation()), PeerSettings.defaults());
  }

  /** The active of shard 0 is the one that keeps to the schedule. */
  private Truncations truncations(Truncation truncation, MeterRegistry meters) {
    WeirConfig.Truncation terms = config.truncation();
    Absences absences =
        new Absences(store.membership().table(), terms.forgetAfter(), Clock.systemUTC());
    store.membership().onTable(absences::changed);
    Truncations made =
        new Truncations(
            truncation::run,
            new TruncationRule(terms.margin(), terms.forgetAfter()),
            database::cluster,
            absences,
            Clock.systemUTC(),
            meters);
    terms
        .every()
        .ifPresent(
            every ->
                made.start(every, () -> store.ownership().state(0) == ShardState.ACTIVE_SERVING));
    return made;
  }

  /** An audit gets an eighth of the heap. */
  private AuditDesk audits() {
    return new AuditDesk(
        new AuditPorts(
            database,
            store::auditedTopic,
            new LettersOfSources(store.deadLetters()),
            ValueLimits.documents(config.api().documentBytes()),
            Runtime.getRuntime().maxMemory() / 8),
        Clock.systemUTC());
  }

  /** Algorithms over the graph get a quarter of the heap, all together. */
  private LiveJobs startJobs() {
    BatchEngine engine =
        parts.add(
            new BatchEngine(
                Runtime.getRuntime().availableProcessors(), Runtime.getRuntime().maxMemory() / 4));
    LiveJobs made =
        parts.add(
            new LiveJobs(
                new RoutedJobHost(store, database),
                config.kafkaClient(),
                new LiveJobs.Topics(store.topics().graphTopic(), store.topics().checkpointTopic()),
                engine));
    store.membership().onTable(table -> made.changed());
    return made;
  }

  private PeerServer listenForPeers(PeerIdentity self, PeerServices services) {
    HostPort free = addressing.releasePeer();
    InetSocketAddress address = new InetSocketAddress(free.host(), free.port());
    try {
      return PeerServer.start(address, self, services, PeerSettings.defaults());
    } catch (IOException e) {
      throw new WeirStartException(
          addressing.peer()
              + " cannot be listened on for other nodes: stop the process that has it, or set "
              + Setting.PEER_LISTEN.path(),
          e);
    }
  }

  private HttpServer listenForClients(HttpPorts ports) {
    HostPort free = addressing.releaseListen();
    try {
      return HttpServer.start(Settings.http(config, free), ports);
    } catch (RuntimeException e) {
      throw new WeirStartException(
          addressing.listen()
              + " cannot be listened on for HTTP: stop the process that has it, or set "
              + Setting.LISTEN.path(),
          e);
    }
  }

  private GraphQlEndpoint graphQl(Cursors cursors) {
    WeirConfig.GraphQl graphQl = config.api().graphQl();
    try {
      return graphQl.enabled()
          ? new GraphQlOverHttp(
              database, cursors, subscriptions, graphQl.settings(), graphQl.documents())
          : new GraphQlOff();
    } catch (IllegalArgumentException e) {
      throw new WeirStartException(
          Setting.GRAPHQL_DOCUMENTS_FROM.path() + ": " + e.getMessage(), e);
    }
  }

  StoreNode store() {
    return store;
  }

  QueryRouter database() {
    return database;
  }

  LiveJobs jobs() {
    return jobs;
  }

  Subscriptions subscriptions() {
    return subscriptions;
  }

  NodeReport report() {
    return report;
  }

  String url() {
    return addressing.url();
  }

  /** Whether everything that the configuration declares is there. */
  boolean hasDefinitions() {
    return config.definitions().collections().stream()
        .allMatch(c -> store.catalogue().collection(c.name()).isPresent());
  }

  @Override
  public void close() {
    parts.close();
  }
}
