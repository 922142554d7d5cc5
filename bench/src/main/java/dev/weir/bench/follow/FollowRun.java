package dev.weir.bench.follow;

import dev.weir.bench.Figures;
import dev.weir.bench.Scale;
import dev.weir.bench.follow.IdleFollowers.Transport;
import dev.weir.bench.process.BrokerProcess;
import dev.weir.bench.process.CpuTime;
import dev.weir.bench.process.ProcessMemory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Followers of a collection on one node: what idle ones take, and how soon changes are told. */
public final class FollowRun {
  private static final int SHARDS = 8;
  private static final int FOLLOWERS = 10_000;
  private static final int FEW = 500;
  private static final int IDLE_SECONDS = 5;
  private static final int CHANGES = 300;
  private static final int WARM_UP = 300;

  /** Fixed and touched, so that what is resident beside the heap shows. */
  private static final List<String> JVM =
      List.of("-Xms384m", "-Xmx384m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC");

  private final Figures figures = new Figures();

  private FollowRun() {}

  /** Runs it. */
  public static Figures run(Scale scale, Path directory) throws Exception {
    FollowRun run = new FollowRun();
    int followers = scale.name().equals("quick") ? FEW : FOLLOWERS;
    try (BrokerProcess broker = BrokerProcess.start(directory.resolve("kafka"))) {
      for (Transport transport : Transport.values()) { // each at a node that is new to it
        Path state = directory.resolve(transport.name().toLowerCase(Locale.ROOT));
        try (FollowNode node = FollowNode.start(broker.bootstrapServers(), state, SHARDS, JVM)) {
          run.idle(node, transport, followers);
        }
      }
      try (FollowNode node =
          FollowNode.start(
              broker.bootstrapServers(), directory.resolve("rest"), SHARDS, List.of("-Xmx512m"))) {
        for (int round = 0; round < scale.rounds(); round++) {
          run.changes(node);
        }
      }
    }
    run.figures.note(
        "One node with "
            + SHARDS
            + " shards, every setting at its default; broker, node and followers are processes on"
            + " the same cores. Heap: what is live after a full collection. Bars: "
            + "10,000 idle subscriptions in < 200 MB; change to client at the median <= 1 commit"
            + " interval (50 ms) + 20 ms, from before the put is sent.");
    return run.figures;
  }

  private void idle(FollowNode node, Transport transport, int followers) throws Exception {
    // What the first ones bring with them, such as classes and pools, is not theirs.
    IdleFollowers first = IdleFollowers.start(node.port(), transport, FEW);
    first.close();
    awaitNobody(node);
    double heap = liveMib(node);
    double resident = ProcessMemory.residentMib(node.pid());
    try (IdleFollowers unused = IdleFollowers.start(node.port(), transport, followers)) {
      double cpu = CpuTime.seconds(node.pid());
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(IDLE_SECONDS));
      double used = CpuTime.seconds(node.pid()) - cpu;
      double heapWith = liveMib(node) - heap;
      double besides = ProcessMemory.residentMib(node.pid()) - resident;
      String name = followers + " idle, " + transport.name().toLowerCase(Locale.ROOT);
      figures.add(name + ", heap", "MiB", heapWith);
      figures.add(name + ", beside the heap", "MiB", besides);
      figures.add(name + ", together", "MiB", heapWith + besides);
      figures.add(name + ", CPU of the node", "s/s", used / IDLE_SECONDS);
      System.err.printf("%s: heap %.1f MiB, beside it %.1f MiB%n", name, heapWith, besides);
    }
  }

  /** Nobody follows any more: the node has noticed that they left. */
  private static void awaitNobody(FollowNode node) throws IOException, InterruptedException {
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest metrics =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port() + "/metrics")).build();
    for (int i = 0; i < 120; i++) {
      String text = http.send(metrics, HttpResponse.BodyHandlers.ofString()).body();
      if (text.contains("\nweir_subscriptions 0.0")) {
        return;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
    }
    throw new IllegalStateException("those who left are still followers");
  }

  /** What is reachable; collects all else. */
  private static double liveMib(FollowNode node) throws IOException, InterruptedException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(node.pid()),
                "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String[] lines =
        new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split("\n", -1);
    int status = jcmd.waitFor();
    for (String line : lines) {
      if (line.startsWith("Total")) {
        return Double.parseDouble(line.trim().split(" +")[2]) / (1 << 20);
      }
    }
    throw new IOException("jcmd says nothing of the heap, and ends with " + status);
  }

  private void changes(FollowNode node) throws Exception {
    try (ChangeLatency latency = new ChangeLatency(node.port())) {
      latency.measure(WARM_UP);
      latency.measure(CHANGES).forEach((name, nanos) -> add(name, nanos));
    }
  }

  private void add(String name, List<Long> nanos) {
    List<Long> sorted = new ArrayList<>(nanos);
    Collections.sort(sorted);
    figures.add(name + ", p50", "ms", sorted.get(sorted.size() / 2) / 1e6);
    figures.add(name + ", p99", "ms", sorted.get((int) (0.99 * (sorted.size() - 1))) / 1e6);
  }
}
