package dev.weir.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.DefinitionChange.Mode;
import dev.weir.store.DefinitionChange.PutCollection;
import dev.weir.store.DefinitionChange.PutSource;
import dev.weir.store.DefinitionReader.Definitions;
import dev.weir.store.DefinitionReader.Read;
import dev.weir.store.SourceDefinition.Condition;
import dev.weir.store.SourceDefinition.KeyFormat;
import dev.weir.store.SourceDefinition.KeyFrom;
import dev.weir.store.SourceDefinition.Mapping;
import dev.weir.store.SourceDefinition.Start;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DefinitionReaderTest {

  private static JsonNode json(String text) throws Exception {
    return new JsonMapper().readTree(text.replace('\'', '"'));
  }

  @Test
  void shortDefinitionsGetDefaults() throws Exception {
    assertThat(DefinitionReader.collection(json("{'name':'note','key':'string'}")).value())
        .contains(
            new CollectionDefinition(
                0, "note", KeyType.Scalar.STRING, "json", Writer.API, null, 1));
    assertThat(DefinitionReader.source(json("{'name':'s','topic':'T.t','collection':'c'}")).value())
        .contains(
            new SourceDefinition(
                0,
                "s",
                "T.t",
                "c",
                new Mapping(
                    KeyFrom.RECORD,
                    KeyFormat.TEXT,
                    List.of(),
                    List.of(),
                    List.of(),
                    Map.of(),
                    Start.EARLIEST),
                1));
  }

  @Test
  void edgesAreReadBehindTheCollections() throws Exception {
    Read<Definitions> read =
        DefinitionReader.definitions(
            json(
                "{'collections':[{'name':'person','key':'long'}],'edges':[{'name':'knows',"
                    + "'from':'person','to':'person','id':'uuid'},{'name':'friend','from':'person',"
                    + "'to':'person','field':'friends.personId'},{'name':'elsewhere',"
                    + "'from':'person','to':'post'}]}"),
            Set.of());
    assertThat(read.faults()).isEmpty();
    List<CollectionDefinition> all = read.value().orElseThrow().collections();
    assertThat(all.get(1).keyType().text()).isEqualTo("tuple(long,long,uuid)");
    assertThat(all.get(2).writer()).isEqualTo(Writer.FIELD);
    assertThat(all.get(3).keyType()).isEqualTo(CollectionDefinition.UNKNOWN_ENDS);
    for (CollectionDefinition edges : all.subList(1, 3)) {
      assertThat(DefinitionReader.edges(CatalogueJson.toJson(edges)).faults()).isEmpty();
    }
  }

  @Test
  void allFaultsOfEdgesAreToldAtOnce() throws Exception {
    Read<Definitions> read =
        DefinitionReader.definitions(
            json(
                "{'collections':[{'name':'person','key':'long'},{'name':'raw','key':'long',"
                    + "'value':'bytes'}],'edges':[{'name':'person','from':'person','to':'raw',"
                    + "'id':'number'},{'name':'E','to':'person','key':'long'},{'name':'e',"
                    + "'from':'raw','to':'raw','field':'a','writer':'source'}]}"),
            Set.of());
    assertThat(read.faults())
        .extracting(Fault::path)
        .containsExactlyInAnyOrder(
            "edges[0].id",
            "edges[0].name",
            "edges[1].from",
            "edges[1]",
            "edges[1].name",
            "edges[2].writer",
            "edges[2].field");
  }

  @Test
  void everythingCanBeSaid() throws Exception {
    Read<SourceDefinition> read =
        DefinitionReader.source(
            json(
                "{'name':'s','topic':'t','collection':'c','key':{'fields':['a','b'],'mode':'immutable'},"
                    + "'filter':[{'field':'type','in':['a']},{'field':'x','exists':true},"
                    + "{'field':'y','exists':false},{'field':'z','notIn':[1,true,1.5]}],"
                    + "'drop':['d'],'rename':{'e':'f'},'start':'latest','revision':4}"));
    assertThat(read.faults()).isEmpty();
    assertThat(read.value().orElseThrow().mapping())
        .isEqualTo(
            new Mapping(
                KeyFrom.IMMUTABLE,
                KeyFormat.TEXT,
                List.of("a", "b"),
                List.of(
                    new Condition("type", Condition.Test.IN, List.of("\"a\"")),
                    new Condition("x", Condition.Test.EXISTS, List.of()),
                    new Condition("y", Condition.Test.MISSING, List.of()),
                    new Condition("z", Condition.Test.NOT_IN, List.of("1", "true", "1.5"))),
                List.of("d"),
                Map.of("e", "f"),
                Start.LATEST));
    assertThat(
            DefinitionReader.source(
                    json("{'name':'s','topic':'t','collection':'c','key':{'record':'binary'}}"))
                .value()
                .orElseThrow()
                .mapping()
                .keyFormat())
        .isEqualTo(KeyFormat.BINARY);
  }

  @Test
  void allFaultsAreFoundAtOnce() throws Exception {
    Read<Definitions> read =
        DefinitionReader.definitions(
            json(
                """
                {'colections': [],
                 'collections': [
                   {'name': 'Person', 'key': 'int', 'wirter': 'api'},
                   {'name': 'note', 'key': 'string', 'value': 'yaml', 'writer': 'sources'},
                   {'name': 'note', 'key': 'string'},
                   7],
                 'sources': [
                   {'name': 'notes', 'topic': 'a b', 'collection': 'note',
                    'key': {'fields': ['a', 'b'], 'mode': 'trackd'}},
                   {'topic': 't', 'collection': 'c', 'filter': [{'field': 'x'}, {'field': '', 'in': []}],
                    'rename': {'a': 'z', 'b': 'z'}, 'drop': ['a'], 'start': 'now', 'revision': -1}]}
                """),
            Set.of("application"));
    assertThat(read.value()).isEmpty();
    assertThat(read.faults().stream().map(Fault::toString))
        .containsExactlyInAnyOrder(
            "unknown field 'colections': did you mean 'collections'?",
            "collections[0].name: not a name: 'Person': use 1 to 64 lower-case letters, digits, -"
                + " and _, beginning with a letter",
            "collections[0].key: unknown key type 'int': use string, long, uuid, bytes or"
                + " tuple(<type>,<type>)",
            "collections[0]: unknown field 'wirter': did you mean 'writer'?",
            "collections[1].value: unknown value format 'yaml': use one of json, string, bytes",
            "collections[1].writer: unknown value 'sources': did you mean 'source'?",
            "collections[2].name: another collection has this name: give it a name of its own",
            "collections[3]: not a JSON object: write fields and values",
            "sources[0].topic: not a Kafka topic: 'a b': use 1 to 249 letters, digits, '.', '_' and"
                + " '-'",
            "sources[0].key.mode: unknown value 'trackd': did you mean 'tracked'?",
            "sources[0].collection: 'note' takes its documents from the API: set its writer to"
                + " source, or feed another collection",
            "sources[0].key.fields: 2 fields for a key of type string: name one field for each of"
                + " the 1 parts, in their order",
            "sources[1].name: missing: add it",
            "sources[1].filter[0]: a condition has exactly one test: add \"exists\": true or false,"
                + " \"in\": […] or \"notIn\": […]",
            "sources[1].filter[1].field: an empty field name: name a field",
            "sources[1].filter[1]: nothing to compare with: list at least one value",
            "sources[1].rename.b: two fields would become 'z': give them different names",
            "sources[1].rename.a: the field is also dropped: either drop or rename it",
            "sources[1].start: unknown value 'now': use one of earliest, latest",
            "sources[1].revision: not a whole number: give one from 0 to 2147483647");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                                                | name: missing",
        "{'name':'a'}                                      | key: missing",
        "[]                                                | not a JSON object",
        "null                                              | not a JSON object",
        "{'name':1,'key':'long'}                           | name: not a text",
        "{'name':'1a','key':'long'}                        | not a name",
        "{'name':'a','key':'tuple()'}                      | unknown key type",
        "{'name':'a','key':'long','schema':'x'}            | schema: not a JSON Schema",
        "{'name':'a','key':'long','schema':3}              | schema: not a JSON Schema",
        "{'name':'a','key':'long','value':'string','schema':{}} | only JSON documents have one",
        "{'name':'a','key':'long','revision':1.5}          | revision: not a whole number",
        "{'name':'a','key':'long','revision':99999999999}  | revision: not a whole number",
        "{'name':'a','key':'long','id':4}                  | unknown field 'id'",
        "{'name':'a','key':'long','value':'jsn'}           | did you mean 'json'?"
      })
  void refusesCollections(String text, String problem) throws Exception {
    assertThat(DefinitionReader.collection(json(text)).faults())
        .anySatisfy(fault -> assertThat(fault.toString()).contains(problem));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'key':'field'                     | not a way to find the key",
        "'key':3                           | not a way to find the key",
        "'key':{'record':'avro'}           | key.record: unknown value 'avro'",
        "'key':{'fields':[]}               | key.fields: 0 fields",
        "'key':{'fields':['a','a']}        | key.fields: 'a' twice",
        "'key':{'fields':'a'}              | key.fields: not a list",
        "'key':{'fields':[1]}              | key.fields[0]: not a text",
        "'key':{'fields':['a'],'record':'text'} | key: unknown field 'record'",
        "'filter':{'field':'x'}            | filter: not a list",
        "'filter':[{'field':'x','in':[null]}] | compare with texts",
        "'filter':[{'field':'x','in':[1],'exists':true}] | exactly one test",
        "'filter':[{'field':'x','exists':'yes'}] | exactly one test",
        "'drop':['']                       | an empty field name",
        "'drop':['a','a']                  | 'a' twice",
        "'rename':['a']                    | rename: not a JSON object",
        "'rename':{'a':1}                  | rename.a: not a text",
        "'rename':{'a':''}                 | an empty field name"
      })
  void refusesSources(String part, String problem) throws Exception {
    String text = "{'name':'s','topic':'t','collection':'c'," + part + "}";
    Read<SourceDefinition> read = DefinitionReader.source(json(text));
    assertThat(read.value()).isEmpty();
    assertThat(read.faults()).anySatisfy(fault -> assertThat(fault.toString()).contains(problem));
  }

  @Test
  void readsWhatIsWrittenForPeople() {
    Random random = new Random(8);
    int valid = 0;
    for (int i = 0; i < 2_000; i++) {
      CollectionDefinition collection = DefinitionSamples.collection(0, random);
      Read<CollectionDefinition> back =
          DefinitionReader.collection(CatalogueJson.toJson(collection));
      if (back.value().isPresent()) {
        valid++;
        assertThat(back.value()).contains(collection);
      }
      SourceDefinition source = DefinitionSamples.source(0, random);
      assertThat(DefinitionReader.source(CatalogueJson.toJson(source)).value()).contains(source);
    }
    assertThat(valid).isGreaterThan(500);
  }

  @Test
  void definitionsBecomeChanges() throws Exception {
    Definitions definitions =
        DefinitionReader.definitions(
                json(
                    "{'sources':[{'name':'s','topic':'t','collection':'c'}],"
                        + "'collections':[{'name':'c','key':'long','writer':'source'}]}"),
                Set.of())
            .value()
            .orElseThrow();
    assertThat(definitions.changes(Mode.SEED))
        .containsExactly(
            new PutCollection(definitions.collections().get(0), Mode.SEED),
            new PutSource(definitions.sources().get(0), Mode.SEED));
  }

  @ParameterizedTest
  @CsvSource({
    "writer, writer, 0",
    "wirter, writer, 2",
    "Writer, writer, 0",
    "'', abc, 3",
    "kitten, sitting, 3"
  })
  void distanceCountsEdits(String a, String b, int distance) {
    assertThat(Suggestion.distance(a, b)).isEqualTo(distance);
    assertThat(Suggestion.distance(b, a)).isEqualTo(distance);
  }

  @Test
  void farNamesAndHugeNamesGetNoGuess() {
    assertThat(Fault.unknown("", "field", "xyz", List.of("name", "topic")).advice())
        .isEqualTo("use one of name, topic");
    assertThat(Fault.unknown("", "field", "x".repeat(1_000_000), List.of("name")).toString())
        .hasSizeLessThan(200);
    assertThat(Fault.unknown("", "field", "x", List.of()).advice()).isEqualTo("leave it out");
  }
}
