package dev.weir.store.bootstrap;

import dev.weir.store.Position;
import dev.weir.store.rocksdb.RocksShard;
import dev.weir.store.routing.NodeEntry;
import dev.weir.store.routing.RoutingTable;
import dev.weir.store.snapshot.Replicas;
import dev.weir.store.snapshot.Transfer;
import dev.weir.store.streams.StateArrivals;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets the state of shards that this node is to hold and does not have: from the nearest live
 * replica, else from the repository, else by folding the log, as long as it has its beginning. A
 * stream thread only asks whether the state is there and moves it to its place; all else happens on
 * threads of this. Safe from any thread.
 */
public final class Bootstrap implements StateArrivals, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Bootstrap.class);
  private static final int SHARDS_AT_ONCE = 4;
  private static final int FILES_AT_ONCE = 2;

  /** Kafka Streams asks every few seconds for what it waits for. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Here here;
  private final BootstrapSettings settings;
  private final Supplier<RoutingTable> routing;
  private final CompletableFuture<Replicas> replicas = new CompletableFuture<>();
  private final Map<Integer, Shipment> shipments = new ConcurrentHashMap<>();

  /** Where logs begin that have lost their beginning. */
  private final Map<Integer, Long> starts = new ConcurrentHashMap<>();

  private final ExecutorService shards = pool("weir-bootstrap", SHARDS_AT_ONCE);
  private final ExecutorService files = pool("weir-transfer", SHARDS_AT_ONCE * FILES_AT_ONCE);
  private final ExecutorService checks = pool("weir-bootstrap-check", SHARDS_AT_ONCE);
  private final Fetching fetching;
  private final BootstrapMeters meters;
  private final Leftovers leftovers;

  /**
   * Where this node is.
   *
   * @param node its id
   * @param rack its rack, or empty
   * @param arrivals directory for what arrives, on the disk of the shards
   * @param log the beginning of the log that the node folds
   */
  public record Here(String node, String rack, Path arrivals, Position log) {}

  /** The bootstrap of a node; does nothing before it is asked for a shard. */
  public Bootstrap(
      Here here,
      String application,
      BootstrapSettings settings,
      Supplier<RoutingTable> routing,
      LogCheck log,
      MeterRegistry meters) {
    this.here = here;
    this.settings = settings;
    this.routing = routing;
    this.fetching =
        new Fetching(
            here, application, settings, log, replicas, new Fetching.Threads(files, checks));
    this.meters = new BootstrapMeters(meters, shipments);
    this.leftovers = new Leftovers(here.arrivals());
  }

  /**
   * Says how other nodes are asked; until then those that need one wait for a while.
   *
   * @param port closed with this
   */
  public void askThrough(Replicas port) {
    replicas.complete(port);
  }

  /** Says that other nodes cannot be asked, and why. */
  public void askNobody(Throwable why) {
    replicas.completeExceptionally(why);
  }

  /**
   * Notes that the log alone does not do for a shard that this node has no state of.
   *
   * @param start offset of the first record that its log has
   * @return whether somebody is known who may have a state that the log goes on from
   */
  public boolean need(int shard, long start) throws IOException {
    fetching.need(shard);
    boolean held =
        settings.replicas()
            && routing.get().nodes().values().stream()
                .anyMatch(
                    node -> !node.node().equals(here.node()) && node.shard(shard).isPresent());
    return held || fetching.repositoryOffset(shard) + 1 >= start;
  }

  /**
   * Notes that a shard's log has lost its beginning: without state, or with one from before that,
   * it cannot be folded.
   *
   * @param start offset of its first record
   */
  public void logBegins(int shard, long start) {
    starts.put(shard, start);
    fetching.need(shard);
  }

  @Override
  public boolean lacksBeginning(int shard) {
    fetching.need(shard);
    return settings.any();
  }

  @Override
  public boolean outdated(int shard, Path database) {
    long start = starts.getOrDefault(shard, 0L);
    return settings.any()
        && start > 0
        && RocksShard.peekPosition(database).map(Position::offset).orElse(-1L) + 1 < start;
  }

  /** Learns which of some shards the repository has, so far that it is worth fetching. */
  public void look(IntPredicate wanted, int shards) {
    if (settings.repository().isEmpty()) {
      return;
    }
    for (int shard = 0; shard < shards; shard++) {
      try {
        if (wanted.test(shard) && fetching.repositoryOffset(shard) + 1 >= settings.leastRecords()) {
          fetching.need(shard);
        }
      } catch (IOException e) {
        LOG.warn("The repository cannot be asked; logs are folded from their beginning", e);
        return;
      }
    }
  }

  /** What is on its way, ordered by shard. */
  public List<Arrival> arrivals() {
    List<Arrival> all = new ArrayList<>();
    shipments.forEach((shard, s) -> all.add(new Arrival(shard, s.transfer, s.detail())));
    all.sort((a, b) -> Integer.compare(a.shard(), b.shard()));
    return all;
  }

  /**
   * Begins to fetch a shard that this node is about to get, if that is worth it.
   *
   * @return whether it is on its way
   */
  public boolean expect(int shard) {
    if (!shipments.containsKey(shard) && worthwhile(shard)) {
      ship(shard);
    }
    return shipments.containsKey(shard);
  }

  /** Whether all that was begun is here, or will not come by itself. */
  public boolean settled() {
    return shipments.values().stream().allMatch(Shipment::settled);
  }

  /** How far a shard's state is that is here and only to be moved to its place; else empty. */
  public Optional<Position> hasArrived(int shard) {
    Shipment shipment = shipments.get(shard);
    return shipment != null && shipment.arrived() != null
        ? Optional.of(shipment.position())
        : Optional.empty();
  }

  @Override
  public Optional<String> awaited(int shard, Path database) {
    Shipment shipment = shipments.get(shard);
    if (shipment == null) {
      if (!worthwhile(shard)) {
        return Optional.empty();
      }
      shipment = ship(shard);
    }
    shipment.ask();
    boolean here = shipment.arrived() != null;
    if (here) {
      shipment.moveTo(database);
      meters.used(shipment.waitedNanos());
    }
    if (here || shipment.isFoldTheLog()) {
      shipments.remove(shard);
      discard(shard);
      return Optional.empty();
    }
    if (shipment.failed()) {
      shipment.retry();
      begin(shard, shipment);
    }
    return Optional.of("the state of shard " + shard + " is on its way: " + shipment.detail());
  }

  private Shipment ship(int shard) {
    Shipment shipment = new Shipment();
    shipments.put(shard, shipment);
    begin(shard, shipment);
    return shipment;
  }

  private boolean worthwhile(int shard) {
    if (!settings.any()) {
      return false;
    }
    if (fetching.known(shard)) {
      return true;
    }
    return Sources.furthest(holders(shard), shard) + 1 >= settings.leastRecords();
  }

  private List<NodeEntry> holders(int shard) {
    return settings.replicas()
        ? Sources.replicas(routing.get(), here.node(), here.rack(), shard)
        : List.of();
  }

  private void begin(int shard, Shipment shipment) {
    try {
      shards.execute(() -> run(shard, shipment));
    } catch (RejectedExecutionException e) {
      shipment.say("the node is closing");
    }
  }

  private void run(int shard, Shipment shipment) {
    try {
      long started = System.nanoTime();
      Fetching.Outcome outcome =
          fetching.fetch(shard, holders(shard), shipment.transfer, shipment::say);
      if (outcome instanceof Fetching.Fetched fetched) {
        long took = System.nanoTime() - started;
        Transfer transfer = shipment.transfer;
        LOG.info(
            "The state of shard {} arrived from {}: position {}, {} bytes fetched, {} kept, {} ms",
            shard,
            transfer.from(),
            fetched.position().offset(),
            transfer.fetched(),
            transfer.kept(),
            took / 1_000_000);
        meters.arrived(transfer, took, fetched.position().offset());
        shipment.arrive(fetched.directory(), fetched.position());
      } else if (outcome instanceof Fetching.FoldTheLog) {
        LOG.info("No source has the state of shard {}: it is folded from the log", shard);
        shipment.foldTheLog();
      } else {
        String reason = ((Fetching.Nowhere) outcome).reason();
        LOG.warn("The state of shard {} could not be fetched, trying again: {}", shard, reason);
        shipment.fail(reason);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      LOG.warn("The state of shard {} could not be fetched, trying again", shard, e);
      shipment.fail(String.valueOf(e.getMessage()));
    }
  }

  private void discard(int shard) {
    try {
      shards.execute(
          () -> {
            // Unless the shard is fetched anew already.
            if (!shipments.containsKey(shard)) {
              leftovers.discard(shard);
            }
          });
    } catch (RejectedExecutionException e) {
      LOG.debug("What is left of shard {} stays: the node is closing", shard, e);
    }
  }

  /** Begins to look after what has come and was not used, and to say how far the rest is. */
  public void start(ScheduledExecutorService scheduler) {
    Future<?> unused =
        scheduler.scheduleWithFixedDelay(
            this::forget, PATIENCE.toSeconds(), PATIENCE.toSeconds(), TimeUnit.SECONDS);
    new ProgressLines(shipments).start(scheduler);
  }

  /** Shards that go to another node after all are not asked for any more. */
  private void forget() {
    shipments.values().removeIf(s -> s.settled() && s.idleNanos() > PATIENCE.toNanos());
    leftovers.sweep(shipments.keySet());
  }

  private static ExecutorService pool(String name, int threads) {
    AtomicInteger number = new AtomicInteger();
    ThreadFactory named =
        task -> {
          Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        };
    return Executors.newFixedThreadPool(threads, named);
  }

  /** Ends what is under way; what has arrived is kept for the next start. */
  @Override
  public void close() {
    shards.shutdownNow();
    files.shutdownNow();
    checks.shutdownNow();
    var unused = replicas.thenAccept(Replicas::close);
  }
}
