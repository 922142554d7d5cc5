package dev.weir.store.rocksdb;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * RocksDB's native code, unpacked once beside the shards. By itself RocksDB unpacks it at every
 * start into the directory for temporary files, and a process that is killed leaves it there.
 */
public final class NativeLibrary {
  private static final Logger LOG = LoggerFactory.getLogger(NativeLibrary.class);

  /** Names a directory in which RocksDB is to look, by those who want it elsewhere. */
  private static final String ELSEWHERE = "ROCKSDB_SHAREDLIB_DIR";

  private static final int BUFFER = 1 << 20;

  private static boolean loaded; // under the class

  private NativeLibrary() {}

  /**
   * Loads it, unless that was done; RocksDB does it in its own way if the directory cannot be used.
   *
   * @param directory its alone, made if it is missing; used by one process at a time
   */
  public static synchronized void load(Path directory) {
    if (!loaded) {
      loadFrom(directory);
      loaded = true;
    }
  }

  private static void loadFrom(Path directory) {
    try {
      Optional<Path> unpacked =
          System.getenv(ELSEWHERE) == null ? unpack(directory) : Optional.empty();
      if (unpacked.isPresent()) {
        RocksDB.loadLibrary(List.of(directory.toAbsolutePath().toString()));
        return;
      }
    } catch (IOException | UnsatisfiedLinkError e) {
      LOG.info("RocksDB's native code cannot be kept in {}", directory, e);
    }
    RocksDB.loadLibrary();
  }

  /** The file, which is written unless it is there and whole; empty = it is in no JAR file. */
  static Optional<Path> unpack(Path directory) throws IOException {
    URL packed =
        RocksDB.class.getClassLoader().getResource(Environment.getJniLibraryFileName("rocksdb"));
    if (packed == null || !(packed.openConnection() instanceof JarURLConnection jar)) {
      return Optional.empty();
    }
    jar.setUseCaches(false);
    try (InputStream in = jar.getInputStream()) {
      JarEntry entry = jar.getJarEntry();
      // Under this name RocksDB looks for it in a directory that it is given.
      Path file = directory.resolve(Environment.getJniLibraryFileName("rocksdbjni"));
      if (!isWhole(file, entry)) {
        empty(directory);
        Path draft = directory.resolve("draft");
        Files.copy(in, draft);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
      }
      return Optional.of(file);
    }
  }

  private static boolean isWhole(Path file, JarEntry entry) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) != entry.getSize()) {
      return false;
    }
    CRC32 sum = new CRC32();
    try (InputStream in = Files.newInputStream(file)) {
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        sum.update(buffer, 0, read);
      }
    }
    return sum.getValue() == entry.getCrc();
  }

  private static void empty(Path directory) throws IOException {
    Files.createDirectories(directory);
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }
}
