package dev.weir.chaos.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.chaos.net.Proxy;
import dev.weir.chaos.process.Ports;
import dev.weir.graph.RunOutcome;
import dev.weir.graph.algorithms.Algorithms;
import dev.weir.graph.compact.CompactGraph;
import dev.weir.graph.compact.GraphBuilder;
import dev.weir.graph.worker.BatchEngine;
import dev.weir.graph.worker.JoinedEngines;
import dev.weir.graph.worker.RunOptions;
import dev.weir.kafka.EmbeddedKafka;
import dev.weir.kafka.Options;
import dev.weir.store.log.TopicPlan;
import dev.weir.store.log.TopicReport;
import dev.weir.store.log.TopicSetup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One of three nodes is cut off from the broker in the middle of a superstep, or hears nothing for
 * a while: the run comes to the same bits, or is lost; never to others.
 */
final class JobsCutOffTest {

  private static final int SHARDS = 3;
  private static final int VERTICES = 600;
  private static final int LONGEST_MILLIS = 1_200;
  private static final int SECONDS = 120;

  /** A run of the long kind of these tests. */
  private static final boolean LONG = System.getProperty("weir.chaos.seconds") != null;

  private static final int ROUNDS = LONG ? 60 : 6;

  @TempDir private static Path directory;

  private static EmbeddedKafka kafka;
  private static Proxy proxy;
  private static List<Map<String, Object>> clients;
  private static CompactGraph graph;

  @BeforeAll
  static void start() throws Exception {
    int port = Ports.next();
    int advertised = Ports.next();
    proxy = Proxy.start(advertised, port);
    Options options = Options.in(directory.resolve("kafka"));
    kafka =
        EmbeddedKafka.start(
            new Options(
                options.directory(),
                options.port(),
                options.brokerProperties(),
                List.of(new Options.Listener("CUT", port, advertised)),
                options.closeTimeout()));
    Map<String, Object> near = Map.of("bootstrap.servers", kafka.bootstrapServers());
    clients = List.of(Map.of("bootstrap.servers", "127.0.0.1:" + advertised), near, near);
    try (Admin admin = Admin.create(near)) {
      TopicPlan plan = new TopicPlan("cut", 0, SHARDS);
      assertThat(new TopicSetup(admin, Duration.ofSeconds(30)).ensure(plan, OptionalInt.of(1)))
          .isInstanceOf(TopicReport.Ready.class);
    }
    graph = graph();
  }

  @AfterAll
  static void stop() {
    proxy.close();
    kafka.close();
  }

  /** A ring, so that many supersteps follow each other, with some ways across it. */
  private static CompactGraph graph() {
    Random random = new Random(8);
    GraphBuilder builder = new GraphBuilder(SHARDS, true, true);
    for (int id = 0; id < VERTICES; id++) {
      builder.vertex(id);
    }
    for (int id = 0; id < VERTICES; id++) {
      builder.edge(id, (id + 1) % VERTICES, 1);
      builder.edge(id, (id + random.nextInt(4)) % VERTICES, random.nextDouble() * 4);
    }
    return builder.build(true);
  }

  private static JoinedEngines engines() {
    return new JoinedEngines(clients, new TopicPlan("cut", 0, SHARDS).graphTopic(), SHARDS);
  }

  private static Map<Long, Long> bits(RunOutcome outcome) {
    Map<Long, Long> bits = new TreeMap<>();
    ((RunOutcome.Completed) outcome)
        .values()
        .forEach((id, whole, number) -> bits.put(id, Double.doubleToRawLongBits(number)));
    return bits;
  }

  private static Map<Long, Long> expected() {
    try (BatchEngine engine = BatchEngine.standard()) {
      return bits(
          engine
              .start(
                  graph,
                  Algorithms.named("sssp").orElseThrow(),
                  Map.of("source", "0"),
                  RunOptions.standard())
              .outcome()
              .join());
    }
  }

  private static CompletableFuture<RunOutcome> run(
      JoinedEngines engines, int superstep, Runnable cut) {
    return engines.run(
        graph,
        Algorithms.named("sssp").orElseThrow(),
        Map.of("source", "0"),
        RunOptions.standard()
            .tell(
                report -> {
                  if (report.superstep() == superstep) {
                    cut.run();
                  }
                }));
  }

  @Test
  void aCutOffNodeComesToTheSameOrTheRunIsLost() {
    long seed = Long.getLong("weir.chaos.seed", System.nanoTime());
    Random random = new Random(seed);
    Map<Long, Long> expected = expected();
    int completed = 0;
    try (JoinedEngines engines = engines()) {
      for (int round = 0; round < ROUNDS; round++) {
        int superstep = random.nextInt(60);
        int millis = random.nextInt(LONGEST_MILLIS);
        boolean hold = random.nextBoolean();
        CompletableFuture<Void> healed = new CompletableFuture<>();
        AtomicBoolean struck = new AtomicBoolean();
        Runnable cut =
            () -> {
              struck.set(true);
              if (hold) {
                proxy.hold();
              } else {
                proxy.cut();
              }
              CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS)
                  .execute(
                      () -> {
                        proxy.heal();
                        healed.complete(null);
                      });
            };
        RunOutcome outcome =
            run(engines, superstep, cut).orTimeout(SECONDS, TimeUnit.SECONDS).join();
        if (struck.get()) {
          healed.orTimeout(SECONDS, TimeUnit.SECONDS).join();
        }
        String what =
            "seed %d, round %d: superstep %d, %d ms, held %s"
                .formatted(seed, round, superstep, millis, hold);
        if (outcome instanceof RunOutcome.Completed) {
          assertThat(bits(outcome)).as(what).isEqualTo(expected);
          completed++;
        } else {
          assertThat(outcome).as(what).isInstanceOf(RunOutcome.Lost.class);
        }
      }
      // Clients try again for half a minute: such short cuts are survived.
      assertThat(completed).as("seed %d", seed).isPositive();
    }
  }
}
