package dev.weir.query.peer;

import dev.weir.store.Filter;
import dev.weir.store.GraphQuery;
import dev.weir.store.GraphQuery.Along;
import dev.weir.store.GraphQuery.Side;
import dev.weir.store.GraphQuery.Wanted;
import dev.weir.store.Key;
import dev.weir.store.Query;
import dev.weir.store.filter.FilterReader;
import dev.weir.store.filter.FilterWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Questions about edges and matching documents, as fields of a frame behind their collection. */
final class GraphQueryCodec {
  private static final int OUT = 0;
  private static final int IN = 1;

  private GraphQueryCodec() {}

  static void writeExpand(GraphQuery.Expand query, FrameWriter out) {
    out.writeByte(query.side() == Side.OUT ? OUT : IN);
    writeKeys(query.vertices(), out);
    out.writeNumber(query.limit());
    Key after = query.after();
    out.writeNullableBytes(after == null ? null : after.bytes());
    writeFilter(query.filter(), out);
    out.writeBoolean(query.values());
  }

  static GraphQuery.Expand readExpand(int collection, FrameReader in)
      throws MalformedFrameException {
    Side side = readSide(in);
    List<Key> vertices = readKeys(in);
    int limit = readLimit(in);
    byte[] after = in.readNullableBytes();
    if (after != null && vertices.size() != 1) {
      throw new MalformedFrameException("a page of several vertices");
    }
    return new GraphQuery.Expand(
        collection,
        side,
        vertices,
        limit,
        after == null ? null : Key.ofEncoded(after),
        readFilter(in),
        in.readBoolean());
  }

  static void writeDegrees(GraphQuery.Degrees query, FrameWriter out) {
    out.writeByte(query.side() == Side.OUT ? OUT : IN);
    writeKeys(query.vertices(), out);
  }

  static GraphQuery.Degrees readDegrees(int collection, FrameReader in)
      throws MalformedFrameException {
    return new GraphQuery.Degrees(collection, readSide(in), readKeys(in));
  }

  static void writeSelect(Query.Select query, FrameWriter out) {
    writeKeys(query.keys(), out);
    writeFilter(query.filter(), out);
    writeTexts(query.fields(), out);
  }

  static Query.Select readSelect(int collection, FrameReader in) throws MalformedFrameException {
    return new Query.Select(
        collection, readKeys(in), readFilter(in), in.readList(FrameReader::readText));
  }

  static void writeVisit(GraphQuery.Visit query, FrameWriter out) {
    writeKeys(query.vertices(), out);
    writeWanted(query.documents(), out);
    writeFilter(query.filter(), out);
    writeTexts(query.fields(), out);
    out.writeNumber(query.along().size());
    for (Along along : query.along()) {
      out.writeNumber(along.collection());
      out.writeByte(along.side() == Side.OUT ? OUT : IN);
      writeFilter(along.filter(), out);
      out.writeNumber(along.limit());
      out.writeBoolean(along.values());
    }
    out.writeNumber(query.most());
  }

  static GraphQuery.Visit readVisit(int collection, FrameReader in) throws MalformedFrameException {
    List<Key> vertices = readKeys(in);
    Wanted wanted = readWanted(in);
    return new GraphQuery.Visit(
        collection,
        vertices,
        wanted,
        readFilter(in),
        in.readList(FrameReader::readText),
        in.readList(GraphQueryCodec::readAlong),
        readLimit(in));
  }

  private static Along readAlong(FrameReader in) throws MalformedFrameException {
    return new Along(in.readInt(), readSide(in), readFilter(in), readLimit(in), in.readBoolean());
  }

  private static void writeWanted(Wanted wanted, FrameWriter out) {
    out.writeByte(
        switch (wanted) {
          case NOTHING -> 0;
          case EXISTENCE -> 1;
          case FIELDS -> 2;
        });
  }

  private static Wanted readWanted(FrameReader in) throws MalformedFrameException {
    int wanted = in.readByte();
    return switch (wanted) {
      case 0 -> Wanted.NOTHING;
      case 1 -> Wanted.EXISTENCE;
      case 2 -> Wanted.FIELDS;
      default -> throw new MalformedFrameException("unknown part of a document " + wanted);
    };
  }

  private static void writeKeys(List<Key> keys, FrameWriter out) {
    out.writeNumber(keys.size());
    keys.forEach(key -> out.writeBytes(key.bytes()));
  }

  private static List<Key> readKeys(FrameReader in) throws MalformedFrameException {
    return in.readList(each -> Key.ofEncoded(each.readBytes()));
  }

  private static void writeTexts(List<String> texts, FrameWriter out) {
    out.writeNumber(texts.size());
    texts.forEach(out::writeText);
  }

  /** As the JSON that people write: a newer node's tests are refused by name. */
  private static void writeFilter(@Nullable Filter filter, FrameWriter out) {
    out.writeNullableText(filter == null ? null : FilterWriter.json(filter));
  }

  private static @Nullable Filter readFilter(FrameReader in) throws MalformedFrameException {
    String json = in.readNullableText();
    if (json == null) {
      return null;
    }
    return FilterReader.read(json)
        .value()
        .orElseThrow(() -> new MalformedFrameException("a filter that cannot be read here"));
  }

  private static Side readSide(FrameReader in) throws MalformedFrameException {
    int side = in.readByte();
    if (side > IN) {
      throw new MalformedFrameException("unknown side " + side);
    }
    return side == OUT ? Side.OUT : Side.IN;
  }

  private static int readLimit(FrameReader in) throws MalformedFrameException {
    int limit = in.readInt();
    if (limit < 1) {
      throw new MalformedFrameException("limit of links out of range");
    }
    return limit;
  }
}
