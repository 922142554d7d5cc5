package dev.weir.query.peer;

import dev.weir.store.Outcome;
import dev.weir.store.Version;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Outcomes as fields of a frame: the kind, then what belongs to it. Kinds are from 1 upwards. */
final class OutcomeCodec {
  private static final int STORED = 1;
  private static final int REMOVED = 2;
  private static final int DEFINED = 3;
  private static final int REJECTED = 4;
  private static final int CONDITION_FAILED = 5;
  private static final int MISSING = 6;
  private static final int BATCHED = 7;
  private static final int BATCH_REFUSED = 8;
  private static final int REPEATED = 9;
  private static final int SUPERSEDED = 10;
  private static final int ACCEPTED = 11;

  private OutcomeCodec() {}

  static int kind(Outcome outcome) {
    if (outcome instanceof Outcome.Stored) {
      return STORED;
    }
    if (outcome instanceof Outcome.Removed) {
      return REMOVED;
    }
    if (outcome instanceof Outcome.Defined) {
      return DEFINED;
    }
    if (outcome instanceof Outcome.ConditionFailed) {
      return CONDITION_FAILED;
    }
    if (outcome instanceof Outcome.Missing) {
      return MISSING;
    }
    if (outcome instanceof Outcome.Batched) {
      return BATCHED;
    }
    if (outcome instanceof Outcome.BatchRefused) {
      return BATCH_REFUSED;
    }
    if (outcome instanceof Outcome.Repeated) {
      return REPEATED;
    }
    if (outcome instanceof Outcome.Superseded) {
      return SUPERSEDED;
    }
    return outcome instanceof Outcome.Accepted ? ACCEPTED : REJECTED;
  }

  static void writeFields(Outcome outcome, FrameWriter out) {
    if (outcome instanceof Outcome.Stored stored) {
      writeVersion(stored.version(), out);
      out.writeBoolean(stored.created());
    } else if (outcome instanceof Outcome.Removed removed) {
      out.writeBoolean(removed.existed());
    } else if (outcome instanceof Outcome.Defined defined) {
      out.writeNumber(defined.revision());
    } else if (outcome instanceof Outcome.Rejected rejected) {
      out.writeText(rejected.reason().name());
      out.writeText(rejected.detail());
    } else if (outcome instanceof Outcome.ConditionFailed failed) {
      Version current = failed.current();
      out.writeBoolean(current != null);
      if (current != null) {
        writeVersion(current, out);
      }
    } else if (outcome instanceof Outcome.Batched batched) {
      out.writeNumber(batched.outcomes().size());
      batched.outcomes().forEach(one -> write(one, out));
    } else if (outcome instanceof Outcome.BatchRefused refused) {
      out.writeNumber(refused.index());
      write(refused.why(), out);
    } else if (outcome instanceof Outcome.Repeated repeated) {
      write(repeated.kept(), out);
    } else if (outcome instanceof Outcome.Accepted accepted) {
      writeVersion(accepted.version(), out);
    }
  }

  static Outcome readFields(int kind, FrameReader in) throws MalformedFrameException {
    return switch (kind) {
      case BATCHED -> {
        int count = in.readInt();
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
          outcomes.add(readOne(in.readByte(), in));
        }
        yield new Outcome.Batched(outcomes);
      }
      case BATCH_REFUSED -> new Outcome.BatchRefused(in.readInt(), readOne(in.readByte(), in));
      case REPEATED -> {
        int kept = in.readByte();
        if (kept == REPEATED) {
          throw new MalformedFrameException("a repetition of a repetition");
        }
        yield new Outcome.Repeated(readFields(kept, in));
      }
      default -> readOne(kind, in);
    };
  }

  /** Writes the kind and what belongs to it. */
  static void write(Outcome outcome, FrameWriter out) {
    out.writeByte(kind(outcome));
    writeFields(outcome, out);
  }

  /** Those that hold no others. */
  private static Outcome readOne(int kind, FrameReader in) throws MalformedFrameException {
    return switch (kind) {
      case STORED -> new Outcome.Stored(readVersion(in), in.readBoolean());
      case REMOVED -> new Outcome.Removed(in.readBoolean());
      case DEFINED -> new Outcome.Defined(in.readInt());
      case REJECTED -> new Outcome.Rejected(readReason(in), in.readText());
      case CONDITION_FAILED -> new Outcome.ConditionFailed(readNullable(in));
      case MISSING -> new Outcome.Missing();
      case SUPERSEDED -> new Outcome.Superseded();
      case ACCEPTED -> new Outcome.Accepted(readVersion(in));
      default -> throw new MalformedFrameException("unknown kind of outcome " + kind);
    };
  }

  private static Outcome.Reason readReason(FrameReader in) throws MalformedFrameException {
    String name = in.readText();
    for (Outcome.Reason reason : Outcome.Reason.values()) {
      if (reason.name().equals(name)) {
        return reason;
      }
    }
    throw new MalformedFrameException("unknown reason " + name);
  }

  private static @Nullable Version readNullable(FrameReader in) throws MalformedFrameException {
    return in.readBoolean() ? readVersion(in) : null;
  }

  private static void writeVersion(Version version, FrameWriter out) {
    out.writeNumber(version.generation());
    out.writeNumber(version.offset());
  }

  private static Version readVersion(FrameReader in) throws MalformedFrameException {
    return new Version(in.readInt(), in.readNumber());
  }
}
