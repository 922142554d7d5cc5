package dev.weir.query.peer;

import dev.weir.store.snapshot.Lender;
import dev.weir.store.snapshot.ManifestText;
import io.netty.channel.DefaultFileRegion;
import io.netty.channel.FileRegion;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers the calls by which another node fetches files. Called on a pool; may wait. */
final class TransferCalls {
  private final Lender lender;

  TransferCalls(Lender lender) {
    this.lender = lender;
  }

  /** What is answered, once somebody has time for it. */
  interface Answer {
    /** Writes it, but for a part of a file that follows, to be released; null = nothing follows. */
    @Nullable FileRegion writeTo(FrameWriter out);
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
    return out -> piece(id, file, at, length, out);
  }

  /** Lends a checkpoint of a shard. */
  private @Nullable FileRegion lend(int shard, FrameWriter out) {
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
      return null;
    } catch (IOException e) {
      return refuse(out, start, e);
    }
  }

  /** Gives a piece of a file. */
  private @Nullable FileRegion piece(long id, int file, long at, int length, FrameWriter out) {
    int start = out.size();
    try {
      Lender.Piece piece = lender.piece(id, file, at, length);
      FileChannel open = piece.open();
      out.writeBoolean(true);
      out.writeNumber(piece.length());
      return new DefaultFileRegion(open, piece.at(), piece.length());
    } catch (IOException e) {
      return refuse(out, start, e);
    }
  }

  /** Takes a checkpoint back. */
  private @Nullable FileRegion giveBack(long id, FrameWriter out) {
    lender.end(id);
    out.writeBoolean(true);
    return null;
  }

  private static @Nullable FileRegion refuse(FrameWriter out, int start, IOException e) {
    out.rewind(start);
    out.writeBoolean(false);
    out.writeText(String.valueOf(e.getMessage()));
    return null;
  }
}
