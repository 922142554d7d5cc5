package dev.weir.graph.worker;

import dev.weir.graph.Algorithm;
import dev.weir.graph.Exchange;
import dev.weir.graph.RunOutcome;
import dev.weir.graph.RunReport;
import dev.weir.graph.VertexValues;
import dev.weir.graph.compact.CompactGraph;
import dev.weir.graph.engine.ShardedValues;
import dev.weir.graph.kafka.GraphWire;
import dev.weir.graph.kafka.RunKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * Several engines in this process that talk through a broker, as those of several nodes do: for
 * files, tests and measurements. Safe from any thread.
 */
public final class JoinedEngines implements AutoCloseable {

  private static final int FIRST_ATTEMPT = 1;

  private final int shards;
  private final List<BatchEngine> engines = new ArrayList<>();
  private final List<GraphWire> wires = new ArrayList<>();

  /**
   * Starts them.
   *
   * @param count how many, from 1 to as many as there are shards
   * @param client settings of Kafka clients
   * @param topic exists, with a partition more than there are shards
   */
  public JoinedEngines(int count, Map<String, ?> client, String topic, int shards) {
    this(Collections.nCopies(Math.max(0, count), client), topic, shards);
  }

  /**
   * Starts them, each with settings of its own.
   *
   * @param clients settings of Kafka clients, by engine
   */
  public JoinedEngines(List<? extends Map<String, ?>> clients, String topic, int shards) {
    int count = clients.size();
    if (count < 1 || count > shards) {
      throw new IllegalArgumentException(
          count + " engines cannot share " + shards + " shards: from 1 to " + shards);
    }
    this.shards = shards;
    int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / count);
    long memory = Runtime.getRuntime().maxMemory() / 5 * 4;
    for (int i = 0; i < count; i++) {
      engines.add(new BatchEngine(threads, memory));
      wires.add(new GraphWire(clients.get(i), topic, shards, (run, event, timestamp) -> {}));
    }
  }

  /** Runs an algorithm; the listener of the options is told by one of the engines. */
  public CompletableFuture<RunOutcome> run(
      CompactGraph graph, Algorithm algorithm, Map<String, String> arguments, RunOptions options) {
    if (graph.shards().size() != shards) {
      throw new IllegalArgumentException(
          "a graph of " + graph.shards().size() + " shards where there are " + shards);
    }
    RunKey key = new RunKey(UUID.randomUUID(), FIRST_ATTEMPT, 0);
    List<CompletableFuture<List<Exchange>>> joining = new ArrayList<>();
    for (int i = 0; i < engines.size(); i++) {
      joining.add(wires.get(i).join(key, 1, shardsOf(i)));
    }
    return CompletableFuture.allOf(joining.toArray(CompletableFuture[]::new))
        .thenCompose(
            all -> {
              List<CompletableFuture<RunOutcome>> outcomes = new ArrayList<>();
              for (int i = 0; i < engines.size(); i++) {
                Exchange exchange = joining.get(i).join().get(0);
                var here = new BatchEngine.Here(graph, graph.part(shardsOf(i)), exchange);
                RunOptions told = i == 0 ? options : options.tell(report -> {});
                outcomes.add(engines.get(i).start(here, algorithm, arguments, told).outcome());
              }
              return CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new))
                  .thenApply(
                      ended -> join(outcomes.stream().map(CompletableFuture::join).toList()));
            });
  }

  private List<Integer> shardsOf(int engine) {
    return IntStream.range(0, shards).filter(s -> s % engines.size() == engine).boxed().toList();
  }

  /** What did not complete anywhere has not completed. */
  private static RunOutcome join(List<RunOutcome> outcomes) {
    List<VertexValues> values = new ArrayList<>();
    long peak = 0;
    for (RunOutcome outcome : outcomes) {
      if (!(outcome instanceof RunOutcome.Completed completed)) {
        return outcome;
      }
      values.add(completed.values());
      peak += completed.report().peakBytes();
    }
    RunReport first = ((RunOutcome.Completed) outcomes.get(0)).report();
    RunReport report =
        new RunReport(
            first.supersteps(),
            first.messages(),
            first.bytes(),
            first.nanos(),
            peak,
            first.warnings());
    return new RunOutcome.Completed(ShardedValues.join(values), report);
  }

  @Override
  public void close() {
    engines.forEach(BatchEngine::close);
    wires.forEach(GraphWire::close);
  }
}
