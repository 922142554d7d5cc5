package dev.weir.store.snapshot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the newest snapshots of a repository back and compares every file's checksum. A file that
 * was found sound, and is still there with its size, is not read again: its name is its checksum.
 * Used by one thread at a time.
 */
public final class VerifiedSnapshots {
  private static final Logger LOG = LoggerFactory.getLogger(VerifiedSnapshots.class);
  private static final int BUFFER = 256 * 1024;

  private final SnapshotRepository repository;

  /** The files of each shard's newest sound snapshot. */
  private final Map<Integer, Set<ManifestFile>> sound = new HashMap<>();

  /** Each shard's snapshot that is noted as one to be kept. */
  private final Map<Integer, Snapshot> relied = new HashMap<>();

  /** Reads {@code repository}. */
  public VerifiedSnapshots(SnapshotRepository repository) {
    this.repository = repository;
  }

  /**
   * Offset of the last record in the newest snapshot of a shard that was read back and found sound;
   * empty if there is none. It is kept from now on, until a newer one was found sound. Blocks.
   *
   * @throws IOException if the repository cannot be read
   */
  public OptionalLong newest(int shard) throws IOException {
    Marks.Damaged damaged = repository.marks().damaged(shard);
    sound.computeIfPresent(shard, (number, files) -> without(files, damaged));
    for (Snapshot snapshot : repository.list(shard)) {
      ManifestText.Reading reading = repository.manifest(snapshot);
      if (reading instanceof ManifestText.Reading.Read read) {
        if (!damaged.has(read.manifest())
            && isSound(shard, snapshot, read.manifest())
            && isKept(snapshot)) {
          sound.put(shard, Set.copyOf(read.manifest().files()));
          return OptionalLong.of(snapshot.offset());
        }
      } else if (reading instanceof ManifestText.Reading.Refused refused) {
        LOG.warn("Snapshot {} of shard {} is not used: {}", snapshot.id(), shard, refused.reason());
      }
    }
    return OptionalLong.empty();
  }

  private static Set<ManifestFile> without(Set<ManifestFile> files, Marks.Damaged damaged) {
    return files.stream().filter(file -> !damaged.has(file)).collect(Collectors.toSet());
  }

  /** Has it kept, unless it was dropped just before that. */
  private boolean isKept(Snapshot snapshot) throws IOException {
    if (!snapshot.equals(relied.get(snapshot.shard()))) {
      repository.marks().verified(snapshot);
      if (!repository.list(snapshot.shard()).contains(snapshot)) {
        return false;
      }
      relied.put(snapshot.shard(), snapshot);
    }
    return true;
  }

  private boolean isSound(int shard, Snapshot snapshot, Manifest manifest) throws IOException {
    Optional<ManifestFile> fault = repository.missing(manifest);
    if (fault.isEmpty()) {
      fault = damaged(shard, manifest);
    }
    fault.ifPresent(
        file ->
            LOG.warn(
                "Snapshot {} of shard {} is not used: the file {} is missing or damaged in {}; the"
                    + " next one replaces it",
                snapshot.id(),
                shard,
                file.name(),
                repository.place()));
    return fault.isEmpty();
  }

  private Optional<ManifestFile> damaged(int shard, Manifest manifest) throws IOException {
    Set<ManifestFile> known = sound.getOrDefault(shard, Set.of());
    try (SnapshotSource source = repository.source(manifest)) {
      for (ManifestFile file : manifest.files()) {
        if (!known.contains(file) && !read(source, file).equals(file.checksum())) {
          source.damaged(file);
          return Optional.of(file);
        }
      }
    }
    return Optional.empty();
  }

  private static Checksum read(SnapshotSource source, ManifestFile file) throws IOException {
    Checksum.Sum sum = Checksum.begin(file.checksum().kind());
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    try (ReadableByteChannel in = source.open(file, 0)) {
      while (in.read(buffer.clear()) >= 0) {
        sum.add(buffer.flip());
      }
    }
    return sum.end();
  }
}
