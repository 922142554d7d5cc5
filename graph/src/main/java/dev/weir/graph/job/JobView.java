package dev.weir.graph.job;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a job. Immutable.
 *
 * @param id 13 letters and digits
 * @param request what is to be computed
 * @param catalogueRevision definitions that it was taken under
 * @param state how far it is
 * @param attempt the present one, from 1
 * @param restarts how earlier attempts ended
 * @param checkpoint what is kept to go on from after a loss
 * @param offers nodes that take part in the attempt, by id
 * @param built the graph of the attempt; null = not in memory yet
 * @param progress of the attempt; null = nothing yet
 * @param written nodes whose values are written, and how many these are
 * @param warnings what somebody who reads the results should know
 * @param reason why it ended without a result; empty otherwise
 * @param times when it was submitted and last changed, milliseconds since 1970
 */
public record JobView(
    String id,
    JobRequest request,
    int catalogueRevision,
    State state,
    int attempt,
    List<Restart> restarts,
    Checkpoint checkpoint,
    SortedMap<String, Offer> offers,
    @Nullable Built built,
    @Nullable Progress progress,
    SortedMap<String, Long> written,
    List<String> warnings,
    String reason,
    Times times) {

  /** How far a job is. */
  public enum State {
    /** Nodes come together. */
    WAITING,
    /** The graph is read, or computed on, or values are written. */
    RUNNING,
    /** All values are there. */
    DONE,
    /** It cannot be computed as asked. */
    REFUSED,
    /** It broke off, and would again. */
    FAILED,
    /** Somebody did not want it any more. */
    CANCELLED;

    /** Whether nothing will change any more. */
    public boolean isEnd() {
      return this != WAITING && this != RUNNING;
    }
  }

  /**
   * A node that takes part.
   *
   * @param session of the node
   * @param shards that it computes
   */
  public record Offer(long session, List<Integer> shards) {}

  /**
   * The end of an attempt.
   *
   * @param reason why it was given up
   * @param superstep from which the next attempt goes on, over the same cut; null = it begins
   *     again, on a new one
   */
  public record Restart(String reason, @Nullable Integer superstep) {}

  /**
   * A graph in memory.
   *
   * @param dangling edges left out, because an end is missing or filtered out
   * @param cut offset of each shard's log that its documents stood at
   */
  public record Built(long vertices, long edges, long dangling, List<Long> cut) {}

  /**
   * How far a computation is, over all shards.
   *
   * @param superstep the last one that was completed, from 0
   * @param computed vertices computed in it
   * @param awake vertices that go on
   * @param messages of all supersteps so far
   * @param bytes that they took
   * @param millis since the computation began
   * @param left how long it still takes; null = not known
   */
  public record Progress(
      int superstep,
      long computed,
      long awake,
      long messages,
      long bytes,
      long millis,
      @Nullable Left left) {}

  /**
   * What is left of a computation of which it is known how many supersteps it has.
   *
   * @param supersteps how many are still to be computed
   * @param millis how long they take, if they take as long as those before
   */
  public record Left(int supersteps, long millis) {}

  /** When it was submitted and when something was last heard of it, milliseconds since 1970. */
  public record Times(long submitted, long changed) {}

  /** Name of the run under which the attempt's values are stored. */
  public String run() {
    return attempt == 1 ? id : id + "." + attempt;
  }

  /** The node that computes a shard, once all are taken. */
  public Optional<String> nodeOf(int shard) {
    return offers.entrySet().stream()
        .filter(each -> each.getValue().shards().contains(shard))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  static JobView submitted(String id, JobRequest request, int revision, long now) {
    return new JobView(
        id,
        request,
        revision,
        State.WAITING,
        1,
        List.of(),
        Checkpoint.NONE,
        new TreeMap<>(),
        null,
        null,
        new TreeMap<>(),
        List.of(),
        "",
        new Times(now, now));
  }
}
