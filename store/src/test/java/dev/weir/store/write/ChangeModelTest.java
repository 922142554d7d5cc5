package dev.weir.store.write;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.Condition;
import dev.weir.store.DefinitionChange;
import dev.weir.store.Key;
import dev.weir.store.KeyType;
import dev.weir.store.Operation;
import dev.weir.store.Outcome;
import dev.weir.store.Position;
import dev.weir.store.Version;
import dev.weir.store.testing.MapState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random changes, conditions, batches and repetitions against a model that keeps documents in a
 * map, with clocks that go back and forth and a fold that is restarted from its state at any time.
 * There are fewer keyed commands than a shard always keeps: whatever the clocks say, none expires.
 * Afterwards the log is folded anew: the states must be equal byte for byte.
 */
class ChangeModelTest {
  private static final Uuid LOG = new Uuid(1, 2);
  private static final int PLAIN = 1;
  private static final int CHECKED = 2;
  private static final int FED = 3;
  private static final long HOUR = 3_600_000;

  private final MapState state = new MapState();
  private final List<LogEntry> log = new ArrayList<>();
  private Fold fold = new Fold(0, 1, state, Position.start(LOG, 0));

  private final Map<String, Version> versions = new TreeMap<>();
  private final Map<String, String> values = new TreeMap<>();
  private final Map<String, Kept> kept = new HashMap<>();
  private long clock = 100 * HOUR;

  private record Kept(Operation operation, Outcome outcome) {
    boolean same(Operation other) {
      return Arrays.equals(
          Fingerprint.once("x", operation).key().fingerprint(),
          Fingerprint.once("x", other).key().fingerprint());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void theFoldDecidesAsTheModelDoes(long seed) throws Exception {
    Random random = new Random(seed);
    define();
    Set<String> met = new TreeSet<>();
    List<Operation.Once> sent = new ArrayList<>();
    for (int i = 0; i < 4000; i++) {
      Operation operation = operation(random);
      if (random.nextInt(3) == 0) {
        boolean again = !sent.isEmpty() && random.nextBoolean();
        Operation.Once once =
            again
                ? sent.get(sent.size() - 1 - random.nextInt(Math.min(sent.size(), 40)))
                : Fingerprint.once("key-" + random.nextInt(300), operation);
        sent.add(once);
        operation = once;
      }
      clock += random.nextInt(200) == 0 ? random.nextInt(30) * HOUR : random.nextInt(60_000);
      long timestamp = clock + (random.nextInt(5) - 2) * HOUR / 2;
      Outcome expected = expected(operation);
      Outcome outcome = command(operation, timestamp);
      assertThat(outcome).as("seed %d, command %d: %s", seed, i, operation).isEqualTo(expected);
      met.add(outcome.getClass().getSimpleName());
      if (random.nextInt(100) == 0) {
        fold = new Fold(0, 1, state, fold.position());
      }
    }
    assertThat(met)
        .contains("Stored", "Removed", "ConditionFailed", "Missing", "Batched", "BatchRefused")
        .contains("Repeated", "Superseded", "Rejected");
    assertThat(documents()).isEqualTo(values);

    MapState anew = new MapState();
    Fold second = new Fold(0, 1, anew, Position.start(LOG, 0));
    log.forEach(second::fold);
    assertThat(dump(anew)).isEqualTo(dump(state));
  }

  private void define() {
    List<DefinitionChange> changes = new ArrayList<>();
    for (CollectionDefinition definition :
        List.of(
            definition("plain", Writer.API, null),
            definition("checked", Writer.API, "{\"type\":\"object\"}"),
            definition("fed", Writer.SOURCE, null))) {
      changes.add(new DefinitionChange.PutCollection(definition, DefinitionChange.Mode.APPLY));
    }
    assertThat(command(new Operation.Define(changes), 0)).isInstanceOf(Outcome.Defined.class);
    assertThat(fold.catalogue().collections().stream().map(CollectionDefinition::id))
        .containsExactly(PLAIN, CHECKED, FED);
  }

  private static CollectionDefinition definition(String name, Writer writer, String schema) {
    return new CollectionDefinition(0, name, KeyType.Scalar.STRING, "json", writer, schema, 1);
  }

  private Operation operation(Random random) {
    return switch (random.nextInt(6)) {
      case 0, 1 -> change(random);
      case 2, 3 -> new Operation.When(condition(random), change(random));
      default -> {
        List<Operation.When> changes = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
          Condition condition = random.nextInt(3) == 0 ? condition(random) : Condition.NONE;
          changes.add(new Operation.When(condition, change(random)));
        }
        yield new Operation.Batch(changes);
      }
    };
  }

  private Operation.Change change(Random random) {
    int collection = random.nextInt(40) == 0 ? FED : random.nextInt(3) == 0 ? CHECKED : PLAIN;
    Key key = key("k" + random.nextInt(12));
    return switch (random.nextInt(4)) {
      case 0 -> new Operation.Delete(collection, key);
      case 1 ->
          new Operation.Patch(
              collection,
              key,
              bytes("{\"m" + random.nextInt(3) + "\":" + random.nextInt(9) + ",\"m9\":null}"),
              checked(random, collection, key));
      default -> new Operation.Put(collection, key, bytes("{\"m9\":" + random.nextInt(99) + "}"));
    };
  }

  private Operation.Checked checked(Random random, int collection, Key key) {
    if (collection == PLAIN || random.nextInt(5) == 0) {
      return null;
    }
    Version basis = random.nextInt(5) == 0 ? new Version(0, 0) : versions.get(id(collection, key));
    return new Operation.Checked(
        random.nextInt(9) == 0 ? 2 : 1, basis, random.nextInt(5) == 0 ? "breaks it" : "");
  }

  private Condition condition(Random random) {
    List<Version> known = new ArrayList<>(new LinkedHashSet<>(versions.values()));
    List<Version> some = new ArrayList<>(List.of(new Version(0, 1_000_000)));
    for (int i = 0; i < 3 && !known.isEmpty(); i++) {
      some.add(known.get(random.nextInt(known.size())));
    }
    return switch (random.nextInt(4)) {
      case 0 -> new Condition.Exists();
      case 1 -> new Condition.Absent();
      case 2 -> new Condition.OneOf(some);
      default -> new Condition.NoneOf(some);
    };
  }

  private Outcome expected(Operation operation) throws Exception {
    if (!(operation instanceof Operation.Once once)) {
      return decide(operation, log.size());
    }
    Kept before = kept.get(once.key().text());
    if (before != null) {
      return before.same(once.operation())
          ? new Outcome.Repeated(before.outcome())
          : rejected(Outcome.Reason.KEY_REUSED);
    }
    Outcome outcome = decide(once.operation(), log.size());
    Outcome root = outcome instanceof Outcome.BatchRefused no ? no.why() : outcome;
    if (!(root instanceof Outcome.Rejected || root instanceof Outcome.Superseded)) {
      kept.put(once.key().text(), new Kept(once.operation(), outcome));
    }
    return outcome;
  }

  private Outcome decide(Operation operation, long offset) throws Exception {
    if (operation instanceof Operation.Batch batch) {
      return batch(batch, offset);
    }
    Operation.When when =
        operation instanceof Operation.When conditional
            ? conditional
            : new Operation.When(Condition.NONE, (Operation.Change) operation);
    Outcome refusal = refusal(when);
    return refusal != null ? refusal : make(when.change(), offset);
  }

  private Outcome batch(Operation.Batch batch, long offset) throws Exception {
    Set<String> met = new TreeSet<>();
    int index = 0;
    for (Operation.When when : batch.changes()) {
      Outcome refusal = refusal(when);
      if (refusal == null && !met.add(id(when.change().collection(), when.change().key()))) {
        refusal = rejected(Outcome.Reason.INVALID_BATCH);
      }
      if (refusal != null) {
        return refusal instanceof Outcome.Superseded
            ? refusal
            : new Outcome.BatchRefused(index, refusal);
      }
      index++;
    }
    List<Outcome> outcomes = new ArrayList<>();
    for (Operation.When when : batch.changes()) {
      outcomes.add(make(when.change(), offset));
    }
    return new Outcome.Batched(outcomes);
  }

  private Outcome refusal(Operation.When when) {
    Operation.Change change = when.change();
    if (change.collection() == FED) {
      return rejected(Outcome.Reason.WRITER_IS_SOURCE);
    }
    Version current = versions.get(id(change.collection(), change.key()));
    if (!holds(when.condition(), current)) {
      return new Outcome.ConditionFailed(current);
    }
    if (!(change instanceof Operation.Patch patch)) {
      return null;
    }
    if (current == null) {
      return new Outcome.Missing();
    }
    Operation.Checked checked = patch.checked();
    if (change.collection() == PLAIN) {
      return null;
    }
    if (checked == null || checked.revision() != 1 || !current.equals(checked.basis())) {
      return new Outcome.Superseded();
    }
    return checked.fault().isEmpty() ? null : rejected(Outcome.Reason.INVALID_VALUE);
  }

  private static boolean holds(Condition condition, Version current) {
    if (condition instanceof Condition.Exists) {
      return current != null;
    }
    if (condition instanceof Condition.Absent) {
      return current == null;
    }
    if (condition instanceof Condition.OneOf one) {
      return current != null && one.versions().contains(current);
    }
    return !(condition instanceof Condition.NoneOf none)
        || current == null
        || !none.versions().contains(current);
  }

  private Outcome make(Operation.Change change, long offset) throws Exception {
    String id = id(change.collection(), change.key());
    if (change instanceof Operation.Delete) {
      values.remove(id);
      return new Outcome.Removed(versions.remove(id) != null);
    }
    String value =
        change instanceof Operation.Put put
            ? new String(put.value(), UTF_8)
            : new String(
                MergePatch.apply(bytes(values.get(id)), ((Operation.Patch) change).patch()), UTF_8);
    values.put(id, value);
    Version version = new Version(0, offset);
    return new Outcome.Stored(version, versions.put(id, version) == null);
  }

  /** The details are for people; the model does not know them. */
  private static Outcome rejected(Outcome.Reason reason) {
    return new Outcome.Rejected(reason, "");
  }

  private static Outcome withoutDetail(Outcome outcome) {
    if (outcome instanceof Outcome.BatchRefused no) {
      return new Outcome.BatchRefused(no.index(), withoutDetail(no.why()));
    }
    return outcome instanceof Outcome.Rejected no ? rejected(no.reason()) : outcome;
  }

  private Outcome command(Operation operation, long timestamp) {
    LogRecord record = new LogRecord.Command(new LogRecord.CommandId(9, log.size()), operation);
    LogEntry entry =
        new LogEntry(log.size(), 7, timestamp, LogFormat.key(record), LogFormat.value(record, 0));
    log.add(entry);
    assertThat(fold.fold(entry)).isInstanceOf(FoldResult.Folded.class);
    List<FoldEffects.Decision> decisions = fold.effects().drain().decisions();
    assertThat(decisions).hasSize(1);
    return withoutDetail(decisions.get(0).outcome());
  }

  private Map<String, String> documents() {
    Map<String, String> found = new TreeMap<>();
    for (int collection : List.of(PLAIN, CHECKED)) {
      List<byte[]> keys = state.keys(StateKeys.documents(collection), Integer.MAX_VALUE);
      for (byte[] stateKey : keys) {
        Key key =
            Key.ofEncoded(Arrays.copyOfRange(stateKey, StateKeys.DOCUMENT_PREFIX, stateKey.length));
        found.put(id(collection, key), new String(StateValues.value(state.get(stateKey)), UTF_8));
      }
      assertThat(StateValues.number(state.get(StateKeys.count(collection)), 0))
          .isEqualTo(keys.size());
    }
    return found;
  }

  private static List<String> dump(MapState state) {
    HexFormat hex = HexFormat.of();
    return state.entries().entrySet().stream()
        .map(e -> hex.formatHex(e.getKey()) + "=" + hex.formatHex(e.getValue()))
        .toList();
  }

  private static String id(int collection, Key key) {
    return collection + "/" + new String(key.bytes(), UTF_8);
  }

  private static Key key(String text) {
    return Key.ofEncoded(bytes(text));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
