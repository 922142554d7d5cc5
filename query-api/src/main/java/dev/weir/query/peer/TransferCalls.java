package dev.weir.query.peer;

import dev.weir.store.snapshot.Lender;
import dev.weir.store.snapshot.ManifestText;
import java.io.IOException;
import java.util.Optional;

/** Answers the calls by which another node fetches files. Called on a pool; may wait. */
final class TransferCalls {
  private final Lender lender;

  TransferCalls(Lender lender) {
    this.lender = lender;
  }

  /** What is answered, once somebody has time for it. */
  interface Answer {
    void writeTo(FrameWriter out);

    /** Roughly the bytes it takes. */
    default int expectedBytes() {
      return 1024;
    }
  }

  /** Reads a call. */
  Answer read(int kind, FrameReader in) throws MalformedFrameException {
    if (kind == Frames.LEND) {
      int shard = in.readInt();
      return out -> lend(shard, out);
    }
    long id = in.readFixed64();
    if (kind == Frames.GIVE_BACK) {
      return out -> giveBack(id, out);
    }
    int file = in.readInt();
    long at = in.readNumber();
    int length = in.readInt();
    return new Answer() {
      @Override
      public void writeTo(FrameWriter out) {
        piece(id, file, at, length, out);
      }

      @Override
      public int expectedBytes() {
        return Math.max(0, Math.min(length, Lender.MOST_BYTES)) + 32;
      }
    };
  }

  /** Lends a checkpoint of a shard. */
  private void lend(int shard, FrameWriter out) {
    int start = out.size();
    try {
      Optional<Lender.Lent> lent = lender.lend(shard);
      out.writeBoolean(lent.isPresent());
      if (lent.isPresent()) {
        out.writeFixed64(lent.get().id());
        out.writeBytes(ManifestText.write(lent.get().manifest()));
      } else {
        out.writeText("the shard is not open there");
      }
    } catch (IOException e) {
      refuse(out, start, e);
    }
  }

  /** Gives a piece of a file. */
  private void piece(long id, int file, long at, int length, FrameWriter out) {
    int start = out.size();
    try {
      Lender.Piece piece = lender.piece(id, file, at, length);
      out.writeBoolean(true);
      piece.readInto(out.reserve(piece.length()));
    } catch (IOException e) {
      refuse(out, start, e);
    }
  }

  /** Takes a checkpoint back. */
  private void giveBack(long id, FrameWriter out) {
    lender.end(id);
    out.writeBoolean(true);
  }

  private static void refuse(FrameWriter out, int start, IOException e) {
    out.rewind(start);
    out.writeBoolean(false);
    out.writeText(String.valueOf(e.getMessage()));
  }
}
