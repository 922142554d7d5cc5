package dev.weir.store.bootstrap;

import dev.weir.store.Position;
import dev.weir.store.routing.NodeEntry;
import dev.weir.store.snapshot.Download;
import dev.weir.store.snapshot.Manifest;
import dev.weir.store.snapshot.ManifestText.Reading;
import dev.weir.store.snapshot.Replicas;
import dev.weir.store.snapshot.Snapshot;
import dev.weir.store.snapshot.SnapshotRepository;
import dev.weir.store.snapshot.SnapshotSource;
import dev.weir.store.snapshot.Throttle;
import dev.weir.store.snapshot.Transfer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Asks one source after the other for a shard's state, and checks what comes against the log. */
final class Fetching {
  private static final long PATIENCE_SECONDS = 30;

  private final Bootstrap.Here here;
  private final String application;
  private final Optional<SnapshotRepository> repository;
  private final LogCheck log;
  private final CompletableFuture<Replicas> replicas;
  private final Threads threads;
  private final Throttle throttle;
  private final Set<Integer> needed = ConcurrentHashMap.newKeySet();

  Fetching(
      Bootstrap.Here here,
      String application,
      BootstrapSettings settings,
      LogCheck log,
      CompletableFuture<Replicas> replicas,
      Threads threads) {
    this.here = here;
    this.application = application;
    this.repository =
        settings.repository().map(store -> new SnapshotRepository(store, application, here.log()));
    this.log = log;
    this.replicas = replicas;
    this.threads = threads;
    this.throttle = new Throttle(settings::bytesPerSecond);
  }

  /**
   * Who does the work.
   *
   * @param files as many files as these come at once
   * @param checks ask Kafka
   */
  record Threads(Executor files, ExecutorService checks) {}

  /** What became of it. */
  sealed interface Outcome {}

  /** The state is here and goes with the log. */
  record Fetched(Path directory, Position position) implements Outcome {}

  /** Nobody has it, and the log has its beginning. */
  record FoldTheLog() implements Outcome {}

  /** Nobody has it that can be used, and the log alone does not do. */
  record Nowhere(String reason) implements Outcome {}

  /** Remembers that a shard cannot do without a source. */
  void need(int shard) {
    needed.add(shard);
  }

  /** Whether a shard cannot do without a source. */
  boolean known(int shard) {
    return needed.contains(shard);
  }

  /** Position of a shard's newest snapshot in the repository; -1 = none. */
  long repositoryOffset(int shard) throws IOException {
    return repository.isEmpty()
        ? -1
        : repository.get().list(shard).stream().mapToLong(Snapshot::offset).max().orElse(-1);
  }

  Path directory(int shard) {
    return new Leftovers(here.arrivals()).of(shard);
  }

  Outcome fetch(int shard, List<NodeEntry> holders, Transfer transfer, Consumer<String> detail)
      throws IOException, InterruptedException {
    List<String> reasons = new ArrayList<>();
    for (NodeEntry node : holders) {
      detail.accept("asking node " + node.node());
      try {
        Replicas port = replicas.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        try (SnapshotSource source = port.borrow(node, shard)) {
          Optional<Fetched> fetched = from(source, shard, transfer, detail, reasons);
          if (fetched.isPresent()) {
            return fetched.get();
          }
        }
      } catch (IOException | ExecutionException | TimeoutException e) {
        reasons.add("node " + node.node() + ": " + e.getMessage());
      }
    }
    if (repository.isPresent()) {
      Optional<Fetched> fetched =
          fromRepository(repository.get(), shard, transfer, detail, reasons);
      if (fetched.isPresent()) {
        return fetched.get();
      }
    }
    if (log.start(shard) == 0) {
      return new FoldTheLog();
    }
    need(shard);
    return new Nowhere(
        reasons.isEmpty() ? "no node and no repository has it" : String.join("; ", reasons));
  }

  private Optional<Fetched> fromRepository(
      SnapshotRepository from,
      int shard,
      Transfer transfer,
      Consumer<String> detail,
      List<String> reasons)
      throws InterruptedException {
    detail.accept("asking " + from.place());
    try {
      for (Snapshot snapshot : from.list(shard)) {
        Reading reading = from.manifest(snapshot);
        if (reading instanceof Reading.Read read) {
          try (SnapshotSource source = from.source(read.manifest())) {
            Optional<String> tooOld = log.lateObjection(shard, read.manifest().state().position());
            Optional<Fetched> fetched =
                tooOld.isEmpty()
                    ? from(source, shard, transfer, detail, reasons)
                    : refused(source, tooOld.get(), reasons);
            if (fetched.isPresent()) {
              return fetched;
            }
          }
        } else {
          reasons.add(snapshot.id() + ": " + ((Reading.Refused) reading).reason());
        }
      }
    } catch (IOException e) {
      reasons.add(from.place() + ": " + e.getMessage());
    }
    return Optional.empty();
  }

  private Optional<Fetched> from(
      SnapshotSource source,
      int shard,
      Transfer transfer,
      Consumer<String> detail,
      List<String> reasons)
      throws IOException, InterruptedException {
    Manifest.State state = source.manifest().state();
    Optional<String> refusal = state.refusal(new Manifest.Target(application, here.log(), shard));
    if (refusal.isPresent()) {
      reasons.add(source.name() + ": " + refusal.get());
      return Optional.empty();
    }
    detail.accept("fetching from " + source.name());
    Download download = new Download(directory(shard), threads.files(), throttle, transfer);
    // The look at the log takes as long as the first bytes do: both at once.
    Future<Optional<String>> look =
        threads.checks().submit(() -> check(shard, state.position(), download));
    Transfer.Result result = download.run(source);
    Optional<String> objection = found(look);
    if (objection.isPresent()) {
      reasons.add(source.name() + ": " + objection.get());
      return Optional.empty();
    }
    if (result instanceof Transfer.Result.Arrived arrived) {
      // The log may have been truncated meanwhile.
      Optional<String> late = log.lateObjection(shard, state.position());
      if (late.isEmpty()) {
        return Optional.of(new Fetched(arrived.directory(), state.position()));
      }
      reasons.add(source.name() + ": " + late.get());
      return Optional.empty();
    }
    reasons.add(
        result instanceof Transfer.Result.Broken broken
            ? broken.reason()
            : ((Transfer.Result.Unusable) result).reason());
    return Optional.empty();
  }

  /** Many snapshots may be too old, and none of their files need to come for that. */
  private static Optional<Fetched> refused(
      SnapshotSource source, String why, List<String> reasons) {
    reasons.add(source.name() + ": " + why);
    return Optional.empty();
  }

  private Optional<String> check(int shard, Position position, Download download)
      throws IOException, InterruptedException {
    Optional<String> objection = log.objection(shard, position);
    objection.ifPresent(download::stop);
    return objection;
  }

  private static Optional<String> found(Future<Optional<String>> look)
      throws IOException, InterruptedException {
    try {
      return look.get();
    } catch (ExecutionException e) {
      throw new IOException("the log could not be looked at: " + e.getCause(), e);
    }
  }
}
