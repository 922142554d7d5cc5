package dev.weir.bench.bootstrap;

import dev.weir.bench.process.ChildJvm;
import dev.weir.bench.process.Directories;
import dev.weir.bench.stock.StockTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/** Kafka Streams as it comes, on an empty directory, in a JVM of its own. */
final class StockRestore {
  private static final int PARTITIONS = BootNode.SHARDS;

  private final StateTopic source;
  private final StateTopic changelog;
  private final long documents;

  private StockRestore(StateTopic source, StateTopic changelog, long documents) {
    this.source = source;
    this.changelog = changelog;
    this.documents = documents;
  }

  /**
   * Writes a changelog as the application would have; compaction does not come to it.
   *
   * @param application its name
   * @param rounds how often each document was written
   */
  static StockRestore prepare(
      String bootstrapServers, String application, long documents, int rounds)
      throws InterruptedException, ExecutionException {
    StateTopic source = new StateTopic(bootstrapServers, application + "-source", PARTITIONS);
    source.create(Map.of());
    StateTopic changelog =
        new StateTopic(bootstrapServers, application + "-documents-changelog", PARTITIONS);
    changelog.create(Map.of("cleanup.policy", "compact", "min.compaction.lag.ms", "86400000"));
    for (int round = 0; round < rounds; round++) {
      changelog.fill(round, 0, documents);
    }
    return new StockRestore(source, changelog, documents);
  }

  /** Seconds from the start of the process until the last documents can be read. */
  double run(Path directory, List<String> jvmOptions) throws IOException, InterruptedException {
    List<String> options = new ArrayList<>(jvmOptions);
    options.addAll(BootNode.JVM);
    try (ChildJvm jvm =
        ChildJvm.start(
            StockRestore.class,
            options,
            List.of(
                source.bootstrapServers(),
                source.name(),
                changelog.name().replace("-documents-changelog", ""),
                directory.toString(),
                Long.toString(documents)))) {
      return Double.parseDouble(jvm.readyText());
    } finally {
      Directories.remove(directory);
    }
  }

  /** The process itself. */
  public static void main(String[] arguments) throws IOException {
    try (StockTable table =
        new StockTable(arguments[0], arguments[2], arguments[1], Path.of(arguments[3]), Map.of())) {
      table.awaitLast(Long.parseLong(arguments[4]), PARTITIONS);
      ChildJvm.readyUntilTold(Double.toString(ChildJvm.ageMillis() / 1e3));
    }
    System.exit(0);
  }
}
