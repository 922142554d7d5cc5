package dev.weir.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.store.CollectionDefinition.Edge;
import dev.weir.store.CollectionDefinition.Ends;
import dev.weir.store.DefinitionChange.Mode;
import dev.weir.store.DefinitionChange.PutCollection;
import dev.weir.store.DefinitionChange.PutSource;
import dev.weir.store.SourceDefinition.Condition;
import dev.weir.store.SourceDefinition.KeyFormat;
import dev.weir.store.SourceDefinition.KeyFrom;
import dev.weir.store.SourceDefinition.Mapping;
import dev.weir.store.SourceDefinition.Start;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CatalogueJsonTest {

  private static final SourceDefinition SOURCE =
      new SourceDefinition(
          2,
          "persons",
          "snb.person",
          "person",
          new Mapping(
              KeyFrom.TRACKED,
              KeyFormat.TEXT,
              List.of("a", "b.c"),
              List.of(
                  new Condition("type", Condition.Test.IN, List.of("\"x\"", "1")),
                  new Condition("z", Condition.Test.NOT_IN, List.of("true")),
                  new Condition("x", Condition.Test.EXISTS, List.of()),
                  new Condition("y", Condition.Test.MISSING, List.of())),
              List.of("secret"),
              Map.of("old", "new", "alt", "neu"),
              Start.LATEST),
          7);

  private static final CollectionDefinition COLLECTION =
      new CollectionDefinition(
          1,
          "person",
          KeyType.parse("tuple(string,long)"),
          "json",
          CollectionDefinition.Writer.SOURCE,
          "{\"type\":\"object\"}",
          3);

  @Test
  void persistedTextNeverChanges() {
    Catalogue catalogue = new Catalogue(5, 3, List.of(COLLECTION), List.of(SOURCE));
    assertThat(text(CatalogueJson.write(catalogue)))
        .isEqualTo(
            "{\"revision\":5,\"nextId\":3,\"collections\":[{\"id\":1,\"name\":\"person\","
                + "\"key\":\"tuple(string,long)\",\"value\":\"json\",\"writer\":\"source\","
                + "\"schema\":{\"type\":\"object\"},\"revision\":3}],\"sources\":[{\"id\":2,"
                + "\"name\":\"persons\",\"topic\":\"snb.person\",\"collection\":\"person\","
                + "\"key\":{\"fields\":[\"a\",\"b.c\"],\"mode\":\"tracked\"},"
                + "\"filter\":[{\"field\":\"type\",\"in\":[\"x\",1]},{\"field\":\"z\",\"notIn\":[true]},"
                + "{\"field\":\"x\",\"exists\":true},{\"field\":\"y\",\"exists\":false}],"
                + "\"drop\":[\"secret\"],\"rename\":{\"alt\":\"neu\",\"old\":\"new\"},"
                + "\"start\":\"latest\",\"revision\":7}]}");
    assertThat(text(CatalogueJson.write(Catalogue.empty())))
        .isEqualTo("{\"revision\":0,\"nextId\":1,\"collections\":[],\"sources\":[]}");
  }

  @Test
  void forPeopleThereAreNoIds() {
    Catalogue catalogue = new Catalogue(5, 3, List.of(COLLECTION), List.of(SOURCE));
    assertThat(CatalogueJson.toJson(catalogue).toString())
        .startsWith("{\"revision\":5,\"collections\":[{\"name\":\"person\",\"key\":")
        .doesNotContain("nextId", "\"id\"");
    assertThat(CatalogueJson.toJson(Catalogue.empty()).toString())
        .isEqualTo("{\"revision\":0,\"collections\":[],\"edges\":[],\"sources\":[]}");
  }

  @Test
  void edgesAreAListOfTheirOwn() throws Exception {
    Catalogue catalogue = new Catalogue(5, 4, List.of(COLLECTION, edges(3)), List.of());
    String persisted =
        "\"edges\":[{\"collection\":3,\"name\":\"knows\",\"from\":\"person\",\"to\":\"person\","
            + "\"id\":\"uuid\",\"inverse\":\"known-by\",\"value\":\"json\",\"writer\":\"api\","
            + "\"revision\":1}]";
    assertThat(text(CatalogueJson.write(catalogue))).contains(persisted);
    assertThat(CatalogueJson.readCatalogue(CatalogueJson.write(catalogue))).isEqualTo(catalogue);
    assertThatThrownBy(
            () ->
                CatalogueJson.readCatalogue(
                    CatalogueJson.toTree(new Catalogue(5, 4, List.of(edges(3)), List.of()))))
        .hasMessageContaining("ends that are not there");
  }

  private static CollectionDefinition edges(int id) {
    Edge edge = new Edge("person", "person", KeyType.Scalar.UUID, null, "known-by", null);
    return CollectionDefinition.edges("knows", edge)
        .between(new Ends(COLLECTION.keyType(), COLLECTION.keyType()))
        .numbered(id, 1);
  }

  @Test
  void survivesTheTripAndIsCanonical() throws Exception {
    Random random = new Random(6);
    for (int i = 0; i < 3_000; i++) {
      Catalogue catalogue = DefinitionSamples.catalogue(random);
      byte[] json = CatalogueJson.write(catalogue);
      assertThat(CatalogueJson.readCatalogue(json)).isEqualTo(catalogue);
      assertThat(CatalogueJson.readCatalogue(CatalogueJson.toTree(catalogue))).isEqualTo(catalogue);
      assertThat(CatalogueJson.write(CatalogueJson.readCatalogue(json))).isEqualTo(json);

      List<DefinitionChange> changes = DefinitionSamples.changes(random);
      assertThat(CatalogueJson.readChanges(CatalogueJson.write(changes))).isEqualTo(changes);
    }
  }

  @Test
  void mapOrderDoesNotShow() {
    Map<String, String> one = new HashMap<>(4);
    Map<String, String> other = new HashMap<>(1024);
    for (int i = 0; i < 50; i++) {
      one.put("f" + i, "t" + i);
      other.put("f" + (49 - i), "t" + (49 - i));
    }
    assertThat(CatalogueJson.toJson(renaming(one)).toString())
        .isEqualTo(CatalogueJson.toJson(renaming(other)).toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"nextId\"            | \"nextIdea\"     | unknown field 'nextIdea'",
        "\"collections\":[     | \"views\":[],\"collections\":[ | unknown field 'views'",
        "\"mode\":\"tracked\"  | \"mode\":\"hashed\" | sources[0].key.mode: unknown value 'hashed'",
        "\"writer\":\"source\" | \"writer\":\"both\" | collections[0].writer: unknown value 'both'",
        "tuple(string,long)    | decimal          | collections[0].key: unknown key type 'decimal'",
        "\"start\":\"latest\"  | \"start\":\"2026\" | sources[0].start",
        "\"id\":2,             | ''               | sources[0].id: missing",
        "\"id\":2,             | \"id\":0,        | sources[0].id: not a whole number",
        "\"id\":2,             | \"id\":3,        | sources: ids out of order",
        "\"nextId\":3          | \"nextId\":2147483647 | nextId: too large",
        "\"nextId\":3          | \"nextId\":1     | collections: ids out of order",
        "\"revision\":5        | \"revision\":-5  | revision: not a whole number",
        "\"exists\":true       | \"matches\":\"x\" | sources[0].filter[2]"
      })
  void whatIsNotKnownComesFromANewerVersion(String old, String changed, String problem) {
    String json =
        text(CatalogueJson.write(new Catalogue(5, 3, List.of(COLLECTION), List.of(SOURCE))));
    assertThat(json).contains(old);
    assertThatThrownBy(
            () ->
                CatalogueJson.readCatalogue(
                    json.replace(old, changed).getBytes(StandardCharsets.UTF_8)))
        .isInstanceOfSatisfying(
            UnreadableDefinitionsException.class, e -> assertThat(e.newer()).isTrue())
        .hasMessageContaining("newer version of Weir")
        .hasMessageContaining(problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "{", "{}{}", "{\"revision\":1,\"revision\":2}", "\u0000"})
  void whatIsNotJsonIsDamaged(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> CatalogueJson.readCatalogue(bytes))
        .isInstanceOfSatisfying(
            UnreadableDefinitionsException.class, e -> assertThat(e.newer()).isFalse());
    assertThatThrownBy(() -> CatalogueJson.readChanges(bytes))
        .isInstanceOf(UnreadableDefinitionsException.class);
  }

  @Test
  void anUnknownKindOfChangeComesFromANewerVersion() {
    byte[] json = "[{\"change\":\"putView\",\"name\":\"x\"}]".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> CatalogueJson.readChanges(json))
        .hasMessageContaining("newer version")
        .hasMessageContaining("putView");
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "", "null", "{}", "[1]", "\"open", "1 2"})
  void conditionsThatCouldNotBeReadAreNotWritten(String value) {
    List<DefinitionChange> changes = List.of(new PutSource(comparing(value), Mode.APPLY));
    assertThatThrownBy(() -> CatalogueJson.write(changes))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "true",
        "{\"a\":1.50}",
        "{\"a\":1e2}",
        " {}",
        "\"text\"",
        "",
        "nonsense",
        "1",
        "null",
        "{\"a\":1,\"a\":2}",
        "{\"\\u0041\":1}",
        "{\"\\ud800\":1}"
      })
  void schemasComeBackAsTheyWere(String schema) throws Exception {
    List<DefinitionChange> changes =
        List.of(
            new PutCollection(
                new CollectionDefinition(
                    0,
                    "c",
                    KeyType.Scalar.LONG,
                    "json",
                    CollectionDefinition.Writer.API,
                    schema,
                    1),
                Mode.SEED));
    assertThat(CatalogueJson.readChanges(CatalogueJson.write(changes))).isEqualTo(changes);
  }

  private static SourceDefinition renaming(Map<String, String> rename) {
    return new SourceDefinition(
        1,
        "s",
        "t",
        "c",
        new Mapping(
            KeyFrom.RECORD,
            KeyFormat.JSON,
            List.of(),
            List.of(),
            List.of(),
            rename,
            Start.EARLIEST),
        1);
  }

  private static SourceDefinition comparing(String value) {
    return new SourceDefinition(
        1,
        "s",
        "t",
        "c",
        new Mapping(
            KeyFrom.RECORD,
            KeyFormat.JSON,
            List.of(),
            List.of(new Condition("f", Condition.Test.IN, List.of(value))),
            List.of(),
            Map.of(),
            Start.EARLIEST),
        1);
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }
}
