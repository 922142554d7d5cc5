package dev.weir.store.snapshot;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Drops snapshots that are not kept any more, and the files that belong to none.
 *
 * <p>The newest snapshot that somebody has read back, and relies on, stays whatever its age and
 * number: the log may have been cut behind it, and newer ones may be damaged.
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
    List<Snapshot> dropped = new ArrayList<>(retention.dropped(all, clock.instant()));
    relied(shard, all).ifPresent(dropped::remove);
    for (Snapshot snapshot : dropped) {
      move(layout.manifest(snapshot), layout.dropped(snapshot));
    }
    // Somebody may have begun to rely on one of them meanwhile, and looked before it was gone.
    Optional<Snapshot> late = dropped.isEmpty() ? Optional.empty() : relied(shard, all);
    if (late.isPresent() && dropped.remove(late.get())) {
      move(layout.dropped(late.get()), layout.manifest(late.get()));
    }
    for (Snapshot snapshot : dropped) {
      repository.marks().forget(snapshot);
    }
    return collect(shard, dropped.size());
  }

  private void move(String from, String to) throws IOException {
    Optional<InputStream> found = store.open(from, 0);
    if (found.isPresent()) {
      try (InputStream in = found.get()) {
        store.put(to, in.readAllBytes());
      }
      store.delete(from);
    }
  }

  /** The newest that was read back, without those of which a file was found damaged later. */
  private Optional<Snapshot> relied(int shard, List<Snapshot> newestFirst) throws IOException {
    List<Snapshot> verified = repository.marks().verified(shard);
    if (verified.isEmpty()) {
      return Optional.empty();
    }
    Marks.Damaged damaged = repository.marks().damaged(shard);
    for (Snapshot snapshot : newestFirst) {
      if (verified.contains(snapshot)
          && (damaged.sums().isEmpty()
              || manifest(snapshot).filter(m -> !damaged.has(m)).isPresent())) {
        return Optional.of(snapshot);
      }
    }
    return Optional.empty();
  }

  private Optional<Manifest> manifest(Snapshot snapshot) throws IOException {
    RepositoryLayout layout = repository.layout();
    Optional<Manifest> kept = manifest(layout.manifest(snapshot));
    return kept.isPresent() ? kept : manifest(layout.dropped(snapshot));
  }

  private Optional<Manifest> manifest(String name) throws IOException {
    Optional<InputStream> found = store.open(name, 0);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    try (InputStream in = found.get()) {
      return ManifestText.read(in.readAllBytes()) instanceof ManifestText.Reading.Read read
          ? Optional.of(read.manifest())
          : Optional.empty();
    }
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
        store.delete(layout.damaged(shard) + file.name().substring(layout.files(shard).length()));
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
