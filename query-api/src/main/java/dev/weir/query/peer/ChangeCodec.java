package dev.weir.query.peer;

import dev.weir.store.ChangeQuery.Base;
import dev.weir.store.ChangeQuery.Based;
import dev.weir.store.ChangeQuery.Change;
import dev.weir.store.ChangeQuery.Changed;
import dev.weir.store.ChangeQuery.Since;
import dev.weir.store.Key;
import dev.weir.store.KeyRange;
import dev.weir.store.Version;

/** Questions of those who follow a collection, and their answers, as fields of a frame. */
final class ChangeCodec {
  private ChangeCodec() {}

  static void write(Base query, FrameWriter out) {
    QueryCodec.writeRange(query.range(), out);
    out.writeNumber(query.limit());
  }

  static Base readBase(int collection, int shard, FrameReader in) throws MalformedFrameException {
    KeyRange range = QueryCodec.readRange(in);
    return new Base(collection, shard, range, limit(in));
  }

  static void write(Since query, FrameWriter out) {
    out.writeNumber(query.from());
    out.writeNumber(query.limit());
  }

  static Since readSince(int collection, int shard, FrameReader in) throws MalformedFrameException {
    long from = in.readNumber();
    if (from < 0) {
      throw new MalformedFrameException("changes from a negative offset on");
    }
    return new Since(collection, shard, from, limit(in));
  }

  /** Writes what was found; a page ends early if it would be too large. */
  static void write(Based answer, int pageBytes, FrameWriter out) {
    boolean more = AnswerCodec.writeDocuments(answer.documents(), pageBytes, out);
    out.writeBoolean(answer.more() || more);
    out.writeNumber(answer.offset());
    out.writeNumber(answer.kept());
  }

  static Based readBased(FrameReader in) throws MalformedFrameException {
    return new Based(
        in.readList(AnswerCodec::readDocument), in.readBoolean(), in.readNumber(), in.readNumber());
  }

  static void write(Changed answer, FrameWriter out) {
    out.writeNumber(answer.changes().size());
    for (Change change : answer.changes()) {
      out.writeBytes(change.key().bytes());
      out.writeNumber(change.version().generation());
      out.writeNumber(change.version().offset());
      out.writeNumber(change.timestamp());
      out.writeNullableBytes(change.value());
    }
    out.writeNumber(answer.next());
    out.writeBoolean(answer.more());
    out.writeNumber(answer.kept());
  }

  static Changed readChanged(FrameReader in) throws MalformedFrameException {
    return new Changed(
        in.readList(ChangeCodec::readChange), in.readNumber(), in.readBoolean(), in.readNumber());
  }

  private static Change readChange(FrameReader in) throws MalformedFrameException {
    return new Change(
        Key.ofEncoded(in.readBytes()),
        new Version(in.readInt(), in.readNumber()),
        in.readNumber(),
        in.readNullableBytes());
  }

  private static int limit(FrameReader in) throws MalformedFrameException {
    int limit = in.readInt();
    if (limit < 1) {
      throw new MalformedFrameException("limit of changes out of range");
    }
    return limit;
  }
}
