package dev.weir.store.placement;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.assignment.ApplicationState;
import org.apache.kafka.streams.processor.assignment.AssignmentConfigs;
import org.apache.kafka.streams.processor.assignment.KafkaStreamsAssignment;
import org.apache.kafka.streams.processor.assignment.KafkaStreamsAssignment.AssignedTask;
import org.apache.kafka.streams.processor.assignment.KafkaStreamsState;
import org.apache.kafka.streams.processor.assignment.ProcessId;
import org.apache.kafka.streams.processor.assignment.TaskAssignor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings {@link Placement} to Kafka Streams. Made anew for each rebalance, on the group's leader.
 *
 * <p>Reads where nodes stand from their client tags. While copies are built for the sake of balance
 * it asks for another rebalance soon, otherwise for none.
 */
public final class RackTaskAssignor implements TaskAssignor {
  private static final Logger LOG = LoggerFactory.getLogger(RackTaskAssignor.class);

  /** Name of the setting that says whether the rule is strict, {@code true} or {@code false}. */
  public static final String STRICT = "weir.placement.strict";

  /** Name of the setting that says what holds at most one copy of a shard. */
  public static final String SEPARATION = "weir.placement.separation";

  /** How soon copies that are being built are looked at again. */
  private static final Duration FOLLOW_UP = Duration.ofSeconds(10);

  private PlacementRule rule = PlacementRule.STANDARD;

  @Override
  public void configure(Map<String, ?> settings) {
    Object strict = settings.get(STRICT);
    Object separation = settings.get(SEPARATION);
    rule =
        new PlacementRule(
            strict == null ? rule.strict() : Boolean.parseBoolean(strict.toString()),
            separation == null
                ? rule.separation()
                : Separation.valueOf(separation.toString().toUpperCase(Locale.ROOT)));
  }

  /** What to tell Kafka Streams so that this assignor follows a rule. */
  public static Map<String, String> settings(PlacementRule rule) {
    return Map.of(STRICT, Boolean.toString(rule.strict()), SEPARATION, rule.separation().name());
  }

  @Override
  public TaskAssignment assign(ApplicationState application) {
    List<TaskId> tasks = List.copyOf(new TreeSet<>(application.allTasks().keySet()));
    Map<String, KafkaStreamsState> clients = new TreeMap<>();
    application.kafkaStreamsStates(true).forEach((id, state) -> clients.put(id.toString(), state));
    AssignmentConfigs configs = application.assignmentConfigs();
    PlacementRequest request =
        new PlacementRequest(
            tasks.size(),
            configs.numStandbyReplicas() + 1,
            candidates(clients, tasks),
            rule,
            configs.acceptableRecoveryLag(),
            configs.maxWarmupReplicas());
    PlacementPlan plan = Placement.of(request);
    log(plan, clients.size());
    return assignment(plan, clients, tasks);
  }

  private static List<Candidate> candidates(
      Map<String, KafkaStreamsState> clients, List<TaskId> tasks) {
    Map<TaskId, Integer> shards = new HashMap<>();
    for (int shard = 0; shard < tasks.size(); shard++) {
      shards.put(tasks.get(shard), shard);
    }
    List<Candidate> candidates = new ArrayList<>();
    clients.forEach(
        (id, state) -> {
          Map<Integer, Candidate.State> has = new TreeMap<>();
          for (Set<TaskId> previous :
              List.of(state.previousStandbyTasks(), state.previousActiveTasks())) {
            for (TaskId task : previous) {
              Integer shard = shards.get(task);
              if (shard != null) {
                has.put(shard, state(state, task, previous == state.previousActiveTasks()));
              }
            }
          }
          candidates.add(
              new Candidate(
                  id,
                  Math.max(1, state.numProcessingThreads()),
                  Location.ofTags(state.clientTags()),
                  has));
        });
    return candidates;
  }

  /** Kafka Streams has numbers below zero for running actives, and for what it could not learn. */
  private static Candidate.State state(KafkaStreamsState client, TaskId task, boolean active) {
    return new Candidate.State(active, Math.max(0, client.lagFor(task)));
  }

  private static TaskAssignment assignment(
      PlacementPlan plan, Map<String, KafkaStreamsState> clients, List<TaskId> tasks) {
    Map<String, Map<TaskId, AssignedTask>> assigned = new TreeMap<>();
    for (int shard = 0; shard < tasks.size(); shard++) {
      TaskId task = tasks.get(shard);
      PlacementPlan.Shard copies = plan.shards().get(shard);
      for (List<String> standbys : List.of(copies.standbys(), copies.warmUps())) {
        standbys.forEach(
            node ->
                of(assigned, node).put(task, new AssignedTask(task, AssignedTask.Type.STANDBY)));
      }
      of(assigned, copies.active()).put(task, new AssignedTask(task, AssignedTask.Type.ACTIVE));
    }
    List<KafkaStreamsAssignment> assignments = new ArrayList<>();
    boolean asked = plan.pending().isEmpty();
    for (Map.Entry<String, KafkaStreamsState> client : clients.entrySet()) {
      ProcessId process = client.getValue().processId();
      KafkaStreamsAssignment assignment =
          KafkaStreamsAssignment.of(process, Set.copyOf(of(assigned, client.getKey()).values()));
      assignments.add(
          asked ? assignment : assignment.withFollowupRebalance(Instant.now().plus(FOLLOW_UP)));
      asked = true;
    }
    return new TaskAssignment(assignments);
  }

  private static Map<TaskId, AssignedTask> of(
      Map<String, Map<TaskId, AssignedTask>> assigned, String node) {
    return assigned.computeIfAbsent(node, n -> new TreeMap<>());
  }

  private static void log(PlacementPlan plan, int nodes) {
    long lacking = plan.shards().stream().filter(s -> s.missing() > 0).count();
    long misplaced = plan.shards().stream().filter(s -> s.misplaced() > 0).count();
    LOG.info(
        "Placed {} shards on {} nodes; {} have yet to move, {} lack copies, {} break the rule",
        plan.shards().size(),
        nodes,
        plan.pending().size(),
        lacking,
        misplaced);
  }
}
