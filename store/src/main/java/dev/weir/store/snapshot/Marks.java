package dev.weir.store.snapshot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What has been found out about the files and snapshots of a repository, kept in it for all nodes.
 * Safe from any thread; calls block.
 */
final class Marks {
  private static final byte[] NOTHING = new byte[0];

  private final ObjectStore store;
  private final RepositoryLayout layout;

  Marks(ObjectStore store, RepositoryLayout layout) {
    this.store = store;
    this.layout = layout;
  }

  /** Notes that a file is not what its name says; the next snapshot with it replaces it. */
  void damaged(int shard, ManifestFile file) throws IOException {
    store.put(layout.damaged(shard, file), NOTHING);
  }

  /** Notes that a file was stored anew. */
  void mended(int shard, ManifestFile file) throws IOException {
    store.delete(layout.damaged(shard, file));
  }

  /** The damaged files of a shard, by checksum. */
  Damaged damaged(int shard) throws IOException {
    Set<String> sums = new HashSet<>();
    for (ObjectStore.Entry entry : store.list(layout.damaged(shard))) {
      sums.add(last(entry));
    }
    return new Damaged(sums);
  }

  /**
   * Files that are damaged.
   *
   * @param sums checksums by which they are named
   */
  record Damaged(Set<String> sums) {

    boolean has(ManifestFile file) {
      return sums.contains(file.checksum().hex());
    }

    boolean has(Manifest manifest) {
      return manifest.files().stream().anyMatch(this::has);
    }
  }

  /** Notes that a snapshot was read back, and that somebody relies on it from now on. */
  void verified(Snapshot snapshot) throws IOException {
    store.put(layout.verified(snapshot), NOTHING);
  }

  /** The snapshots of a shard that somebody relies on. */
  List<Snapshot> verified(int shard) throws IOException {
    List<Snapshot> found = new ArrayList<>();
    for (ObjectStore.Entry entry : store.list(layout.verified(shard))) {
      Optional<Snapshot> snapshot = Snapshot.parse(shard, last(entry));
      snapshot.ifPresent(found::add);
    }
    return found;
  }

  /** Forgets a snapshot that is not kept any more. */
  void forget(Snapshot snapshot) throws IOException {
    store.delete(layout.verified(snapshot));
  }

  private static String last(ObjectStore.Entry entry) {
    return entry.name().substring(entry.name().lastIndexOf('/') + 1);
  }
}
