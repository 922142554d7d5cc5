package dev.weir.store.node;

import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.DefinitionChange;
import dev.weir.store.EdgeKeys;
import dev.weir.store.InvalidKeyException;
import dev.weir.store.KeyType;
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
 * prints {@code ACK key value} for each one that is acknowledged. Beside them it writes edges, and
 * deletes notes that are their ends.
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
    if (node.catalogue().collection("calls").isEmpty()) {
      CollectionDefinition calls =
          CollectionDefinition.edges(
              "calls", new CollectionDefinition.Edge("note", "note", KeyType.Scalar.LONG, null));
      TestStores.change(
          node, new DefinitionChange.PutCollection(calls, DefinitionChange.Mode.APPLY));
    }
    say("READY");
    write(node, notes, new Random(round), round);
  }

  private static void write(StoreNode node, CollectionDefinition notes, Random random, int round)
      throws InterruptedException, ExecutionException {
    ShardMap shards = new ShardMap(SHARDS);
    CollectionDefinition calls = node.catalogue().collection("calls").orElseThrow();
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
      for (int i = 0; i < 5; i++) {
        Operation.Change change = edgeOrEnd(notes, calls, random);
        var unused = node.writer().submit(shards.shardOf(node.catalogue(), change), change);
      }
    }
  }

  /** A change of an edge between notes that nobody counts on, or of such a note. */
  private static Operation.Change edgeOrEnd(
      CollectionDefinition notes, CollectionDefinition calls, Random random) {
    var from = TestStores.key("v" + random.nextInt(20));
    if (random.nextInt(10) == 0) {
      return random.nextInt(3) == 0
          ? new Operation.Delete(notes.id(), from)
          : new Operation.Put(notes.id(), from, TestStores.bytes("{}"));
    }
    try {
      var to = TestStores.key("v" + random.nextInt(20));
      var edge = EdgeKeys.of(calls).edge(from, to, (long) random.nextInt(3));
      return random.nextInt(4) == 0
          ? new Operation.Delete(calls.id(), edge)
          : new Operation.Put(
              calls.id(), edge, TestStores.bytes("{\"n\":" + random.nextInt() + "}"));
    } catch (InvalidKeyException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
