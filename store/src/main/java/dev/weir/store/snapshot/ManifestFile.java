package dev.weir.store.snapshot;

import java.util.regex.Pattern;

/**
 * A file of a snapshot.
 *
 * @param name as RocksDB names its files, and nothing else: never a path
 * @param size in bytes
 * @param checksum of all its bytes
 */
public record ManifestFile(String name, long size, Checksum checksum) {
  private static final Pattern NAME =
      Pattern.compile(
          "CURRENT|IDENTITY|(MANIFEST|OPTIONS)-[0-9]{1,20}|[0-9]{1,20}\\.(sst|log|blob)");

  public ManifestFile {
    if (!isName(name)) {
      throw new IllegalArgumentException("'" + name + "' is no name of a file of RocksDB");
    }
    if (size < 0) {
      throw new IllegalArgumentException("a size of " + size);
    }
  }

  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }
}
