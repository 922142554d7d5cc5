package dev.weir.store.log;

import dev.weir.store.Position;
import dev.weir.store.log.LogFacts.RecordAt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * Decides before the start whether local state and log belong together: the table of cases. Pure.
 *
 * <p>Harmless are a state ahead of the group's offset (what is fed again is skipped), a state
 * behind it (the log fills it up) and a missing group offset (the log is fed from its start and
 * skipped). Everything else means that records are gone or that the log is another one.
 */
public final class StartupCheck {

  private static final String ANEW =
      "to build everything anew from the sources, use another application name";

  private static final String CLONE =
      "to go on with a new log, store what the nodes have with 'weir snapshot save' on each of them"
          + " and use 'weir snapshot clone'; ";

  private final TopicPlan plan;
  private final LogFacts facts;
  private final List<String> reasons = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final boolean elsewhere;

  private StartupCheck(TopicPlan plan, LogFacts facts, boolean elsewhere) {
    this.plan = plan;
    this.facts = facts;
    this.elsewhere = elsewhere;
  }

  /**
   * Compares.
   *
   * @param plan what is configured
   * @param local positions of the states that the node holds, by shard; one that has folded nothing
   *     counts as none
   * @param facts what Kafka knows, looked up for these positions
   */
  public static StartupVerdict decide(
      TopicPlan plan, Map<Integer, Position> local, LogFacts facts) {
    return decide(plan, local, facts, false);
  }

  /**
   * Compares.
   *
   * @param elsewhere whether a shard without state, or with one that ends before the log begins,
   *     may get another one from another node or a repository, so that its log needs no beginning
   */
  public static StartupVerdict decide(
      TopicPlan plan, Map<Integer, Position> local, LogFacts facts, boolean elsewhere) {
    Map<Integer, Position> states = new TreeMap<>(local);
    states.values().removeIf(p -> p.offset() < 0);
    StartupCheck check = new StartupCheck(plan, facts, elsewhere);
    check.log(states);
    if (!check.reasons.isEmpty()) {
      return new StartupVerdict.Refuse(List.copyOf(check.reasons));
    }
    List<String> notes = List.copyOf(check.notes);
    return states.isEmpty()
        ? new StartupVerdict.FirstStart(notes)
        : new StartupVerdict.Continue(notes);
  }

  /**
   * Why a state that comes from elsewhere cannot go on with a shard's log; empty if it can.
   *
   * @param facts looked up for this position
   */
  public static Optional<String> objection(
      TopicPlan plan, LogFacts facts, int shard, Position state) {
    Uuid logId = facts.logId();
    if (logId == null || shard >= facts.shards().size()) {
      return Optional.of("the log has no such shard");
    }
    return state.offset() < 0
        ? Optional.empty()
        : new StartupCheck(plan, facts, false).withState(facts.shards().get(shard), state, logId);
  }

  private void log(Map<Integer, Position> states) {
    Uuid logId = facts.logId();
    if (logId == null) {
      if (!states.isEmpty()) {
        reasons.add(
            "topic %s does not exist, but this node holds state of shards %s: check that the"
                    .formatted(plan.logTopic(), states.keySet())
                + " bootstrap servers are those of the right cluster; if the topic was deleted,"
                + " keep the state directories; "
                + CLONE
                + ANEW);
      }
      return;
    }
    if (facts.shards().size() != plan.shards()) {
      reasons.add(
          "topic %s has %d partitions, but %d shards are configured: configure %d"
              .formatted(
                  plan.logTopic(), facts.shards().size(), plan.shards(), facts.shards().size()));
    }
    facts.shards().forEach(s -> shard(s, states.get(s.shard()), logId));
    states.keySet().stream()
        .filter(shard -> shard >= facts.shards().size())
        .forEach(
            shard ->
                refuse(
                    shard,
                    "this node holds state of it, but the log has no such partition: the topic was"
                        + " replaced, or the state directory is another application's; "
                        + ANEW));
  }

  private void shard(LogFacts.Shard log, @Nullable Position state, Uuid logId) {
    Optional<String> reason =
        (state == null ? withoutState(log) : withState(log, state, logId)).or(() -> group(log));
    reason.ifPresent(text -> refuse(log.shard(), text));
    if (reason.isEmpty() && state != null && log.groupOffset().isEmpty()) {
      notes.add(
          "shard %d: the group %s has no committed offset; the log is read again from %d and skipped"
                  .formatted(log.shard(), plan.streamsApplicationId(), log.start())
              + " up to %d".formatted(state.offset()));
    }
  }

  private Optional<String> withoutState(LogFacts.Shard log) {
    return log.start() == 0 || elsewhere
        ? Optional.empty()
        : Optional.of(
            "the log begins at %d, and this node holds no state to go on from: what was before is"
                    .formatted(log.start())
                + " gone from Kafka; start a node that still has the state, with its state"
                + " directory; "
                + ANEW);
  }

  private Optional<String> withState(LogFacts.Shard log, Position state, Uuid logId) {
    long offset = state.offset();
    if (state.generation() != plan.generation()) {
      return Optional.of(
          "the state is of generation %d, the log of %d: use the state directory of this generation"
              .formatted(state.generation(), plan.generation()));
    }
    if (!state.logId().equals(logId)) {
      return Optional.of(
          "the state was made from the topic with id %s, but %s now has id %s: the topic was deleted"
                  .formatted(state.logId(), plan.logTopic(), logId)
              + " and created anew, or this is another cluster; connect to the right one; "
              + CLONE
              + ANEW);
    }
    if (offset >= log.end()) {
      return Optional.of(
          "the state has folded offset %d, but the log ends at %d: the log has lost acknowledged"
                  .formatted(offset, log.end())
              + " records (unclean election, or a broker restored from a backup); bring the lost"
              + " replica back; "
              + CLONE
              + ANEW);
    }
    if (log.start() > offset + 1 && !elsewhere) {
      return Optional.of(
          "the log begins at %d, but the state ends at %d: the records between are gone; take the"
                  .formatted(log.start(), offset)
              + " state directory of a node that is ahead; "
              + ANEW);
    }
    return record(log.record(), state);
  }

  private static Optional<String> record(RecordAt record, Position state) {
    if (record instanceof RecordAt.Hole) {
      return Optional.of(
          "the log has no record at offset %d, which the state has folded: the topic was compacted;"
                  .formatted(state.offset())
              + " set cleanup.policy=delete, then "
              + ANEW);
    }
    if (record instanceof RecordAt.Found found
        && found.leaderEpoch() >= 0
        && state.leaderEpoch() >= 0
        && found.leaderEpoch() != state.leaderEpoch()) {
      return Optional.of(
          "the record at offset %d is of leader epoch %d, the state folded one of epoch %d: the log"
                  .formatted(state.offset(), found.leaderEpoch(), state.leaderEpoch())
              + " lost its tail and was written anew; start a node whose state is older, or none; "
              + CLONE
              + ANEW);
    }
    return Optional.empty();
  }

  private Optional<String> group(LogFacts.Shard log) {
    long committed = log.groupOffset().orElse(0);
    return committed <= log.end()
        ? Optional.empty()
        : Optional.of(
            "the group %s has committed offset %d, but the log ends at %d: the log has lost"
                    .formatted(plan.streamsApplicationId(), committed, log.end())
                + " acknowledged records, or was replaced; if that is understood, reset the group"
                + " with kafka-consumer-groups.sh --reset-offsets --to-earliest (folded records"
                + " are skipped)");
  }

  private void refuse(int shard, String text) {
    reasons.add("shard " + shard + " of " + plan.logTopic() + ": " + text);
  }
}
