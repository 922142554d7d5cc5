package dev.weir.query.peer;

import dev.weir.query.ShardQuery;
import dev.weir.store.AuditQuery;
import dev.weir.store.ChangeQuery;
import dev.weir.store.GraphQuery;
import dev.weir.store.Key;
import dev.weir.store.KeyRange;
import dev.weir.store.Query;
import dev.weir.store.SearchQuery;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.Uuid;

/** Queries as fields of a frame. */
final class QueryCodec {
  private static final int GET = 1;
  private static final int MULTI_GET = 2;
  private static final int SCAN = 3;
  private static final int COUNT = 4;
  private static final int PROGRESS = 5;
  private static final int DECISION = 6;
  private static final int EXPAND = 7;
  private static final int DEGREES = 8;
  private static final int SELECT = 9;
  private static final int VISIT = 10;
  private static final int TALLY = 11;
  private static final int FIND = 12;
  private static final int AGGREGATE = 13;
  private static final int DUPLICATES = 14;
  private static final int BASE = 15;
  private static final int SINCE = 16;
  private static final int AUDIT_DOCUMENTS = 17;
  private static final int AUDIT_ORIGINS = 18;

  private static final int ASCENDING = 0;
  private static final int DESCENDING = 1;

  private QueryCodec() {}

  static void write(ShardQuery<?> question, FrameWriter out) {
    out.writeNumber(question.shard());
    Query<?> query = question.query();
    if (query instanceof Query.Get get) {
      out.writeByte(GET);
      out.writeNumber(get.collection());
      out.writeBytes(get.key().bytes());
    } else if (query instanceof Query.MultiGet get) {
      out.writeByte(MULTI_GET);
      out.writeNumber(get.collection());
      out.writeNumber(get.keys().size());
      get.keys().forEach(key -> out.writeBytes(key.bytes()));
    } else if (query instanceof Query.Scan scan) {
      out.writeByte(SCAN);
      out.writeNumber(scan.collection());
      writeRange(scan.range(), out);
      out.writeByte(scan.order() == Query.Order.ASC ? ASCENDING : DESCENDING);
      out.writeNumber(scan.limit());
    } else if (query instanceof Query.Count count) {
      out.writeByte(COUNT);
      out.writeNumber(count.collection());
    } else if (query instanceof Query.Progress progress) {
      out.writeByte(PROGRESS);
      out.writeNumber(progress.source());
      out.writeFixed64(progress.topicId().getMostSignificantBits());
      out.writeFixed64(progress.topicId().getLeastSignificantBits());
      out.writeNumber(progress.partition());
    } else if (query instanceof Query.Decision decision) {
      out.writeByte(DECISION);
      out.writeNumber(decision.collection());
      out.writeNumber(decision.offset());
    } else if (query instanceof ChangeQuery.Base base) {
      out.writeByte(BASE);
      out.writeNumber(base.collection());
      ChangeCodec.write(base, out);
    } else if (query instanceof ChangeQuery.Since since) {
      out.writeByte(SINCE);
      out.writeNumber(since.collection());
      ChangeCodec.write(since, out);
    } else if (query instanceof AuditQuery<?> audit) {
      out.writeByte(audit instanceof AuditQuery.Origins ? AUDIT_ORIGINS : AUDIT_DOCUMENTS);
      out.writeNumber(audit.collection());
      AuditCodec.write(audit, out);
    } else if (query instanceof SearchQuery<?> search) {
      writeSearch(search, out);
    } else {
      writeGraph(query, out);
    }
  }

  private static void writeSearch(SearchQuery<?> query, FrameWriter out) {
    out.writeByte(
        query instanceof SearchQuery.Find
            ? FIND
            : query instanceof SearchQuery.Aggregate ? AGGREGATE : DUPLICATES);
    out.writeNumber(query.collection());
    if (query instanceof SearchQuery.Find find) {
      SearchQueryCodec.writeFind(find, out);
    } else if (query instanceof SearchQuery.Aggregate aggregate) {
      SearchQueryCodec.writeAggregate(aggregate, out);
    } else {
      SearchQueryCodec.writeDuplicates((SearchQuery.Duplicates) query, out);
    }
  }

  private static void writeGraph(Query<?> query, FrameWriter out) {
    int kind =
        query instanceof GraphQuery.Expand
            ? EXPAND
            : query instanceof GraphQuery.Degrees
                ? DEGREES
                : query instanceof Query.Select
                    ? SELECT
                    : query instanceof GraphQuery.Tally ? TALLY : VISIT;
    out.writeByte(kind);
    out.writeNumber(query.collection());
    if (query instanceof GraphQuery.Expand expand) {
      GraphQueryCodec.writeExpand(expand, out);
    } else if (query instanceof GraphQuery.Degrees degrees) {
      GraphQueryCodec.writeDegrees(degrees, out);
    } else if (query instanceof Query.Select select) {
      GraphQueryCodec.writeSelect(select, out);
    } else if (query instanceof GraphQuery.Tally tally) {
      TallyCodec.write(tally, out);
    } else {
      GraphQueryCodec.writeVisit((GraphQuery.Visit) query, out);
    }
  }

  static ShardQuery<?> read(FrameReader in) throws MalformedFrameException {
    int shard = in.readInt();
    int kind = in.readByte();
    int collection = in.readInt();
    return switch (kind) {
      case GET -> new ShardQuery<>(shard, new Query.Get(collection, readKey(in)));
      case MULTI_GET ->
          new ShardQuery<>(shard, new Query.MultiGet(collection, in.readList(QueryCodec::readKey)));
      case SCAN -> new ShardQuery<>(shard, readScan(collection, in));
      case COUNT -> new ShardQuery<>(shard, new Query.Count(collection));
      case PROGRESS -> new ShardQuery<>(shard, readProgress(collection, in));
      case DECISION -> new ShardQuery<>(shard, new Query.Decision(in.readNumber()));
      case EXPAND -> new ShardQuery<>(shard, GraphQueryCodec.readExpand(collection, in));
      case DEGREES -> new ShardQuery<>(shard, GraphQueryCodec.readDegrees(collection, in));
      case BASE -> new ShardQuery<>(shard, ChangeCodec.readBase(collection, shard, in));
      case SINCE -> new ShardQuery<>(shard, ChangeCodec.readSince(collection, shard, in));
      case AUDIT_DOCUMENTS ->
          new ShardQuery<>(shard, AuditCodec.readDocuments(collection, shard, in));
      case AUDIT_ORIGINS -> new ShardQuery<>(shard, AuditCodec.readOrigins(shard, in));
      case SELECT -> new ShardQuery<>(shard, GraphQueryCodec.readSelect(collection, in));
      case VISIT -> new ShardQuery<>(shard, GraphQueryCodec.readVisit(collection, in));
      case TALLY -> new ShardQuery<>(shard, TallyCodec.read(collection, in));
      case FIND -> new ShardQuery<>(shard, SearchQueryCodec.readFind(collection, in));
      case AGGREGATE -> new ShardQuery<>(shard, SearchQueryCodec.readAggregate(collection, in));
      case DUPLICATES -> new ShardQuery<>(shard, SearchQueryCodec.readDuplicates(collection, in));
      default -> throw new MalformedFrameException("unknown kind of query " + kind);
    };
  }

  /** Reads the questions of a call and what they demand; an older node demands nothing. */
  static List<ShardQuery<?>> readAll(FrameReader in) throws MalformedFrameException {
    List<ShardQuery<?>> questions = in.readList(QueryCodec::read);
    if (in.remaining() == 0) {
      return questions;
    }
    List<ShardQuery<?>> demanding = new ArrayList<>(questions.size());
    for (ShardQuery<?> question : questions) {
      demanding.add(question.demanding(DemandCodec.read(in)));
    }
    return demanding;
  }

  /** Roughly the bytes that {@link #write} will take. */
  static int expectedSize(List<? extends ShardQuery<?>> questions) {
    int size = 0;
    for (ShardQuery<?> question : questions) {
      size += 40;
      if (question.query() instanceof Query.Get get) {
        size += get.key().bytes().length;
      } else if (question.query() instanceof Query.MultiGet get) {
        size += size(get.keys());
      } else if (question.query() instanceof Query.Select select) {
        size += size(select.keys());
      } else if (question.query() instanceof GraphQuery.Expand expand) {
        size += size(expand.vertices());
      } else if (question.query() instanceof GraphQuery.Visit visit) {
        size += size(visit.vertices());
      }
    }
    return size;
  }

  private static int size(List<Key> keys) {
    return keys.stream().mapToInt(key -> key.bytes().length + 2).sum();
  }

  private static Query.Progress readProgress(int source, FrameReader in)
      throws MalformedFrameException {
    return new Query.Progress(source, new Uuid(in.readFixed64(), in.readFixed64()), in.readInt());
  }

  static void writeRange(KeyRange range, FrameWriter out) {
    out.writeNullableBytes(range.from());
    out.writeBoolean(range.fromInclusive());
    out.writeNullableBytes(range.to());
    out.writeBoolean(range.toInclusive());
  }

  static KeyRange readRange(FrameReader in) throws MalformedFrameException {
    return new KeyRange(
        in.readNullableBytes(), in.readBoolean(), in.readNullableBytes(), in.readBoolean());
  }

  private static Query.Scan readScan(int collection, FrameReader in)
      throws MalformedFrameException {
    KeyRange range = readRange(in);
    int order = in.readByte();
    int limit = in.readInt();
    if (limit < 1 || order > DESCENDING) {
      throw new MalformedFrameException("limit or order of a scan out of range");
    }
    return new Query.Scan(
        collection, range, order == ASCENDING ? Query.Order.ASC : Query.Order.DESC, limit);
  }

  private static Key readKey(FrameReader in) throws MalformedFrameException {
    return Key.ofEncoded(in.readBytes());
  }
}
