package dev.weir.store.snapshot;

import java.util.Optional;

/**
 * What is known of the snapshots of a shard that this node has made since it started.
 *
 * @param shard number of the shard
 * @param running whether one is being made
 * @param newest the last one that was stored
 * @param files that had to be stored for it
 * @param bytes of these
 * @param failure why the last attempt failed, with what to do; empty if it did not
 */
public record SnapshotStatus(
    int shard,
    boolean running,
    Optional<Snapshot> newest,
    int files,
    long bytes,
    Optional<String> failure) {

  static SnapshotStatus none(int shard) {
    return new SnapshotStatus(shard, false, Optional.empty(), 0, 0, Optional.empty());
  }

  SnapshotStatus begun() {
    return new SnapshotStatus(shard, true, newest, files, bytes, failure);
  }

  SnapshotStatus failed(String reason) {
    return new SnapshotStatus(shard, false, newest, files, bytes, Optional.of(reason));
  }

  SnapshotStatus unchanged() {
    return new SnapshotStatus(shard, false, newest, files, bytes, Optional.empty());
  }

  static SnapshotStatus stored(SnapshotRepository.Stored stored) {
    return new SnapshotStatus(
        stored.snapshot().shard(),
        false,
        Optional.of(stored.snapshot()),
        stored.files(),
        stored.bytes(),
        Optional.empty());
  }
}
