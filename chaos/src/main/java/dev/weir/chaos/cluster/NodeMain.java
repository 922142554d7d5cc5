package dev.weir.chaos.cluster;

import dev.weir.chaos.process.ChildJvm;
import dev.weir.query.server.Builder;
import dev.weir.query.server.Setting;
import dev.weir.query.server.Weir;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.KeyType;
import java.io.IOException;
import java.nio.file.Path;

/** The process of a node, with the product's own settings but for sizes and addresses. */
final class NodeMain {

  static final String REGISTERS = "register";
  static final String STABLE = "stable";
  static final String PROBE = "probe";
  static final String OVERWRITTEN = "overwritten";
  static final String VERTEX = "vertex";

  private static final CollectionDefinition.Edge PARALLEL =
      new CollectionDefinition.Edge(VERTEX, VERTEX, KeyType.Scalar.STRING, null);

  private NodeMain() {}

  private static final int FIRST_SETTING = 6;

  /**
   * Arguments: id, broker port, state directory, HTTP port, peer port, advertised peer port, then
   * {@code SETTING=value} each.
   */
  public static void main(String[] arguments) {
    ChildJvm.main(() -> run(arguments));
  }

  private static void run(String[] arguments) throws IOException {
    Builder builder = Weir.builder();
    for (int i = FIRST_SETTING; i < arguments.length; i++) {
      int equal = arguments[i].indexOf('=');
      builder.set(
          Setting.valueOf(arguments[i].substring(0, equal)), arguments[i].substring(equal + 1));
    }
    try (Weir weir =
        builder
            .application("chaos")
            .bootstrapServers("127.0.0.1:" + arguments[1])
            .set(Setting.NODE, arguments[0])
            .stateDirectory(Path.of(arguments[2]))
            .listen("127.0.0.1:" + arguments[3])
            .set(Setting.PEER_LISTEN, "127.0.0.1:" + arguments[4])
            .set(Setting.PEER_ADVERTISED, "127.0.0.1:" + arguments[5])
            .shards(Cluster.SHARDS)
            .set(Setting.REPLICAS, "2")
            .set(Setting.MEMORY, "32MiB")
            .collection(REGISTERS, KeyType.Scalar.STRING)
            .collection(STABLE, KeyType.Scalar.STRING)
            .collection(PROBE, KeyType.Scalar.STRING)
            .collection(OVERWRITTEN, KeyType.Scalar.STRING)
            .collection(VERTEX, KeyType.Scalar.STRING)
            .collection(CollectionDefinition.edges("knows", PARALLEL))
            .edgesFrom(VERTEX, "refers", "refers", VERTEX)
            .start()) {
      ChildJvm.readyUntilTold();
    }
  }
}
