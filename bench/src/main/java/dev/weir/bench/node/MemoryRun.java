package dev.weir.bench.node;

import dev.weir.bench.Figures;
import dev.weir.bench.Scale;
import dev.weir.bench.feed.SourceTopic;
import dev.weir.bench.process.BrokerProcess;
import dev.weir.bench.process.ProcessMemory;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Resident memory of one node with 8 shards: while it takes everything in, idle, scanned. */
public final class MemoryRun {
  private static final int SHARDS = 8;
  private static final int PAGE = 10_000;
  private static final int IDLE_SECONDS = 10;
  private static final List<String> JVM = List.of("-Xmx256m");

  private MemoryRun() {}

  /** Runs it. */
  public static Figures run(Scale scale, Path directory) throws Exception {
    Figures figures = new Figures();
    try (BrokerProcess broker = BrokerProcess.start(directory.resolve("kafka"))) {
      SourceTopic topic = new SourceTopic(broker.bootstrapServers(), "documents", SHARDS);
      topic.create();
      NodeProcess.Database database =
          new NodeProcess.Database(topic.bootstrapServers(), topic.name(), directory, SHARDS);
      try (NodeProcess node = NodeProcess.start("one", database, JVM)) {
        figures.add("resident, empty", "MiB", ProcessMemory.residentMib(node.pid()));
        topic.fill(0, scale.documents());
        node.client().awaitDocuments(scale.documents());
        figures.add("resident, just loaded", "MiB", ProcessMemory.residentMib(node.pid()));
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(IDLE_SECONDS));
        figures.add("resident, idle", "MiB", ProcessMemory.residentMib(node.pid()));
        figures.add("highest before the scan", "MiB", ProcessMemory.peakMib(node.pid()));
        figures.add("pages of the scan", "", node.client().scanAll(PAGE));
        figures.add("resident, scanned", "MiB", ProcessMemory.residentMib(node.pid()));
        figures.add("highest ever", "MiB", ProcessMemory.peakMib(node.pid()));
      }
    }
    figures.ratio("highest ever", "highest before the scan", "1.0: a scan does not raise it");
    figures.note(
        "One node, "
            + scale.documents()
            + " documents of 200 bytes, JVM options "
            + JVM
            + ", every setting of Weir at its default. Hoped for: below 1,024 MiB.");
    return figures;
  }
}
