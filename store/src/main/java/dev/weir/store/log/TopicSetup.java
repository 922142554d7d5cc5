package dev.weir.store.log;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Creates the application's topics that are missing and checks those that are there. Never deletes
 * or alters one.
 *
 * <p>Several nodes may do this at once. To be called only after {@link StartupCheck} has found that
 * nothing is missing that this node has state of: a log created in its place would hide the loss.
 */
public final class TopicSetup {

  private static final int DEFAULT_REPLICATION = 3;

  private final Admin admin;
  private final Duration timeout;

  /**
   * A setup.
   *
   * @param admin stays the caller's
   * @param timeout for everything together; positive
   */
  public TopicSetup(Admin admin, Duration timeout) {
    this.admin = admin;
    this.timeout = timeout;
  }

  /**
   * Sees to it that the topics of a plan exist as they must be.
   *
   * @param replication replicas of each partition; empty = 3, or as many as there are brokers
   */
  public TopicReport ensure(TopicPlan plan, OptionalInt replication) throws InterruptedException {
    Deadline deadline = Deadline.in(timeout);
    try {
      int replicas =
          replication.isPresent() ? replication.getAsInt() : defaultReplication(deadline);
      List<TopicSpec> specs = plan.topics(replicas);
      List<String> created = new ArrayList<>();
      List<String> faults = createMissing(specs, created, deadline);
      if (!faults.isEmpty()) {
        return new TopicReport.Faulty(faults);
      }
      TopicReport report = verify(plan, replication, created, deadline);
      awaitLeaders(plan, created, deadline);
      return report;
    } catch (TimeoutException e) {
      return new TopicReport.Unreachable(
          unreachable("no answer within " + timeout.toMillis() + " ms"));
    } catch (ExecutionException e) {
      return new TopicReport.Unreachable(unreachable(String.valueOf(e.getCause())));
    }
  }

  private static String unreachable(String what) {
    return "Kafka could not be asked about the topics ("
        + what
        + "): check the bootstrap servers, the credentials, and that a broker runs";
  }

  private int defaultReplication(Deadline deadline)
      throws ExecutionException, TimeoutException, InterruptedException {
    return Math.min(DEFAULT_REPLICATION, deadline.get(admin.describeCluster().nodes()).size());
  }

  /** Creates what is missing; says why it could not, one line for each topic. */
  private List<String> createMissing(List<TopicSpec> specs, List<String> created, Deadline deadline)
      throws ExecutionException, TimeoutException, InterruptedException {
    Collection<String> existing = deadline.get(admin.listTopics().names());
    List<TopicSpec> missing = specs.stream().filter(s -> !existing.contains(s.name())).toList();
    Map<String, KafkaFuture<Void>> answers =
        admin.createTopics(missing.stream().map(TopicSpec::newTopic).toList()).values();
    List<String> faults = new ArrayList<>();
    for (TopicSpec spec : missing) {
      try {
        deadline.get(requireNonNull(answers.get(spec.name())));
        created.add(spec.name());
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RetriableException) {
          throw e;
        }
        // Another node was faster; verify() looks at what it made.
        if (!(e.getCause() instanceof TopicExistsException)) {
          faults.add(notCreated(spec, requireNonNull(e.getCause())));
        }
      }
    }
    return faults;
  }

  private static String notCreated(TopicSpec spec, Throwable cause) {
    return "topic %s is missing and could not be created (%s): create it with%n%s"
        .formatted(spec.name(), cause.getMessage(), spec.createCommand("<servers>"));
  }

  private TopicReport verify(
      TopicPlan plan, OptionalInt replication, List<String> created, Deadline deadline)
      throws ExecutionException, TimeoutException, InterruptedException {
    List<String> names = plan.topics(1).stream().map(TopicSpec::name).toList();
    Map<String, TopicDescription> descriptions = describe(names, deadline);
    Map<ConfigResource, Config> configs =
        deadline.get(
            admin.describeConfigs(names.stream().map(TopicSetup::resource).toList()).all());
    List<String> faults = new ArrayList<>();
    List<String> advice = new ArrayList<>();
    SortedMap<String, Uuid> ids = new TreeMap<>();
    for (int i = 0; i < names.size(); i++) {
      TopicDescription description = requireNonNull(descriptions.get(names.get(i)));
      // What it must be depends on the replicas it has, which may not be what a new one would get.
      int replicas = TopicAudit.replicas(description);
      TopicAudit audit = new TopicAudit(plan.topics(replicas).get(i), faults, advice);
      audit.partitions(description);
      audit.replication(replicas, replication);
      audit.settings(requireNonNull(configs.get(resource(names.get(i)))));
      ids.put(names.get(i), description.topicId());
    }
    return faults.isEmpty()
        ? new TopicReport.Ready(ids, List.copyOf(created), List.copyOf(advice))
        : new TopicReport.Faulty(List.copyOf(faults));
  }

  // A broker may not know a topic yet that the controller has just created.
  private Map<String, TopicDescription> describe(List<String> names, Deadline deadline)
      throws ExecutionException, TimeoutException, InterruptedException {
    while (true) {
      try {
        return deadline.get(admin.describeTopics(names).allTopicNames());
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException) || deadline.passed()) {
          throw e;
        }
      }
    }
  }

  // An idempotent producer that is faster than the election gets stuck: its first batch is refused,
  // its second one taken, and the first stays out of order until its delivery time is over.
  private void awaitLeaders(TopicPlan plan, List<String> created, Deadline deadline)
      throws ExecutionException, TimeoutException, InterruptedException {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (TopicSpec spec : plan.topics(1)) {
      for (int i = 0; created.contains(spec.name()) && i < spec.partitions(); i++) {
        ends.put(new TopicPartition(spec.name(), i), OffsetSpec.latest());
      }
    }
    while (true) {
      try {
        deadline.get(admin.listOffsets(ends).all());
        return;
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof RetriableException) || deadline.passed()) {
          throw e;
        }
      }
    }
  }

  private static ConfigResource resource(String topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic);
  }
}
