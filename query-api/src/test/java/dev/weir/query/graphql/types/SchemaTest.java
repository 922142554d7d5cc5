package dev.weir.query.graphql.types;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.query.graphql.Fixture;
import dev.weir.query.graphql.Fixture.Answer;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.KeyType;
import graphql.schema.idl.SchemaParser;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which schema a catalogue makes. */
class SchemaTest {
  private static final String PERSON =
      """
      {"type":"object","required":["name"],"description":"Somebody.","properties":{
        "name":{"type":"string","description":"Full name."},
        "age":{"type":"integer","minimum":0,"maximum":150},
        "id":{"type":"integer"},
        "height":{"type":["number","null"]},
        "alive":{"type":"boolean"},
        "old":{"type":"string","deprecated":true},
        "tags":{"type":"array","items":{"type":"string"}},
        "grid":{"type":"array","items":{"type":"array","items":{"type":"integer"}}},
        "address":{"type":"object","properties":{"street":{"type":"string"}}},
        "homes":{"type":"array","items":{"$ref":"#/$defs/home"}},
        "parent":{"$ref":"#"},
        "first-name":{"type":"string"},
        "first_name":{"type":"string"},
        "1st":{"type":"string"},
        "__typename":{"type":"string"},
        "either":{"oneOf":[{"type":"string"},{"type":"integer"}]},
        "mixed":{"type":["string","integer"]},
        "free":{"type":"object"},
        "lost":{"$ref":"#/$defs/nowhere"},
        "far":{"$ref":"https://example.com/schema"},
        "loop":{"$ref":"#/$defs/loop"},
        "any":true},
       "$defs":{"home":{"type":"object","properties":{"city":{"type":"string"},
         "next":{"$ref":"#/$defs/home"}}},"loop":{"$ref":"#/$defs/loop"}}}
      """;

  private final Fixture weir = new Fixture();

  @Test
  void jsonSchemasBecomeTypes() {
    weir.collection("person", "long", Writer.SOURCE, PERSON);

    assertThat(weir.endpoint.schema())
        .contains("type PersonDocument {\n  _1st: String\n")
        .contains("  address: PersonDocument_address\n  age: Int\n  alive: Boolean\n  any: JSON\n")
        .contains("  either: JSON\n  far: JSON\n  first_name: String\n  first_name_2: String\n")
        .contains("  free: JSON\n  grid: [[Long]]\n  height: Float\n  homes: [PersonDocument_home]")
        .contains("  id: Long\n  loop: JSON\n  lost: JSON\n  mixed: JSON\n")
        .contains("  old: String @deprecated")
        .contains("  parent: PersonDocument\n  tags: [String]\n  x__typename: String\n")
        .contains("type PersonDocument_home {\n  city: String\n  next: PersonDocument_home\n}");
  }

  @Test
  void typedFieldsAreRead() {
    CollectionDefinition person = weir.collection("person", "long", Writer.SOURCE, PERSON);
    weir.store(
        person,
        1L,
        "{\"name\":\"Ada\",\"age\":36,\"id\":9007199254740993,\"height\":1.65,\"alive\":false,"
            + "\"tags\":[\"x\",null],\"grid\":[[1],[2,3]],\"address\":{\"street\":\"S\"},"
            + "\"homes\":[{\"city\":\"L\",\"next\":{\"city\":\"M\"}}],"
            + "\"parent\":{\"name\":\"Anne\"},\"first-name\":\"a\",\"first_name\":\"b\","
            + "\"either\":{\"x\":[1.50]}}");

    Answer answer =
        weir.ask(
            "{person(key:1){document{name age id height alive tags grid address{street}"
                + " homes{city next{city next{city}}} parent{name age} first_name first_name_2"
                + " either mixed old}}}");

    assertThat(answer.body().has("errors")).isFalse();
    assertThat(answer.data().at("/person/document"))
        .hasToString(
            "{\"name\":\"Ada\",\"age\":36,\"id\":\"9007199254740993\",\"height\":1.65,"
                + "\"alive\":false,\"tags\":[\"x\",null],\"grid\":[[\"1\"],[\"2\",\"3\"]],"
                + "\"address\":{\"street\":\"S\"},\"homes\":[{\"city\":\"L\",\"next\":"
                + "{\"city\":\"M\",\"next\":null}}],\"parent\":{\"name\":\"Anne\",\"age\":null},"
                + "\"first_name\":\"a\",\"first_name_2\":\"b\",\"either\":{\"x\":[1.5]},"
                + "\"mixed\":null,\"old\":null}");
  }

  @Test
  void aValueOfAnotherTypeIsAnErrorOfItsFieldOnly() {
    CollectionDefinition person = weir.collection("person", "long", Writer.SOURCE, PERSON);
    weir.store(
        person,
        1L,
        "{\"name\":7,\"age\":1e999999999,\"id\":99999999999999999999,\"height\":1e999,"
            + "\"alive\":\"no\",\"tags\":[1],\"address\":[],\"homes\":{}}");

    Answer answer =
        weir.ask(
            "{person(key:1){json document{name age id height alive tags address{street}"
                + " homes{city} parent{name}}}}");

    assertThat(answer.body().get("errors")).hasSize(8);
    for (JsonNode error : answer.body().get("errors")) {
      assertThat(error.at("/extensions/code").asText()).isEqualTo("VALUE_MISMATCH");
    }
    assertThat(answer.data().at("/person/document").findValues("street")).isEmpty();
    assertThat(answer.data().at("/person/json/name").asInt()).isEqualTo(7);
  }

  @Test
  void aDocumentThatIsNoObjectIsAnErrorOfTheDocument() {
    CollectionDefinition person = weir.collection("person", "long", Writer.SOURCE, PERSON);
    weir.store(person, 1L, "[1]");

    Answer answer = weir.ask("{person(key:1){key document{name}}}");

    assertThat(answer.code()).isEqualTo("VALUE_MISMATCH");
    assertThat(answer.data()).hasToString("{\"person\":{\"key\":\"1\",\"document\":null}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "true",
        "{}",
        "{\"type\":\"string\"}",
        "{\"type\":\"object\"}",
        "{\"type\":\"object\",\"properties\":{}}",
        "{\"oneOf\":[{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}}}]}"
      })
  void otherSchemasLeaveDocumentsUntyped(String schema) {
    CollectionDefinition thing = weir.collection("thing", "long", Writer.SOURCE, schema);
    weir.store(thing, 1L, "{\"a\":1}");

    assertThat(weir.ask("{thing(key:1){document}}").data())
        .hasToString("{\"thing\":{\"document\":{\"a\":1}}}");
  }

  @Test
  void aSchemaOfHundredsOfTypesIsCut() {
    StringBuilder schema = new StringBuilder("{\"type\":\"object\",\"properties\":{");
    for (int i = 0; i < 500; i++) {
      schema
          .append(i == 0 ? "" : ",")
          .append("\"p")
          .append(i)
          .append("\":{\"properties\":{\"q")
          .append(i)
          .append("\":{\"type\":\"string\"}}}");
    }
    weir.collection("wide", "long", Writer.API, schema.append("}}").toString());

    assertThat(weir.endpoint.schema().lines().filter(line -> line.startsWith("type WideDocument")))
        .hasSize(200);
  }

  @ParameterizedTest
  @CsvSource({
    "person, person, Person",
    "order-line, orderLine, OrderLine",
    "order_line, orderLine, OrderLine",
    "a, a, A",
    "x--y_, xY, XY",
    "v2-beta, v2Beta, V2Beta",
    "1st, c1st, C1st",
    "-, c, C"
  })
  void namesAreMadeFromTheCollections(String name, String base, String type) {
    CollectionNames names = CollectionNames.of(List.of(definition(1, name))).get(0);

    assertThat(names.base()).isEqualTo(base);
    assertThat(names.typeBase()).isEqualTo(type);
  }

  @Test
  void collectionsWhoseNamesMeetAreToldApartByTheirIds() {
    List<String> names =
        List.of("my-thing", "my_thing", "node", "collections", "query", "my-thing-range", "long");
    List<CollectionDefinition> definitions = new ArrayList<>();
    for (String name : names) {
      definitions.add(definition(definitions.size() + 1, name));
    }

    assertThat(CollectionNames.of(definitions).stream().map(CollectionNames::base))
        .containsExactly(
            "myThing",
            "myThing_2",
            "node_3",
            "collections_4",
            "query_5",
            "myThingRange_6",
            "long_7");
  }

  @Test
  void anAddedCollectionNeverRenamesAnother() {
    List<CollectionDefinition> definitions = new ArrayList<>();
    List<CollectionNames> before = List.of();
    for (String name :
        List.of("a", "put-a", "delete", "a-by-keys", "a-connection", "page", "page-info", "a_")) {
      definitions.add(definition(definitions.size() + 1, name));
      List<CollectionNames> now = CollectionNames.of(definitions);
      assertThat(now).doesNotHaveDuplicates();
      assertThat(now.subList(0, before.size())).isEqualTo(before);
      before = now;
    }
  }

  @Test
  void collectionsOfAnyNameMakeASchemaThatCanBeAsked() {
    Stream.of("my-thing", "my_thing", "node", "query", "page-info", "string", "person-document")
        .forEach(name -> weir.collection(name, "string", Writer.API, null));
    weir.collection("person", "long", Writer.API, PERSON);

    Answer answer = weir.ask("{collections{name field}}");

    assertThat(answer.body().has("errors")).isFalse();
    for (JsonNode collection : answer.data().get("collections")) {
      String key = collection.get("name").asText().equals("person") ? "1" : "\"k\"";
      Answer asked = weir.ask("{" + collection.get("field").asText() + "(key:" + key + "){id}}");
      assertThat(asked.body().has("errors")).as("%s", collection).isFalse();
    }
  }

  @Test
  void theSchemaFollowsTheCatalogue() {
    assertThat(weir.ask("{note(key:\"x\"){id}}").status()).isEqualTo(400);

    weir.collection("note", "string", Writer.API, null);

    assertThat(weir.ask("{note(key:\"x\"){id}}").status()).isEqualTo(200);
    assertThat(weir.endpoint.schema()).contains("type Note implements Node");
  }

  @Test
  void theSchemaAsTextCanBeReadBack() {
    weir.collection("person", "long", Writer.API, PERSON);
    weir.collection("pair", "tuple(string,long)", Writer.API, null);

    assertThat(new SchemaParser().parse(weir.endpoint.schema()).types())
        .containsKeys("Query", "Mutation", "Person", "PersonConnection", "PageInfo");
  }

  private static CollectionDefinition definition(int id, String name) {
    return new CollectionDefinition(id, name, KeyType.Scalar.STRING, "json", Writer.API, null, 1);
  }
}
