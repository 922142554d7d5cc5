package dev.weir.query.peer;

import dev.weir.store.AuditQuery;
import dev.weir.store.AuditQuery.Counted;
import dev.weir.store.AuditQuery.Documents;
import dev.weir.store.AuditQuery.Mark;
import dev.weir.store.AuditQuery.Origins;
import dev.weir.store.AuditQuery.Reached;
import dev.weir.store.Key;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.kafka.common.Uuid;

/** Questions of an audit and their answers, as fields of a frame. */
final class AuditCodec {
  private AuditCodec() {}

  static void write(AuditQuery<?> query, FrameWriter out) {
    if (query instanceof Origins origins) {
      out.writeNumber(origins.source());
      return;
    }
    Documents documents = (Documents) query;
    Key after = documents.after();
    out.writeNullableBytes(after == null ? null : after.bytes());
    out.writeNumber(documents.named().size());
    documents.named().forEach(out::writeNumber);
    out.writeNumber(documents.limit());
  }

  static Documents readDocuments(int collection, int shard, FrameReader in)
      throws MalformedFrameException {
    byte[] after = in.readNullableBytes();
    SortedSet<Integer> named = new TreeSet<>(in.readList(FrameReader::readInt));
    int limit = in.readInt();
    boolean buckets = named.isEmpty() || (named.first() >= 0 && named.last() < AuditQuery.BUCKETS);
    if (limit < 1 || !buckets) {
      throw new MalformedFrameException("bucket or limit of an audit out of range");
    }
    return new Documents(
        collection, shard, after == null ? null : Key.ofEncoded(after), named, limit);
  }

  static Origins readOrigins(int shard, FrameReader in) throws MalformedFrameException {
    return new Origins(in.readInt(), shard);
  }

  static void write(Counted counted, FrameWriter out) {
    out.writeNumber(counted.documents());
    out.writeNumber(counted.sums().size());
    counted.sums().forEach(out::writeFixed64);
    out.writeNumber(counted.marks().size());
    for (Mark mark : counted.marks()) {
      out.writeBytes(mark.key().bytes());
      out.writeFixed64(mark.mark());
    }
    Key next = counted.next();
    out.writeNullableBytes(next == null ? null : next.bytes());
  }

  static Counted readCounted(FrameReader in) throws MalformedFrameException {
    long documents = in.readNumber();
    List<Long> sums = in.readList(FrameReader::readFixed64);
    List<Mark> marks =
        in.readList(each -> new Mark(Key.ofEncoded(each.readBytes()), each.readFixed64()));
    byte[] next = in.readNullableBytes();
    if (sums.size() != AuditQuery.BUCKETS) {
      throw new MalformedFrameException("sums of " + sums.size() + " buckets");
    }
    return new Counted(documents, sums, marks, next == null ? null : Key.ofEncoded(next));
  }

  static void write(List<?> reached, FrameWriter out) {
    out.writeNumber(reached.size());
    for (Object each : reached) {
      Reached one = (Reached) each;
      out.writeFixed64(one.topicId().getMostSignificantBits());
      out.writeFixed64(one.topicId().getLeastSignificantBits());
      out.writeNumber(one.partition());
      out.writeFixed64(one.revision());
      out.writeFixed64(one.seq());
    }
  }

  static List<Reached> readReached(FrameReader in) throws MalformedFrameException {
    return in.readList(
        each ->
            new Reached(
                new Uuid(each.readFixed64(), each.readFixed64()),
                each.readInt(),
                (int) each.readFixed64(),
                each.readFixed64()));
  }
}
