package dev.weir.store.bootstrap;

import dev.weir.store.Position;
import dev.weir.store.routing.NodeEntry;
import dev.weir.store.routing.RoutingTable;
import dev.weir.store.snapshot.Download;
import dev.weir.store.snapshot.Replicas;
import dev.weir.store.snapshot.Transfer;
import dev.weir.store.streams.StateArrivals;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
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
  private static final int SHARDS_AT_ONCE = 2;
  private static final int FILES_AT_ONCE = 4;

  private final Here here;
  private final BootstrapSettings settings;
  private final Supplier<RoutingTable> routing;
  private final CompletableFuture<Replicas> replicas = new CompletableFuture<>();
  private final Map<Integer, Work> works = new ConcurrentHashMap<>();
  private final ExecutorService shards = pool("weir-bootstrap", SHARDS_AT_ONCE);
  private final ExecutorService files = pool("weir-transfer", SHARDS_AT_ONCE * FILES_AT_ONCE);
  private final Fetching fetching;

  /**
   * Where this node is.
   *
   * @param node its id
   * @param rack its rack, or empty
   * @param arrivals directory for what arrives, on the disk of the shards
   * @param log the beginning of the log that the node folds
   */
  public record Here(String node, String rack, Path arrivals, Position log) {}

  /** What is done for one shard. */
  private static final class Work {
    final Transfer transfer = new Transfer();
    volatile String detail = "it waits for its turn";
    volatile @Nullable Path arrived;
    volatile boolean foldTheLog;
    volatile boolean over;
  }

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
    this.fetching = new Fetching(here, application, settings, log, replicas, files);
    Gauge.builder("weir.bootstrap.shards", works, Map::size)
        .description("Shards whose state is on its way to this node")
        .register(meters);
    Gauge.builder("weir.bootstrap.fetched", this, b -> b.sum(true))
        .description("Bytes that have arrived of the state that is on its way")
        .baseUnit("bytes")
        .register(meters);
    Gauge.builder("weir.bootstrap.total", this, b -> b.sum(false))
        .description("Bytes of the state that is on its way")
        .baseUnit("bytes")
        .register(meters);
  }

  private double sum(boolean arrived) {
    return (double)
        works.values().stream()
            .mapToLong(w -> arrived ? w.transfer.fetched() + w.transfer.kept() : w.transfer.total())
            .sum();
  }

  /** Says how other nodes are asked; until then those that need one wait for a while. */
  public void askThrough(Replicas port) {
    replicas.complete(port);
  }

  /**
   * Notes that the log alone does not do for a shard that this node has no state of.
   *
   * @return whether somebody is known who may have it
   */
  public boolean need(int shard) throws IOException {
    fetching.need(shard);
    boolean held =
        settings.replicas()
            && routing.get().nodes().values().stream()
                .anyMatch(
                    node -> !node.node().equals(here.node()) && node.shard(shard).isPresent());
    return held || fetching.inRepository(shard);
  }

  /** Notes that a shard's log has lost its beginning: without state it cannot be folded. */
  public void cannotFold(int shard) {
    fetching.need(shard);
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
    works.forEach((shard, work) -> all.add(new Arrival(shard, work.transfer, work.detail)));
    all.sort((a, b) -> Integer.compare(a.shard(), b.shard()));
    return all;
  }

  @Override
  public Optional<String> awaited(int shard, Path database) {
    Work work = works.get(shard);
    if (work == null) {
      if (!worthwhile(shard)) {
        return Optional.empty();
      }
      work = new Work();
      works.put(shard, work);
      begin(shard, work);
    }
    Path arrived = work.arrived;
    if (arrived != null) {
      move(arrived, database);
      works.remove(shard);
      discard(shard);
      return Optional.empty();
    }
    if (work.foldTheLog) {
      works.remove(shard);
      discard(shard);
      return Optional.empty();
    }
    if (work.over) {
      work.over = false;
      begin(shard, work);
    }
    return Optional.of("the state of shard " + shard + " is on its way: " + work.detail);
  }

  private boolean worthwhile(int shard) {
    if (!settings.any()) {
      return false;
    }
    if (fetching.known(shard)) {
      return true;
    }
    List<NodeEntry> holders =
        settings.replicas()
            ? Sources.replicas(routing.get(), here.node(), here.rack(), shard)
            : List.of();
    return Sources.furthest(holders, shard) + 1 >= settings.leastRecords();
  }

  private void begin(int shard, Work work) {
    try {
      shards.execute(() -> run(shard, work));
    } catch (RejectedExecutionException e) {
      work.detail = "the node is closing";
    }
  }

  private void run(int shard, Work work) {
    try {
      List<NodeEntry> holders =
          settings.replicas()
              ? Sources.replicas(routing.get(), here.node(), here.rack(), shard)
              : List.of();
      long started = System.nanoTime();
      Fetching.Outcome outcome =
          fetching.fetch(shard, holders, work.transfer, text -> work.detail = text);
      if (outcome instanceof Fetching.Fetched fetched) {
        LOG.info(
            "The state of shard {} arrived from {}: position {}, {} bytes fetched, {} kept, {} ms",
            shard,
            work.transfer.from(),
            fetched.position().offset(),
            work.transfer.fetched(),
            work.transfer.kept(),
            (System.nanoTime() - started) / 1_000_000);
        work.arrived = fetched.directory();
      } else if (outcome instanceof Fetching.FoldTheLog) {
        LOG.info("No source has the state of shard {}: it is folded from the log", shard);
        work.foldTheLog = true;
      } else {
        String reason = ((Fetching.Nowhere) outcome).reason();
        LOG.warn("The state of shard {} could not be fetched, trying again: {}", shard, reason);
        work.detail = reason;
        work.over = true;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      LOG.warn("The state of shard {} could not be fetched, trying again", shard, e);
      work.detail = String.valueOf(e.getMessage());
      work.over = true;
    }
  }

  private static void move(Path arrived, Path database) {
    try {
      Path parent = database.resolveSibling("");
      Files.createDirectories(parent);
      Files.move(arrived, database, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("the state that arrived cannot be put to " + database, e);
    }
  }

  private void discard(int shard) {
    Path directory = fetching.directory(shard);
    shards.execute(
        () -> {
          try {
            // Unless the shard is fetched anew already.
            if (!works.containsKey(shard)) {
              Download.discard(directory);
            }
          } catch (IOException e) {
            LOG.warn("{} could not be deleted", directory, e);
          }
        });
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
  }
}
