package dev.weir.store.write;

import dev.weir.store.Operation.Batch;
import dev.weir.store.Outcome;
import java.util.ArrayList;
import java.util.List;

/** Outcomes as the state keeps them for commands that are sent again. */
final class OutcomeFormat {
  private static final int STORED = 1;
  private static final int REMOVED = 2;
  private static final int CONDITION_FAILED = 3;
  private static final int MISSING = 4;
  private static final int BATCHED = 5;
  private static final int BATCH_REFUSED = 6;

  private OutcomeFormat() {}

  /**
   * Whether an outcome is kept. Not those that a later attempt may find different without any new
   * wish of the caller, such as a collection that is on its way.
   */
  static boolean isKept(Outcome outcome) {
    if (outcome instanceof Outcome.BatchRefused refused) {
      return isKept(refused.why());
    }
    return !(outcome instanceof Outcome.Rejected || outcome instanceof Outcome.Superseded);
  }

  static void write(Outcome outcome, EnvelopeWriter out) {
    if (outcome instanceof Outcome.Stored stored) {
      out.putByte(STORED);
      ConditionFormat.writeVersion(stored.version(), out);
      out.putByte(stored.created() ? 1 : 0);
    } else if (outcome instanceof Outcome.Removed removed) {
      out.putByte(REMOVED);
      out.putByte(removed.existed() ? 1 : 0);
    } else if (outcome instanceof Outcome.ConditionFailed failed) {
      out.putByte(CONDITION_FAILED);
      ConditionFormat.writeNullable(failed.current(), out);
    } else if (outcome instanceof Outcome.Missing) {
      out.putByte(MISSING);
    } else if (outcome instanceof Outcome.Batched batched) {
      out.putByte(BATCHED);
      out.putNumber(batched.outcomes().size(), "outcomes");
      batched.outcomes().forEach(one -> write(one, out));
    } else if (outcome instanceof Outcome.BatchRefused refused) {
      out.putByte(BATCH_REFUSED);
      out.putNumber(refused.index(), "index");
      write(refused.why(), out);
    } else {
      throw new IllegalArgumentException("is not kept: " + outcome);
    }
  }

  static Outcome read(EnvelopeReader in) throws UnreadableEnvelopeException {
    int kind = in.takeByte();
    return switch (kind) {
      case BATCHED -> {
        long count = in.takeNumber();
        List<Outcome> outcomes = new ArrayList<>();
        for (long i = 0; i < Math.min(count, Batch.MOST_CHANGES); i++) {
          outcomes.add(readOne(in.takeByte(), in));
        }
        yield new Outcome.Batched(outcomes);
      }
      case BATCH_REFUSED -> new Outcome.BatchRefused(in.takeInt(), readOne(in.takeByte(), in));
      default -> readOne(kind, in);
    };
  }

  private static Outcome readOne(int kind, EnvelopeReader in) throws UnreadableEnvelopeException {
    return switch (kind) {
      case STORED -> new Outcome.Stored(ConditionFormat.readVersion(in), in.takeFlag());
      case REMOVED -> new Outcome.Removed(in.takeFlag());
      case CONDITION_FAILED -> new Outcome.ConditionFailed(ConditionFormat.readNullable(in));
      case MISSING -> new Outcome.Missing();
      default -> throw UnreadableEnvelopeException.newer(LogFormat.VERSION, "outcome " + kind);
    };
  }
}
