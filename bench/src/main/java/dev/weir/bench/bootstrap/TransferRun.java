package dev.weir.bench.bootstrap;

import dev.weir.bench.Figures;
import dev.weir.bench.Scale;
import dev.weir.query.SharedKey;
import dev.weir.query.peer.PeerIdentity;
import dev.weir.query.peer.PeerReplicas;
import dev.weir.query.peer.PeerServer;
import dev.weir.query.peer.PeerServices;
import dev.weir.query.peer.PeerSettings;
import dev.weir.query.testing.InMemoryShards;
import dev.weir.store.ShardGate;
import dev.weir.store.liveness.Sight;
import dev.weir.store.routing.NodeEntry;
import dev.weir.store.snapshot.Checkpoints;
import dev.weir.store.snapshot.Checksum;
import dev.weir.store.snapshot.Download;
import dev.weir.store.snapshot.Lender;
import dev.weir.store.snapshot.SnapshotSource;
import dev.weir.store.snapshot.Throttle;
import dev.weir.store.snapshot.Transfer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A shard's files through the endpoint for other nodes, against the plainest copy of them. */
final class TransferRun implements AutoCloseable {
  private static final int FILES_AT_ONCE = 4;
  private static final SharedKey KEY =
      SharedKey.of("a key of sixteen".getBytes(StandardCharsets.UTF_8));
  private static final String TRANSFER = "transfer, first byte to verified";
  private static final String COPY = "plain copy over loopback with checksum and fsync";

  private final Path directory;
  private final BenchShard shard;
  private final Checkpoints checkpoints;
  private final ExecutorService threads = Executors.newFixedThreadPool(FILES_AT_ONCE);
  private int number;

  private TransferRun(Path directory, int documents) throws IOException {
    this.directory = directory;
    this.shard = new BenchShard(directory.resolve("shard"), documents);
    this.checkpoints =
        Checkpoints.in(directory.resolve("checkpoints"), shard.shards(), Clock.systemUTC());
  }

  static void run(Scale scale, Path directory, Figures figures) throws Exception {
    try (TransferRun run = new TransferRun(directory, StateSize.documents(scale));
        Lender lender = new Lender(run.checkpoints, Throttle.none());
        PeerServer server = serve(lender);
        PeerReplicas replicas = new PeerReplicas(identity("b"), PeerSettings.defaults())) {
      NodeEntry entry =
          new NodeEntry("a", 1, 0, "", "127.0.0.1:" + server.port(), "", 1, "", List.of());
      Figures cold = new Figures();
      run.transfer(replicas, entry, cold);
      run.copy(cold);
      figures.add("the first transfer of a process", "MB/s", cold.median(TRANSFER));
      for (int round = 0; round < scale.rounds(); round++) {
        run.transfer(replicas, entry, figures);
        run.copy(figures);
      }
    }
    figures.ratio(TRANSFER, COPY, ">= 0.6");
  }

  private void transfer(PeerReplicas replicas, NodeEntry from, Figures figures) throws Exception {
    Path target = directory.resolve("t" + ++number);
    long asked = System.nanoTime();
    try (SnapshotSource source = replicas.borrow(from, 0)) {
      long start = System.nanoTime();
      Transfer.Result result =
          new Download(target, threads, Throttle.none(), new Transfer()).run(source);
      if (!(result instanceof Transfer.Result.Arrived)) {
        throw new IllegalStateException(result.toString());
      }
      figures.add("checkpoint and its checksums", "ms", (start - asked) / 1e6);
      figures.add(TRANSFER, "MB/s", rate(source.manifest().size(), start));
      figures.add("size", "MB", source.manifest().size() / 1e6);
    }
    Download.discard(target);
  }

  private void copy(Figures figures) throws Exception {
    Path target = Files.createDirectories(directory.resolve("c" + ++number));
    try (var checkpoint = checkpoints.take(0, Checksum.Kind.CRC32C).orElseThrow();
        LoopbackCopy copy = new LoopbackCopy(checkpoint.directory())) {
      long start = System.nanoTime();
      var copies =
          checkpoint.manifest().files().stream()
              .map(file -> threads.submit(() -> copy.fetch(file, target)))
              .toList();
      for (var each : copies) {
        each.get();
      }
      figures.add(COPY, "MB/s", rate(checkpoint.manifest().size(), start));
    }
    Download.discard(target);
  }

  private static double rate(long bytes, long start) {
    return bytes * 1e3 / (System.nanoTime() - start);
  }

  private static PeerServer serve(Lender lender) throws IOException {
    InMemoryShards nothing = new InMemoryShards(() -> 0);
    return PeerServer.start(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        identity("a"),
        new PeerServices(
            nothing,
            ShardGate.OPEN,
            nothing,
            nothing::status,
            () -> 1L,
            (node, session) -> Sight.UNSURE,
            Optional.of(new PeerServices.Files(lender, List::of))),
        PeerSettings.defaults());
  }

  private static PeerIdentity identity(String node) {
    return new PeerIdentity(node, BenchShard.APPLICATION, BenchShard.LOG, 0, KEY);
  }

  @Override
  public void close() {
    threads.shutdownNow();
    shard.close();
  }
}
