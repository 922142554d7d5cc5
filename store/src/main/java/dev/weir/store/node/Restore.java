package dev.weir.store.node;

import dev.weir.store.log.TopicPlan;
import dev.weir.store.snapshot.Download;
import dev.weir.store.snapshot.SnapshotSource;
import dev.weir.store.snapshot.Throttle;
import dev.weir.store.snapshot.Transfer;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/**
 * Brings snapshots into the state directory of a node that does not run. The node compares them
 * with the log when it starts, and goes on behind their positions.
 */
public final class Restore implements AutoCloseable {
  private static final int FILES_AT_ONCE = 4;

  private final StateDirectory directory;
  private final ShardDirectories shards;
  private final ExecutorService threads = NodeThreads.pool("weir-restore", FILES_AT_ONCE);

  private Restore(StateDirectory directory, ShardDirectories shards) {
    this.directory = directory;
    this.shards = shards;
  }

  /**
   * Claims a state directory for this.
   *
   * @throws NodeStartException with the reason, if it cannot be had: the node runs, or it is
   *     another application's
   */
  public static Restore into(Path stateDirectory, TopicPlan topics, Optional<String> nodeId)
      throws NodeStartException {
    StateClaim claim = StateDirectory.claim(stateDirectory, topics.application(), nodeId);
    if (claim instanceof StateClaim.Refused refused) {
      throw new NodeStartException(List.of(refused.reason()));
    }
    StateDirectory directory = ((StateClaim.Claimed) claim).directory();
    return new Restore(directory, new ShardDirectories(directory.streamsDir(), topics));
  }

  /** Whether the node holds state of a shard. */
  public boolean holds(int shard) {
    return Files.exists(shards.database(shard));
  }

  /**
   * Brings one snapshot. What the shard had is set aside beside it and deleted when the new one is
   * in its place.
   *
   * @param transfer told how far it is
   */
  public Transfer.Result run(SnapshotSource source, Transfer transfer)
      throws IOException, InterruptedException {
    int shard = source.manifest().state().shard();
    Path arriving = directory.arrivals().resolve(Integer.toString(shard));
    Transfer.Result result = new Download(arriving, threads, Throttle.none(), transfer).run(source);
    if (result instanceof Transfer.Result.Arrived arrived) {
      Path target = shards.database(shard);
      replace(arrived.directory(), target);
      Download.discard(arriving);
      return new Transfer.Result.Arrived(target, arrived.manifest());
    }
    return result;
  }

  private static void replace(Path arrived, Path target) throws IOException {
    Path old = target.resolveSibling(target.getFileName() + ".replaced");
    Path parent = Files.createDirectories(target.resolveSibling(""));
    Download.discard(old);
    if (Files.exists(target)) {
      Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
    }
    Files.move(arrived, target, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel channel = FileChannel.open(parent, StandardOpenOption.READ)) {
      channel.force(true);
    }
    Download.discard(old);
  }

  @Override
  public void close() {
    threads.shutdownNow();
    directory.close();
  }
}
