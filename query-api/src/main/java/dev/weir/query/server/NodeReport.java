package dev.weir.query.server;

import dev.weir.query.Arriving;
import dev.weir.query.Audits;
import dev.weir.query.Database;
import dev.weir.query.DeadLetters;
import dev.weir.query.LocalNode;
import dev.weir.query.truncation.Truncations;
import dev.weir.store.Role;
import dev.weir.store.ShardStatus;
import dev.weir.store.SourceDefinition;
import dev.weir.store.bootstrap.Arrival;
import dev.weir.store.bootstrap.Bootstrap;
import dev.weir.store.ingest.SourceStatus.State;
import dev.weir.store.node.StoreNode;
import dev.weir.store.placement.PlacementReport;
import dev.weir.store.routing.RoutingTable;
import dev.weir.store.snapshot.Snapshot;
import dev.weir.store.snapshot.SnapshotStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** What this node says of itself. */
final class NodeReport implements LocalNode {

  private final StoreNode store;
  private final Database database;
  private final boolean declares;
  private final Optional<Truncations> truncations;
  private final DeadLetters letters;
  private final Audits audits;

  /** Set once, never taken back. */
  private volatile boolean wasReady;

  /**
   * A report.
   *
   * @param declares whether the configuration declares anything: the first start is not ready
   *     before it is known
   * @param truncations of the log; empty without a repository of snapshots
   * @param letters what sources had that could not be taken
   * @param audits comparisons with the sources
   */
  NodeReport(
      StoreNode store,
      Database database,
      boolean declares,
      Optional<Truncations> truncations,
      DeadLetters letters,
      Audits audits) {
    this.truncations = truncations;
    this.letters = letters;
    this.audits = audits;
    this.store = store;
    this.database = database;
    this.declares = declares;
  }

  // A rebalance is not an outage: whoever has been ready forwards what it does not serve itself.
  @Override
  public Readiness readiness() {
    List<String> reasons = new ArrayList<>();
    store.failure().ifPresent(failure -> reasons.add("the node folds nothing: " + failure));
    if (!wasReady) {
      addWhatIsMissing(reasons);
    }
    if (reasons.isEmpty()) {
      wasReady = true;
    }
    return new Readiness(reasons.isEmpty(), reasons);
  }

  private void addWhatIsMissing(List<String> reasons) {
    if (!store.membership().caughtUp()) {
      reasons.add("the routing topic is not read to its end yet");
    }
    if (declares && store.catalogue().revision() == 0) {
      reasons.add("the configured collections are not known yet");
    }
    RoutingTable table = store.membership().table();
    for (int shard = 0; shard < database.shards().shards(); shard++) {
      if (table.active(shard).isEmpty()) {
        reasons.add("no node is known to own shard " + shard);
      }
    }
    for (ShardStatus status : store.shards()) {
      String stopped = status.stopReason();
      if (stopped != null) {
        reasons.add("shard " + status.shard() + " stopped: " + stopped);
      } else if (status.role() == Role.ACTIVE && !status.serving()) {
        reasons.add("shard " + status.shard() + " is not complete yet");
      }
    }
  }

  @Override
  public List<String> warnings() {
    long unsent = store.unsent();
    return unsent == 0
        ? List.of()
        : List.of(
            unsent
                + " records are on their way to other shards: until then, collections with keys"
                + " from fields show less than there is");
  }

  @Override
  public PlacementReport placement() {
    return store.placement().report();
  }

  @Override
  public List<SourceStatus> sources() {
    return store.sources().stream()
        .map(this::told)
        .sorted(Comparator.comparing(SourceStatus::name))
        .toList();
  }

  @Override
  public Snapshots snapshots() {
    return told(dev.weir.store.snapshot.Snapshots::status);
  }

  @Override
  public Snapshots requestSnapshots() {
    return told(dev.weir.store.snapshot.Snapshots::request);
  }

  private Snapshots told(Function<dev.weir.store.snapshot.Snapshots, List<SnapshotStatus>> asked) {
    return new Snapshots(
        place(),
        store.snapshots().map(asked).orElse(List.of()).stream().map(NodeReport::told).toList(),
        arriving(store.bootstrap()));
  }

  @Override
  public DeadLetters deadLetters() {
    return letters;
  }

  @Override
  public Audits audits() {
    return audits;
  }

  @Override
  public LogCut lastCut() {
    return truncations
        .map(made -> new LogCut(place(), made.last(), ""))
        .orElseGet(LocalNode.super::lastCut);
  }

  @Override
  public CompletableFuture<LogCut> cutLog(boolean dryRun) {
    return truncations
        .map(
            made ->
                made.run(dryRun)
                    .handle(
                        (report, failure) ->
                            failure == null
                                ? new LogCut(place(), Optional.of(report), "")
                                : new LogCut(place(), made.last(), Truncations.reason(failure))))
        .orElseGet(() -> LocalNode.super.cutLog(dryRun));
  }

  private String place() {
    return store.snapshots().map(dev.weir.store.snapshot.Snapshots::place).orElse("");
  }

  private static ShardSnapshot told(SnapshotStatus made) {
    return new ShardSnapshot(
        made.shard(),
        made.running(),
        made.newest().map(Snapshot::id).orElse(""),
        made.files(),
        made.bytes(),
        made.failure().orElse(""));
  }

  /** The states on their way to a node. */
  static List<Arriving> arriving(Bootstrap bootstrap) {
    return bootstrap.arrivals().stream().map(NodeReport::told).toList();
  }

  private static Arriving told(Arrival arrival) {
    return new Arriving(
        arrival.shard(),
        arrival.transfer().from(),
        arrival.transfer().total(),
        arrival.transfer().fetched() + arrival.transfer().kept(),
        arrival.transfer().bytesPerSecond(),
        arrival.detail(),
        arrival.transfer().offset());
  }

  private SourceStatus told(dev.weir.store.ingest.SourceStatus source) {
    String reason = source.reason();
    return new SourceStatus(
        source.name(),
        source.topic(),
        store.catalogue().source(source.name()).map(SourceDefinition::collection).orElse(""),
        state(source.state()),
        Optional.ofNullable(reason).orElse(""),
        source.partitions(),
        source.lag(),
        source.counts().appended() + source.counts().deadLetters() + source.counts().skipped(),
        source.counts().deadLetters());
  }

  private static SourceStatus.State state(State state) {
    return switch (state) {
      case RUNNING -> SourceStatus.State.RUNNING;
      case STARTING -> SourceStatus.State.STARTING;
      case PAUSED, WAITING -> SourceStatus.State.PAUSED;
      case FAILED -> SourceStatus.State.STOPPED;
    };
  }
}
