package dev.weir.store.snapshot;

import dev.weir.store.read.OpenShard;
import dev.weir.store.read.OpenShards;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes checkpoints of the shards that are open here, in a directory of its own that is emptied
 * when the node starts. Safe from any thread; the folding goes on meanwhile.
 */
public final class Checkpoints {
  private final Path directory;
  private final OpenShards shards;
  private final Clock clock;
  private final ChecksumCache checksums = new ChecksumCache();
  private final AtomicInteger numbers = new AtomicInteger();

  private Checkpoints(Path directory, OpenShards shards, Clock clock) {
    this.directory = directory;
    this.shards = shards;
    this.clock = clock;
  }

  /** Begins with an empty directory, on the disk of the shards: hard links do not leave a disk. */
  public static Checkpoints in(Path directory, OpenShards shards, Clock clock) throws IOException {
    Trees.delete(directory);
    Files.createDirectories(directory);
    return new Checkpoints(directory, shards, clock);
  }

  /** A checkpoint and what it is; to be closed when nobody reads its files any more. */
  public record Checkpoint(Path directory, Manifest manifest) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      Trees.delete(directory);
    }
  }

  /**
   * Makes a checkpoint of a shard.
   *
   * @param kind of the checksums in its manifest
   * @return empty if the shard is not open here
   */
  public Optional<Checkpoint> take(int shard, Checksum.Kind kind) throws IOException {
    Path target = directory.resolve(shard + "-" + numbers.incrementAndGet());
    OpenShard open = shards.acquire(shard);
    if (open == null) {
      return Optional.empty();
    }
    try {
      open.view().checkpoint(target);
    } finally {
      shards.release(open);
    }
    boolean described = false;
    try {
      Manifest manifest = Inspection.describe(target, kind, checksums, clock.instant());
      described = true;
      return Optional.of(new Checkpoint(target, manifest));
    } finally {
      if (!described) {
        Trees.delete(target);
      }
    }
  }
}
