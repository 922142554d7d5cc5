package dev.weir.bench.http;

import dev.weir.bench.Documents;
import dev.weir.bench.Figures;
import dev.weir.bench.Scale;
import dev.weir.bench.feed.SourceTopic;
import dev.weir.bench.get.GetRun;
import dev.weir.bench.node.NodeProcess;
import dev.weir.bench.process.BrokerProcess;
import dev.weir.bench.process.ChildJvm;
import dev.weir.bench.process.CpuTime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Gets over HTTP, 64 connections kept alive: ours, bare servers, Redis, in turns. */
public final class HttpRun {
  private static final int SHARDS = 8;
  private static final int KEYS = 100_000;
  private static final int BATCH = 100;
  private static final String CPU = "CPU time of servers, ";
  private static final String OWNER = "Weir, at the owner";
  private static final String HOP = "Weir, through one hop";
  private static final String JAVALIN = "bare Javalin handler";
  private static final String JETTY = "bare Jetty handler";
  private static final String REDIS = "Redis GET, no pipelining";
  private static final String OWNER_BATCH = "Weir, batch-get of 100 at the owner";
  private static final String RAW_BATCH = "in-process multiGetAsList(100), 2 threads";

  private final Scale scale;
  private final Path directory;
  private final Wrk wrk;
  private final Figures figures = new Figures();

  private HttpRun(Scale scale, Path directory) throws IOException {
    this.scale = scale;
    this.directory = directory;
    this.wrk = new Wrk(directory, scale.seconds());
  }

  /** Runs it. */
  public static Figures run(Scale scale, Path directory) throws Exception {
    HttpRun run = new HttpRun(scale, directory);
    try (BrokerProcess broker = BrokerProcess.start(directory.resolve("kafka"))) {
      SourceTopic topic = new SourceTopic(broker.bootstrapServers(), "documents", SHARDS);
      topic.create();
      try (TwoNodes nodes = TwoNodes.start(topic, directory, SHARDS);
          ChildJvm javalin = BareServer.start("javalin");
          ChildJvm jetty = BareServer.start("jetty");
          Redis redis = Redis.start(directory, scale.documents())) {
        topic.fill(0, scale.documents());
        nodes.awaitDocuments(scale.documents());
        GetRun.prepareRaw(directory, scale);
        for (int round = 0; round < scale.rounds(); round++) {
          run.round(nodes, javalin, jetty, redis);
        }
      }
    }
    run.compare();
    return run.figures;
  }

  private void round(TwoNodes nodes, ChildJvm javalin, ChildJvm jetty, Redis redis)
      throws Exception {
    NodeProcess owner = nodes.first();
    List<Long> keys = nodes.keysOf(owner, Math.min(KEYS, scale.documents()));
    List<List<Long>> batches = batches(keys);
    int javalinPort = Integer.parseInt(javalin.readyText());
    int jettyPort = Integer.parseInt(jetty.readyText());
    NodeProcess other = nodes.second();
    add(JAVALIN, () -> wrk.gets(javalinPort, keys), javalin.pid());
    add(OWNER, () -> wrk.gets(owner.port(), keys), owner.pid());
    add(HOP, () -> wrk.gets(other.port(), keys), owner.pid(), other.pid());
    add(JETTY, () -> wrk.gets(jettyPort, keys), jetty.pid());
    add(OWNER_BATCH, () -> wrk.batchGets(owner.port(), batches), owner.pid());
    figures.add(REDIS, "/s", redis.getsPerSecond(scale.seconds() * 50_000));
    figures.add(RAW_BATCH, "/s", GetRun.rawMultiGet(scale, directory, 2));
  }

  private static List<List<Long>> batches(List<Long> keys) {
    List<List<Long>> batches = new ArrayList<>();
    for (int from = 0; from + BATCH <= keys.size(); from += BATCH) {
      batches.add(keys.subList(from, from + BATCH));
    }
    return batches;
  }

  private void compare() {
    figures.ratio(OWNER, JAVALIN, ">= 0.8");
    figures.ratio(OWNER, JETTY, "");
    figures.ratio(OWNER, REDIS, "stretch: 1.0");
    figures.ratio(HOP, OWNER, ">= 0.5");
    figures.ratio(OWNER_BATCH, RAW_BATCH, ">= 0.4");
    figures.ratio(CPU + JAVALIN, CPU + OWNER, "");
    figures.ratio(CPU + OWNER, CPU + HOP, "");
    figures.note(
        "64 connections kept alive, the load generator on the same cores; documents of "
            + Documents.BYTES
            + " bytes.");
  }

  private interface Load {
    Wrk.Outcome run() throws IOException, InterruptedException;
  }

  private void add(String name, Load load, long... servers)
      throws IOException, InterruptedException {
    double before = CpuTime.seconds(servers);
    Wrk.Outcome outcome = load.run();
    double micros = (CpuTime.seconds(servers) - before) * 1e6 / outcome.requests();
    figures.add(name, "/s", outcome.perSecond());
    figures.add(name + ", p99", "ms", outcome.p99Millis());
    figures.add(CPU + name, "us/request", micros);
    System.err.printf("%s: %s, %.1f us of CPU%n", name, outcome, micros);
    if (outcome.failures() > 0) {
      figures.note("**" + name + ": " + outcome.failures() + " requests failed.**");
    }
  }
}
