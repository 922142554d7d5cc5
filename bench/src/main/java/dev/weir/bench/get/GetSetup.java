package dev.weir.bench.get;

import dev.weir.bench.weir.WeirStore;
import dev.weir.store.node.NodeStartException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a fork of the benchmark must know, passed as system properties.
 *
 * @param bootstrapServers of the broker
 * @param directory with everything prepared
 * @param documents how many there are
 * @param loaded whether writes go in meanwhile
 */
record GetSetup(String bootstrapServers, Path directory, int documents, boolean loaded) {
  static final int SHARDS = 4;
  static final long BUDGET = WeirStore.BUDGET;
  static final int WRITES_PER_SECOND = 20_000;
  static final int BATCH = 100;
  static final String TOPIC = "documents";
  private static final String PREFIX = "weir.bench.";

  static GetSetup ofThisFork() {
    return new GetSetup(
        System.getProperty(PREFIX + "bootstrap"),
        Path.of(System.getProperty(PREFIX + "directory")),
        Integer.getInteger(PREFIX + "documents"),
        Boolean.getBoolean(PREFIX + "loaded"));
  }

  WeirStore startOurs() throws NodeStartException, InterruptedException {
    return WeirStore.start(bootstrapServers, "weir", directory.resolve("weir"), SHARDS, Map.of());
  }

  List<String> jvmOptions() {
    return List.of(
        "-Xmx1g",
        "-D" + PREFIX + "bootstrap=" + bootstrapServers,
        "-D" + PREFIX + "directory=" + directory,
        "-D" + PREFIX + "documents=" + documents,
        "-D" + PREFIX + "loaded=" + loaded);
  }
}
