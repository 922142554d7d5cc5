package dev.weir.store.truncation;

import dev.weir.store.snapshot.Checksum;
import dev.weir.store.snapshot.Manifest;
import dev.weir.store.snapshot.ManifestFile;
import dev.weir.store.snapshot.ManifestText;
import dev.weir.store.snapshot.Snapshot;
import dev.weir.store.snapshot.SnapshotRepository;
import dev.weir.store.snapshot.SnapshotSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the newest snapshots of a repository back and compares every file's checksum. A file that
 * was found sound, and is still there with its size, is not read again: its name is its checksum.
 * Used by one thread at a time.
 */
public final class VerifiedSnapshots implements SoundSnapshots {
  private static final Logger LOG = LoggerFactory.getLogger(VerifiedSnapshots.class);
  private static final int BUFFER = 256 * 1024;

  private final SnapshotRepository repository;

  /** The files of each shard's newest sound snapshot. */
  private final Map<Integer, Set<ManifestFile>> sound = new HashMap<>();

  /** Reads {@code repository}. */
  public VerifiedSnapshots(SnapshotRepository repository) {
    this.repository = repository;
  }

  @Override
  public OptionalLong newest(int shard) throws IOException {
    for (Snapshot snapshot : repository.list(shard)) {
      ManifestText.Reading reading = repository.manifest(snapshot);
      if (reading instanceof ManifestText.Reading.Read read) {
        if (isSound(shard, snapshot, read.manifest())) {
          sound.put(shard, Set.copyOf(read.manifest().files()));
          return OptionalLong.of(snapshot.offset());
        }
      } else if (reading instanceof ManifestText.Reading.Refused refused) {
        LOG.warn("Snapshot {} of shard {} is not used: {}", snapshot.id(), shard, refused.reason());
      }
    }
    return OptionalLong.empty();
  }

  private boolean isSound(int shard, Snapshot snapshot, Manifest manifest) throws IOException {
    Set<ManifestFile> known = new HashSet<>(sound.getOrDefault(shard, Set.of()));
    try (SnapshotSource source = repository.source(manifest)) {
      for (ManifestFile file : manifest.files()) {
        boolean whole =
            known.contains(file)
                ? isPresent(source, file)
                : read(source, file).equals(file.checksum());
        if (!whole) {
          LOG.warn(
              "Snapshot {} of shard {} is not used: the file {} is damaged in {}; make a new one",
              snapshot.id(),
              shard,
              file.name(),
              repository.place());
          return false;
        }
      }
      return true;
    }
  }

  /** Whether a file has its last byte. */
  private static boolean isPresent(SnapshotSource source, ManifestFile file) throws IOException {
    if (file.size() == 0) {
      return true;
    }
    try (InputStream in = source.open(file, file.size() - 1)) {
      return in.read() >= 0 && in.read() < 0;
    }
  }

  private static Checksum read(SnapshotSource source, ManifestFile file) throws IOException {
    Checksum.Sum sum = Checksum.begin(file.checksum().kind());
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = source.open(file, 0)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        sum.add(buffer, 0, read);
      }
    }
    return sum.end();
  }
}
