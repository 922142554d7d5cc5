package dev.weir.bench.raw;

import dev.weir.bench.Figures;
import dev.weir.bench.Scale;
import dev.weir.bench.process.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.rocksdb.RocksDBException;

/** What RocksDB's write-ahead log costs when nothing is synced, by size of the batches. */
public final class WalRun {
  private static final int SHARDS = 4;
  private static final long BUDGET = 512L * 1024 * 1024;
  private static final int[] BATCHES = {1, 10, 100, 1000};

  private WalRun() {}

  /** Runs it. */
  public static Figures run(Scale scale, Path directory) throws IOException, RocksDBException {
    Figures figures = new Figures();
    for (int round = 0; round < scale.rounds(); round++) {
      for (int batch : BATCHES) {
        for (boolean wal : new boolean[] {true, false}) {
          figures.add(name(batch, wal), "records/s", fill(scale, directory, batch, wal));
        }
      }
    }
    for (int batch : BATCHES) {
      figures.ratio(name(batch, true), name(batch, false), "");
    }
    return figures;
  }

  private static double fill(Scale scale, Path directory, int batch, boolean wal)
      throws IOException, RocksDBException {
    Path databases = Files.createTempDirectory(directory, "wal");
    try (RawRocks rocks = new RawRocks(databases, SHARDS, BUDGET, wal)) {
      long start = System.nanoTime();
      rocks.fill(0, scale.events(), batch);
      return scale.events() * 1e9 / (System.nanoTime() - start);
    } finally {
      Directories.remove(databases);
    }
  }

  private static String name(int batch, boolean wal) {
    return String.format(Locale.ROOT, "batches of %d, %s", batch, wal ? "WAL unsynced" : "no WAL");
  }
}
