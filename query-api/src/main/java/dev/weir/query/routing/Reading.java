package dev.weir.query.routing;

import dev.weir.query.PositionToken;
import dev.weir.query.ReadOptions;
import dev.weir.store.Catalogue;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.Consistency;
import dev.weir.store.Demand;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The level at which one question is asked, and from where on.
 *
 * @param level the promise
 * @param token how far the caller has seen; null = it does not say
 */
record Reading(Consistency level, @Nullable PositionToken token) {

  static Reading of(ReadOptions options, int collection, Catalogue catalogue) {
    Consistency level = options.level();
    if (level == null) {
      level =
          options
              .orAt(
                  catalogue
                      .collection(collection)
                      .map(CollectionDefinition::consistency)
                      .orElse(Consistency.SESSION))
              .level();
    }
    return new Reading(Objects.requireNonNull(level), options.token());
  }

  boolean strong() {
    return level instanceof Consistency.Strong;
  }

  /** Whether any replica will do. */
  boolean eventual() {
    return level instanceof Consistency.Eventual;
  }

  /**
   * Whether the caller expects to find its own writes and cannot say which: then the active is
   * asked while it can be, because it has folded all that this caller was told of.
   */
  boolean naive() {
    return level instanceof Consistency.Session && token == null;
  }

  /** What a replica must meet. */
  Demand demand(int shard, boolean activeOnly, Duration patience) {
    if (level instanceof Consistency.Eventual && !activeOnly) {
      return Demand.EVENTUAL;
    }
    return new Demand(level, floor(shard), activeOnly, patience);
  }

  private long floor(int shard) {
    return token == null || level instanceof Consistency.Eventual
        ? Demand.NO_FLOOR
        : token.floor(shard);
  }
}
