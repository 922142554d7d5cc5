package dev.weir.query.peer;

import dev.weir.store.GraphQuery.Miscount;
import dev.weir.store.GraphQuery.Side;
import dev.weir.store.GraphQuery.Tallied;
import dev.weir.store.GraphQuery.Tally;
import dev.weir.store.GraphQuery.Trace;
import dev.weir.store.Key;
import java.util.List;

/** Pages of the check of edges, as fields of a frame. */
final class TallyCodec {
  private TallyCodec() {}

  static void write(Tally tally, FrameWriter out) {
    out.writeNumber(tally.shard());
    out.writeBoolean(tally.side() == Side.IN);
    Key after = tally.after();
    out.writeNullableBytes(after == null ? null : after.bytes());
    out.writeNumber(tally.bucket() + 1L);
    out.writeNumber(tally.limit());
  }

  static Tally read(int collection, FrameReader in) throws MalformedFrameException {
    int shard = in.readInt();
    Side side = in.readBoolean() ? Side.IN : Side.OUT;
    byte[] after = in.readNullableBytes();
    int bucket = in.readInt() - 1;
    int limit = in.readInt();
    if (bucket >= Tally.BUCKETS || limit < 1) {
      throw new MalformedFrameException("bucket or limit of a tally out of range");
    }
    return new Tally(
        collection, shard, side, after == null ? null : Key.ofEncoded(after), bucket, limit);
  }

  static void writeAnswer(Tallied tallied, FrameWriter out) {
    out.writeNumber(tallied.edges());
    out.writeNumber(tallied.sums().size());
    tallied.sums().forEach(out::writeFixed64);
    out.writeNumber(tallied.traces().size());
    for (Trace trace : tallied.traces()) {
      out.writeBytes(trace.edge().bytes());
      out.writeFixed64(trace.trace());
    }
    out.writeNumber(tallied.miscounts().size());
    for (Miscount miscount : tallied.miscounts()) {
      out.writeBytes(miscount.vertex().bytes());
      out.writeFixed64(miscount.degree());
      out.writeNumber(miscount.edges());
    }
    Key next = tallied.next();
    out.writeNullableBytes(next == null ? null : next.bytes());
  }

  static Tallied readAnswer(FrameReader in) throws MalformedFrameException {
    long edges = in.readNumber();
    List<Long> sums = in.readList(FrameReader::readFixed64);
    List<Trace> traces =
        in.readList(each -> new Trace(Key.ofEncoded(each.readBytes()), each.readFixed64()));
    List<Miscount> miscounts =
        in.readList(
            each ->
                new Miscount(
                    Key.ofEncoded(each.readBytes()), each.readFixed64(), each.readNumber()));
    byte[] next = in.readNullableBytes();
    if (sums.size() != Tally.BUCKETS) {
      throw new MalformedFrameException("sums of " + sums.size() + " buckets");
    }
    return new Tallied(edges, sums, traces, miscounts, next == null ? null : Key.ofEncoded(next));
  }
}
