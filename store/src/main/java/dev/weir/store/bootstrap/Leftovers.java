package dev.weir.store.bootstrap;

import dev.weir.store.snapshot.Download;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What lies in the directory of arrivals, a directory for each shard: parts of downloads, and state
 * that is to be replaced by what arrives. Safe from any thread.
 */
public final class Leftovers {
  private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

  private final Path arrivals;

  /** Of a directory that need not exist. */
  public Leftovers(Path arrivals) {
    this.arrivals = arrivals;
  }

  /**
   * Where a shard's state lies that the log cannot be folded onto any more, until another one has
   * been moved to its place.
   */
  public Path replaced(int shard) {
    return of(shard).resolve("replaced");
  }

  /** All of a shard. */
  Path of(int shard) {
    return arrivals.resolve(Integer.toString(shard));
  }

  /** Deletes all of a shard. */
  void discard(int shard) {
    delete(of(shard));
  }

  /** Deletes what belongs to none of some shards, but never the last state that was here. */
  void sweep(Set<Integer> wanted) {
    if (!Files.isDirectory(arrivals)) {
      return;
    }
    try (Stream<Path> children = Files.list(arrivals)) {
      List<Path> all = children.toList();
      for (Path child : all) {
        boolean used =
            wanted.stream().anyMatch(shard -> child.endsWith(Integer.toString(shard)))
                || Files.exists(child.resolve("replaced"));
        if (!used) {
          delete(child);
        }
      }
    } catch (IOException e) {
      LOG.warn("{} cannot be looked through", arrivals, e);
    }
  }

  private static void delete(Path directory) {
    try {
      Download.discard(directory);
    } catch (IOException e) {
      LOG.warn("{} could not be deleted", directory, e);
    }
  }
}
