package dev.weir.bench.ingest;

import dev.weir.bench.Figures;
import dev.weir.bench.Scale;
import dev.weir.bench.feed.SourceTopic;
import dev.weir.bench.process.BrokerProcess;
import dev.weir.bench.process.Directories;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** From a topic to queryable, against one broker in a process of its own. */
public final class IngestRun {
  private static final int PARTITIONS = 4;
  private static final int TRICKLE_SECONDS = 10;
  private static final int TRICKLE_PER_SECOND = 2_000;
  private static final String STOCK = "source to queryable, Kafka Streams";
  private static final String CPU = "CPU time, ";
  private static final String WEIR = "source to queryable, Weir";
  private static final String WEIR_LOG = "log to queryable, Weir";

  private IngestRun() {}

  /** Throughput, in turns. */
  public static Figures run(Scale scale, Path directory) throws Exception {
    Figures figures = new Figures();
    try (BrokerProcess broker = BrokerProcess.start(directory.resolve("kafka"))) {
      SourceTopic topic = new SourceTopic(broker.bootstrapServers(), "events", PARTITIONS);
      topic.create();
      topic.fill(0, scale.events());
      for (int round = 0; round < scale.rounds(); round++) {
        Path stock = directory.resolve("stock-" + round);
        measure(STOCK, Flow.Kind.STOCK, topic, stock, scale, figures);
        Path weir = directory.resolve("weir-" + round);
        measure(WEIR, Flow.Kind.WEIR, topic, weir, scale, figures);
        measure(WEIR_LOG, Flow.Kind.WEIR_LOG, topic, weir, scale, figures);
      }
    }
    figures.ratio(WEIR, STOCK, ">= 0.8");
    figures.ratio(WEIR_LOG, STOCK, ">= 1.5");
    figures.ratio(CPU + STOCK, CPU + WEIR, "");
    figures.ratio(CPU + STOCK, CPU + WEIR_LOG, "");
    return figures;
  }

  private static void measure(
      String name, Flow.Kind kind, SourceTopic topic, Path directory, Scale scale, Figures figures)
      throws IOException, InterruptedException {
    FlowProcess.Outcome outcome = FlowProcess.measure(kind, topic, directory, scale.events(), 0);
    Directories.remove(directory);
    figures.add(name, "records/s", outcome.perSecond());
    figures.add(CPU + name, "us/record", outcome.cpuMicros());
    System.err.printf("%s: %s%n", name, outcome);
  }

  /** What an event costs Kafka, by number of partitions. */
  public static Figures traffic(Scale scale, Path directory) throws Exception {
    Figures figures = new Figures();
    List<Integer> counts = scale.equals(Scale.QUICK) ? List.of(16, 64) : List.of(16, 256, 2_048);
    try (BrokerProcess broker = BrokerProcess.start(directory.resolve("kafka"))) {
      for (int partitions : counts) {
        SourceTopic topic =
            new SourceTopic(broker.bootstrapServers(), "events-" + partitions, partitions);
        topic.create();
        topic.fill(0, partitions);
        for (Flow.Kind kind : List.of(Flow.Kind.STOCK, Flow.Kind.WEIR)) {
          Path state = directory.resolve(kind.name().toLowerCase(Locale.ROOT) + partitions);
          FlowProcess.Outcome outcome =
              FlowProcess.measure(
                  kind, topic, state, partitions, TRICKLE_SECONDS * TRICKLE_PER_SECOND);
          String name = kind.name().toLowerCase(Locale.ROOT) + ", " + partitions + " partitions";
          System.err.printf("%s: %s%n", name, outcome);
          figures.add(name, "bytes/event", outcome.bytesPerEvent());
          figures.add(name + ": requests", "/event", outcome.requestsPerEvent());
          Directories.remove(state);
        }
      }
    }
    return figures;
  }
}
