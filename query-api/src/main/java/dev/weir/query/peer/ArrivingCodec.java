package dev.weir.query.peer;

import dev.weir.query.Arriving;
import java.util.List;

/** States on their way to a node, as fields of a frame: one block per shard. */
final class ArrivingCodec {
  private ArrivingCodec() {}

  static void write(List<Arriving> states, FrameWriter out) {
    out.writeNumber(states.size());
    for (Arriving state : states) {
      FrameWriter block = new FrameWriter(64);
      block.writeNumber(state.shard());
      block.writeText(state.source());
      block.writeNumber(state.bytes());
      block.writeNumber(state.arrived());
      block.writeNumber(state.bytesPerSecond());
      block.writeText(state.detail());
      block.writeNumber(state.offset() + 1);
      out.writeBlock(block);
    }
  }

  static List<Arriving> read(FrameReader in) throws MalformedFrameException {
    return in.readList(ArrivingCodec::readShard);
  }

  private static Arriving readShard(FrameReader in) throws MalformedFrameException {
    FrameReader block = new FrameReader(in.readBytes());
    return new Arriving(
        block.readInt(),
        block.readText(),
        block.readNumber(),
        block.readNumber(),
        block.readNumber(),
        block.readText(),
        block.readNumber() - 1);
  }
}
