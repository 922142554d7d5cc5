package dev.weir.query.peer;

import dev.weir.store.Filter;
import dev.weir.store.Filter.Field;
import dev.weir.store.KeyRange;
import dev.weir.store.Query.Order;
import dev.weir.store.SearchQuery.Aggregate;
import dev.weir.store.SearchQuery.Duplicates;
import dev.weir.store.SearchQuery.Find;
import dev.weir.store.SearchQuery.Kind;
import dev.weir.store.SearchQuery.Measure;
import dev.weir.store.SearchQuery.Sort;
import java.util.List;

/** Questions about the contents of documents, as fields of a frame behind their collection. */
final class SearchQueryCodec {
  private static final List<Kind> KINDS = List.of(Kind.values());

  private SearchQueryCodec() {}

  static void writeFind(Find find, FrameWriter out) {
    QueryCodec.writeRange(find.range(), out);
    GraphQueryCodec.writeFilter(find.filter(), out);
    out.writeNumber(find.order().size());
    for (Sort sort : find.order()) {
      out.writeText(sort.field().path());
      out.writeBoolean(sort.order() == Order.DESC);
    }
    out.writeNumber(find.limit());
    out.writeNullableBytes(find.after());
    GraphQueryCodec.writeTexts(find.fields(), out);
    out.writeNumber(find.most());
    out.writeBoolean(find.scans());
  }

  static Find readFind(int collection, FrameReader in) throws MalformedFrameException {
    KeyRange range = QueryCodec.readRange(in);
    Filter filter = GraphQueryCodec.readFilter(in);
    List<Sort> order =
        in.readList(
            each ->
                new Sort(Field.of(each.readText()), each.readBoolean() ? Order.DESC : Order.ASC));
    int limit = positive(in.readInt());
    byte[] after = in.readNullableBytes();
    List<String> fields = in.readList(FrameReader::readText);
    return new Find(
        collection,
        range,
        filter,
        order,
        limit,
        after,
        fields,
        positive(in.readInt()),
        in.readBoolean());
  }

  static void writeAggregate(Aggregate aggregate, FrameWriter out) {
    QueryCodec.writeRange(aggregate.range(), out);
    GraphQueryCodec.writeFilter(aggregate.filter(), out);
    Field groupBy = aggregate.groupBy();
    out.writeNullableText(groupBy == null ? null : groupBy.path());
    out.writeNumber(aggregate.measures().size());
    for (Measure measure : aggregate.measures()) {
      out.writeByte(KINDS.indexOf(measure.kind()));
      Field field = measure.field();
      out.writeNullableText(field == null ? null : field.path());
    }
    out.writeNullableBytes(aggregate.after());
    out.writeNumber(aggregate.most());
    out.writeBoolean(aggregate.scans());
  }

  static Aggregate readAggregate(int collection, FrameReader in) throws MalformedFrameException {
    KeyRange range = QueryCodec.readRange(in);
    Filter filter = GraphQueryCodec.readFilter(in);
    String groupBy = in.readNullableText();
    return new Aggregate(
        collection,
        range,
        filter,
        groupBy == null ? null : Field.of(groupBy),
        in.readList(SearchQueryCodec::readMeasure),
        in.readNullableBytes(),
        positive(in.readInt()),
        in.readBoolean());
  }

  private static Measure readMeasure(FrameReader in) throws MalformedFrameException {
    int kind = in.readByte();
    String field = in.readNullableText();
    if (kind >= KINDS.size() || (field == null && KINDS.get(kind) != Kind.COUNT)) {
      throw new MalformedFrameException("unknown measure " + kind);
    }
    return new Measure(KINDS.get(kind), field == null ? null : Field.of(field));
  }

  static void writeDuplicates(Duplicates duplicates, FrameWriter out) {
    out.writeNumber(duplicates.index());
    out.writeNullableBytes(duplicates.after());
    out.writeNumber(duplicates.limit());
  }

  static Duplicates readDuplicates(int collection, FrameReader in) throws MalformedFrameException {
    return new Duplicates(collection, in.readInt(), in.readNullableBytes(), positive(in.readInt()));
  }

  private static int positive(int number) throws MalformedFrameException {
    if (number < 1) {
      throw new MalformedFrameException("limit of a search out of range");
    }
    return number;
  }
}
