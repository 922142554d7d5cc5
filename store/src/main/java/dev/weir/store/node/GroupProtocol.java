package dev.weir.store.node;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Why nodes form a group by Kafka's classic protocol, although there is a newer one for Streams.
 */
public final class GroupProtocol {
  private static final String NAME = "group.protocol";

  /** What a database loses with {@code group.protocol=streams}. */
  private static final List<String> LOSSES =
      List.of(
          "placement by rack (the broker assigns shards, and knows no racks of nodes)",
          "'replicas' (the broker's group settings decide on standbys; none unless they say so)",
          "static members (rejected), so eviction of dead nodes and quick restarts",
          "short sessions (the broker's lower bound is 45 s), so failover in seconds",
          "warm-ups (a shard would move before its copy has caught up)");

  private GroupProtocol() {}

  /** What is wrong with a protocol that is set, as a list of all that it costs. */
  public static Optional<String> fault(Map<String, ?> kafka) {
    Object protocol = kafka.get(NAME);
    return protocol == null || protocol.toString().equalsIgnoreCase("classic")
        ? Optional.empty()
        : Optional.of("'" + protocol + "' would cost " + String.join("; ", LOSSES));
  }
}
