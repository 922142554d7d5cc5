package dev.weir.cli.demo;

import dev.weir.client.WeirClient;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The broker and the three nodes of the demo, each a process of its own. Thread-safe. */
final class DemoCluster implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration END = Duration.ofSeconds(25);
  private static final int NODES = 3;
  private static final int PEER_DISTANCE = 100;
  private static final List<String> BROKER_JVM =
      List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");
  private static final List<String> NODE_JVM =
      List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");
  private static final int FIRST_JVM_THAT_WARNS = 24;

  /**
   * A node of the demo.
   *
   * @param process it runs in
   * @param url of its HTTP API
   * @param client that asks it
   */
  record Node(ChildProcess process, String url, WeirClient client) {}

  private final DemoDirectory directory;
  private final ChildProcess broker;
  private final String bootstrapServers;
  private final List<Node> nodes = new ArrayList<>();

  private DemoCluster(DemoDirectory directory, ChildProcess broker, String bootstrapServers) {
    this.directory = directory;
    this.broker = broker;
    this.bootstrapServers = bootstrapServers;
  }

  /** Starts the broker and waits for it. */
  static DemoCluster start(DemoDirectory directory) throws InterruptedException {
    ChildProcess broker =
        ChildProcess.start(
            "broker",
            directory.logs(),
            jvm(BROKER_JVM),
            List.of("broker", "--data-dir", directory.broker().toString()));
    try {
      return new DemoCluster(directory, broker, broker.awaitReady(PATIENCE));
    } catch (RuntimeException | InterruptedException e) {
      broker.kill();
      throw e;
    }
  }

  String bootstrapServers() {
    return bootstrapServers;
  }

  Map<String, Object> kafka() {
    return Map.of("bootstrap.servers", bootstrapServers);
  }

  /** Starts the nodes; they need a while until they are ready. */
  synchronized void startNodes(int firstPort) {
    Path config = directory.writeConfig();
    for (int port : FreePorts.from(firstPort, NODES, PEER_DISTANCE)) {
      String name = "node-" + (nodes.size() + 1);
      ChildProcess process =
          ChildProcess.start(
              name,
              directory.logs(),
              jvm(NODE_JVM),
              List.of(
                  "serve",
                  "--end-with-stdin",
                  "--config=" + config,
                  "--set=node=" + name,
                  "--set=listen=127.0.0.1:" + port,
                  "--set=stateDirectory=" + directory.state(name),
                  "--set=kafka.bootstrap.servers=" + bootstrapServers));
      String url = "http://127.0.0.1:" + port;
      nodes.add(new Node(process, url, WeirClient.at(URI.create(url), Duration.ofSeconds(15))));
    }
    List<DemoDirectory.Told> told = new ArrayList<>();
    told.add(new DemoDirectory.Told("broker", broker.pid(), bootstrapServers));
    nodes.forEach(n -> told.add(new DemoDirectory.Told("node", n.process().pid(), n.url())));
    directory.writeProcesses(bootstrapServers, told);
  }

  /** Waits until every node listens. */
  void awaitNodes() throws InterruptedException {
    for (Node node : nodes()) {
      node.process().awaitReady(PATIENCE);
    }
  }

  synchronized List<Node> nodes() {
    return List.copyOf(nodes);
  }

  /** Nodes that run. */
  List<Node> alive() {
    return nodes().stream().filter(node -> node.process().isAlive()).toList();
  }

  private static List<String> jvm(List<String> options) {
    List<String> all = new ArrayList<>(options);
    if (Runtime.version().feature() >= FIRST_JVM_THAT_WARNS) {
      all.add("--enable-native-access=ALL-UNNAMED");
      all.add("--sun-misc-unsafe-memory-access=allow");
    }
    return all;
  }

  /** Ends the nodes, then the broker. */
  @Override
  public void close() {
    List<Node> all = nodes();
    all.forEach(node -> node.process().requestEnd());
    all.forEach(node -> node.process().awaitEnd(END));
    broker.requestEnd();
    broker.awaitEnd(END);
    directory.removeProcesses();
  }
}
