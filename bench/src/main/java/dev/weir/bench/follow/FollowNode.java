package dev.weir.bench.follow;

import dev.weir.bench.process.ChildJvm;
import dev.weir.query.server.Setting;
import dev.weir.query.server.Weir;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.KeyType;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A node whose collection keeps its changes, in a JVM of its own. */
final class FollowNode implements AutoCloseable {
  static final String COLLECTION = "note";
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int KEPT = 100_000;

  private final ChildJvm jvm;

  private FollowNode(ChildJvm jvm) {
    this.jvm = jvm;
  }

  /** Starts it; returns once it is ready. */
  static FollowNode start(String bootstrapServers, Path directory, int shards, List<String> options)
      throws IOException, InterruptedException {
    List<String> arguments =
        List.of(bootstrapServers, directory.toString(), Integer.toString(shards));
    return new FollowNode(ChildJvm.start(FollowNode.class, options, arguments));
  }

  /** The process itself. */
  public static void main(String[] arguments) throws IOException {
    int port = freePort();
    CollectionDefinition notes =
        new CollectionDefinition(0, COLLECTION, KeyType.Scalar.STRING, "json", Writer.API, null, 1)
            .keeping(KEPT);
    try (Weir weir =
        Weir.builder()
            .application("follow")
            .bootstrapServers(arguments[0])
            .stateDirectory(Path.of(arguments[1]))
            .shards(Integer.parseInt(arguments[2]))
            .listen("127.0.0.1:" + port)
            .set(Setting.PEER_LISTEN, "127.0.0.1:" + freePort())
            .collection(notes)
            .start()) {
      weir.awaitReady(PATIENCE);
      ChildJvm.readyUntilTold(Integer.toString(port));
    }
    System.exit(0);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  int port() {
    return Integer.parseInt(jvm.readyText());
  }

  long pid() {
    return jvm.pid();
  }

  @Override
  public void close() {
    jvm.close();
  }
}
