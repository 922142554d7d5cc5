package dev.weir.query.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.weir.query.ShardQuery;
import dev.weir.query.peer.Samples.Exchange;
import dev.weir.store.Demand;
import dev.weir.store.Document;
import dev.weir.store.Key;
import dev.weir.store.KeyRange;
import dev.weir.store.Operation;
import dev.weir.store.Position;
import dev.weir.store.Query;
import dev.weir.store.ReadResult;
import dev.weir.store.Refusal;
import dev.weir.store.ShardStatus;
import dev.weir.store.Version;
import dev.weir.store.WriteResult;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.common.Uuid;

class CodecsTest {
  private static final int WHOLE = Integer.MAX_VALUE;

  @Provide
  Arbitrary<Exchange<?>> exchanges() {
    return Samples.exchanges();
  }

  @Provide
  Arbitrary<WriteResult> writeResults() {
    return Samples.writeResults();
  }

  @Provide
  Arbitrary<List<ShardStatus>> statuses() {
    return Samples.statuses().list().ofMaxSize(6);
  }

  @Provide
  Arbitrary<Operation> operations() {
    return Samples.operations();
  }

  @Property(tries = 300)
  void questionsAndAnswersComeBackAsTheyWere(@ForAll("exchanges") Exchange<?> exchange)
      throws MalformedFrameException {
    byte[] question = written(out -> QueryCodec.write(exchange.question(), out));
    assertThat((Object) QueryCodec.read(new FrameReader(question)))
        .usingRecursiveComparison()
        .isEqualTo(exchange.question().demanding(Demand.ACTIVE));

    Query<?> query = exchange.question().query();
    byte[] answer = written(out -> AnswerCodec.write(query, exchange.result(), WHOLE, out));
    assertThat((Object) AnswerCodec.read(query, new FrameReader(answer)))
        .usingRecursiveComparison()
        .isEqualTo(unbounded(exchange.result()));

    everyCutIsRefused(question, QueryCodec::read);
    everyCutIsRefused(answer, in -> AnswerCodec.read(query, in));
  }

  @Property(tries = 300)
  void demandsAndBoundsComeBackAsTheyWere(@ForAll("exchanges") Exchange<?> exchange)
      throws MalformedFrameException {
    bothWays(exchange);
    everyCutIsRefused(
        written(out -> DemandCodec.write(exchange.question().demand(), out)), DemandCodec::read);
  }

  private static <R> void bothWays(Exchange<R> exchange) throws MalformedFrameException {
    ShardQuery<R> question = exchange.question();
    byte[] call =
        written(
            out -> {
              out.writeNumber(1);
              QueryCodec.write(question, out);
              DemandCodec.write(question.demand(), out);
            });
    assertThat((Object) QueryCodec.readAll(new FrameReader(call)))
        .usingRecursiveComparison()
        .isEqualTo(List.of(question));

    ReadResult<R> result = exchange.result();
    byte[] reply =
        written(
            out -> {
              AnswerCodec.write(question.query(), result, WHOLE, out);
              AnswerCodec.writeBounds(List.of(result), out);
            });
    assertThat((Object) AnswerCodec.readAll(List.of(question), new FrameReader(reply)))
        .usingRecursiveComparison()
        .isEqualTo(List.of(result));
  }

  private static ReadResult<?> unbounded(ReadResult<?> result) {
    return result instanceof ReadResult.Answer<?> answer ? answer.within(null) : result;
  }

  @Property(tries = 300)
  void writesComeBackAsTheyWere(
      @ForAll("operations") Operation operation, @ForAll("writeResults") WriteResult result)
      throws MalformedFrameException {
    byte[] asked = written(out -> OperationCodec.write(operation, out));
    byte[] answered = written(out -> WriteResultCodec.write(result, out));

    Operation read = OperationCodec.read(new FrameReader(asked));
    assertThat(read).usingRecursiveComparison().isEqualTo(operation);
    assertThat(WriteResultCodec.read(new FrameReader(answered))).isEqualTo(result);
    everyCutIsRefused(asked, OperationCodec::read);
    everyCutIsRefused(answered, WriteResultCodec::read);
  }

  @Property(tries = 200)
  void statusesComeBackAsTheyWere(@ForAll("statuses") List<ShardStatus> shards)
      throws MalformedFrameException {
    byte[] bytes = written(out -> StatusCodec.write(shards, out));
    assertThat(StatusCodec.read(new FrameReader(bytes))).isEqualTo(shards);
    everyCutIsRefused(bytes, StatusCodec::read);
  }

  @Property(tries = 5000)
  void anyBytesAreReadOrRefused(@ForAll @Size(max = 60) byte[] bytes) {
    List<FrameReader.Element<?>> readers =
        List.of(
            QueryCodec::read,
            OperationCodec::read,
            WriteResultCodec::read,
            StatusCodec::read,
            ArrivingCodec::read,
            RefusalCodec::read,
            DemandCodec::read,
            QueryCodec::readAll,
            in -> AnswerCodec.read(new Query.Count(1), in),
            in -> AnswerCodec.read(new Query.Get(1, Key.ofEncoded(new byte[0])), in),
            in -> AnswerCodec.read(scan(), in));
    for (FrameReader.Element<?> reader : readers) {
      try {
        assertThat((Object) reader.read(new FrameReader(bytes))).isNotNull();
      } catch (MalformedFrameException e) {
        assertThat(e).hasMessageNotContaining("null");
      }
    }
  }

  @Property
  void numbersComeBackAsTheyWere(@ForAll long number) throws MalformedFrameException {
    byte[] bytes = written(out -> out.writeNumber(number));
    assertThat(new FrameReader(bytes).readNumber()).isEqualTo(number);
  }

  @Example
  void aListLongerThanItsFrameIsRefusedBeforeItIsAllocated() {
    byte[] bytes = written(out -> out.writeNumber(Integer.MAX_VALUE));
    assertThatThrownBy(() -> new FrameReader(bytes).readList(FrameReader::readByte))
        .isInstanceOf(MalformedFrameException.class);
    assertThatThrownBy(() -> new FrameReader(bytes).readBytes())
        .isInstanceOf(MalformedFrameException.class);
  }

  @Example
  void fieldsOfANewerVersionAreSkipped() throws MalformedFrameException {
    FrameWriter block = new FrameWriter(16);
    block.writeByte(99);
    block.writeNumber(4);
    block.writeText("wait");
    block.writeText("a field to come");
    byte[] bytes =
        written(
            out -> {
              out.writeBlock(block);
              out.writeByte(7);
            });
    FrameReader in = new FrameReader(bytes);
    assertThat(RefusalCodec.read(in)).isInstanceOf(Refusal.Overloaded.class);
    assertThat(in.readByte()).isEqualTo(7);
  }

  @Example
  void aLargePageEndsEarlyAndSaysSo() throws MalformedFrameException {
    Document document =
        new Document(Key.ofEncoded(new byte[8]), new byte[400], new Version(0, 1), 2);
    Position position = Position.start(Uuid.randomUuid(), 0);
    ReadResult<Query.Page> whole =
        new ReadResult.Answer<>(
            new Query.Page(List.of(document, document, document), false), 0, position);

    Query.Page cut = page(written(out -> AnswerCodec.write(scan(), whole, 900, out)));
    assertThat(cut).isEqualTo(new Query.Page(List.of(document, document), true));

    Query.Page least = page(written(out -> AnswerCodec.write(scan(), whole, 1, out)));
    assertThat(least).isEqualTo(new Query.Page(List.of(document), true));
  }

  @Example
  void aMissingDocumentIsAnAnswer() throws MalformedFrameException {
    Query.Get get = new Query.Get(1, Key.ofEncoded(new byte[] {1}));
    ReadResult<Optional<Document>> result =
        new ReadResult.Answer<>(Optional.empty(), 2, Position.start(Uuid.ZERO_UUID, 0));
    byte[] bytes = written(out -> AnswerCodec.write(get, result, WHOLE, out));
    assertThat(AnswerCodec.read(get, new FrameReader(bytes))).isEqualTo(result);
  }

  private static Query.Page page(byte[] bytes) throws MalformedFrameException {
    ReadResult<Query.Page> result = AnswerCodec.read(scan(), new FrameReader(bytes));
    return ((ReadResult.Answer<Query.Page>) result).value();
  }

  private static Query.Scan scan() {
    return new Query.Scan(1, KeyRange.all(), Query.Order.ASC, 10);
  }

  private static void everyCutIsRefused(byte[] bytes, FrameReader.Element<?> reader) {
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      try {
        fail(
            "read %s from %d of %d bytes", reader.read(new FrameReader(cut)), length, bytes.length);
      } catch (MalformedFrameException expected) {
        assertThat(expected).hasMessageNotContaining("null");
      }
    }
  }

  private static byte[] written(Consumer<FrameWriter> fields) {
    FrameWriter out = new FrameWriter(0);
    fields.accept(out);
    byte[] frame = out.frame();
    return Arrays.copyOfRange(frame, 4, out.length());
  }
}
