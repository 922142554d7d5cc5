package dev.weir.query.peer;

import dev.weir.store.liveness.Sight;

/** A {@link Sight} as one byte; what a reader does not know tells it nothing. */
final class SightCodec {
  private static final int SEEN = 1;
  private static final int MISSED = 2;

  private SightCodec() {}

  static void write(Sight sight, FrameWriter out) {
    out.writeByte(
        switch (sight) {
          case SEEN -> SEEN;
          case MISSED -> MISSED;
          case UNSURE -> 0;
        });
  }

  static Sight read(FrameReader in) throws MalformedFrameException {
    return switch (in.readByte()) {
      case SEEN -> Sight.SEEN;
      case MISSED -> Sight.MISSED;
      default -> Sight.UNSURE;
    };
  }
}
