package dev.weir.query.routing;

import dev.weir.query.ShardQuery;
import dev.weir.store.Consistency;
import dev.weir.store.GraphQuery;
import dev.weir.store.Query;
import java.time.Duration;

/** How long each replica may take that is asked in turn. */
final class Patience {
  /** A point read goes on to the next replica after this time. */
  private static final Duration POINT = Duration.ofMillis(200);

  /** Whoever expects its own writes is better served late than by a standby. */
  private static final Duration NAIVE = Duration.ofSeconds(1);

  /** A standby trails by about two commit intervals, so that more is rarely worth while. */
  private static final Duration STANDBY = Duration.ofMillis(250);

  /** Long enough to look up the log's end. */
  private static final Duration NEAR = Duration.ofMillis(50);

  private Patience() {}

  /** How long a call may take. */
  static Duration ofCall(
      Attempts attempts, Reading reading, Replica.Part part, boolean last, Query<?> query) {
    boolean point =
        query instanceof Query.Get
            || query instanceof Query.MultiGet
            || query instanceof Query.Select
            || query instanceof GraphQuery.Degrees;
    if (last || !point || (part == Replica.Part.FALLBACK && !reading.eventual())) {
      return attempts.callTimeout();
    }
    return attempts.callTimeout(reading.naive() ? NAIVE : POINT);
  }

  /** The question as a replica is asked, which may wait a while within the call. */
  static <R> ShardQuery<R> demanding(
      ShardQuery<R> question, Reading reading, Replica.Part part, Duration call) {
    boolean activeOnly = part == Replica.Part.ACTIVE && (reading.strong() || reading.naive());
    Duration most = call.multipliedBy(3).dividedBy(4);
    Duration wait =
        switch (part) {
          case ACTIVE -> most;
          case FALLBACK -> least(most, STANDBY);
          case NEAR -> reading.level() instanceof Consistency.Bounded ? NEAR : Duration.ZERO;
        };
    return question.demanding(reading.demand(question.shard(), activeOnly, wait));
  }

  private static Duration least(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
