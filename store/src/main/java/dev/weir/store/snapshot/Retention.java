package dev.weir.store.snapshot;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Which snapshots of a shard are kept: the newest always, of the others so many and none older than
 * that.
 *
 * @param most snapshots of a shard, at least 1
 * @param age of a snapshot that is dropped unless it is the newest; positive
 */
public record Retention(int most, Duration age) {
  public Retention {
    if (most < 1 || age.isNegative() || age.isZero()) {
      throw new IllegalArgumentException("at least one snapshot is kept, for a positive time");
    }
  }

  /** What is not kept any more, out of all snapshots of a shard, newest first. */
  List<Snapshot> dropped(List<Snapshot> newestFirst, Instant now) {
    List<Snapshot> dropped = new ArrayList<>();
    for (int i = 1; i < newestFirst.size(); i++) {
      Snapshot snapshot = newestFirst.get(i);
      if (i >= most || snapshot.created().isBefore(now.minus(age))) {
        dropped.add(snapshot);
      }
    }
    return dropped;
  }
}
