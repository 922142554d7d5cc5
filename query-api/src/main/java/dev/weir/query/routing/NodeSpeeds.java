package dev.weir.query.routing;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How fast each node answers point reads. Safe from any thread. */
final class NodeSpeeds {
  private final Map<String, NodeSpeed> byNode = new ConcurrentHashMap<>();

  NodeSpeed of(String node) {
    NodeSpeed known = byNode.get(node);
    return known != null ? known : byNode.computeIfAbsent(node, id -> new NodeSpeed());
  }

  /** What another call to a node would cost; 0 = nothing is known of it. */
  double cost(String node) {
    NodeSpeed known = byNode.get(node);
    return known == null ? 0 : known.cost();
  }
}
