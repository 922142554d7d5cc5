package dev.weir.query.peer;

import dev.weir.store.Position;
import dev.weir.store.WriteResult;

/** What became of a write, as fields of a frame. */
final class WriteResultCodec {
  private static final int REFUSED = 0;

  private WriteResultCodec() {}

  static void write(WriteResult result, FrameWriter out) {
    if (result instanceof WriteResult.Refused refused) {
      out.writeByte(REFUSED);
      RefusalCodec.write(refused.refusal(), out);
      return;
    }
    WriteResult.Decided decided = (WriteResult.Decided) result;
    out.writeByte(OutcomeCodec.kind(decided.outcome()));
    out.writeNumber(decided.shard());
    AnswerCodec.writePosition(decided.position(), out);
    OutcomeCodec.writeFields(decided.outcome(), out);
  }

  static WriteResult read(FrameReader in) throws MalformedFrameException {
    int kind = in.readByte();
    if (kind == REFUSED) {
      return new WriteResult.Refused(RefusalCodec.read(in));
    }
    int shard = in.readInt();
    Position position = AnswerCodec.readPosition(in);
    return new WriteResult.Decided(OutcomeCodec.readFields(kind, in), shard, position);
  }
}
