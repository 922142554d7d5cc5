package dev.weir.store.snapshot;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;

/** Where the files of one snapshot come from. Safe from any thread; calls block. */
public interface SnapshotSource extends AutoCloseable {

  /** What it has. */
  Manifest manifest();

  /**
   * The bytes of a file, to be closed; they may be damaged. Reading waits for at least one byte.
   *
   * @param from first byte, from 0 to the file's size
   * @throws IOException if the source is gone or does not have the file any more
   */
  ReadableByteChannel open(ManifestFile file, long from) throws IOException;

  /** Learns that a file's bytes were read and are not what the manifest says. */
  default void damaged(ManifestFile file) {}

  /** What it is, for people. */
  String name();

  /** Lets the source forget what it keeps for this. */
  @Override
  void close();
}
