package dev.weir.bench.bootstrap;

import dev.weir.bench.Figures;
import dev.weir.bench.Scale;
import dev.weir.bench.process.Directories;
import java.nio.file.Files;
import java.nio.file.Path;

/** State for a node that has none: how fast it comes, and what it costs others. */
public final class BootstrapRun {
  private static final int OVERWRITTEN = 5;

  private BootstrapRun() {}

  private interface Piece {
    void run(Path directory, Figures figures) throws Exception;
  }

  /** All of it. */
  public static Figures run(Scale scale, Path directory) throws Exception {
    Figures figures = new Figures();
    part(directory, figures, (path, into) -> TransferRun.run(scale, path, into));
    part(directory, figures, (path, into) -> ready(scale, path, into));
    part(directory, figures, (path, into) -> overwritten(scale, path, into));
    part(directory, figures, (path, into) -> ReadsRun.run(scale, path, into));
    return figures;
  }

  /** The transfer alone, without Kafka. */
  public static Figures transfer(Scale scale, Path directory) throws Exception {
    Figures figures = new Figures();
    part(directory, figures, (path, into) -> TransferRun.run(scale, path, into));
    return figures;
  }

  /** A node without state, and one that was killed, against Kafka Streams. */
  public static Figures ready(Scale scale, Path directory) throws Exception {
    Figures figures = new Figures();
    part(directory, figures, (path, into) -> ready(scale, path, into));
    return figures;
  }

  /** The same where every document was written five times. */
  public static Figures overwritten(Scale scale, Path directory) throws Exception {
    Figures figures = new Figures();
    part(directory, figures, (path, into) -> overwritten(scale, path, into));
    return figures;
  }

  /** Reads at the source, with and without a transfer. */
  public static Figures reads(Scale scale, Path directory) throws Exception {
    Figures figures = new Figures();
    part(directory, figures, (path, into) -> ReadsRun.run(scale, path, into));
    return figures;
  }

  private static void ready(Scale scale, Path directory, Figures figures) throws Exception {
    new ReadyRun(scale, 1, StateSize.documents(scale), figures).run(directory);
    figures.note(
        "Documents of "
            + StateTopic.DOCUMENT_BYTES
            + " bytes in "
            + BootNode.SHARDS
            + " shards, one other node that has them, no throttle; Kafka Streams reads them from a"
            + " changelog, 2 threads each. Waiting: the longest time that a state was there before"
            + " it was used. Killed node: 2,000 documents were written while it was away.");
  }

  private static void overwritten(Scale scale, Path directory, Figures figures) throws Exception {
    new ReadyRun(scale, OVERWRITTEN, StateSize.documents(scale) / 2, figures).run(directory);
    figures.note(
        "Written five times: half of the documents; compaction has not come to the changelog.");
  }

  private static void part(Path directory, Figures figures, Piece piece) throws Exception {
    Path own = Files.createDirectories(directory.resolve("part"));
    try {
      piece.run(own, figures);
    } finally {
      Directories.remove(own);
    }
  }
}
