package dev.weir.query.peer;

import dev.weir.store.Outcome;
import dev.weir.store.Position;
import dev.weir.store.Version;
import dev.weir.store.WriteResult;

/** What became of a write, as fields of a frame. */
final class WriteResultCodec {
  private static final int REFUSED = 0;
  private static final int STORED = 1;
  private static final int REMOVED = 2;
  private static final int DEFINED = 3;
  private static final int REJECTED = 4;

  private WriteResultCodec() {}

  static void write(WriteResult result, FrameWriter out) {
    if (result instanceof WriteResult.Refused refused) {
      out.writeByte(REFUSED);
      RefusalCodec.write(refused.refusal(), out);
      return;
    }
    WriteResult.Decided decided = (WriteResult.Decided) result;
    Outcome outcome = decided.outcome();
    out.writeByte(kind(outcome));
    out.writeNumber(decided.shard());
    AnswerCodec.writePosition(decided.position(), out);
    if (outcome instanceof Outcome.Stored stored) {
      out.writeNumber(stored.version().generation());
      out.writeNumber(stored.version().offset());
      out.writeBoolean(stored.created());
    } else if (outcome instanceof Outcome.Removed removed) {
      out.writeBoolean(removed.existed());
    } else if (outcome instanceof Outcome.Defined defined) {
      out.writeNumber(defined.revision());
    } else if (outcome instanceof Outcome.Rejected rejected) {
      out.writeText(rejected.reason().name());
      out.writeText(rejected.detail());
    }
  }

  static WriteResult read(FrameReader in) throws MalformedFrameException {
    int kind = in.readByte();
    if (kind == REFUSED) {
      return new WriteResult.Refused(RefusalCodec.read(in));
    }
    int shard = in.readInt();
    Position position = AnswerCodec.readPosition(in);
    return new WriteResult.Decided(readOutcome(kind, in), shard, position);
  }

  private static int kind(Outcome outcome) {
    if (outcome instanceof Outcome.Stored) {
      return STORED;
    }
    if (outcome instanceof Outcome.Removed) {
      return REMOVED;
    }
    return outcome instanceof Outcome.Defined ? DEFINED : REJECTED;
  }

  private static Outcome readOutcome(int kind, FrameReader in) throws MalformedFrameException {
    return switch (kind) {
      case STORED ->
          new Outcome.Stored(new Version(in.readInt(), in.readNumber()), in.readBoolean());
      case REMOVED -> new Outcome.Removed(in.readBoolean());
      case DEFINED -> new Outcome.Defined(in.readInt());
      case REJECTED -> new Outcome.Rejected(readReason(in), in.readText());
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
}
