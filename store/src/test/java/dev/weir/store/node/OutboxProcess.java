package dev.weir.store.node;

import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Writer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A store node in a process of its own that halts at a point in the life of its outbox. Prints
 * {@code READY source collection} once rows can come.
 */
final class OutboxProcess {
  static final int SHARDS = 2;
  private static final long MIB = 1024 * 1024;

  private OutboxProcess() {}

  public static void main(String[] args) throws Exception {
    StoreConfig config =
        new StoreConfig(
            args[1],
            Map.of(
                "bootstrap.servers", args[0], "interceptor.classes", OutboxKiller.class.getName()),
            SHARDS,
            1,
            OptionalInt.empty(),
            new StoreConfig.Local(Path.of(args[2]), Optional.of("n1"), "", "", "", 2, 32 * MIB),
            List.of(),
            new SimpleMeterRegistry());
    OutboxKiller.arm(OutboxKiller.Point.valueOf(args[3]));
    StoreNode node = StoreNode.start(config);
    TestStores.awaitServing(node, SHARDS);
    CollectionDefinition people = TestStores.define(node, "person", Writer.SOURCE);
    int source = TestStores.defineSource(node, "rows", people);
    System.out.println("READY " + source + " " + people.id());
    System.out.flush();
    while (!trimIsFolded(node)) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
    OutboxKiller.halt();
  }

  private static boolean trimIsFolded(StoreNode node) {
    long trim = OutboxKiller.trimOffset();
    return trim >= 0
        && node.shards().stream()
            .anyMatch(shard -> shard.shard() == 0 && shard.position().offset() >= trim);
  }
}
