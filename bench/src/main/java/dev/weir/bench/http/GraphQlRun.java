package dev.weir.bench.http;

import dev.weir.bench.Documents;
import dev.weir.bench.Figures;
import dev.weir.bench.Scale;
import dev.weir.bench.feed.SourceTopic;
import dev.weir.bench.node.NodeProcess;
import dev.weir.bench.process.BrokerProcess;
import dev.weir.bench.process.CpuTime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;

/** Gets by key over GraphQL beside the REST API's, of one node, in turns. */
public final class GraphQlRun {
  private static final int SHARDS = 8;
  private static final int KEYS = 50_000;
  private static final int DOCUMENTS = 200_000;

  /** Few enough, so that neither kind waits for its lane. */
  private static final int CONNECTIONS = 16;

  private static final String REST = "REST get";
  private static final String VARIABLE = "GraphQL get, the key in a variable";
  private static final String LITERAL = "GraphQL get, the key in the document";
  private static final String P50 = ", p50";
  private static final String P99 = ", p99";

  /** Both kinds are measured compiled: GraphQL takes ten thousands of requests until it is. */
  private static final int WARM_UP_SECONDS = 12;

  private final Wrk wrk;
  private final Wrk warmUp;
  private final Figures figures = new Figures();

  private GraphQlRun(Scale scale, Path directory) throws IOException {
    this.wrk = new Wrk(directory, scale.seconds());
    this.warmUp = new Wrk(directory, WARM_UP_SECONDS);
  }

  /** Runs it. */
  public static Figures run(Scale scale, Path directory) throws Exception {
    GraphQlRun run = new GraphQlRun(scale, directory);
    int documents = Math.min(DOCUMENTS, scale.documents());
    try (BrokerProcess broker = BrokerProcess.start(directory.resolve("kafka"))) {
      SourceTopic topic = new SourceTopic(broker.bootstrapServers(), "documents", SHARDS);
      topic.create();
      NodeProcess.Database database =
          new NodeProcess.Database(topic.bootstrapServers(), topic.name(), directory, SHARDS);
      try (NodeProcess node = NodeProcess.start("a", database, List.of("-Xmx512m"))) {
        topic.fill(0, documents);
        node.client().awaitDocuments(documents);
        List<Long> keys =
            LongStream.range(0, Math.min(KEYS, documents)).map(Documents::key).boxed().toList();
        run.warmUp(node, keys);
        for (int round = 0; round < scale.rounds() + 1; round++) {
          run.round(node, keys);
        }
      }
    }
    run.compare();
    return run.figures;
  }

  /** The first kind would else pay for what all of them use. */
  private void warmUp(NodeProcess node, List<Long> keys) throws IOException, InterruptedException {
    for (int turn = 0; turn < 2; turn++) {
      Wrk.Outcome unusedGraph = warmUp.requests(node.port(), variables(keys), CONNECTIONS);
      Wrk.Outcome unusedRest = wrk.requests(node.port(), rest(keys), CONNECTIONS);
    }
  }

  private void round(NodeProcess node, List<Long> keys) throws IOException, InterruptedException {
    add(REST, node, rest(keys));
    add(VARIABLE, node, variables(keys));
    add(LITERAL, node, literals(keys));
  }

  private void add(String name, NodeProcess node, List<String> lines)
      throws IOException, InterruptedException {
    double before = CpuTime.seconds(node.pid());
    Wrk.Outcome outcome = wrk.requests(node.port(), lines, CONNECTIONS);
    double micros = (CpuTime.seconds(node.pid()) - before) * 1e6 / outcome.requests();
    figures.add(name, "/s", outcome.perSecond());
    figures.add(name + P50, "ms", outcome.p50Millis());
    figures.add(name + P99, "ms", outcome.p99Millis());
    figures.add(name + ", CPU time of the node", "us/request", micros);
    System.err.printf("%s: %s, %.1f us of CPU%n", name, outcome, micros);
    if (outcome.failures() > 0) {
      figures.note("**" + name + ": " + outcome.failures() + " requests failed.**");
    }
  }

  private static List<String> rest(List<Long> keys) {
    return keys.stream().map(key -> Wrk.PATH + key).toList();
  }

  private static List<String> variables(List<Long> keys) {
    return keys.stream()
        .map(
            key ->
                "/graphql {\"query\":\"query Get($key: Long!) { document(key: $key) { json } }\","
                    + "\"variables\":{\"key\":\""
                    + key
                    + "\"}}")
        .toList();
  }

  private static List<String> literals(List<Long> keys) {
    return keys.stream()
        .map(key -> "/graphql {\"query\":\"{ document(key: " + key + ") { json } }\"}")
        .toList();
  }

  private void compare() {
    figures.ratio(VARIABLE, REST, ">= 0.6");
    figures.ratio(REST + P50, VARIABLE + P50, ">= 0.6");
    figures.ratio(REST + P99, VARIABLE + P99, ">= 0.6");
    figures.ratio(LITERAL, REST, "");
    figures.note(
        CONNECTIONS
            + " connections kept alive to one node, which owns all shards; the load generator and"
            + " the broker on the same cores; both answer with the whole document of "
            + Documents.BYTES
            + " bytes.");
  }
}
