package dev.weir.cli.canary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.cli.CommandException;
import dev.weir.cli.ExitCode;
import dev.weir.cli.remote.Connection;
import dev.weir.client.WeirClient;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Watches a database from outside, for ever. */
@Command(
    name = "canary",
    description = {
      "Write a few documents through every node, read them at every level from every node, and",
      "tell of latency, staleness and violations of what was promised; for ever, or until Ctrl-C.",
      "Ends with 1 if there were violations."
    },
    mixinStandardHelpOptions = true)
public final class CanaryCommand implements Callable<Integer> {
  private static final long REFRESH_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long CATCH_UP_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long END_SECONDS = 10;
  private static final int MOST_KEYS = 1_000;
  private static final int MOST_RATE = 1_000;

  @Option(
      names = {"-u", "--url"},
      paramLabel = "<url>",
      description = "any node's URL (default: ${env:WEIR_URL:-http://127.0.0.1:7070})",
      defaultValue = "${env:WEIR_URL:-http://127.0.0.1:7070}")
  private String url = "";

  @Option(
      names = "--collection",
      paramLabel = "<name>",
      description =
          "collection for its documents, with keys of type string and written by the API; made if it"
              + " is not there (default: ${DEFAULT-VALUE})",
      defaultValue = "canary")
  private String collection = "";

  @Option(
      names = "--keys",
      paramLabel = "<n>",
      description = "documents that it writes, removed at its end (default: ${DEFAULT-VALUE})",
      defaultValue = "16")
  private int keys;

  @Option(
      names = "--rate",
      paramLabel = "<n>",
      description = "rounds in a second, each a write and four reads (default: ${DEFAULT-VALUE})",
      defaultValue = "10")
  private int rate;

  @Option(
      names = "--bound",
      paramLabel = "<milliseconds>",
      description = "how stale bounded reads may be (default: ${DEFAULT-VALUE})",
      defaultValue = "1000")
  private int boundMillis;

  @Option(
      names = "--timeout",
      paramLabel = "<seconds>",
      description = "how long to wait for an answer (default: ${DEFAULT-VALUE})",
      defaultValue = "5")
  private int timeoutSeconds;

  @Option(
      names = "--interval",
      paramLabel = "<seconds>",
      description = "a line as often as this (default: ${DEFAULT-VALUE})",
      defaultValue = "10")
  private int intervalSeconds;

  @Option(
      names = "--metrics-port",
      paramLabel = "<port>",
      description = "show metrics at /metrics of this port; 0 = any that is free")
  private int metricsPort = -1;

  @Option(
      names = "--for",
      paramLabel = "<time>",
      description = "end after such a time, as 30s, 10m or 8h",
      converter = SpanConverter.class)
  private Duration atMost = Duration.ofDays(36_500);

  @Spec private CommandSpec spec = CommandSpec.create();

  private volatile boolean stopped;

  @Override
  public Integer call() {
    check("--keys", keys, MOST_KEYS);
    check("--rate", rate, MOST_RATE);
    check("--bound", boundMillis, Integer.MAX_VALUE);
    check("--timeout", timeoutSeconds, Integer.MAX_VALUE);
    check("--interval", intervalSeconds, Integer.MAX_VALUE);
    Duration timeout = Duration.ofSeconds(timeoutSeconds);
    ensureCollection(Connection.to(url, timeout));
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    PrintWriter out = spec.commandLine().getOut();
    Canary canary =
        new Canary(
            new Nodes(url, timeout),
            new Canary.Plan(
                collection,
                "canary-%08x-".formatted(new Random().nextInt()),
                keys,
                Duration.ofMillis(boundMillis)),
            new CanaryMeters(registry),
            line -> say(out, "VIOLATION " + line));
    if (metricsPort < 0) {
      return run(canary, out);
    }
    try (MetricsPage page = MetricsPage.start(metricsPort, registry)) {
      say(out, "metrics at port " + page.port());
      return run(canary, out);
    }
  }

  private void check(String option, int value, int most) {
    if (value < 1 || value > most) {
      throw new ParameterException(
          spec.commandLine(), option + " is 1 to " + most + ", not " + value);
    }
  }

  private void ensureCollection(WeirClient client) {
    for (JsonNode each : client.collections().path("collections")) {
      if (each.path("name").asText().equals(collection)) {
        if (!each.path("keyType").asText().equals("string")
            || !each.path("writer").asText().equals("api")
            || !each.path("format").asText().equals("json")) {
          throw new CommandException(
              "'"
                  + collection
                  + "' is not for a canary: name one with keys of type string, in JSON, written by"
                  + " the API, or one that is not there");
        }
        return;
      }
    }
    ObjectNode changes = JsonNodeFactory.instance.objectNode();
    changes.putArray("collections").addObject().put("name", collection).put("key", "string");
    if (!client.apply(changes).path("applied").asBoolean()) {
      throw new CommandException(
          "the collection '" + collection + "' is made, but not every shard has it yet");
    }
  }

  /** Goes on until the time is over or the process is told to end, and cleans up. */
  private int run(Canary canary, PrintWriter out) {
    CountDownLatch ended = new CountDownLatch(1);
    Thread hook = new Thread(() -> endProcess(canary, ended), "weir-canary-end");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      rounds(canary, out);
      canary.leave();
      say(out, canary.violations() + " violations in all");
    } finally {
      ended.countDown();
    }
    if (!stopped) {
      boolean unused = Runtime.getRuntime().removeShutdownHook(hook);
    }
    return canary.violations() == 0 ? ExitCode.OK : ExitCode.FAILED;
  }

  // A signal's own exit code would hide what was found.
  private void endProcess(Canary canary, CountDownLatch ended) {
    stopped = true;
    try {
      boolean unused = ended.await(END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    spec.commandLine().getOut().flush();
    Runtime.getRuntime().halt(canary.violations() == 0 ? ExitCode.OK : ExitCode.FAILED);
  }

  private void rounds(Canary canary, PrintWriter out) {
    long period = TimeUnit.SECONDS.toNanos(1) / rate;
    long begin = System.nanoTime();
    long next = begin;
    long line = begin;
    long refreshed = begin - REFRESH_NANOS;
    for (long round = 0; !stopped && !isOver(begin); round++) {
      long now = System.nanoTime();
      if (now - refreshed >= REFRESH_NANOS) {
        canary.refresh();
        refreshed = now;
      }
      canary.round(round);
      now = System.nanoTime();
      if (now - line >= TimeUnit.SECONDS.toNanos(intervalSeconds)) {
        say(out, canary.line());
        line = now;
      }
      next = Math.max(next + period, now - CATCH_UP_NANOS);
      LockSupport.parkNanos(Math.max(0, next - now));
    }
    say(out, canary.line());
  }

  private boolean isOver(long begin) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin) >= atMost.toMillis()
        || Thread.currentThread().isInterrupted();
  }

  private static void say(PrintWriter out, String line) {
    out.println(Instant.now().truncatedTo(ChronoUnit.SECONDS) + " " + line);
    out.flush();
  }
}
