package dev.weir.bench.http;

import dev.weir.bench.Documents;
import dev.weir.bench.Figures;
import dev.weir.bench.Scale;
import dev.weir.bench.feed.SourceTopic;
import dev.weir.bench.node.NodeProcess;
import dev.weir.bench.process.BrokerProcess;
import dev.weir.bench.process.ChildJvm;
import dev.weir.bench.process.ProcessMemory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Many more clients than a node can serve, none of which heeds {@code Retry-After}: the node on one
 * core, the load generator on the other.
 */
public final class OverloadRun {
  private static final int SHARDS = 4;
  private static final int KEYS = 20_000;
  private static final int BATCH = 100;
  private static final int CROWD = 4_000;

  /** A crowd takes a second to connect, and one core takes some to compile. */
  private static final int SECONDS = 6;

  private static final int[] MODERATE = {16, 64, 256};
  private static final String GETS = "gets";

  /** What the generator and the machine allow: Jetty with an answer out of memory. */
  private static final String BARE = "gets of bare Jetty";

  private static final String HEAP = "-Xmx256m";
  private static final List<String> FIRST_CORE = List.of("taskset", "-c", "0");
  private static final List<String> SECOND_CORE = List.of("taskset", "-c", "1");

  private final NodeProcess node;
  private final Wrk wrk;
  private final int bare;
  private final Figures figures = new Figures();

  private OverloadRun(NodeProcess node, int bare, Wrk wrk) {
    this.node = node;
    this.bare = bare;
    this.wrk = wrk;
  }

  /** Runs it. */
  public static Figures run(Scale scale, Path directory) throws Exception {
    Wrk wrk = new Wrk(directory, Math.max(SECONDS, scale.seconds()), SECOND_CORE);
    int documents = Math.min(100_000, scale.documents());
    try (BrokerProcess broker = BrokerProcess.start(directory.resolve("kafka"))) {
      SourceTopic topic = new SourceTopic(broker.bootstrapServers(), "documents", SHARDS);
      topic.create();
      NodeProcess.Database database =
          new NodeProcess.Database(topic.bootstrapServers(), topic.name(), directory, SHARDS);
      try (NodeProcess node = NodeProcess.start(FIRST_CORE, "a", database, List.of(HEAP));
          ChildJvm bare = BareServer.start(FIRST_CORE, "jetty", HEAP)) {
        topic.fill(0, documents);
        node.client().awaitDocuments(documents);
        OverloadRun run = new OverloadRun(node, Integer.parseInt(bare.readyText()), wrk);
        for (int round = 0; round < scale.rounds(); round++) {
          run.kind(GETS, node.port(), gets());
          run.kind(BARE, run.bare, gets());
          run.figures.ratio(GETS + ", a crowd", BARE + ", a crowd", "-");
          run.kind("batch-gets of " + BATCH, node.port(), batches());
          run.kind("scans of 100", node.port(), scans());
          run.getsBesideScans();
        }
        run.figures.add("most memory of the node", "MiB", ProcessMemory.peakMib(node.pid()));
        run.figures.note(
            "The node has 256 MiB of heap and one core, the generator the other core; documents of "
                + Documents.BYTES
                + " bytes. The peak is the best of 16, 64 and 256 connections; the crowd are "
                + CROWD
                + " connections that ask again at once, whatever they are answered.");
        return run.figures;
      }
    }
  }

  private static List<String> gets() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < KEYS; i++) {
      lines.add(Wrk.PATH + Documents.key(i));
    }
    return lines;
  }

  private static List<String> batches() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i + BATCH <= KEYS; i += BATCH) {
      List<Long> keys = new ArrayList<>();
      for (int key = i; key < i + BATCH; key++) {
        keys.add(Documents.key(key));
      }
      lines.add("/v1/collections/document/batch-get {\"keys\":" + keys + "}");
    }
    return lines;
  }

  private static List<String> scans() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      lines.add("/v1/collections/document/documents?limit=100&from=" + Documents.key(i * 100L));
    }
    return lines;
  }

  private void kind(String name, int port, List<String> requests) throws Exception {
    wrk.requests(port, requests, MODERATE[1]); // warms up
    double peak = 0;
    for (int connections : MODERATE) {
      peak = Math.max(peak, goodput(ask(name, port, requests, connections)));
    }
    Wrk.Outcome crowd = ask(name, port, requests, CROWD);
    figures.add(name + ", peak", "/s", peak);
    figures.add(name + ", a crowd", "/s", goodput(crowd));
    figures.add(name + ", a crowd: refused", "/s", crowd.perSecond() - goodput(crowd));
    figures.add(name + ", a crowd: half of the answers within", "ms", crowd.p50Millis());
    figures.add(name + ", a crowd: 99 % of the answers within", "ms", crowd.p99Millis());
    figures.ratio(name + ", a crowd", name + ", peak", name.equals(BARE) ? "-" : ">= 0.8");
  }

  /** Answers a second that were no refusals. */
  private static double goodput(Wrk.Outcome outcome) {
    return outcome.perSecond() * (1 - (double) outcome.failures() / outcome.requests());
  }

  private Wrk.Outcome ask(String name, int port, List<String> requests, int connections)
      throws IOException, InterruptedException {
    Wrk.Outcome outcome = wrk.requests(port, requests, connections);
    System.err.printf(
        "%s, %d connections: %s, good %.0f/s, %.0f MiB%n",
        name, connections, outcome, goodput(outcome), ProcessMemory.residentMib(node.pid()));
    return outcome;
  }

  /** Gets of a few clients while a crowd scans. */
  private void getsBesideScans() throws Exception {
    Wrk.Outcome alone = ask("gets alone", node.port(), gets(), 1);
    Thread crowd =
        new Thread(
            () -> {
              try {
                ask("scans beside gets", node.port(), scans(), CROWD);
              } catch (IOException e) {
                System.err.println(e);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    crowd.start();
    Wrk.Outcome beside = ask("gets beside scans", node.port(), gets(), 1);
    crowd.join();
    figures.add("gets of one client, alone: 99 % within", "ms", alone.p99Millis());
    figures.add(
        "gets of one client beside a crowd that scans: 99 % within", "ms", beside.p99Millis());
    figures.add("gets of one client beside a crowd that scans", "/s", goodput(beside));
  }
}
