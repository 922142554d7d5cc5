package dev.weir.bench.ingest;

import dev.weir.bench.feed.ClientTraffic;
import dev.weir.bench.feed.SourceTopic;
import dev.weir.bench.process.ChildJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One measurement of a flow in a JVM of its own; it says the figures. */
public final class FlowProcess {
  private static final int TRICKLE_PER_SECOND = 2_000;

  private FlowProcess() {}

  /**
   * What a measurement says.
   *
   * @param perSecond records a second, from the first queryable one to the last
   * @param bytesPerEvent that Kafka clients send and receive
   * @param requestsPerEvent that Kafka clients send
   * @param cpuMicros of this process for each of these records
   */
  record Outcome(
      double perSecond, double bytesPerEvent, double requestsPerEvent, double cpuMicros) {
    private String text() {
      return String.format(
          Locale.ROOT,
          "%.1f %.3f %.5f %.3f",
          perSecond,
          bytesPerEvent,
          requestsPerEvent,
          cpuMicros);
    }

    private static Outcome parse(String text) {
      String[] parts = text.split(" ");
      return new Outcome(
          Double.parseDouble(parts[0]),
          Double.parseDouble(parts[1]),
          Double.parseDouble(parts[2]),
          Double.parseDouble(parts[3]));
    }
  }

  /**
   * Measures.
   *
   * @param kind which flow
   * @param trickle 0 = catch up with what is in the topic; else as many records flow in slowly
   *     after that, and only they are measured
   */
  static Outcome measure(
      Flow.Kind kind, SourceTopic topic, Path directory, long documents, long trickle)
      throws IOException, InterruptedException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                kind.name(),
                topic.bootstrapServers(),
                topic.name(),
                Integer.toString(topic.partitions()),
                directory.toString(),
                Long.toString(documents),
                Long.toString(trickle)));
    try (ChildJvm jvm = ChildJvm.start(FlowProcess.class, List.of("-Xmx1500m"), arguments)) {
      return Outcome.parse(jvm.readyText());
    }
  }

  /** The process itself. */
  public static void main(String[] arguments) throws Exception {
    SourceTopic topic = new SourceTopic(arguments[1], arguments[2], Integer.parseInt(arguments[3]));
    long documents = Long.parseLong(arguments[5]);
    long trickle = Long.parseLong(arguments[6]);
    Outcome outcome;
    try (Flow flow = Flow.Kind.valueOf(arguments[0]).start(topic, Path.of(arguments[4]))) {
      Stopwatch watch = new Stopwatch(flow);
      ClientTraffic.Total before = ClientTraffic.total();
      watch.time(documents);
      long events = documents;
      if (trickle > 0) {
        before = ClientTraffic.total();
        topic.trickle(documents, documents + trickle, TRICKLE_PER_SECOND);
        watch.await(documents + trickle);
        events = trickle;
      }
      ClientTraffic.Total traffic = ClientTraffic.total().since(before);
      outcome =
          new Outcome(
              watch.perSecond(),
              (traffic.bytesIn() + traffic.bytesOut()) / events,
              traffic.requests() / events,
              watch.cpuSeconds() * 1e6 / documents);
    }
    ChildJvm.readyUntilTold(outcome.text());
    System.exit(0);
  }
}
