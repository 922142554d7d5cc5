package dev.weir.store.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.Position;
import dev.weir.store.Role;
import dev.weir.store.log.LogInspector;
import dev.weir.store.log.TopicPlan;
import dev.weir.store.routing.HeldShard;
import dev.weir.store.routing.NodeEntry;
import dev.weir.store.routing.RoutingTable;
import dev.weir.store.snapshot.Replicas;
import dev.weir.store.snapshot.SnapshotSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A stream thread asks for its shards' states while their source does not answer. */
@Timeout(30)
class HangingSourceTest {
  private static final int SHARDS = 6;

  @TempDir Path directory;

  @Test
  void whoeverAsksIsToldAtOnce() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    try (Bootstrap bootstrap = bootstrap()) {
      bootstrap.askThrough(
          new Replicas() {
            @Override
            public SnapshotSource borrow(NodeEntry from, int shard) throws IOException {
              asked.countDown();
              try {
                over.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              throw new IOException("the node is gone");
            }

            @Override
            public void close() {}
          });
      // The thread of the test is the stream thread: it would never come through.
      for (int round = 0; round < 3; round++) {
        for (int shard = 0; shard < SHARDS; shard++) {
          assertThat(bootstrap.awaited(shard, directory.resolve("database" + shard)))
              .hasValueSatisfying(reason -> assertThat(reason).contains("is on its way"));
        }
        asked.await();
      }
      assertThat(bootstrap.hasArrived(0)).isEmpty();
      assertThat(bootstrap.settled()).isFalse();
      assertThat(bootstrap.arrivals()).hasSize(SHARDS);
      over.countDown();
    }
  }

  private Bootstrap bootstrap() {
    TreeMap<String, NodeEntry> nodes = new TreeMap<>();
    List<HeldShard> held =
        IntStream.range(0, SHARDS)
            .mapToObj(shard -> new HeldShard(shard, Role.ACTIVE, true, 100, 1))
            .toList();
    nodes.put("other", new NodeEntry("other", 1, 0, "", "other:1", "", 1, "", held));
    RoutingTable table = new RoutingTable(1, nodes, Map.of());
    return new Bootstrap(
        new Bootstrap.Here(
            "self", "", directory.resolve("arriving"), Position.start(new Uuid(1, 2), 0)),
        "app",
        new BootstrapSettings(true, Optional.empty(), 1, 0),
        () -> table,
        new LogCheck(
            new LogInspector(Map.of(), Duration.ofSeconds(1)), new TopicPlan("app", 0, SHARDS)),
        new SimpleMeterRegistry());
  }
}
