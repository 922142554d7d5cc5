package dev.weir.kafka;

import dev.weir.kafka.Options.Listener;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The broker's settings: small defaults, then the user's, then what this module relies on. */
record BrokerSettings(int brokerPort, int controllerPort) {

  static final int NODE_ID = 1;
  static final String CONTROLLER = "CONTROLLER";

  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          // A client that has lost its topic must fail, not bring it back with one partition.
          Map.entry("auto.create.topics.enable", "false"),
          Map.entry("default.replication.factor", "1"),
          Map.entry("offsets.topic.replication.factor", "1"),
          Map.entry("offsets.topic.num.partitions", "4"),
          Map.entry("transaction.state.log.replication.factor", "1"),
          Map.entry("transaction.state.log.min.isr", "1"),
          Map.entry("transaction.state.log.num.partitions", "4"),
          Map.entry("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000"),
          Map.entry("share.coordinator.state.topic.replication.factor", "1"),
          Map.entry("share.coordinator.state.topic.min.isr", "1"),
          Map.entry("share.coordinator.state.topic.num.partitions", "4"),
          Map.entry("group.initial.rebalance.delay.ms", "0"),
          Map.entry("group.min.session.timeout.ms", "1000"),
          Map.entry("log.cleaner.enable", "true"),
          // Twice the default of 10 MB is set aside for every partition: 2,048 took 78 GB of disk.
          Map.entry("log.index.size.max.bytes", "262144"),
          // The default of 128 MB of heap is allocated at once.
          Map.entry("log.cleaner.dedupe.buffer.size", "16777216"),
          Map.entry("num.network.threads", "2"),
          Map.entry("num.io.threads", "4"));

  Map<String, String> properties(Path log, Map<String, String> extra, List<Listener> more) {
    Map<String, String> properties = new TreeMap<>(DEFAULTS);
    properties.putAll(extra);
    properties.putAll(fixed(log, more));
    return properties;
  }

  private Map<String, String> fixed(Path log, List<Listener> more) {
    String listener = "PLAINTEXT://127.0.0.1:" + brokerPort;
    return Map.ofEntries(
        Map.entry("process.roles", "broker,controller"),
        Map.entry("node.id", Integer.toString(NODE_ID)),
        Map.entry("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort),
        Map.entry("controller.listener.names", CONTROLLER),
        Map.entry("inter.broker.listener.name", "PLAINTEXT"),
        Map.entry(
            "listeners",
            listener
                + each(more, l -> "," + l.name() + "://127.0.0.1:" + l.port())
                + ","
                + CONTROLLER
                + "://127.0.0.1:"
                + controllerPort),
        Map.entry(
            "advertised.listeners",
            listener + each(more, l -> "," + l.name() + "://127.0.0.1:" + l.advertised())),
        Map.entry(
            "listener.security.protocol.map",
            "PLAINTEXT:PLAINTEXT,"
                + CONTROLLER
                + ":PLAINTEXT"
                + each(more, l -> "," + l.name() + ":PLAINTEXT")),
        Map.entry("log.dirs", log.toString()),
        Map.entry("metadata.log.dir", log.toString()));
  }

  private static String each(List<Listener> listeners, Function<Listener, String> text) {
    return listeners.stream().map(text).collect(Collectors.joining());
  }
}
