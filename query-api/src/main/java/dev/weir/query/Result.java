package dev.weir.query;

import dev.weir.store.Position;
import dev.weir.store.Refusal;
import dev.weir.store.Staleness;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What became of a question or an operation.
 *
 * @param <T> the answer's type
 */
public sealed interface Result<T> {

  /**
   * Answered by every shard concerned.
   *
   * @param value the answer
   * @param sources which shard answered where, ordered by shard
   */
  record Success<T>(T value, List<Source> sources) implements Result<T> {}

  /**
   * Answered without the shards that could not be asked; only if the caller allowed it.
   *
   * @param value the answer of the others: what the missing shards hold looks as if it were not
   *     there
   * @param sources which shard answered where, ordered by shard; may be empty
   * @param missing why the others did not, by shard; not empty
   */
  record Partial<T>(T value, List<Source> sources, SortedMap<Integer, Refusal> missing)
      implements Result<T> {}

  /** Not answered; the refusal says what to do. */
  record Failure<T>(Refusal refusal) implements Result<T> {}

  /**
   * A shard's part in an answer.
   *
   * @param shard number of the shard
   * @param node id of the node that answered
   * @param position how far the shard's state had got
   * @param staleness how stale it was at most, if that was asked for; null otherwise
   */
  record Source(int shard, String node, Position position, @Nullable Staleness staleness) {

    /** A part that states no bound. */
    public Source(int shard, String node, Position position) {
      this(shard, node, position, null);
    }
  }
}
