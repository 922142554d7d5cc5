package dev.weir.bench.bootstrap;

import dev.weir.bench.process.ChildJvm;
import dev.weir.query.Arriving;
import dev.weir.query.ClusterView;
import dev.weir.query.server.Weir;
import dev.weir.store.ShardStatus;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Watches from within a node how it comes to its state. */
final class JourneyWatch {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(15);

  private final Weir weir;
  private final int shards;
  private final long zero;
  private double first;
  private double last;
  private double open;

  JourneyWatch(Weir weir, int shards) {
    this.weir = weir;
    this.shards = shards;
    this.zero = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(ChildJvm.ageMillis());
  }

  private double now() {
    return (System.nanoTime() - zero) / 1e9;
  }

  /** Waits until all shards are complete here. */
  Journey await(int port) throws IOException, InterruptedException {
    double up = now();
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    List<ShardStatus> held = List.of();
    while (held.size() < shards || !held.stream().allMatch(ShardStatus::serving)) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("the node does not get ready: " + held);
      }
      LockSupport.parkNanos(LOOK_NANOS);
      held = look();
    }
    double ready = now();
    double records = (double) held.stream().mapToLong(s -> s.position().offset() + 1).sum();
    String metrics = metrics(port);
    return new Journey(
        port,
        up,
        first,
        last,
        open,
        ready,
        value(metrics, "weir_bootstrap_waiting_seconds_max"),
        value(metrics, "weir_bootstrap_arrived_bytes_total"),
        records,
        value(metrics, "weir_bootstrap_spared_records_total"),
        zero / 1e9);
  }

  private List<ShardStatus> look() {
    Optional<ClusterView.Node> self =
        weir.database().cluster().join().nodes().stream()
            .filter(node -> node.id().equals(weir.nodeId()))
            .findFirst();
    if (self.isEmpty()) {
      return List.of();
    }
    for (Arriving state : self.get().arriving()) {
      if (state.arrived() > 0 && state.bytesPerSecond() > 0) {
        // It may have begun before anybody could look.
        double begun = now() - (double) state.arrived() / state.bytesPerSecond();
        first = first == 0 ? begun : Math.min(first, begun);
      }
      if (state.arrived() < state.bytes() || state.bytes() == 0) {
        last = now();
      }
    }
    if (open == 0 && !self.get().shards().isEmpty()) {
      open = now();
    }
    return self.get().shards();
  }

  private static String metrics(int port) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).build(),
            BodyHandlers.ofString())
        .body();
  }

  private static double value(String metrics, String name) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(name))
        .findFirst()
        .map(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .orElse(0.0);
  }
}
