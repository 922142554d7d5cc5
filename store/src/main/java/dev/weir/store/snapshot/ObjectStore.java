package dev.weir.store.snapshot;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where objects are kept by name: the port to a repository's storage. An object is there as a whole
 * or not at all, also after a power cut or an interrupted {@code put}, and never changes but by
 * another {@code put}.
 *
 * <p>Names are of one or more steps divided by {@code /}, each of letters, digits and {@code . -
 * _}, the first character a letter or digit. Safe from any thread; calls block. An {@link
 * IOException} says that the storage could not be asked or would not: whether a change was made is
 * unknown then, and it can be made again.
 */
public interface ObjectStore extends AutoCloseable {

  /**
   * An object.
   *
   * @param name its name
   * @param size in bytes
   * @param modified when it was put last, by the storage's clock
   */
  record Entry(String name, long size, Instant modified) {}

  /** Stores a file's bytes, in place of what had the name. */
  void put(String name, Path file) throws IOException;

  /** Stores bytes, in place of what had the name. */
  void put(String name, byte[] content) throws IOException;

  /**
   * The bytes of an object, to be closed; empty if there is none.
   *
   * @param from first byte, from 0 to its size
   */
  Optional<InputStream> open(String name, long from) throws IOException;

  /** The objects whose names begin with {@code prefix}, ordered by name. */
  List<Entry> list(String prefix) throws IOException;

  /** Removes an object; harmless if there is none. */
  void delete(String name) throws IOException;

  /** Where it is, for people; without secrets. */
  String place();

  @Override
  void close();
}
