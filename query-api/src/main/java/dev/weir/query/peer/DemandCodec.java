package dev.weir.query.peer;

import dev.weir.store.Consistency;
import dev.weir.store.Demand;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Demands as fields of a frame: level, whether only the active may answer, floor, patience. */
final class DemandCodec {
  private static final int EVENTUAL = 0;
  private static final int SESSION = 1;
  private static final int STRONG = 2;
  private static final int BOUNDED = 3;

  private static final long NO_AGE = -1;

  private DemandCodec() {}

  static void write(Demand demand, FrameWriter out) {
    out.writeByte(code(demand.level()));
    out.writeBoolean(demand.activeOnly());
    out.writeNumber(demand.floor());
    out.writeNumber(demand.patience().toMillis());
    if (demand.level() instanceof Consistency.Bounded bounded) {
      Duration maxAge = bounded.maxAge();
      out.writeNumber(maxAge == null ? NO_AGE : maxAge.toNanos());
      out.writeNumber(bounded.maxRecords());
    }
  }

  private static int code(Consistency level) {
    if (level instanceof Consistency.Strong) {
      return STRONG;
    }
    if (level instanceof Consistency.Bounded) {
      return BOUNDED;
    }
    return level instanceof Consistency.Session ? SESSION : EVENTUAL;
  }

  static Demand read(FrameReader in) throws MalformedFrameException {
    int code = in.readByte();
    boolean activeOnly = in.readBoolean();
    long floor = in.readNumber();
    long patience = in.readNumber();
    if (floor < Demand.NO_FLOOR || patience < 0) {
      throw new MalformedFrameException("floor or patience of a demand out of range");
    }
    return new Demand(level(code, in), floor, activeOnly, Duration.ofMillis(patience));
  }

  private static Consistency level(int code, FrameReader in) throws MalformedFrameException {
    return switch (code) {
      case EVENTUAL -> Consistency.EVENTUAL;
      case SESSION -> Consistency.SESSION;
      case STRONG -> Consistency.STRONG;
      case BOUNDED -> bounded(in.readNumber(), in.readNumber());
      default -> throw new MalformedFrameException("unknown level " + code);
    };
  }

  private static Consistency bounded(long nanos, long maxRecords) throws MalformedFrameException {
    @Nullable Duration maxAge = nanos == NO_AGE ? null : Duration.ofNanos(nanos);
    try {
      return new Consistency.Bounded(maxAge, maxRecords);
    } catch (IllegalArgumentException e) {
      throw new MalformedFrameException(String.valueOf(e.getMessage()));
    }
  }
}
