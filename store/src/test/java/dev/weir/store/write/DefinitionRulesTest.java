package dev.weir.store.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.Catalogue;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.DefinitionChange;
import dev.weir.store.DefinitionChange.DropCollection;
import dev.weir.store.DefinitionChange.DropSource;
import dev.weir.store.DefinitionChange.Mode;
import dev.weir.store.DefinitionChange.PutCollection;
import dev.weir.store.DefinitionChange.PutSource;
import dev.weir.store.DefinitionChecks;
import dev.weir.store.DefinitionSamples;
import dev.weir.store.IndexDefinition;
import dev.weir.store.KeyType;
import dev.weir.store.SourceDefinition;
import dev.weir.store.SourceDefinition.Condition;
import dev.weir.store.SourceDefinition.KeyFormat;
import dev.weir.store.SourceDefinition.KeyFrom;
import dev.weir.store.SourceDefinition.Mapping;
import dev.weir.store.SourceDefinition.Start;
import dev.weir.store.write.DefinitionRules.Accepted;
import dev.weir.store.write.DefinitionRules.Decision;
import dev.weir.store.write.DefinitionRules.Rejected;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DefinitionRulesTest {

  private static CollectionDefinition collection(String name, Writer writer, int revision) {
    return new CollectionDefinition(0, name, KeyType.Scalar.LONG, "json", writer, null, revision);
  }

  private static SourceDefinition source(String name, String topic, String to, int revision) {
    Mapping mapping =
        new Mapping(
            KeyFrom.RECORD,
            KeyFormat.TEXT,
            List.of(),
            List.of(),
            List.of(),
            Map.of(),
            Start.EARLIEST);
    return new SourceDefinition(0, name, topic, to, mapping, revision);
  }

  private static DefinitionChange apply(CollectionDefinition c) {
    return new PutCollection(c, Mode.APPLY);
  }

  private static DefinitionChange seed(CollectionDefinition c) {
    return new PutCollection(c, Mode.SEED);
  }

  private static DefinitionChange apply(SourceDefinition s) {
    return new PutSource(s, Mode.APPLY);
  }

  private static DefinitionChange seed(SourceDefinition s) {
    return new PutSource(s, Mode.SEED);
  }

  private static Catalogue accept(Catalogue current, DefinitionChange... changes) {
    Decision decision = DefinitionRules.decide(current, List.of(changes));
    assertThat(decision).isInstanceOf(Accepted.class);
    Accepted accepted = (Accepted) decision;
    assertThat(accepted.catalogue().revision())
        .isEqualTo(current.revision() + (accepted.changed() ? 1 : 0));
    return accepted.catalogue();
  }

  private static String reject(Catalogue current, DefinitionChange... changes) {
    Decision decision = DefinitionRules.decide(current, List.of(changes));
    assertThat(decision).isInstanceOf(Rejected.class);
    return ((Rejected) decision).detail();
  }

  /** person (id 1, from a source), persons (id 2, its source), note (id 3, from the API). */
  private static Catalogue filled() {
    return accept(
        Catalogue.empty(),
        apply(collection("person", Writer.SOURCE, 1)),
        apply(source("persons", "t", "person", 1)),
        apply(collection("note", Writer.API, 0)));
  }

  @Test
  void idsCountUpAndRevisionsBeginAtOne() {
    Catalogue catalogue = filled();
    assertThat(catalogue.revision()).isEqualTo(1);
    assertThat(catalogue.nextId()).isEqualTo(4);
    assertThat(catalogue.collection("person").orElseThrow().id()).isEqualTo(1);
    assertThat(catalogue.source("persons").orElseThrow().id()).isEqualTo(2);
    assertThat(catalogue.collection("note").orElseThrow().id()).isEqualTo(3);
    assertThat(catalogue.collection("note").orElseThrow().revision()).isEqualTo(1);
  }

  @Test
  void idsAreNeverReused() {
    Catalogue dropped = accept(filled(), new DropCollection("note"));
    Catalogue again = accept(dropped, apply(collection("note", Writer.API, 1)));
    assertThat(again.collection("note").orElseThrow().id()).isEqualTo(4);
    assertThat(again.nextId()).isEqualTo(5);
    assertThat(again.revision()).isEqualTo(3);
  }

  @Test
  void whatChangesNothingKeepsTheCatalogue() {
    Catalogue catalogue = filled();
    assertThat(
            accept(
                catalogue,
                apply(collection("person", Writer.SOURCE, 0)),
                seed(collection("note", Writer.SOURCE, 1)),
                seed(source("persons", "other", "person", 1))))
        .isSameAs(catalogue);
    assertThat(accept(catalogue)).isSameAs(catalogue);
    assertThat(accept(catalogue, apply(collection("x", Writer.API, 1)), new DropCollection("x")))
        .isSameAs(catalogue);
  }

  @Test
  void aSeedChangesOnlyByAHigherRevision() {
    Catalogue catalogue = filled();
    Catalogue changed = accept(catalogue, seed(source("persons", "other", "person", 2)));
    assertThat(changed.source("persons").orElseThrow().topic()).isEqualTo("other");
    assertThat(changed.source("persons").orElseThrow().revision()).isEqualTo(2);
    assertThat(changed.source("persons").orElseThrow().id()).isEqualTo(2);
    assertThat(accept(changed, seed(source("persons", "t", "person", 1)))).isSameAs(changed);
  }

  @Test
  void anApplyRaisesTheRevisionItself() {
    Catalogue catalogue = filled();
    Catalogue changed = accept(catalogue, apply(source("persons", "other", "person", 1)));
    assertThat(changed.source("persons").orElseThrow().revision()).isEqualTo(2);
    Catalogue higher = accept(catalogue, apply(source("persons", "other", "person", 9)));
    assertThat(higher.source("persons").orElseThrow().revision()).isEqualTo(9);
    assertThat(
            reject(
                accept(catalogue, apply(source("persons", "t", "person", Integer.MAX_VALUE))),
                apply(source("persons", "other", "person", 1))))
        .contains("no revision is left");
  }

  @Test
  void aHigherRevisionAloneIsAChange() {
    Catalogue again = accept(filled(), apply(source("persons", "t", "person", 5)));
    assertThat(again.source("persons").orElseThrow().revision()).isEqualTo(5);
  }

  @Test
  void keyTypeAndFormatAreFixed() {
    CollectionDefinition other =
        new CollectionDefinition(0, "note", KeyType.Scalar.STRING, "string", Writer.API, null, 2);
    assertThat(reject(filled(), apply(other)))
        .contains("key is long for life, not string", "value is json for life", "add it anew");
    assertThat(reject(filled(), seed(other))).contains("for life");
    Catalogue anew = accept(filled(), new DropCollection("note"), apply(other));
    assertThat(anew.collection("note").orElseThrow().keyType()).isEqualTo(KeyType.Scalar.STRING);
    assertThat(anew.collection("note").orElseThrow().id()).isEqualTo(4);
  }

  @Test
  void aSourceNeedsACollectionThatTakesIt() {
    assertThat(reject(filled(), apply(source("s", "t", "nowhere", 1))))
        .contains("source 's'", "no collection 'nowhere'", "add it before or with");
    assertThat(reject(filled(), apply(source("s", "t", "note", 1))))
        .contains("source 's'", "set its writer to source");
    assertThat(reject(filled(), apply(collection("person", Writer.API, 1))))
        .contains("source 'persons'", "takes its documents from the API");
    accept(filled(), new DropSource("persons"), apply(collection("person", Writer.API, 1)));
    accept(
        Catalogue.empty(),
        apply(source("s", "t", "c", 1)),
        apply(collection("c", Writer.SOURCE, 1)));
  }

  @Test
  void aSourceNamesAFieldForEachPartOfTheKey() {
    Mapping two =
        new Mapping(
            KeyFrom.TRACKED,
            KeyFormat.TEXT,
            List.of("a", "b"),
            List.of(),
            List.of(),
            Map.of(),
            Start.EARLIEST);
    assertThat(reject(filled(), apply(new SourceDefinition(0, "s", "t", "person", two, 1))))
        .contains("2 fields for a key of type long");
  }

  @Test
  void aCollectionIsNotDroppedUnderItsSources() {
    assertThat(reject(filled(), new DropCollection("person")))
        .contains("source 'persons' still feeds it", "in the same list");
    assertThat(
            reject(
                filled(),
                new DropCollection("person"),
                apply(collection("person", Writer.SOURCE, 1))))
        .contains("source 'persons' still feeds it");
    accept(filled(), new DropCollection("person"), new DropSource("persons"));
    Catalogue anew =
        accept(
            filled(),
            new DropSource("persons"),
            new DropCollection("person"),
            apply(collection("person", Writer.SOURCE, 1)),
            apply(source("persons", "t", "person", 1)));
    assertThat(anew.source("persons").orElseThrow().id()).isEqualTo(5);
    assertThat(
            accept(
                    filled(),
                    new DropCollection("person"),
                    apply(collection("people", Writer.SOURCE, 1)),
                    apply(source("persons", "t", "people", 1)))
                .source("persons")
                .orElseThrow()
                .revision())
        .isEqualTo(2);
  }

  @Test
  void everyReasonIsGivenAndNothingChanges() {
    String detail =
        reject(
            filled(),
            new DropCollection("nope"),
            new DropSource("nope"),
            apply(collection("Bad Name", Writer.API, 1)),
            apply(collection("twice", Writer.API, 1)),
            apply(collection("twice", Writer.API, 1)),
            apply(source("s", "a b", "nowhere", 1)));
    assertThat(detail.split("; "))
        .hasSize(6)
        .anySatisfy(r -> assertThat(r).startsWith("collection 'nope': there is none to drop"))
        .anySatisfy(r -> assertThat(r).startsWith("source 'nope': there is none to drop"))
        .anySatisfy(r -> assertThat(r).contains("not a name"))
        .anySatisfy(r -> assertThat(r).startsWith("collection 'twice': defined twice"))
        .anySatisfy(r -> assertThat(r).contains("not a Kafka topic"))
        .anySatisfy(r -> assertThat(r).contains("no collection 'nowhere'"));
  }

  @Test
  void idsComeToAnEnd() {
    Catalogue last = new Catalogue(7, DefinitionChecks.MOST_IDS, List.of(), List.of());
    Catalogue full = accept(last, apply(collection("a", Writer.API, 1)));
    assertThat(reject(full, apply(collection("b", Writer.API, 1)))).contains("ids are used");
  }

  @Test
  void definitionsThatWouldNotFitIntoTheLogAreRefused() {
    String schema = "{\"description\":\"" + "x".repeat(300_000) + "\"}";
    CollectionDefinition first =
        new CollectionDefinition(0, "a", KeyType.Scalar.LONG, "json", Writer.API, schema, 1);
    CollectionDefinition second =
        new CollectionDefinition(0, "b", KeyType.Scalar.LONG, "json", Writer.API, schema, 1);
    Catalogue catalogue = accept(filled(), apply(first));
    assertThat(reject(catalogue, apply(second))).contains("together", "shorten schemas");
  }

  @Test
  void whatCouldNotBeWrittenIsRefused() {
    for (String schema :
        List.of(
            "{\"a\":\"\\ud800\"}",
            "{\"\ud800\":1}",
            "{\"not\":".repeat(500) + "{}" + "}".repeat(500),
            "nonsense",
            "")) {
      CollectionDefinition c =
          new CollectionDefinition(0, "a", KeyType.Scalar.LONG, "json", Writer.API, schema, 1);
      assertThat(reject(filled(), apply(c))).contains("schema: ");
    }
    SourceDefinition plain = source("s", "t", "person", 1);
    for (Mapping mapping :
        List.of(
            mapping(List.of("\ud800"), Map.of(), "1"),
            mapping(List.of(), Map.of("\ud800", "a"), "1"),
            mapping(List.of(), Map.of("a", "\udc00"), "1"),
            mapping(List.of(), Map.of(), "\"\\ud800\""),
            mapping(List.of(), Map.of(), "null"),
            mapping(List.of(), Map.of(), ""))) {
      assertThat(
              reject(
                  filled(),
                  apply(new SourceDefinition(0, "s", "t", plain.collection(), mapping, 1))))
          .startsWith("source 's': ");
    }
  }

  private static Mapping mapping(List<String> drop, Map<String, String> rename, String value) {
    return new Mapping(
        KeyFrom.RECORD,
        KeyFormat.TEXT,
        List.of(),
        List.of(new Condition("f", Condition.Test.IN, List.of(value))),
        drop,
        rename,
        Start.EARLIEST);
  }

  @Test
  void randomHistoriesKeepTheInvariants() {
    Random random = new Random(11);
    int changes = 0;
    for (int round = 0; round < 500; round++) {
      Catalogue catalogue = Catalogue.empty();
      Map<Integer, String> namesById = new HashMap<>();
      for (int step = 0; step < 60; step++) {
        List<DefinitionChange> list = DefinitionSamples.changes(random);
        Decision decision = DefinitionRules.decide(catalogue, list);
        assertThat(DefinitionRules.decide(catalogue, list)).isEqualTo(decision);
        if (decision instanceof Accepted accepted) {
          assertSound(accepted.catalogue(), namesById);
          assertThat(accepted.changed()).isEqualTo(!accepted.catalogue().equals(catalogue));
          changes += accepted.changed() ? 1 : 0;
          catalogue = accepted.catalogue();
        }
      }
    }
    assertThat(changes).isGreaterThan(1_000);
  }

  private static void assertSound(Catalogue catalogue, Map<Integer, String> namesById) {
    Set<String> names = new HashSet<>();
    int last = 0;
    for (CollectionDefinition c : catalogue.collections()) {
      assertThat(c.id()).isBetween(last + 1, catalogue.nextId() - 1);
      last = c.id();
      assertThat(names.add(c.name())).isTrue();
      assertThat(namesById.merge(c.id(), "c " + c.name(), (a, b) -> a)).isEqualTo("c " + c.name());
      assertThat(c.revision()).isPositive();
    }
    names.clear();
    last = 0;
    for (SourceDefinition s : catalogue.sources()) {
      assertThat(s.id()).isBetween(last + 1, catalogue.nextId() - 1);
      last = s.id();
      assertThat(names.add(s.name())).isTrue();
      assertThat(namesById.merge(s.id(), "s " + s.name(), (a, b) -> a)).isEqualTo("s " + s.name());
      assertThat(catalogue.collection(s.collection()).orElseThrow().writer())
          .isEqualTo(Writer.SOURCE);
    }
    for (IndexDefinition index : catalogue.indexes()) {
      assertThat(index.id()).isLessThan(catalogue.nextId());
      assertThat(catalogue.collection(index.collection()).orElseThrow().format()).isEqualTo("json");
      assertThat(namesById.merge(index.id(), "i " + index.name(), (a, b) -> a))
          .isEqualTo("i " + index.name());
    }
  }
}
