package dev.weir.bench.get;

import dev.weir.bench.Figures;
import dev.weir.bench.Scale;
import dev.weir.bench.feed.SourceTopic;
import dev.weir.bench.process.BrokerProcess;
import dev.weir.bench.raw.RawRocks;
import dev.weir.bench.stock.StockTable;
import dev.weir.bench.weir.WeirLog;
import dev.weir.bench.weir.WeirStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.rocksdb.RocksDBException;

/** Gets inside the process: ours, RocksDB alone, Kafka Streams, in turns. */
public final class GetRun {
  private static final List<String> GETS =
      List.of("rawRocksDb", "weir", "stockStore", "stockInteractiveQuery");
  private static final List<String> BATCHES = List.of("rawMultiGet100", "weirMultiGet100");

  /**
   * Kafka Streams 4.3.1 deadlocks soon when interactive queries of the second version meet writes
   * (KAFKA-19629): there is nothing to measure.
   */
  private static final List<String> GETS_UNDER_LOAD = List.of("rawRocksDb", "weir", "stockStore");

  private final Scale scale;
  private final Figures figures = new Figures();
  private @Nullable WeirLog log;

  private GetRun(Scale scale) {
    this.scale = scale;
  }

  /** Runs it. */
  public static Figures run(Scale scale, Path directory) throws Exception {
    GetRun run = new GetRun(scale);
    try (BrokerProcess broker = BrokerProcess.start(directory.resolve("kafka"))) {
      SourceTopic topic =
          new SourceTopic(broker.bootstrapServers(), GetSetup.TOPIC, GetSetup.SHARDS);
      topic.create();
      topic.fill(0, scale.documents());
      run.prepare(topic, directory);
      for (int round = 0; round < scale.rounds(); round++) {
        run.round(topic, directory);
      }
    }
    run.compare();
    return run.figures;
  }

  private void prepare(SourceTopic topic, Path directory) throws Exception {
    prepareRaw(directory, scale);
    Path stock = Files.createDirectories(directory.resolve("stock"));
    try (StockTable table =
        new StockTable(topic.bootstrapServers(), "stock", topic.name(), stock, Map.of())) {
      table.awaitLast(scale.documents(), topic.partitions());
    }
    try (WeirStore store = setup(topic, directory, false).startOurs()) {
      store.define();
      log = store.log();
      log.fill(topic.bootstrapServers(), 0, scale.documents());
      store.awaitCount(scale.documents());
    }
  }

  /** Fills the databases that {@link #rawMultiGet} reads. */
  public static void prepareRaw(Path directory, Scale scale) throws RocksDBException {
    try (RawRocks raw = new RawRocks(directory, GetSetup.SHARDS, GetSetup.BUDGET, true)) {
      raw.fill(0, scale.documents(), 1000);
    }
  }

  /** RocksDB alone, a hundred keys at a time, for other benchmarks: calls a second. */
  public static double rawMultiGet(Scale scale, Path directory, int threads)
      throws RunnerException {
    GetRun run = new GetRun(scale);
    run.measure("rawMultiGet100", threads, new GetSetup("", directory, scale.documents(), false));
    return run.figures.median(label("rawMultiGet100", threads, false));
  }

  private void round(SourceTopic topic, Path directory) throws Exception {
    GetSetup idle = setup(topic, directory, false);
    GetSetup loaded = setup(topic, directory, true);
    for (int threads : new int[] {1, 2}) {
      for (String name : GETS) {
        measure(name, threads, idle);
      }
      for (String name : GETS_UNDER_LOAD) {
        measureLoaded(name, threads, loaded, topic);
      }
    }
    for (String name : BATCHES) {
      measure(name, 1, idle);
    }
  }

  private void measureLoaded(String name, int threads, GetSetup setup, SourceTopic topic)
      throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    Thread writer = new Thread(() -> rewrite(name, topic, stop));
    writer.start();
    try {
      measure(name, threads, setup);
    } finally {
      stop.set(true);
      writer.join();
    }
  }

  /**
   * Into the topic that the system in question reads; RocksDB alone gets its writes in the fork.
   */
  private void rewrite(String name, SourceTopic topic, AtomicBoolean stop) {
    if (name.startsWith("weir")) {
      Objects.requireNonNull(log)
          .again()
          .rewrite(
              topic.bootstrapServers(), scale.documents(), GetSetup.WRITES_PER_SECOND, stop::get);
    } else if (name.startsWith("stock")) {
      topic.rewrite(scale.documents(), GetSetup.WRITES_PER_SECOND, stop::get);
    }
  }

  private GetSetup setup(SourceTopic topic, Path directory, boolean loaded) {
    return new GetSetup(topic.bootstrapServers(), directory, scale.documents(), loaded);
  }

  private void measure(String name, int threads, GetSetup setup) throws RunnerException {
    int iterations = 4;
    RunResult result =
        new Runner(
                new OptionsBuilder()
                    .include(GetBenchmark.class.getName() + "\\." + name + "$")
                    .mode(Mode.Throughput)
                    .timeUnit(TimeUnit.SECONDS)
                    .threads(threads)
                    .forks(1)
                    .warmupIterations(2)
                    .warmupTime(TimeValue.milliseconds(scale.seconds() * 500L))
                    .measurementIterations(iterations)
                    .measurementTime(TimeValue.milliseconds(scale.seconds() * 1000L / iterations))
                    .jvmArgsAppend(setup.jvmOptions().toArray(String[]::new))
                    .addProfiler(CpuPerOperation.class)
                    .verbosity(VerboseMode.SILENT)
                    .shouldFailOnError(true)
                    .build())
            .runSingle();
    double perSecond = result.getPrimaryResult().getScore();
    figures.add(label(name, threads, setup.loaded()), "/s", perSecond);
    double micros =
        Objects.requireNonNull(result.getSecondaryResults().get(CpuPerOperation.NAME)).getScore();
    figures.add(cpu(name, threads, setup.loaded()), "us", micros);
    System.err.printf(
        "%s: %,.0f/s, %.2f us of CPU%n", label(name, threads, setup.loaded()), perSecond, micros);
  }

  private void compare() {
    for (int threads : new int[] {1, 2}) {
      String weir = label("weir", threads, false);
      figures.ratio(weir, label("rawRocksDb", threads, false), ">= 0.85");
      String bar = threads == 1 ? ">= 2.2" : ">= 3";
      figures.ratio(weir, label("stockStore", threads, false), bar);
      figures.ratio(weir, label("stockInteractiveQuery", threads, false), bar);
    }
    for (int threads : new int[] {1, 2}) {
      String weir = cpu("weir", threads, false);
      figures.ratio(cpu("rawRocksDb", threads, false), weir, "");
      figures.ratio(cpu("stockStore", threads, false), weir, "");
      figures.ratio(cpu("stockInteractiveQuery", threads, false), weir, "");
    }
    for (int threads : new int[] {1, 2}) {
      figures.ratio(label("weir", threads, true), label("weir", threads, false), ">= 0.7");
      figures.ratio(label("stockStore", threads, true), label("stockStore", threads, false), "");
      figures.ratio(label("rawRocksDb", threads, true), label("rawRocksDb", threads, false), "");
    }
    figures.ratio(label("weirMultiGet100", 1, false), label("rawMultiGet100", 1, false), "");
    figures.note(
        "Interactive queries of the second version are not measured under writes: in Kafka Streams"
            + " 4.3.1 they deadlock with the stream thread (KAFKA-19629).");
  }

  private static String cpu(String name, int threads, boolean loaded) {
    return "CPU time of " + label(name, threads, loaded);
  }

  private static String label(String name, int threads, boolean loaded) {
    return name
        + ", "
        + threads
        + (threads == 1 ? " thread" : " threads")
        + (loaded ? ", 20 k writes/s" : "");
  }
}
