package dev.weir.store.read;

import dev.weir.store.Admission;
import dev.weir.store.Consistency;
import dev.weir.store.Demand;
import dev.weir.store.Refusal;
import dev.weir.store.Staleness;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Compares demands with what is known of a shard. */
final class Terms {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private Terms() {}

  /**
   * What is known of a shard.
   *
   * @param offset last one folded
   * @param freshAt latest moment of which the state holds everything; {@link Progress#NEVER} = none
   * @param end of the log as looked up after the read arrived; {@link Visit#NO_END} = not yet
   * @param now the present moment, by the same clock
   */
  record Known(long offset, long freshAt, long end, long now) {

    private boolean reaches(long floor) {
      return offset >= floor;
    }

    private boolean complete() {
      return end != Visit.NO_END && offset + 1 >= end;
    }

    private boolean youngerThan(@Nullable Duration maxAge) {
      return maxAge == null || (freshAt != Progress.NEVER && now - freshAt <= maxAge.toNanos());
    }

    private boolean within(long maxRecords) {
      return maxRecords == Consistency.Bounded.ANY
          || (end != Visit.NO_END && end - (offset + 1) <= maxRecords);
    }
  }

  /** The admission; null if the demand is not met. */
  static @Nullable Admission met(Demand demand, Known known) {
    if (!known.reaches(demand.floor())) {
      return null;
    }
    if (demand.level() instanceof Consistency.Bounded bounded) {
      return known.youngerThan(bounded.maxAge()) && known.within(bounded.maxRecords())
          ? new Admission.Granted(staleness(known))
          : null;
    }
    return demand.level() instanceof Consistency.Strong && !known.complete()
        ? null
        : Admission.GRANTED;
  }

  private static Staleness staleness(Known known) {
    return new Staleness(
        known.freshAt == Progress.NEVER
            ? Staleness.UNKNOWN
            : Math.max(0, (known.now - known.freshAt + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI),
        known.end == Visit.NO_END
            ? Staleness.UNKNOWN
            : Math.max(0, known.end - (known.offset + 1)));
  }

  /** Whether nothing but a new look at the log's end can help. */
  static boolean needsEnd(Demand demand, Known known) {
    if (demand.level() instanceof Consistency.Bounded bounded) {
      return known.end == Visit.NO_END
          ? bounded.maxRecords() != Consistency.Bounded.ANY || !known.youngerThan(bounded.maxAge())
          : known.complete() && !known.youngerThan(bounded.maxAge());
    }
    return demand.level() instanceof Consistency.Strong && known.end == Visit.NO_END;
  }

  /** Below which offset everything must be folded; the end, if needed, is known. */
  static long target(Demand demand, Known known) {
    long target = demand.floor() + 1;
    if (known.end == Visit.NO_END) {
      return target;
    }
    boolean byRecords =
        demand.level() instanceof Consistency.Bounded bounded && bounded.maxAge() == null;
    long allowed = byRecords ? ((Consistency.Bounded) demand.level()).maxRecords() : 0;
    return Math.max(target, known.end - allowed);
  }

  /** Why a demand is not met in time. */
  static Refusal unmet(int shard, Demand demand, Known known) {
    if (!known.reaches(demand.floor())) {
      return new Refusal.BehindPosition(shard, known.offset, demand.floor());
    }
    if (demand.level() instanceof Consistency.Bounded) {
      return new Refusal.TooStale(shard, extent(known));
    }
    return known.end == Visit.NO_END
        ? new Refusal.LogUnreachable("the end of the log was not told in time")
        : new Refusal.BehindPosition(shard, known.offset, known.end - 1);
  }

  /** Why a demand cannot be met while the log is away. */
  static Refusal withoutLog(int shard, Demand demand) {
    return demand.level() instanceof Consistency.Bounded
        ? new Refusal.TooStale(shard, "the log does not say where it ends")
        : new Refusal.LogUnreachable("the log does not say where it ends");
  }

  private static String extent(Known known) {
    if (known.freshAt == Progress.NEVER) {
      return "it is not known to have been complete since it was opened";
    }
    return String.format(
        Locale.ROOT, "it was complete %d ms ago", (known.now - known.freshAt) / NANOS_PER_MILLI);
  }
}
