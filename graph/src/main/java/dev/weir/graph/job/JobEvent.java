package dev.weir.graph.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.graph.kafka.Stretch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What all nodes are told of a job, in one order; whoever follows them comes to the same {@link
 * JobView}.
 */
sealed interface JobEvent {

  /** A node begins to follow; what it has heard before its own one is the past. */
  record Hello(String node, long session) implements JobEvent {}

  /**
   * A job is to be run.
   *
   * @param request as JSON
   * @param catalogueRevision that whoever plans it must know
   * @param node that took it
   */
  record Submitted(JsonNode request, int catalogueRevision, String node) implements JobEvent {}

  /**
   * A node listens, and would compute these shards.
   *
   * @param session of the node
   */
  record Offered(int attempt, String node, long session, List<Integer> shards)
      implements JobEvent {}

  /**
   * The graph is in memory.
   *
   * @param cut offset of each shard's log that its documents stood at
   * @param dangling edges that were left out, because an end is missing
   */
  record Built(int attempt, long vertices, long edges, long dangling, List<Long> cut)
      implements JobEvent {}

  /** A superstep was completed. */
  record Progressed(int attempt, JobView.Progress progress) implements JobEvent {}

  /** All values of a node's shards are written, or kept for whoever asks. */
  record Written(int attempt, String node, long values, List<String> warnings)
      implements JobEvent {}

  /**
   * A shard has kept something to go on from.
   *
   * @param superstep that can be computed from the state that was kept; {@link #GRAPH} = it is the
   *     graph
   */
  record Kept(int attempt, int shard, int superstep, Stretch stretch) implements JobEvent {
    static final int GRAPH = -1;
  }

  /**
   * Something was lost: the attempt is over, the job is not.
   *
   * @param anew whether what was kept is of no use either
   */
  record Aborted(int attempt, String reason, boolean anew) implements JobEvent {
    Aborted(int attempt, String reason) {
      this(attempt, reason, false);
    }
  }

  /**
   * The job is over.
   *
   * @param attempt that has come to this
   * @param reason empty if it is done
   */
  record Ended(int attempt, JobView.State state, String reason) implements JobEvent {}

  /** Nobody wants to know of it any more. */
  record Removed() implements JobEvent {}

  ObjectMapper JSON = new ObjectMapper();

  Map<String, Class<? extends JobEvent>> KINDS =
      new TreeMap<>(
          Map.of(
              "hello", Hello.class,
              "submitted", Submitted.class,
              "offered", Offered.class,
              "built", Built.class,
              "progressed", Progressed.class,
              "kept", Kept.class,
              "written", Written.class,
              "aborted", Aborted.class,
              "ended", Ended.class,
              "removed", Removed.class));

  /** As bytes. */
  default byte[] write() {
    for (Map.Entry<String, Class<? extends JobEvent>> kind : KINDS.entrySet()) {
      if (kind.getValue() == getClass()) {
        ObjectNode node = JSON.createObjectNode().put("kind", kind.getKey());
        node.set("event", JSON.valueToTree(this));
        try {
          return JSON.writeValueAsBytes(node);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    throw new IllegalStateException("no kind of event: " + this);
  }

  /**
   * Reads an event.
   *
   * @throws IllegalArgumentException if it is none that this version knows
   */
  static JobEvent read(byte[] bytes) {
    try {
      JsonNode node = JSON.readTree(bytes);
      Class<? extends JobEvent> kind = KINDS.get(node.path("kind").asText());
      if (kind == null) {
        throw new IllegalArgumentException("an event of a kind that is not known here: " + node);
      }
      return JSON.treeToValue(node.path("event"), kind);
    } catch (IOException e) {
      throw new IllegalArgumentException("not an event", e);
    }
  }
}
