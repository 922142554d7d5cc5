package dev.weir.bench.http;

import dev.weir.bench.Documents;
import dev.weir.bench.feed.SourceTopic;
import dev.weir.bench.node.NodeProcess;
import dev.weir.bench.weir.WeirStore;
import dev.weir.store.ShardMap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Two nodes that share the shards of a database.
 *
 * @param first one of them
 * @param second the other
 * @param shards of the database
 */
record TwoNodes(NodeProcess first, NodeProcess second, ShardMap shards) implements AutoCloseable {
  private static final List<String> JVM = List.of("-Xmx512m");

  /** Starts both at once, so that they divide the shards before there is anything to move. */
  static TwoNodes start(SourceTopic topic, Path directory, int shards) {
    NodeProcess.Database database =
        new NodeProcess.Database(topic.bootstrapServers(), topic.name(), directory, shards);
    CompletableFuture<NodeProcess> first = CompletableFuture.supplyAsync(() -> one("a", database));
    CompletableFuture<NodeProcess> second = CompletableFuture.supplyAsync(() -> one("b", database));
    return new TwoNodes(first.join(), second.join(), new ShardMap(shards));
  }

  private static NodeProcess one(String id, NodeProcess.Database database) {
    try {
      return NodeProcess.start(id, database, JVM);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Waits until both give the last of so many documents. */
  void awaitDocuments(long documents) throws IOException, InterruptedException {
    first.client().awaitDocuments(documents);
    second.client().awaitDocuments(documents);
  }

  /** The keys, among the first {@code documents} documents, of those that a node owns. */
  List<Long> keysOf(NodeProcess node, int documents) throws IOException, InterruptedException {
    String[] owners = new String[shards.shards()];
    List<Long> keys = new ArrayList<>();
    for (int number = 0; number < documents; number++) {
      int shard = shards.shardOf(WeirStore.key(number));
      if (owners[shard] == null) {
        owners[shard] = node.client().servedBy(number);
      }
      if (owners[shard].equals(node.id())) {
        keys.add(Documents.key(number));
      }
    }
    if (keys.isEmpty()) {
      throw new IllegalStateException("node " + node.id() + " owns nothing");
    }
    return keys;
  }

  @Override
  public void close() {
    second.close();
    first.close();
  }
}
