package dev.weir.store.rebase;

import dev.weir.store.Catalogue;
import dev.weir.store.Position;
import dev.weir.store.rebase.SnapshotSet.Member;
import dev.weir.store.rocksdb.RocksResources;
import dev.weir.store.rocksdb.StateIdentity;
import dev.weir.store.snapshot.Checksum;
import dev.weir.store.snapshot.ChecksumCache;
import dev.weir.store.snapshot.Download;
import dev.weir.store.snapshot.Inspection;
import dev.weir.store.snapshot.Manifest;
import dev.weir.store.snapshot.SnapshotRepository;
import dev.weir.store.snapshot.Throttle;
import dev.weir.store.snapshot.Transfer;
import dev.weir.store.snapshot.VerifiedSnapshots;
import dev.weir.store.write.Rebase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Makes a new application out of the snapshots of another one, which is not touched and may go on:
 * an empty log of the next generation, and in the new application's repository a snapshot of each
 * shard that stands at its beginning. Its nodes fetch these when they start, so that all replicas
 * of a shard begin with the same bytes.
 *
 * <p>Needs room for two copies of one shard. No node of the new application may run before it has
 * ended; after a failure it can be started again. Blocks; for one thread.
 */
public final class Cloning {
  private static final int FILES_AT_ONCE = 4;
  private static final long MEMORY = 64L << 20;

  private final SnapshotRepository from;
  private final CloneTarget target;
  private final Path work;
  private final Clock clock;

  /**
   * A clone to be.
   *
   * @param from the snapshots it begins with
   * @param target what it becomes
   * @param work directory of its alone for the shard at hand; deleted afterwards
   */
  public Cloning(SnapshotRepository from, CloneTarget target, Path work, Clock clock) {
    this.from = from;
    this.target = target;
    this.work = work;
    this.clock = clock;
  }

  /**
   * Does it.
   *
   * @param at snapshots that are not younger than this; empty = the newest
   * @param told of every shard that is done
   * @throws IOException if Kafka or a repository does not do its part
   */
  public CloneResult run(Optional<Instant> at, Consumer<CloneResult.Shard> told)
      throws IOException, InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(FILES_AT_ONCE);
    try (RocksResources resources = new RocksResources(MEMORY)) {
      Download.discard(work);
      Files.createDirectories(work);
      SnapshotSet set = SnapshotSet.choose(from, target.shards(), at);
      int generation = from.log().generation() + 1;
      NewLog log = new NewLog(target, generation);
      log.check();
      Catalogue definitions = definitions(set.newestDefinitions(), threads);
      List<Position> positions = log.create();
      List<CloneResult.Shard> done = new ArrayList<>();
      for (Member member : set.members()) {
        Position position = positions.get(member.snapshot().shard());
        CloneResult.Shard shard =
            shard(member, new Seat(position, definitions, threads, resources));
        told.accept(shard);
        done.add(shard);
      }
      return new CloneResult.Cloned(Position.start(positions.get(0).logId(), generation), done);
    } catch (CloneRefusedException e) {
      return new CloneResult.Refused(String.valueOf(e.getMessage()));
    } finally {
      threads.shutdownNow();
      Download.discard(work);
    }
  }

  /** What a shard is made with. */
  private record Seat(
      Position position,
      Catalogue definitions,
      ExecutorService threads,
      RocksResources resources) {}

  private Catalogue definitions(Member newest, ExecutorService threads)
      throws IOException, InterruptedException, CloneRefusedException {
    Path directory = work.resolve("definitions");
    try {
      return RebasedShard.definitions(fetch(newest, directory, threads));
    } finally {
      Download.discard(directory);
    }
  }

  private CloneResult.Shard shard(Member member, Seat seat)
      throws IOException, InterruptedException, CloneRefusedException {
    int shard = member.snapshot().shard();
    Path directory = work.resolve("shard-" + shard);
    Path checkpoint = work.resolve("checkpoint-" + shard);
    try {
      Position position = seat.position();
      Rebase rebase =
          RebasedShard.make(
              fetch(member, directory, seat.threads()),
              checkpoint,
              new RebasedShard.Wanted(
                  new StateIdentity(
                      StateIdentity.FORMAT,
                      position.logId(),
                      position.generation(),
                      shard,
                      target.application()),
                  target.shards(),
                  seat.definitions()),
              position,
              seat.resources());
      store(shard, checkpoint, position);
      return new CloneResult.Shard(member.snapshot(), rebase.dropped(), rebase.sent());
    } finally {
      Download.discard(directory);
      Download.discard(checkpoint);
    }
  }

  private Path fetch(Member member, Path directory, ExecutorService threads)
      throws IOException, InterruptedException, CloneRefusedException {
    Transfer.Result result =
        new Download(directory, threads, Throttle.none(), new Transfer())
            .run(from.source(member.manifest()));
    if (result instanceof Transfer.Result.Arrived arrived) {
      return arrived.directory();
    }
    if (result instanceof Transfer.Result.Broken broken) {
      throw new IOException(broken.reason());
    }
    throw new CloneRefusedException(
        ((Transfer.Result.Unusable) result).reason() + ": choose older snapshots");
  }

  /** What is stored is read back, since nothing else has it. */
  private void store(int shard, Path checkpoint, Position position) throws IOException {
    SnapshotRepository repository =
        new SnapshotRepository(target.store(), target.application(), position);
    Manifest manifest =
        Inspection.describe(checkpoint, Checksum.Kind.SHA256, new ChecksumCache(), clock.instant());
    repository.store(manifest, checkpoint);
    if (new VerifiedSnapshots(repository).newest(shard).orElse(-1) != NewLog.LAST) {
      throw new IOException("what was stored of shard " + shard + " cannot be read back");
    }
  }
}
