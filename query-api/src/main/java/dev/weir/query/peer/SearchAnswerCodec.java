package dev.weir.query.peer;

import dev.weir.store.Filter.Value;
import dev.weir.store.Key;
import dev.weir.store.SearchQuery.Access;
import dev.weir.store.SearchQuery.Aggregated;
import dev.weir.store.SearchQuery.Found;
import dev.weir.store.SearchQuery.Group;
import dev.weir.store.SearchQuery.Hit;
import dev.weir.store.SearchQuery.Measured;
import dev.weir.store.SearchQuery.Occurrence;
import dev.weir.store.SearchQuery.Occurrences;
import dev.weir.store.SearchQuery.Plan;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What shards found in the contents of documents, as fields of a frame. */
final class SearchAnswerCodec {
  private static final int AROUND_A_HIT = 32;
  private static final int ABSENT = 0;
  private static final int NULL = 1;
  private static final int FALSE = 2;
  private static final int TRUE = 3;
  private static final int NUMBER = 4;
  private static final int TEXT = 5;
  private static final List<Access> ACCESSES = List.of(Access.values());

  private SearchAnswerCodec() {}

  /**
   * Writes a page of hits.
   *
   * @param bytes size at which it ends early and goes on behind the last hit that is written
   */
  static void writeFound(Found found, int bytes, FrameWriter out) {
    int count = 0;
    long size = 0;
    for (Hit hit : found.hits()) {
      size +=
          hit.document().key().bytes().length
              + hit.document().value().length
              + hit.place().length
              + (long) AROUND_A_HIT;
      if (count > 0 && size > bytes) {
        break;
      }
      count++;
    }
    List<Hit> written = found.hits().subList(0, count);
    out.writeNumber(count);
    for (Hit hit : written) {
      AnswerCodec.writeDocument(hit.document(), out);
      out.writeBytes(hit.place());
    }
    out.writeNullableBytes(
        count < found.hits().size() ? written.get(count - 1).place() : found.next());
    writePlans(found.plans(), out);
  }

  static Found readFound(FrameReader in) throws MalformedFrameException {
    return new Found(
        in.readList(each -> new Hit(AnswerCodec.readDocument(each), each.readBytes())),
        in.readNullableBytes(),
        in.readList(SearchAnswerCodec::readPlan));
  }

  static void writeAggregated(Aggregated aggregated, FrameWriter out) {
    out.writeNumber(aggregated.groups().size());
    for (Group group : aggregated.groups()) {
      out.writeBytes(group.place());
      writeValue(group.value(), out);
      out.writeNumber(group.measured().size());
      for (Measured measured : group.measured()) {
        out.writeNumber(measured.count());
        out.writeText(measured.sum().toString());
        writeValue(measured.edge(), out);
        out.writeNumber(measured.skipped());
      }
    }
    out.writeNullableBytes(aggregated.next());
    writePlans(aggregated.plans(), out);
  }

  static Aggregated readAggregated(FrameReader in) throws MalformedFrameException {
    return new Aggregated(
        in.readList(
            each ->
                new Group(
                    each.readBytes(),
                    readValue(each),
                    each.readList(SearchAnswerCodec::readMeasured))),
        in.readNullableBytes(),
        in.readList(SearchAnswerCodec::readPlan));
  }

  private static Measured readMeasured(FrameReader in) throws MalformedFrameException {
    return new Measured(in.readNumber(), number(in.readText()), readValue(in), in.readNumber());
  }

  static void writeOccurrences(Occurrences occurrences, FrameWriter out) {
    out.writeNumber(occurrences.values().size());
    for (Occurrence each : occurrences.values()) {
      out.writeBytes(each.place());
      out.writeNumber(each.values().size());
      each.values().forEach(value -> writeValue(value, out));
      out.writeNumber(each.documents());
      out.writeNumber(each.keys().size());
      each.keys().forEach(key -> out.writeBytes(key.bytes()));
      out.writeBoolean(each.exact());
    }
    out.writeNullableBytes(occurrences.next());
  }

  static Occurrences readOccurrences(FrameReader in) throws MalformedFrameException {
    return new Occurrences(in.readList(SearchAnswerCodec::readOccurrence), in.readNullableBytes());
  }

  private static Occurrence readOccurrence(FrameReader in) throws MalformedFrameException {
    return new Occurrence(
        in.readBytes(),
        in.readList(SearchAnswerCodec::requireValue),
        in.readNumber(),
        in.readList(each -> Key.ofEncoded(each.readBytes())),
        in.readBoolean());
  }

  private static void writePlans(List<Plan> plans, FrameWriter out) {
    out.writeNumber(plans.size());
    for (Plan plan : plans) {
      out.writeByte(ACCESSES.indexOf(plan.access()));
      out.writeNullableText(plan.index());
      out.writeNumber(plan.entries());
      out.writeNumber(plan.documents());
      out.writeBoolean(plan.sorted());
    }
  }

  private static Plan readPlan(FrameReader in) throws MalformedFrameException {
    int access = in.readByte();
    if (access >= ACCESSES.size()) {
      throw new MalformedFrameException("unknown access " + access);
    }
    return new Plan(
        ACCESSES.get(access),
        in.readNullableText(),
        in.readNumber(),
        in.readNumber(),
        in.readBoolean());
  }

  private static void writeValue(@Nullable Value value, FrameWriter out) {
    if (value instanceof Value.Text text) {
      out.writeByte(TEXT);
      out.writeText(text.text());
    } else if (value instanceof Value.Numeric number) {
      out.writeByte(NUMBER);
      out.writeText(number.number().toString());
    } else if (value instanceof Value.Flag flag) {
      out.writeByte(flag.flag() ? TRUE : FALSE);
    } else {
      out.writeByte(value == null ? ABSENT : NULL);
    }
  }

  private static Value requireValue(FrameReader in) throws MalformedFrameException {
    Value value = readValue(in);
    if (value == null) {
      throw new MalformedFrameException("a value is missing");
    }
    return value;
  }

  private static @Nullable Value readValue(FrameReader in) throws MalformedFrameException {
    int kind = in.readByte();
    return switch (kind) {
      case ABSENT -> null;
      case NULL -> new Value.Null();
      case FALSE -> new Value.Flag(false);
      case TRUE -> new Value.Flag(true);
      case NUMBER -> new Value.Numeric(number(in.readText()));
      case TEXT -> new Value.Text(in.readText());
      default -> throw new MalformedFrameException("unknown kind of value " + kind);
    };
  }

  private static BigDecimal number(String text) throws MalformedFrameException {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw new MalformedFrameException("not a number");
    }
  }
}
