package dev.weir.bench.bootstrap;

import dev.weir.bench.Figures;
import dev.weir.bench.Scale;
import dev.weir.bench.process.BrokerProcess;
import dev.weir.bench.process.Directories;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What those who read at the source notice of a transfer. */
final class ReadsRun {
  private static final long BYTES_PER_SECOND = 50_000_000;
  private static final List<String> NICE = List.of("nice", "-n", "19");
  private static final int WARM_SECONDS = 5;
  private static final String WITHOUT = "p99 of reads at the source";
  private static final String WITH = "p99 of reads at the source during a transfer";

  private ReadsRun() {}

  static void run(Scale scale, Path directory, Figures figures) throws Exception {
    long documents = StateSize.documents(scale);
    try (BrokerProcess broker = BrokerProcess.start(directory.resolve("kafka"))) {
      StateTopic topic = new StateTopic(broker.bootstrapServers(), "documents", BootNode.SHARDS);
      topic.create(Map.of());
      BootNode.Database database =
          new BootNode.Database(topic, directory, BYTES_PER_SECOND, List.of());
      try (BootNode source = BootNode.start(List.of(), "a", database)) {
        topic.fill(0, 0, documents);
        source.client().awaitDocuments(documents);
        for (int round = 0; round < scale.rounds(); round++) {
          measure(source, database, documents, scale.seconds(), figures);
          Directories.remove(database.node("b"));
        }
      }
    }
    figures.ratio(WITH, WITHOUT, "< 2");
  }

  private static void measure(
      BootNode source, BootNode.Database database, long documents, int seconds, Figures figures)
      throws Exception {
    try (SourceReads reads = new SourceReads(source.journey().port(), documents)) {
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(WARM_SECONDS));
      long from = System.nanoTime();
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2L * seconds));
      long to = System.nanoTime();
      figures.add(WITHOUT, "ms", reads.percentile(99, from, to));
      figures.add("p50 of reads at the source", "ms", reads.percentile(50, from, to));
      try (BootNode node = BootNode.start(NICE, "b", database)) {
        Journey journey = node.journey();
        System.err.println(journey);
        long first = (long) ((journey.zero() + journey.first()) * 1e9);
        long last = (long) ((journey.zero() + journey.last()) * 1e9);
        figures.add(WITH, "ms", reads.percentile(99, first, last));
        figures.add("p50 of reads during a transfer", "ms", reads.percentile(50, first, last));
        figures.add("p99 while the receiver starts", "ms", reads.percentile(99, to, first));
        figures.add("throttled transfer", "MB/s", journey.bytes() / 1e6 / journey.transfer());
      }
      figures.add("reads that failed", "", reads.failures());
    }
  }
}
