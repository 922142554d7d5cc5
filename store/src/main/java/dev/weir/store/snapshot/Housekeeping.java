package dev.weir.store.snapshot;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Drops snapshots that are not kept any more, and the files that belong to none.
 *
 * <p>Another node may be storing a snapshot at any moment, and skips files that it has seen in the
 * repository. Therefore a snapshot is dropped in two steps: its manifest is put aside, and its
 * files count as needed for {@link #GUARD} more; a file that belongs to no manifest is left for as
 * long, since its manifest may still come. A store that takes longer than that finds out: it looks
 * for its files before it writes the manifest.
 */
public final class Housekeeping {
  /** Longer than storing one snapshot may take. */
  public static final Duration GUARD = Duration.ofHours(24);

  private final SnapshotRepository repository;
  private final ObjectStore store;
  private final Clock clock;
  private final Duration guard;

  /** Keeps a repository with the usual guard. */
  public Housekeeping(SnapshotRepository repository, Clock clock) {
    this(repository, clock, GUARD);
  }

  Housekeeping(SnapshotRepository repository, Clock clock, Duration guard) {
    this.repository = repository;
    this.store = repository.objects();
    this.clock = clock;
    this.guard = guard;
  }

  /**
   * What was done.
   *
   * @param dropped snapshots that are not in the catalogue any more
   * @param files that were deleted
   * @param bytes of these
   */
  public record Report(int dropped, int files, long bytes) {}

  /** Drops what is not kept of a shard, and collects the files that nobody needs. */
  public Report run(int shard, Retention retention) throws IOException {
    RepositoryLayout layout = repository.layout();
    List<Snapshot> all = repository.list(shard);
    List<Snapshot> dropped = retention.dropped(all, clock.instant());
    for (Snapshot snapshot : dropped) {
      Optional<InputStream> found = store.open(layout.manifest(snapshot), 0);
      if (found.isPresent()) {
        try (InputStream in = found.get()) {
          store.put(layout.dropped(snapshot), in.readAllBytes());
        }
        store.delete(layout.manifest(snapshot));
      }
    }
    return collect(shard, dropped.size());
  }

  // Files are listed before manifests, and these before the dropped ones: manifests move in that
  // direction, so that what becomes needed, or is dropped, in between is seen.
  private Report collect(int shard, int dropped) throws IOException {
    RepositoryLayout layout = repository.layout();
    Instant before = clock.instant().minus(guard);
    List<ObjectStore.Entry> files = store.list(layout.files(shard));
    Set<String> needed = new HashSet<>();
    for (ObjectStore.Entry entry : store.list(layout.manifests(shard))) {
      if (!need(shard, entry.name(), needed)) {
        return new Report(dropped, 0, 0);
      }
    }
    for (ObjectStore.Entry entry : store.list(layout.dropped(shard))) {
      if (entry.modified().isBefore(before)) {
        store.delete(entry.name());
      } else if (!need(shard, entry.name(), needed)) {
        return new Report(dropped, 0, 0);
      }
    }
    int count = 0;
    long bytes = 0;
    for (ObjectStore.Entry file : files) {
      if (!needed.contains(file.name()) && file.modified().isBefore(before)) {
        store.delete(file.name());
        count++;
        bytes += file.size();
      }
    }
    return new Report(dropped, count, bytes);
  }

  /** Adds what a manifest needs; false = it cannot be read, so that nothing may be deleted. */
  private boolean need(int shard, String manifest, Set<String> needed) throws IOException {
    Optional<InputStream> found = store.open(manifest, 0);
    if (found.isEmpty()) {
      return true;
    }
    try (InputStream in = found.get()) {
      if (ManifestText.read(in.readAllBytes()) instanceof ManifestText.Reading.Read read) {
        read.manifest().files().forEach(file -> needed.add(repository.layout().file(shard, file)));
        return true;
      }
    }
    return false;
  }
}
