package dev.weir.query;

import dev.weir.store.Consistency;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a question is to be answered.
 *
 * @param level the promise; null = the collection's own, or {@link Consistency#SESSION} if there is
 *     a token and the collection's own promises less
 * @param token how far the caller has seen, which every answer must have reached, but for those of
 *     level {@link Consistency#EVENTUAL}; null = nothing to go by
 * @param deadline how long the caller waits; null = as long as the node's own limit
 * @param caller what it asked for is dropped when it leaves
 * @param partial whether an answer without the shards that cannot be asked will do: a {@link
 *     Result.Partial}
 */
public record ReadOptions(
    @Nullable Consistency level,
    @Nullable PositionToken token,
    @Nullable Duration deadline,
    Caller caller,
    boolean partial) {

  /** Options of a caller that waits, for a complete answer. */
  public ReadOptions(
      @Nullable Consistency level, @Nullable PositionToken token, @Nullable Duration deadline) {
    this(level, token, deadline, Caller.PATIENT, false);
  }

  /** These options for a caller that may leave, or waits only so long. */
  public ReadOptions from(Caller who, @Nullable Duration patience) {
    return new ReadOptions(level, token, patience, who, partial);
  }

  /** These options, with or without answers that lack shards. */
  public ReadOptions allowPartial(boolean allowed) {
    return new ReadOptions(level, token, deadline, caller, allowed);
  }

  /** The collection's own level, without a token. */
  public static final ReadOptions DEFAULTS = new ReadOptions(null, null, null);

  /** These options with a level, which is the collection's own where none is asked for. */
  public ReadOptions orAt(Consistency ofCollection) {
    if (level != null) {
      return this;
    }
    boolean tooLow = token != null && ofCollection instanceof Consistency.Eventual;
    return new ReadOptions(
        tooLow ? Consistency.SESSION : ofCollection, token, deadline, caller, partial);
  }

  /** The same options from an answer on, so that the next one is not from before it. */
  public ReadOptions after(List<Result.Source> sources) {
    if (level instanceof Consistency.Eventual || sources.isEmpty()) {
      return this;
    }
    PositionToken seen = PositionToken.of(sources);
    return new ReadOptions(
        level, token == null ? seen : token.and(seen).orElse(seen), deadline, caller, partial);
  }

  /** A level without a token. */
  public static ReadOptions at(Consistency level) {
    return new ReadOptions(level, null, null);
  }

  /** The collection's own level, at least from a token on. */
  public static ReadOptions from(PositionToken token) {
    return new ReadOptions(null, token, null);
  }
}
