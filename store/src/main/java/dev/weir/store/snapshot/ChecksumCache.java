package dev.weir.store.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Checksums of files that never change once they are written, such as RocksDB's tables: hard links
 * of one file are summed once. Thread-safe.
 */
public final class ChecksumCache {
  private static final int MOST = 50_000;

  private final Map<Identity, Checksum> known =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Identity, Checksum> eldest) {
          return size() > MOST;
        }
      }; // under its own lock

  private record Identity(Checksum.Kind kind, Object file, long size, long modified) {}

  /** The checksum of a file, which must be none that grows. */
  public Checksum of(Checksum.Kind kind, Path file) throws IOException {
    BasicFileAttributes facts =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    Object key = facts.fileKey();
    // Only tables: the others are small, and some are copied anew under the same facts.
    if (key == null || !file.getFileName().toString().endsWith(".sst")) {
      return Checksum.of(kind, file);
    }
    Identity identity = new Identity(kind, key, facts.size(), facts.lastModifiedTime().toMillis());
    synchronized (known) {
      Checksum found = known.get(identity);
      if (found != null) {
        return found;
      }
    }
    Checksum summed = Checksum.of(kind, file);
    synchronized (known) {
      known.put(identity, summed);
    }
    return summed;
  }
}
