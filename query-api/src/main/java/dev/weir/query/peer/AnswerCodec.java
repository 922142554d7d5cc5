package dev.weir.query.peer;

import dev.weir.query.ShardQuery;
import dev.weir.store.AuditQuery;
import dev.weir.store.ChangeQuery;
import dev.weir.store.Document;
import dev.weir.store.GraphQuery;
import dev.weir.store.Key;
import dev.weir.store.Outcome;
import dev.weir.store.Position;
import dev.weir.store.Query;
import dev.weir.store.ReadResult;
import dev.weir.store.SearchQuery;
import dev.weir.store.Staleness;
import dev.weir.store.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/** What shards answer to queries, as fields of a frame; the query decides the form. */
final class AnswerCodec {
  private static final int ANSWER = 0;
  private static final int REFUSED = 1;

  private AnswerCodec() {}

  /**
   * Writes a result.
   *
   * @param pageBytes size at which a page ends early and says that there is more
   */
  static void write(Query<?> query, ReadResult<?> result, int pageBytes, FrameWriter out) {
    if (result instanceof ReadResult.Refused<?> refused) {
      out.writeByte(REFUSED);
      RefusalCodec.write(refused.refusal(), out);
      return;
    }
    ReadResult.Answer<?> answer = (ReadResult.Answer<?>) result;
    out.writeByte(ANSWER);
    out.writeNumber(answer.shard());
    writePosition(answer.position(), out);
    if (query instanceof Query.Get) {
      writeOptional((Optional<?>) answer.value(), out);
    } else if (query instanceof Query.MultiGet || query instanceof Query.Select) {
      List<?> documents = (List<?>) answer.value();
      out.writeNumber(documents.size());
      documents.forEach(document -> writeOptional((Optional<?>) document, out));
    } else if (query instanceof GraphQuery.Expand) {
      GraphAnswerCodec.writeNeighbours((List<?>) answer.value(), pageBytes, out);
    } else if (query instanceof GraphQuery.Visit) {
      GraphAnswerCodec.writeVisited((List<?>) answer.value(), pageBytes, out);
    } else if (query instanceof GraphQuery.Degrees) {
      List<?> degrees = (List<?>) answer.value();
      out.writeNumber(degrees.size());
      degrees.forEach(degree -> out.writeNumber((Long) degree));
    } else if (query instanceof GraphQuery.Tally) {
      TallyCodec.writeAnswer((GraphQuery.Tallied) answer.value(), out);
    } else if (query instanceof AuditQuery.Documents) {
      AuditCodec.write((AuditQuery.Counted) answer.value(), out);
    } else if (query instanceof AuditQuery.Origins) {
      AuditCodec.write((List<?>) answer.value(), out);
    } else if (query instanceof ChangeQuery.Base) {
      ChangeCodec.write((ChangeQuery.Based) answer.value(), pageBytes, out);
    } else if (query instanceof ChangeQuery.Since) {
      ChangeCodec.write((ChangeQuery.Changed) answer.value(), out);
    } else if (query instanceof SearchQuery.Find) {
      SearchAnswerCodec.writeFound((SearchQuery.Found) answer.value(), pageBytes, out);
    } else if (query instanceof SearchQuery.Aggregate) {
      SearchAnswerCodec.writeAggregated((SearchQuery.Aggregated) answer.value(), out);
    } else if (query instanceof SearchQuery.Duplicates) {
      SearchAnswerCodec.writeOccurrences((SearchQuery.Occurrences) answer.value(), out);
    } else if (query instanceof Query.Scan) {
      writePage((Query.Page) answer.value(), pageBytes, out);
    } else if (query instanceof Query.Count) {
      out.writeNumber((Long) answer.value());
    } else if (query instanceof Query.Progress) {
      Query.Reached reached = (Query.Reached) answer.value();
      out.writeBoolean(reached.any());
      out.writeNumber(reached.lowest());
    } else if (query instanceof Query.Decision) {
      Optional<?> outcome = (Optional<?>) answer.value();
      out.writeBoolean(outcome.isPresent());
      if (outcome.isPresent()) {
        OutcomeCodec.write((Outcome) outcome.get(), out);
      }
    }
  }

  /** Reads one result per question. */
  static <R> List<ReadResult<R>> readAll(List<ShardQuery<R>> questions, FrameReader in)
      throws MalformedFrameException {
    List<ReadResult<R>> results = new ArrayList<>(questions.size());
    for (ShardQuery<R> question : questions) {
      results.add(read(question.query(), in));
    }
    return in.remaining() == 0 ? results : readBounds(results, in);
  }

  /** Writes how stale the results are, where they say so; behind all of them. */
  static void writeBounds(List<? extends ReadResult<?>> results, FrameWriter out) {
    if (results.stream().noneMatch(result -> bound(result) != null)) {
      return;
    }
    for (ReadResult<?> result : results) {
      Staleness bound = bound(result);
      out.writeBoolean(bound != null);
      if (bound != null) {
        out.writeNumber(bound.ageMillis());
        out.writeNumber(bound.records());
      }
    }
  }

  private static @Nullable Staleness bound(ReadResult<?> result) {
    return result instanceof ReadResult.Answer<?> answer ? answer.staleness() : null;
  }

  private static <R> List<ReadResult<R>> readBounds(List<ReadResult<R>> results, FrameReader in)
      throws MalformedFrameException {
    List<ReadResult<R>> bounded = new ArrayList<>(results.size());
    for (ReadResult<R> result : results) {
      Staleness bound = in.readBoolean() ? new Staleness(in.readNumber(), in.readNumber()) : null;
      bounded.add(
          bound != null && result instanceof ReadResult.Answer<R> answer
              ? answer.within(bound)
              : result);
    }
    return bounded;
  }

  @SuppressWarnings("unchecked") // each kind of query fixes its answer's type
  static <R> ReadResult<R> read(Query<R> query, FrameReader in) throws MalformedFrameException {
    int kind = in.readByte();
    if (kind == REFUSED) {
      return new ReadResult.Refused<>(RefusalCodec.read(in));
    }
    if (kind != ANSWER) {
      throw new MalformedFrameException("unknown kind of result " + kind);
    }
    int shard = in.readInt();
    Position position = readPosition(in);
    Object value;
    if (query instanceof Query.Get) {
      value = readOptional(in);
    } else if (query instanceof Query.MultiGet get) {
      value = each(get.keys(), in.readList(AnswerCodec::readOptional));
    } else if (query instanceof Query.Select select) {
      value = each(select.keys(), in.readList(AnswerCodec::readOptional));
    } else if (query instanceof GraphQuery.Expand expand) {
      value = each(expand.vertices(), GraphAnswerCodec.readNeighbours(in));
    } else if (query instanceof GraphQuery.Visit visit) {
      value = each(visit.vertices(), GraphAnswerCodec.readVisited(visit.along().size(), in));
    } else if (query instanceof GraphQuery.Degrees degrees) {
      value = each(degrees.vertices(), in.readList(FrameReader::readNumber));
    } else if (query instanceof GraphQuery.Tally) {
      value = TallyCodec.readAnswer(in);
    } else if (query instanceof AuditQuery.Documents) {
      value = AuditCodec.readCounted(in);
    } else if (query instanceof AuditQuery.Origins) {
      value = AuditCodec.readReached(in);
    } else if (query instanceof ChangeQuery.Base) {
      value = ChangeCodec.readBased(in);
    } else if (query instanceof ChangeQuery.Since) {
      value = ChangeCodec.readChanged(in);
    } else if (query instanceof SearchQuery.Find) {
      value = SearchAnswerCodec.readFound(in);
    } else if (query instanceof SearchQuery.Aggregate) {
      value = SearchAnswerCodec.readAggregated(in);
    } else if (query instanceof SearchQuery.Duplicates) {
      value = SearchAnswerCodec.readOccurrences(in);
    } else if (query instanceof Query.Scan) {
      value = new Query.Page(in.readList(AnswerCodec::readDocument), in.readBoolean());
    } else if (query instanceof Query.Progress) {
      value = new Query.Reached(in.readBoolean(), in.readNumber());
    } else if (query instanceof Query.Decision) {
      value =
          in.readBoolean()
              ? Optional.of(OutcomeCodec.readFields(in.readByte(), in))
              : Optional.empty();
    } else {
      value = in.readNumber();
    }
    return new ReadResult.Answer<>((R) value, shard, position);
  }

  private static <T> List<T> each(List<Key> keys, List<T> answers) throws MalformedFrameException {
    if (answers.size() != keys.size()) {
      throw new MalformedFrameException("another number of answers than of keys");
    }
    return answers;
  }

  static void writePosition(Position position, FrameWriter out) {
    out.writeFixed64(position.logId().getMostSignificantBits());
    out.writeFixed64(position.logId().getLeastSignificantBits());
    out.writeNumber(position.generation());
    out.writeNumber(position.offset());
    out.writeNumber(position.leaderEpoch());
  }

  static Position readPosition(FrameReader in) throws MalformedFrameException {
    Uuid logId = new Uuid(in.readFixed64(), in.readFixed64());
    return new Position(logId, in.readInt(), in.readNumber(), in.readInt());
  }

  private static void writePage(Query.Page page, int pageBytes, FrameWriter out) {
    boolean more = writeDocuments(page.documents(), pageBytes, out);
    out.writeBoolean(page.more() || more);
  }

  /** Writes as many as a page holds, at least one; true = some are left out. */
  static boolean writeDocuments(List<Document> documents, int pageBytes, FrameWriter out) {
    int count = 0;
    long size = 0;
    for (Document document : documents) {
      size += document.key().bytes().length + document.value().length + 32L;
      if (count > 0 && size > pageBytes) {
        break;
      }
      count++;
    }
    out.writeNumber(count);
    documents.subList(0, count).forEach(document -> writeDocument(document, out));
    return count < documents.size();
  }

  static void writeOptional(Optional<?> document, FrameWriter out) {
    out.writeBoolean(document.isPresent());
    if (document.isPresent()) {
      writeDocument((Document) document.get(), out);
    }
  }

  static Optional<Document> readOptional(FrameReader in) throws MalformedFrameException {
    return in.readBoolean() ? Optional.of(readDocument(in)) : Optional.empty();
  }

  static void writeDocument(Document document, FrameWriter out) {
    out.writeBytes(document.key().bytes());
    out.writeBytes(document.value());
    out.writeNumber(document.version().generation());
    out.writeNumber(document.version().offset());
    out.writeNumber(document.timestamp());
  }

  static Document readDocument(FrameReader in) throws MalformedFrameException {
    Key key = Key.ofEncoded(in.readBytes());
    byte[] value = in.readBytes();
    Version version = new Version(in.readInt(), in.readNumber());
    return new Document(key, value, version, in.readNumber());
  }
}
