package dev.weir.store.write;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Edge;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.Condition;
import dev.weir.store.DefinitionChange;
import dev.weir.store.EdgeKeys;
import dev.weir.store.InvalidKeyException;
import dev.weir.store.Key;
import dev.weir.store.KeyType;
import dev.weir.store.Operation;
import dev.weir.store.Outcome;
import dev.weir.store.Position;
import dev.weir.store.testing.MapState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random changes of documents and edges: what is kept of each record turns the documents before it
 * into the documents behind it, nothing that should be kept is missing, and older changes go.
 */
class ChangesTest {
  private static final Uuid LOG = new Uuid(1, 2);
  private static final int NOTE = 1;
  private static final int PLAIN = 2;
  private static final int LINK = 3;
  private static final int NOTES_KEPT = 150;
  private static final int LINKS_KEPT = 400;

  private final MapState state = new MapState();
  private final List<LogEntry> log = new ArrayList<>();
  private final Map<Integer, Map<String, String>> followed = new TreeMap<>();
  private final Map<Long, List<String>> notesByOffset = new TreeMap<>();
  private Fold fold = new Fold(0, 1, state, Position.start(LOG, 0));
  private EdgeKeys linkKeys;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whoFollowsHasTheDocuments(long seed) throws Exception {
    Random random = new Random(seed);
    define(NOTES_KEPT);
    for (int i = 0; i < 3_000; i++) {
      command(operation(random));
      continuations();
      if (random.nextInt(100) == 0) {
        fold = new Fold(0, 1, state, fold.position());
      }
      if (random.nextInt(50) == 0) {
        checkKept();
      }
    }
    checkKept();
    assertThat(state.keys(StateKeys.changes(PLAIN), 1)).isEmpty();
    assertThat(dump(replayed())).isEqualTo(dump(state));
  }

  @Test
  void givesUpWhatIsOlderThanAskedFor() throws Exception {
    define(NOTES_KEPT);
    for (int i = 0; i < 5 * NOTES_KEPT; i++) {
      command(new Operation.Put(NOTE, key("k" + i % 7), bytes("{\"n\":" + i + "}")));
    }
    long end = fold.position().offset();
    assertThat(kept(NOTE).from()).isBetween(end - 2 * NOTES_KEPT, end - NOTES_KEPT + 1);
    assertThat(state.keys(StateKeys.changes(NOTE), Integer.MAX_VALUE).size())
        .isBetween(NOTES_KEPT, 2 * NOTES_KEPT);
  }

  @Test
  void aCollectionThatKeepsNoneAnyMoreLosesThemAll() throws Exception {
    define(NOTES_KEPT);
    for (int i = 0; i < 120; i++) {
      command(new Operation.Put(NOTE, key("k" + i), bytes("{}")));
    }
    assertThat(apply(note(0))).isInstanceOf(Outcome.Defined.class);
    // It keeps them again before the old ones are gone.
    assertThat(apply(note(NOTES_KEPT))).isInstanceOf(Outcome.Defined.class);
    command(new Operation.Put(NOTE, key("new"), bytes("{}")));
    continuations();
    List<byte[]> left = state.keys(StateKeys.changes(NOTE), Integer.MAX_VALUE);
    assertThat(left).hasSize(1);
    assertThat(StateKeys.changeOffset(left.get(0))).isGreaterThanOrEqualTo(kept(NOTE).from());
    assertThat(dump(replayed())).isEqualTo(dump(state));
  }

  @Test
  void aRebasedShardBeginsAnew() throws Exception {
    define(NOTES_KEPT);
    for (int i = 0; i < 60; i++) {
      command(new Operation.Put(NOTE, key("k" + i), bytes("{}")));
    }
    apply(note(0));
    apply(note(NOTES_KEPT));
    command(new Operation.Put(NOTE, key("last"), bytes("{}")));
    Rebase rebase = new Rebase(0, 1, state, fold.catalogue());
    while (rebase.step()) {
      // until it is done
    }
    assertThat(state.keys(StateKeys.changes(), 1)).isEmpty();
    assertThat(kept(NOTE)).isEqualTo(new KeptChanges(Rebase.BEGINNING, 0));
    fold = new Fold(0, 1, state, Position.start(LOG, 1));
    log.clear();
    command(new Operation.Put(NOTE, key("first"), bytes("{}")), 1);
    continuations();
    assertThat(changesAt(NOTE, 0)).containsExactly("first={}");
  }

  private void define(int notesKept) throws Exception {
    CollectionDefinition plain =
        new CollectionDefinition(0, "plain", KeyType.Scalar.STRING, "json", Writer.API, null, 1);
    CollectionDefinition links =
        CollectionDefinition.edges("link", new Edge("note", "note", null, null))
            .keeping(LINKS_KEPT);
    assertThat(apply(note(notesKept), plain, links)).isInstanceOf(Outcome.Defined.class);
    linkKeys =
        new EdgeKeys(
            new CollectionDefinition.Ends(KeyType.Scalar.STRING, KeyType.Scalar.STRING), null);
    assertThat(fold.catalogue().collections().stream().map(CollectionDefinition::id))
        .containsExactly(NOTE, PLAIN, LINK);
  }

  private static CollectionDefinition note(int kept) {
    return new CollectionDefinition(0, "note", KeyType.Scalar.STRING, "json", Writer.API, null, 1)
        .keeping(kept);
  }

  private Outcome apply(CollectionDefinition... definitions) {
    List<DefinitionChange> changes = new ArrayList<>();
    for (CollectionDefinition definition : definitions) {
      changes.add(new DefinitionChange.PutCollection(definition, DefinitionChange.Mode.APPLY));
    }
    return command(new Operation.Define(changes));
  }

  private Operation operation(Random random) throws InvalidKeyException {
    if (random.nextInt(3) > 0) {
      return change(random);
    }
    Map<String, Operation.When> changes = new TreeMap<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      Operation.Change change = change(random);
      changes.put(
          change.collection() + "/" + change.key(), new Operation.When(Condition.NONE, change));
    }
    return new Operation.Batch(List.copyOf(changes.values()));
  }

  private Operation.Change change(Random random) throws InvalidKeyException {
    int kind = random.nextInt(5);
    if (kind < 2) {
      Key edge = linkKeys.edge(vertex(random), vertex(random), null);
      return kind == 0 && random.nextInt(3) == 0
          ? new Operation.Delete(LINK, edge)
          : new Operation.Put(LINK, edge, bytes("{\"w\":" + random.nextInt(9) + "}"));
    }
    int collection = kind == 4 ? PLAIN : NOTE;
    return random.nextInt(4) == 0
        ? new Operation.Delete(collection, vertex(random))
        : new Operation.Put(collection, vertex(random), bytes("{\"n\":" + random.nextInt(9) + "}"));
  }

  private static Key vertex(Random random) {
    return key("v" + random.nextInt(12));
  }

  private Outcome command(Operation operation) {
    return command(operation, 0);
  }

  private Outcome command(Operation operation, int generation) {
    append(new LogRecord.Command(new LogRecord.CommandId(9, log.size()), operation), generation);
    List<FoldEffects.Decision> decisions = fold.effects().drain().decisions();
    assertThat(decisions).hasSize(1);
    return decisions.get(0).outcome();
  }

  /** Has long work done, as the active would. */
  private void continuations() {
    List<byte[]> open = state.keys(StateKeys.continuations(), Integer.MAX_VALUE);
    while (!open.isEmpty()) {
      for (byte[] key : open) {
        long step = StateValues.number(Arrays.copyOf(state.get(key), 8), 0);
        append(
            new LogRecord.Continue(StateKeys.continuationNumber(key), step),
            fold.position().generation());
      }
      open = state.keys(StateKeys.continuations(), Integer.MAX_VALUE);
    }
  }

  /** Folds a record, and follows what it changed. */
  private void append(LogRecord record, int generation) {
    long offset = fold.position().offset() + 1;
    LogEntry entry =
        new LogEntry(offset, 7, 1_000, LogFormat.key(record), LogFormat.value(record, generation));
    log.add(entry);
    assertThat(fold.fold(entry)).isInstanceOf(FoldResult.Folded.class);
    for (int collection : List.of(NOTE, LINK)) {
      Map<String, String> documents = followed.computeIfAbsent(collection, each -> new TreeMap<>());
      List<String> changes = changesAt(collection, offset);
      for (String change : changes) {
        String key = change.substring(0, change.indexOf('='));
        if (change.endsWith("=removed")) {
          documents.remove(key);
        } else {
          documents.put(key, change.substring(key.length() + 1));
        }
      }
      if (collection == NOTE && !changes.isEmpty()) {
        notesByOffset.put(offset, changes);
      }
      if (state.get(StateKeys.changesKept(collection)) != null && generation == 0) {
        assertThat(documents)
            .as("collection %d at %d", collection, offset)
            .isEqualTo(documents(collection));
      }
    }
  }

  private List<String> changesAt(int collection, long offset) {
    byte[] stored = state.get(StateKeys.changesKept(collection));
    if (stored == null) {
      return List.of();
    }
    KeptChanges kept = KeptChanges.decode(stored);
    byte[] prefix = StateKeys.change(collection, kept.since(), offset, 0);
    prefix = Arrays.copyOf(prefix, prefix.length - 4);
    List<String> changes = new ArrayList<>();
    for (byte[] key : state.keys(prefix, Integer.MAX_VALUE)) {
      ChangeEntry entry = ChangeEntry.decode(state.get(key));
      assertThat(entry.timestamp()).isEqualTo(1_000);
      byte[] value = entry.value();
      changes.add(text(entry.key()) + "=" + (value == null ? "removed" : new String(value, UTF_8)));
    }
    return changes;
  }

  private void checkKept() {
    long end = fold.position().offset();
    long from = kept(NOTE).from();
    assertThat(from).isLessThanOrEqualTo(Math.max(0, end - NOTES_KEPT + 1));
    notesByOffset.forEach(
        (offset, changes) -> {
          if (offset >= from) {
            assertThat(changesAt(NOTE, offset)).isEqualTo(changes);
          }
        });
  }

  private KeptChanges kept(int collection) {
    return KeptChanges.decode(state.get(StateKeys.changesKept(collection)));
  }

  private Map<String, String> documents(int collection) {
    Map<String, String> found = new TreeMap<>();
    for (byte[] stateKey : state.keys(StateKeys.documents(collection), Integer.MAX_VALUE)) {
      byte[] key = Arrays.copyOfRange(stateKey, StateKeys.DOCUMENT_PREFIX, stateKey.length);
      found.put(
          text(Key.ofEncoded(key)), new String(StateValues.value(state.get(stateKey)), UTF_8));
    }
    return found;
  }

  private MapState replayed() {
    MapState anew = new MapState();
    Fold second = new Fold(0, 1, anew, Position.start(LOG, 0));
    log.forEach(second::fold);
    return anew;
  }

  private static List<String> dump(MapState state) {
    HexFormat hex = HexFormat.of();
    return state.entries().entrySet().stream()
        .map(e -> hex.formatHex(e.getKey()) + "=" + hex.formatHex(e.getValue()))
        .toList();
  }

  private static String text(Key key) {
    return new String(key.bytes(), UTF_8).replace('\0', '~');
  }

  private static Key key(String text) {
    return Key.ofEncoded(bytes(text));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
