package dev.weir.store.node;

import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.Operation;
import dev.weir.store.ShardMap;
import dev.weir.store.WriteResult;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.ExecutionException;

/**
 * A store node in a process of its own, to be killed: writes notes as fast as they are applied and
 * prints {@code ACK key value} for each one that is acknowledged.
 */
final class StoreProcess {
  static final int SHARDS = 3;
  private static final long MIB = 1024 * 1024;

  private StoreProcess() {}

  public static void main(String[] args) throws Exception {
    String bootstrapServers = args[0];
    String application = args[1];
    Path directory = Path.of(args[2]);
    int round = Integer.parseInt(args[3]);
    StoreConfig config =
        new StoreConfig(
            application,
            Map.of("bootstrap.servers", bootstrapServers),
            SHARDS,
            1,
            OptionalInt.empty(),
            new StoreConfig.Local(directory, Optional.of("n1"), "", "", "", 2, 32 * MIB),
            List.of(),
            new SimpleMeterRegistry());
    StoreNode node = StoreNode.start(config);
    TestStores.awaitServing(node, SHARDS);
    Optional<CollectionDefinition> known = node.catalogue().collection("note");
    CollectionDefinition notes =
        known.isPresent() ? known.get() : TestStores.define(node, "note", Writer.API);
    if (node.catalogue().collection("person").isEmpty()) {
      TestStores.define(node, "person", Writer.SOURCE);
    }
    if (node.catalogue().source("rows").isEmpty()) {
      TestStores.defineSource(node, "rows", node.catalogue().collection("person").orElseThrow());
    }
    say("READY");
    write(node, notes, new Random(round), round);
  }

  private static void write(StoreNode node, CollectionDefinition notes, Random random, int round)
      throws InterruptedException, ExecutionException {
    ShardMap shards = new ShardMap(SHARDS);
    for (long number = 0; ; number++) {
      String key = "n" + random.nextInt(200);
      String value = "\"" + round + "-" + number + "\"";
      var encoded = TestStores.key(key);
      WriteResult result =
          node.writer()
              .submit(
                  shards.shardOf(encoded),
                  new Operation.Put(notes.id(), encoded, TestStores.bytes(value)))
              .get();
      if (result instanceof WriteResult.Decided) {
        say("ACK " + key + " " + value);
      }
    }
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
