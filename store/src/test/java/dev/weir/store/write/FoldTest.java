package dev.weir.store.write;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.DefinitionChange;
import dev.weir.store.DefinitionChange.Mode;
import dev.weir.store.DefinitionSamples;
import dev.weir.store.Document;
import dev.weir.store.Key;
import dev.weir.store.KeyType;
import dev.weir.store.Operation;
import dev.weir.store.Outcome;
import dev.weir.store.Position;
import dev.weir.store.ShardMap;
import dev.weir.store.testing.MapState;
import dev.weir.store.write.LogRecord.Origin;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class FoldTest {
  private static final Uuid LOG = new Uuid(1, 2);

  /** The source that {@link #people} declares behind its collection. */
  private static final Origin ORIGIN = new Origin(2, 1, new Uuid(5, 6), 0);

  private static final int SHARDS = 2;

  private final MapState state = new MapState();
  private Fold fold = new Fold(0, SHARDS, state, Position.start(LOG, 0));
  private long next;

  @Test
  void storesReplacesAndRemovesDocuments() {
    int notes = collection("note", Writer.API);

    assertThat(command(new Operation.Put(notes, key("a"), bytes("1"))))
        .isEqualTo(new Outcome.Stored(version(next - 1), true));
    assertThat(command(new Operation.Put(notes, key("a"), bytes("2"))))
        .isEqualTo(new Outcome.Stored(version(next - 1), false));
    assertThat(document(notes, "a").map(d -> new String(d.value(), UTF_8))).contains("2");
    assertThat(count(notes)).isEqualTo(1);

    assertThat(command(new Operation.Delete(notes, key("a")))).isEqualTo(new Outcome.Removed(true));
    assertThat(command(new Operation.Delete(notes, key("a"))))
        .isEqualTo(new Outcome.Removed(false));
    assertThat(document(notes, "a")).isEmpty();
    assertThat(count(notes)).isZero();
  }

  @Test
  void keepsTimestampAndVersionOfTheRecord() {
    int notes = collection("note", Writer.API);
    fold(new LogRecord.Command(id(1), new Operation.Put(notes, key("a"), bytes("1"))), 77);

    Document document = document(notes, "a").orElseThrow();
    assertThat(document.timestamp()).isEqualTo(77);
    assertThat(document.version()).isEqualTo(version(next - 1));
  }

  @Test
  void refusesCommandsToCollectionsOfSources() {
    int people = collection("person", Writer.SOURCE);

    assertThat(rejection(command(new Operation.Put(people, key("a"), bytes("1")))))
        .isEqualTo(Outcome.Reason.WRITER_IS_SOURCE);
    assertThat(rejection(command(new Operation.Put(99, key("a"), bytes("1")))))
        .isEqualTo(Outcome.Reason.UNKNOWN_COLLECTION);
    assertThat(count(people)).isZero();
  }

  @Test
  void appliesARecordOfASourceOnceAndOnlyBehindItsPredecessor() {
    int people = people();

    ingest(people, 10, LogRecord.FIRST, "a", "10");
    ingest(people, 10, LogRecord.FIRST, "a", "again");
    ingest(people, 14, 12, "a", "14 without 12");
    assertThat(text(people, "a")).contains("10");

    ingest(people, 12, 10, "a", "12");
    ingest(people, 14, 12, "a", "14");
    assertThat(text(people, "a")).contains("14");

    ingest(people, 9, LogRecord.FIRST, "a", "an older session");
    assertThat(text(people, "a")).contains("14");
    assertThat(count(people)).isEqualTo(1);
  }

  @Test
  void startsAgainWithANewRevisionOfASourceAndIgnoresTheOlderOne() {
    int people = people();
    Origin newer = new Origin(ORIGIN.source(), 2, ORIGIN.topicId(), ORIGIN.partition());

    ingest(people, 10, LogRecord.FIRST, "a", "old 10");
    ingest(newer, people, 4, 3, "a", "new 4 without its predecessor");
    assertThat(text(people, "a")).contains("old 10");
    ingest(newer, people, 3, LogRecord.FIRST, "a", "new 3");
    ingest(people, 12, 10, "a", "old 12");
    ingest(people, 13, LogRecord.FIRST, "a", "old 13");
    assertThat(text(people, "a")).contains("new 3");
    ingest(newer, people, 10, 3, "a", "new 10");
    assertThat(text(people, "a")).contains("new 10");
  }

  @Test
  void takesNothingFromASourceThatIsNotDeclared() {
    int people = people();
    ingest(people, 10, LogRecord.FIRST, "a", "10");
    fold.effects().drain();
    command(new Operation.Define(List.of(new DefinitionChange.DropSource("people"))));
    fold(new LogRecord.Continue(1, 0), 0);
    fold(new LogRecord.Continue(2, 0), 0);

    ingest(people, 12, 10, "a", "a zombie's next");
    ingest(people, 12, LogRecord.FIRST, "a", "a zombie's first");
    ingest(new Origin(3, 1, ORIGIN.topicId(), 0), people, 1, LogRecord.FIRST, "b", "of an unknown");
    assertThat(text(people, "a")).contains("10");
    assertThat(count(people)).isEqualTo(1);
    assertThat(fold.effects().drain().refused()).isEqualTo(3);
    assertThat(state.keys(new byte[] {StateKeys.watermark(ORIGIN)[0]}, 9)).isEmpty();

    command(new Operation.Define(List.of(putSource())));
    ingest(people, 13, LogRecord.FIRST, "a", "a zombie under a name that is back");
    ingest(new Origin(3, 1, ORIGIN.topicId(), 0), people, 0, LogRecord.FIRST, "a", "new 0");
    assertThat(text(people, "a")).contains("new 0");
  }

  @Test
  void takesEachNumberOfAnOutboxOnceAndInOrder() {
    int people = collection("person", Writer.SOURCE);

    emitted(people, 1, "one");
    emitted(people, 3, "three too early");
    emitted(people, 1, "one again");
    assertThat(text(people, "a")).contains("one");
    emitted(people, 2, "two");
    emitted(people, 3, "three");
    assertThat(text(people, "a")).contains("three");
  }

  @Test
  void sendsDefinitionsToTheOtherShards() {
    collection("note", Writer.API);

    assertThat(span(1)).isEqualTo(new OutboxSpan(1, 1));
    OutboxEntry entry = OutboxEntry.decode(state.get(StateKeys.outbox(1, 1)));
    assertThat(entry.operation()).isEqualTo(new Operation.Adopt(fold.catalogue()));

    MapState other = new MapState();
    Fold otherFold = new Fold(1, SHARDS, other, Position.start(LOG, 0));
    otherFold.fold(entry(0, new LogRecord.Emitted(0, 1, entry.operation()), 0));
    assertThat(otherFold.catalogue()).isEqualTo(fold.catalogue());
    assertThat(otherFold.effects().drain().redefined()).isTrue();
  }

  @Test
  void decidesDefinitionsInShardZeroOnly() {
    Fold other = new Fold(1, SHARDS, new MapState(), Position.start(LOG, 0));
    other.fold(entry(0, new LogRecord.Command(id(1), define("note", Writer.API)), 0));
    assertThat(rejection(other.effects().drain().decisions().get(0).outcome()))
        .isEqualTo(Outcome.Reason.INVALID_DEFINITION);
  }

  @Test
  void trimsWhatATargetHas() {
    collection("a1", Writer.API);
    collection("a2", Writer.API);
    collection("a3", Writer.API);
    assertThat(span(1)).isEqualTo(new OutboxSpan(1, 3));

    fold(new LogRecord.Trim(1, 2), 0);
    fold(new LogRecord.Trim(1, 1), 0);
    fold(new LogRecord.Trim(1, 9), 0);

    assertThat(span(1)).isEqualTo(new OutboxSpan(3, 3));
    assertThat(state.get(StateKeys.outbox(1, 2))).isNull();
    assertThat(state.get(StateKeys.outbox(1, 3))).isNotNull();
  }

  @Test
  void movesADocumentWhenItsDerivedKeyChanges() {
    int people = people();
    Key old = keyOfShard(1, "old");
    Key now = keyOfShard(0, "now");

    track(people, 1, LogRecord.FIRST, old);
    track(people, 2, 1, old);
    track(people, 3, 2, now);
    track(people, 4, 3, null);

    List<Operation> toOne = outbox(1, 2);
    assertThat(toOne.get(0)).isInstanceOf(Operation.Put.class);
    assertThat(toOne.get(1)).isInstanceOf(Operation.Put.class);
    assertThat(toOne.get(2)).isEqualTo(new Operation.Delete(people, old));
    List<Operation> toZero = outbox(0, 1);
    assertThat(toZero.get(0)).isInstanceOf(Operation.Put.class);
    assertThat(toZero.get(1)).isEqualTo(new Operation.Delete(people, now));
    assertThat(state.keys(StateKeys.tracked(ORIGIN.source()), 10)).isEmpty();
  }

  @Test
  void dropsACollectionInStepsOfBoundedSize() {
    int notes = collection("note", Writer.API);
    int kept = collection("kept", Writer.API);
    for (int i = 0; i < 2 * Continuations.STEP + 1; i++) {
      command(new Operation.Put(notes, key("n" + i), bytes("1")));
    }
    command(new Operation.Put(kept, key("k"), bytes("1")));
    command(new Operation.Define(List.of(new DefinitionChange.DropCollection("note"))));

    assertThat(rejection(command(new Operation.Put(notes, key("x"), bytes("1")))))
        .isEqualTo(Outcome.Reason.UNKNOWN_COLLECTION);
    fold(new LogRecord.Continue(1, 0), 0);
    fold(new LogRecord.Continue(1, 0), 0);
    assertThat(state.keys(StateKeys.documents(notes), 9999)).hasSize(Continuations.STEP + 1);
    fold(new LogRecord.Continue(1, 1), 0);
    fold(new LogRecord.Continue(1, 2), 0);
    assertThat(state.keys(StateKeys.documents(notes), 9999)).isEmpty();
    assertThat(state.keys(StateKeys.continuations(), 9)).isEmpty();
    assertThat(text(kept, "k")).contains("1");
  }

  @Test
  void skipsPoisonAndCountsIt() {
    collection("note", Writer.API);
    assertThat(fold.fold(new LogEntry(next++, 7, 0, bytes("x"), bytes("not an envelope"))))
        .isInstanceOf(FoldResult.Folded.class);
    assertThat(fold.fold(new LogEntry(next++, 7, 0, bytes("x"), null)))
        .isInstanceOf(FoldResult.Folded.class);
    byte[] other = LogFormat.value(new LogRecord.Trim(1, 1), 1);
    assertThat(fold.fold(new LogEntry(next++, 7, 0, bytes("x"), other)))
        .isInstanceOf(FoldResult.Folded.class);

    assertThat(fold.position().offset()).isEqualTo(next - 1);
    assertThat(StateValues.number(state.get(StateKeys.refused()), 0)).isEqualTo(3);
  }

  @Test
  void stopsAtARecordOfANewerRelease() {
    byte[] newer = LogFormat.value(new LogRecord.Trim(1, 1), 0);
    newer[2] = (byte) (LogFormat.VERSION + 1);

    assertThat(fold.fold(new LogEntry(0, 0, 0, bytes("x"), newer)))
        .isInstanceOfSatisfying(
            FoldResult.Stopped.class, s -> assertThat(s.reason()).contains("upgrade"));
    assertThat(fold.position().offset()).isEqualTo(-1);
  }

  @Test
  void stopsWhereTheLogWasWrittenAnew() {
    collection("note", Writer.API);
    Position folded = fold.position();
    assertThat(folded.leaderEpoch()).isEqualTo(7);

    assertThat(fold.fold(trim(folded.offset(), 6))).isInstanceOf(FoldResult.Repeated.class);
    assertThat(fold.fold(trim(folded.offset(), -1))).isInstanceOf(FoldResult.Repeated.class);
    for (LogEntry anew : List.of(trim(folded.offset(), 8), trim(0, 8), trim(next, 6))) {
      assertThat(fold.fold(anew))
          .as("%s", anew)
          .isInstanceOfSatisfying(
              FoldResult.Stopped.class,
              s -> assertThat(s.reason()).contains("written anew", "weir snapshot clone"));
    }
    assertThat(fold.position()).isEqualTo(folded);
    assertThat(fold.fold(trim(next, 8))).isInstanceOf(FoldResult.Folded.class);
    assertThat(fold.fold(trim(next + 1, -1))).isInstanceOf(FoldResult.Folded.class);
    assertThat(fold.fold(trim(next + 2, 3)))
        .as("nothing is known of the one before")
        .isInstanceOf(FoldResult.Folded.class);
  }

  private static LogEntry trim(long offset, int epoch) {
    LogRecord trim = new LogRecord.Trim(1, 1);
    return new LogEntry(offset, epoch, 0, LogFormat.key(trim), LogFormat.value(trim, 0));
  }

  @Test
  void skipsWhatItHasAndStopsAtAGap() {
    int notes = collection("note", Writer.API);
    LogRecord put = new LogRecord.Command(id(1), new Operation.Put(notes, key("a"), bytes("1")));
    Position before = fold.position();

    assertThat(fold.fold(entry(before.offset(), put, 0))).isInstanceOf(FoldResult.Repeated.class);
    assertThat(fold.fold(entry(before.offset() + 2, put, 0)))
        .isInstanceOfSatisfying(
            FoldResult.Stopped.class, s -> assertThat(s.reason()).contains("jumps"));
    assertThat(fold.position()).isEqualTo(before);
    assertThat(document(notes, "a")).isEmpty();
  }

  private int collection(String name, Writer writer) {
    Outcome outcome = command(define(name, writer));
    assertThat(outcome).isInstanceOf(Outcome.Defined.class);
    return fold.catalogue().collection(name).orElseThrow().id();
  }

  /** The id of a collection that the source of {@link #ORIGIN} feeds. */
  private int people() {
    command(new Operation.Define(List.of(putCollection("person", Writer.SOURCE), putSource())));
    assertThat(fold.catalogue().source("people").orElseThrow().id()).isEqualTo(ORIGIN.source());
    return fold.catalogue().collection("person").orElseThrow().id();
  }

  private static Operation define(String name, Writer writer) {
    return new Operation.Define(List.of(putCollection(name, writer)));
  }

  private static DefinitionChange putCollection(String name, Writer writer) {
    CollectionDefinition definition =
        new CollectionDefinition(0, name, KeyType.Scalar.STRING, "json", writer, null, 1);
    return new DefinitionChange.PutCollection(definition, Mode.APPLY);
  }

  private static DefinitionChange putSource() {
    return new DefinitionChange.PutSource(
        DefinitionSamples.plainSource("people", "person"), Mode.APPLY);
  }

  private Outcome command(Operation operation) {
    fold(new LogRecord.Command(id(next), operation), 0);
    List<FoldEffects.Decision> decisions = fold.effects().drain().decisions();
    return decisions.get(decisions.size() - 1).outcome();
  }

  private void ingest(int collection, long seq, long prev, String key, String value) {
    ingest(ORIGIN, collection, seq, prev, key, value);
  }

  private void ingest(
      Origin origin, int collection, long seq, long prev, String key, String value) {
    Operation put = new Operation.Put(collection, key(key), bytes(value));
    fold(new LogRecord.Ingested(origin, seq, prev, put), 0);
  }

  private void emitted(int collection, long number, String value) {
    Operation put = new Operation.Put(collection, key("a"), bytes(value));
    fold(new LogRecord.Emitted(1, number, put), 0);
  }

  private void track(int collection, long seq, long prev, Key derived) {
    byte[] value = derived == null ? new byte[0] : bytes("v" + seq);
    Operation track =
        new Operation.Track(ORIGIN.source(), collection, bytes("row"), derived, value);
    fold(new LogRecord.Ingested(ORIGIN, seq, prev, track), 0);
  }

  private void fold(LogRecord record, long timestamp) {
    assertThat(fold.fold(entry(next, record, timestamp))).isInstanceOf(FoldResult.Folded.class);
    next++;
  }

  private static LogEntry entry(long offset, LogRecord record, long timestamp) {
    return new LogEntry(offset, 7, timestamp, LogFormat.key(record), LogFormat.value(record, 0));
  }

  private Optional<Document> document(int collection, String key) {
    byte[] stored = state.get(StateKeys.document(collection, key(key).bytes()));
    return Optional.ofNullable(stored).map(s -> StateValues.document(key(key), s));
  }

  private Optional<String> text(int collection, String key) {
    return document(collection, key).map(d -> new String(d.value(), UTF_8));
  }

  private long count(int collection) {
    return StateValues.number(state.get(StateKeys.count(collection)), 0);
  }

  private OutboxSpan span(int target) {
    return OutboxSpan.decode(state.get(StateKeys.outboxSpan(target)));
  }

  /** The operations in the outbox for a target, from a number on. */
  private List<Operation> outbox(int target, long from) {
    OutboxSpan span = span(target);
    return java.util.stream.LongStream.rangeClosed(from, span.last())
        .mapToObj(n -> OutboxEntry.decode(state.get(StateKeys.outbox(target, n))).operation())
        .toList();
  }

  private static Outcome.Reason rejection(Outcome outcome) {
    return ((Outcome.Rejected) outcome).reason();
  }

  private static dev.weir.store.Version version(long offset) {
    return new dev.weir.store.Version(0, offset);
  }

  private static LogRecord.CommandId id(long number) {
    return new LogRecord.CommandId(9, number);
  }

  private static Key keyOfShard(int shard, String stem) {
    ShardMap shards = new ShardMap(SHARDS);
    for (int i = 0; ; i++) {
      Key key = key(stem + i);
      if (shards.shardOf(key) == shard) {
        return key;
      }
    }
  }

  private static Key key(String text) {
    return Key.ofEncoded(bytes(text));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
