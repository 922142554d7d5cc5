package dev.weir.bench.http;

import dev.weir.bench.Documents;
import dev.weir.bench.Figures;
import dev.weir.bench.Scale;
import dev.weir.bench.feed.SourceTopic;
import dev.weir.bench.node.NodeProcess;
import dev.weir.bench.process.BrokerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;

/** Gets over HTTP at each level of consistency, while nothing is written and while much is. */
public final class LevelRun {
  private static final int SHARDS = 8;
  private static final int KEYS = 100_000;
  private static final int WRITES = 20_000;
  private static final String STRONG = "strong";
  private static final String EVENTUAL = "eventual";
  private static final List<String> LEVELS =
      List.of(EVENTUAL, STRONG, "session", "bounded;max-age=500ms");

  private final Wrk wrk;
  private final Figures figures = new Figures();

  private LevelRun(Scale scale, Path directory) throws IOException {
    this.wrk = new Wrk(directory, scale.seconds());
  }

  /** Runs it. */
  public static Figures run(Scale scale, Path directory) throws Exception {
    LevelRun run = new LevelRun(scale, directory);
    try (BrokerProcess broker = BrokerProcess.start(directory.resolve("kafka"))) {
      SourceTopic topic = new SourceTopic(broker.bootstrapServers(), "documents", SHARDS);
      topic.create();
      NodeProcess.Database database =
          new NodeProcess.Database(broker.bootstrapServers(), topic.name(), directory, SHARDS);
      try (NodeProcess node = NodeProcess.start("a", database, List.of("-Xmx512m"))) {
        topic.fill(0, scale.documents());
        node.client().awaitDocuments(scale.documents());
        run.warmUp(node, scale.documents());
        for (int round = 0; round < scale.rounds(); round++) {
          run.levels(node, scale.documents(), ", idle");
          run.whileWriting(node, topic, scale.documents());
        }
      }
    }
    run.compare();
    return run.figures;
  }

  /** The first level would else pay for what all of them use. */
  private void warmUp(NodeProcess node, int documents) throws IOException, InterruptedException {
    for (String level : List.of(EVENTUAL, STRONG, EVENTUAL, STRONG)) {
      Wrk.Outcome unused = wrk.gets(node.port(), keys(documents), "?consistency=" + level);
    }
  }

  private static List<Long> keys(int documents) {
    return LongStream.range(0, Math.min(KEYS, documents)).map(Documents::key).boxed().toList();
  }

  private void whileWriting(NodeProcess node, SourceTopic topic, int documents) throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    CompletableFuture<Void> writing =
        CompletableFuture.runAsync(() -> topic.rewrite(documents, WRITES, stop::get));
    try {
      levels(node, documents, ", while " + WRITES + " records/s are ingested");
    } finally {
      stop.set(true);
      writing.join();
    }
  }

  private void levels(NodeProcess node, int documents, String when)
      throws IOException, InterruptedException {
    List<Long> keys = keys(documents);
    for (String level : LEVELS) {
      Wrk.Outcome outcome = wrk.gets(node.port(), keys, "?consistency=" + level);
      figures.add(level + when, "/s", outcome.perSecond());
      figures.add(level + when + ", p50", "ms", outcome.p50Millis());
      figures.add(level + when + ", p99", "ms", outcome.p99Millis());
      System.err.printf("%s%s: %s%n", level, when, outcome);
      if (outcome.failures() > 0) {
        figures.note("**" + level + when + ": " + outcome.failures() + " requests failed.**");
      }
    }
  }

  private void compare() {
    for (String when : List.of(", idle", ", while " + WRITES + " records/s are ingested")) {
      figures.ratio(STRONG + when, EVENTUAL + when, ">= 0.3");
    }
    figures.note(
        "64 connections kept alive to one node, which owns all shards; the load generator, the"
            + " broker and the writer on the same cores.");
  }
}
