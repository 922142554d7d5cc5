package dev.weir.store.node;

import dev.weir.store.liveness.Evictor;
import dev.weir.store.log.TopicPlan;
import dev.weir.store.routing.Membership;
import dev.weir.store.routing.NodeEntry;
import dev.weir.store.routing.RoutingTable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupResult;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the members of a dead node from the consumer group, which has Kafka Streams move its
 * shards at once instead of after the session timeout, and then the node from the routing table.
 * Only static members can be removed so; the shards of others move when their session ends.
 *
 * <p>Whoever was evicted by mistake is told by Kafka that it is no member any more, and joins
 * again; its entry in the table comes back with its next announcement.
 */
final class GroupEvictor implements Evictor {
  private static final Logger LOG = LoggerFactory.getLogger(GroupEvictor.class);
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final Admin admin;
  private final TopicPlan topics;
  private final Membership membership;
  private final GroupMembers members;

  GroupEvictor(Admin admin, TopicPlan topics, Membership membership) {
    this.admin = admin;
    this.topics = topics;
    this.membership = membership;
    this.members = new GroupMembers(admin, topics);
  }

  @Override
  public boolean evict(NodeEntry node, BooleanSupplier stillMissed) throws InterruptedException {
    try {
      return stillThere(node)
          && stillMissed.getAsBoolean()
          && removeMembers(node.standing().instances())
          && membership.remove(node.node());
    } catch (ExecutionException | TimeoutException e) {
      LOG.info("Kafka did not help to evict node {}: {}", node.node(), e.toString());
      return false;
    }
  }

  @Override
  public boolean forget(NodeEntry node) throws InterruptedException {
    try {
      return stillThere(node)
          && !members.anyOf(node.standing().instances())
          && membership.remove(node.node());
    } catch (ExecutionException | TimeoutException e) {
      LOG.info("Kafka did not help to forget node {}: {}", node.node(), e.toString());
      return false;
    }
  }

  /** Whether a fresh look shows the node as it was judged. */
  private boolean stillThere(NodeEntry node)
      throws InterruptedException, ExecutionException, TimeoutException {
    return freshTable()
        .map(table -> table.nodes().get(node.node()))
        .filter(present -> stillThere(node, present))
        .isPresent();
  }

  private static boolean stillThere(NodeEntry node, NodeEntry present) {
    return present.session() == node.session() && present.standing().equals(node.standing());
  }

  /** The table with everything that was announced up to now. */
  private Optional<RoutingTable> freshTable()
      throws InterruptedException, ExecutionException, TimeoutException {
    TopicPartition routing = new TopicPartition(topics.routingTopic(), 0);
    long end =
        admin
            .listOffsets(Map.of(routing, OffsetSpec.latest()))
            .partitionResult(routing)
            .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
            .offset();
    return membership.awaitVersion(end - 1, PATIENCE);
  }

  private boolean removeMembers(List<String> instances)
      throws InterruptedException, ExecutionException, TimeoutException {
    if (instances.isEmpty()) {
      return true;
    }
    List<MemberToRemove> members = instances.stream().map(MemberToRemove::new).toList();
    RemoveMembersFromConsumerGroupOptions options =
        new RemoveMembersFromConsumerGroupOptions(
            members.stream().collect(Collectors.toUnmodifiableSet()));
    options.reason("the node does not answer any more");
    RemoveMembersFromConsumerGroupResult removed =
        admin.removeMembersFromConsumerGroup(topics.streamsApplicationId(), options);
    boolean all = true;
    for (MemberToRemove member : members) {
      try {
        removed.memberResult(member).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      } catch (ExecutionException e) {
        // Whom another survivor has removed, or whose session has ended, is out all the same.
        all &= e.getCause() instanceof UnknownMemberIdException;
        LOG.debug("Member {} was not removed", member.groupInstanceId(), e);
      }
    }
    return all;
  }
}
