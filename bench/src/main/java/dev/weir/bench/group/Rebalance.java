package dev.weir.bench.group;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Assignment;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.GroupSubscription;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Subscription;
import org.apache.kafka.clients.consumer.internals.ConsumerProtocol;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.assignment.ProcessId;
import org.apache.kafka.streams.processor.internals.StreamsPartitionAssignor;
import org.apache.kafka.streams.processor.internals.assignment.AssignmentInfo;
import org.apache.kafka.streams.processor.internals.assignment.SubscriptionInfo;

/**
 * Rebalances of a group, one after the other: members say what they have in the bytes they would
 * send, the leader's assignor answers, and they take what they get. Confined to one thread.
 */
final class Rebalance {
  private static final int PROTOCOL = 11;
  private static final long RUNNING = -2;

  private final Group group;
  private final StreamsPartitionAssignor assignor;
  private final Cluster cluster;
  private final SortedMap<String, Member> members = new TreeMap<>();

  /** A thread of a host and what it holds. */
  private static final class Member {
    final int host;
    List<TopicPartition> owned = List.of();
    final Map<TaskId, Long> tasks = new HashMap<>();

    Member(int host) {
      this.host = host;
    }
  }

  /**
   * What a rebalance took.
   *
   * @param millis of the leader, to decode, place and encode
   * @param subscriptions bytes that all members send
   * @param assignments bytes that all members get
   * @param largest bytes that one member gets at most
   * @param again whether a member has to ask for another one at once or soon
   */
  record Cost(double millis, long subscriptions, long assignments, long largest, boolean again) {
    long bytes() {
      return subscriptions + assignments;
    }
  }

  Rebalance(Group group, StreamsPartitionAssignor assignor) {
    this.group = group;
    this.assignor = assignor;
    this.cluster = group.cluster();
    for (int host = 0; host < group.hosts(); host++) {
      for (int thread = 0; thread < group.threads(); thread++) {
        members.put(String.format("host-%03d-StreamThread-%d", host, thread), new Member(host));
      }
    }
  }

  int members() {
    return members.size();
  }

  void lose(int host) {
    members.values().removeIf(member -> member.host == host);
  }

  /**
   * One rebalance.
   *
   * @param take whether members take what they get
   */
  Cost run(boolean take) {
    Map<String, Subscription> subscriptions = new HashMap<>();
    long sent = 0;
    for (Map.Entry<String, Member> member : members.entrySet()) {
      Subscription subscription = subscription(member.getValue());
      sent += ConsumerProtocol.serializeSubscription(subscription).remaining();
      subscriptions.put(member.getKey(), subscription);
    }
    long start = System.nanoTime();
    Map<String, Assignment> assignments =
        assignor.assign(cluster, new GroupSubscription(subscriptions)).groupAssignment();
    double millis = (System.nanoTime() - start) / 1e6;
    long got = 0;
    long largest = 0;
    boolean again = false;
    for (Map.Entry<String, Assignment> assignment : assignments.entrySet()) {
      int bytes = ConsumerProtocol.serializeAssignment(assignment.getValue()).remaining();
      got += bytes;
      largest = Math.max(largest, bytes);
      Member member = members.get(assignment.getKey());
      if (take && member != null) {
        again |= take(member, assignment.getValue());
      }
    }
    return new Cost(millis, sent, got, largest, again);
  }

  /** Lets members rebalance until nobody asks for another one; copies have caught up at once. */
  List<Cost> settle() {
    List<Cost> costs = new ArrayList<>();
    do {
      costs.add(run(true));
    } while (costs.get(costs.size() - 1).again() && costs.size() < 100);
    return costs;
  }

  private Subscription subscription(Member member) {
    SubscriptionInfo info =
        new SubscriptionInfo(
            PROTOCOL,
            PROTOCOL,
            new ProcessId(new UUID(7, member.host)),
            group.server(member.host),
            member.tasks,
            (byte) 1,
            0,
            group.tags(member.host));
    return new Subscription(group.topicNames(), info.encode(), member.owned);
  }

  private static boolean take(Member member, Assignment assignment) {
    AssignmentInfo info = AssignmentInfo.decode(assignment.userData());
    Set<TopicPartition> before = Set.copyOf(member.owned);
    member.owned = List.copyOf(assignment.partitions());
    member.tasks.clear();
    info.standbyTasks().keySet().forEach(task -> member.tasks.put(task, OfflineClients.COMMITTED));
    info.activeTasks().forEach(task -> member.tasks.put(task, RUNNING));
    return info.nextRebalanceMs() < Long.MAX_VALUE || !Set.copyOf(member.owned).containsAll(before);
  }
}
