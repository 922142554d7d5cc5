package dev.weir.bench.node;

import dev.weir.bench.process.ChildJvm;
import dev.weir.bench.weir.WeirStore;
import dev.weir.query.server.Setting;
import dev.weir.query.server.Weir;
import dev.weir.store.SourceDefinition;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One whole node in a JVM of its own, with every setting at its default. */
public final class NodeProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final String id;
  private final ChildJvm jvm;

  private NodeProcess(String id, ChildJvm jvm) {
    this.id = id;
    this.jvm = jvm;
  }

  /**
   * What the nodes of a database have in common.
   *
   * @param bootstrapServers of the broker
   * @param topic with the documents
   * @param directory under which each node gets its own
   * @param shards of the database
   */
  public record Database(String bootstrapServers, String topic, Path directory, int shards) {}

  /** Starts a node; returns once it is ready. */
  public static NodeProcess start(String id, Database database, List<String> jvmOptions)
      throws IOException, InterruptedException {
    return start(List.of(), id, database, jvmOptions);
  }

  /** The same by a command that runs another, such as {@code taskset}. */
  public static NodeProcess start(
      List<String> by, String id, Database database, List<String> jvmOptions)
      throws IOException, InterruptedException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                id,
                database.bootstrapServers(),
                database.topic(),
                database.directory().resolve("node-" + id).toString(),
                Integer.toString(database.shards()),
                Integer.toString(freePort()),
                Integer.toString(freePort())));
    return new NodeProcess(id, ChildJvm.start(by, NodeProcess.class, jvmOptions, arguments));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** The process itself. */
  public static void main(String[] arguments) throws IOException {
    SourceDefinition source = WeirStore.source(arguments[2]);
    try (Weir weir =
        Weir.builder()
            .application("bench")
            .bootstrapServers(arguments[1])
            .set(Setting.NODE, arguments[0])
            .stateDirectory(Path.of(arguments[3]))
            .shards(Integer.parseInt(arguments[4]))
            .listen("127.0.0.1:" + arguments[5])
            .set(Setting.PEER_LISTEN, "127.0.0.1:" + arguments[6])
            .collection(WeirStore.collection())
            .source(source)
            .start()) {
      weir.awaitReady(PATIENCE);
      ChildJvm.readyUntilTold(arguments[5]);
    }
    System.exit(0);
  }

  /** Its name in the database. */
  public String id() {
    return id;
  }

  /** The port of its HTTP API. */
  public int port() {
    return Integer.parseInt(jvm.readyText());
  }

  /** Its process id. */
  public long pid() {
    return jvm.pid();
  }

  /** The requests a benchmark asks of it by itself. */
  public NodeClient client() {
    return new NodeClient(port());
  }

  @Override
  public void close() {
    jvm.close();
  }
}
