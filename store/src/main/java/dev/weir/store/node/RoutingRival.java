package dev.weir.store.node;

import dev.weir.store.routing.Membership;
import dev.weir.store.routing.NodeEntry;
import dev.weir.store.routing.RoutingTable;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows whether another live process calls itself by this node's name: it has announced itself in
 * the routing table, after this process had, and Kafka counts its members in the group. What the
 * node's own last start has left in the table does not count.
 */
final class RoutingRival implements StreamsRunner.Rival {
  private static final Logger LOG = LoggerFactory.getLogger(RoutingRival.class);

  private final Membership membership;
  private final GroupMembers members;
  private final String node;
  private final long session;
  private boolean announced; // under "this"
  private @Nullable NodeEntry other; // under "this"

  /**
   * The rivals of a process.
   *
   * @param session random number of this start of the node
   */
  RoutingRival(Membership membership, GroupMembers members, String node, long session) {
    this.membership = membership;
    this.members = members;
    this.node = node;
    this.session = session;
    membership.onTable(this::seen);
  }

  private synchronized void seen(RoutingTable table) {
    NodeEntry shown = table.nodes().get(node);
    if (shown == null) {
      other = null;
    } else if (shown.session() == session) {
      announced = true;
    } else if (announced) {
      other = shown;
    }
  }

  private synchronized @Nullable NodeEntry other() {
    return other;
  }

  @Override
  public Optional<String> present() throws InterruptedException {
    NodeEntry rival = other();
    if (rival == null || !isMember(rival)) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "another process (%d at %s) has joined as node '%s': give every node an id of its own."
                + " This process takes its place again when that one has gone",
            rival.pid(),
            rival.url(),
            node));
  }

  private boolean isMember(NodeEntry rival) throws InterruptedException {
    try {
      return members.anyOf(rival.standing().instances());
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("Kafka does not say who is in the group", e);
      return true; // whoever comes back in error would be fenced again
    }
  }

  @Override
  public void standBack(boolean silent) {
    membership.silent(silent);
  }
}
