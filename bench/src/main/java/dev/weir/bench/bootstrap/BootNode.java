package dev.weir.bench.bootstrap;

import dev.weir.bench.node.NodeClient;
import dev.weir.bench.process.ChildJvm;
import dev.weir.bench.weir.WeirStore;
import dev.weir.query.server.Setting;
import dev.weir.query.server.Weir;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A whole node in a JVM of its own that is to hold a copy of every shard. */
final class BootNode implements AutoCloseable {
  static final int SHARDS = 4;

  /** As {@code ./weir} starts a node; the directory of the project is where benchmarks run. */
  static final List<String> JVM = List.of("@cli/node.options", "-Xmx512m");

  private final ChildJvm jvm;
  private final Journey journey;

  private BootNode(ChildJvm jvm) {
    this.jvm = jvm;
    this.journey = Journey.parse(jvm.readyText());
  }

  /**
   * What the nodes of a database have in common.
   *
   * @param topic with the documents
   * @param directory under which each node gets its own
   * @param bytesPerSecond that a node takes and gives; 0 = no limit
   * @param jvmOptions of its JVM
   */
  record Database(StateTopic topic, Path directory, long bytesPerSecond, List<String> jvmOptions) {
    /** The same with other JVMs. */
    Database with(List<String> options) {
      return new Database(topic, directory, bytesPerSecond, options);
    }

    /** The directory of a node. */
    Path node(String id) {
      return directory.resolve("node-" + id);
    }
  }

  /** Starts a node; returns once all shards are complete on it. */
  static BootNode start(List<String> by, String id, Database database)
      throws IOException, InterruptedException {
    List<String> options = new ArrayList<>(database.jvmOptions());
    options.addAll(JVM);
    return new BootNode(
        ChildJvm.start(
            by,
            BootNode.class,
            options,
            List.of(
                id,
                database.topic().bootstrapServers(),
                database.topic().name(),
                database.node(id).toString(),
                Long.toString(database.bytesPerSecond()),
                Integer.toString(freePort()),
                Integer.toString(freePort()))));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** The process itself. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int port = Integer.parseInt(arguments[5]);
    try (Weir weir =
        Weir.builder()
            .application("bench")
            .bootstrapServers(arguments[1])
            .set(Setting.NODE, arguments[0])
            .stateDirectory(Path.of(arguments[3]))
            .shards(SHARDS)
            .set(Setting.REPLICAS, "2")
            .set(Setting.BOOTSTRAP_RATE, arguments[4])
            .set(Setting.BOOTSTRAP_LEAST_RECORDS, "1000")
            .listen("127.0.0.1:" + port)
            .set(Setting.PEER_LISTEN, "127.0.0.1:" + arguments[6])
            .collection(WeirStore.collection())
            .source(WeirStore.source(arguments[2]))
            .start()) {
      ChildJvm.readyUntilTold(new JourneyWatch(weir, SHARDS).await(port).text());
    }
    System.exit(0);
  }

  /** How it came to its state. */
  Journey journey() {
    return journey;
  }

  /** The requests a benchmark asks of it by itself. */
  NodeClient client() {
    return new NodeClient(journey.port());
  }

  /** Ends it as a crash would. */
  void kill() throws InterruptedException {
    jvm.kill();
  }

  @Override
  public void close() {
    jvm.close();
  }
}
