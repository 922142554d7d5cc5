package dev.weir.store.node;

import dev.weir.store.log.TopicPlan;
import dev.weir.store.routing.NodeEntry;
import dev.weir.store.routing.Standing;
import java.time.Duration;
import java.util.List;

/** What a node says of itself in the routing topic, before it holds anything. */
final class SelfEntry {
  private SelfEntry() {}

  static NodeEntry of(StoreConfig config, TopicPlan topics, String nodeId, long session) {
    StoreConfig.Local local = config.local();
    return new NodeEntry(
        nodeId,
        session,
        topics.generation(),
        local.url(),
        local.peer(),
        local.rack(),
        ProcessHandle.current().pid(),
        ConfigurationDigest.of(config.definitions()),
        List.of(),
        new Standing(StreamsSettings.instances(nodeId, local.threads()), Duration.ZERO));
  }
}
