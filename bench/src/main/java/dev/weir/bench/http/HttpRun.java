package dev.weir.bench.http;

import dev.weir.bench.Documents;
import dev.weir.bench.Figures;
import dev.weir.bench.Scale;
import dev.weir.bench.process.ChildJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;

/** Gets over HTTP, 64 connections kept alive: ours, bare servers, Redis, in turns. */
public final class HttpRun {
  private static final int KEYS = 200_000;

  private final Scale scale;
  private final Wrk wrk;
  private final Figures figures = new Figures();

  private HttpRun(Scale scale, Path directory) throws IOException {
    this.scale = scale;
    this.wrk = new Wrk(directory, scale.seconds());
  }

  /** Runs it. */
  public static Figures run(Scale scale, Path directory) throws IOException, InterruptedException {
    HttpRun run = new HttpRun(scale, directory);
    try (ChildJvm javalin = BareServer.start("javalin");
        ChildJvm jetty = BareServer.start("jetty");
        Redis redis = Redis.start(directory, scale.documents())) {
      for (int round = 0; round < scale.rounds(); round++) {
        run.gets("bare Javalin handler", javalin);
        run.gets("bare Jetty handler", jetty);
        run.figures.add(
            "Redis GET, no pipelining", "/s", redis.getsPerSecond(scale.seconds() * 50_000));
      }
    }
    return run.figures;
  }

  private void gets(String name, ChildJvm server) throws IOException, InterruptedException {
    add(name, wrk.gets(Integer.parseInt(server.readyText()), keys()));
  }

  private List<Long> keys() {
    return LongStream.range(0, Math.min(KEYS, scale.documents()))
        .map(Documents::key)
        .boxed()
        .toList();
  }

  private void add(String name, Wrk.Outcome outcome) {
    figures.add(name, "/s", outcome.perSecond());
    figures.add(name + ", p99", "ms", outcome.p99Millis());
    if (outcome.failures() > 0) {
      figures.note("**" + name + ": " + outcome.failures() + " requests failed.**");
    }
  }
}
