package dev.weir.query.graphql.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.query.GraphQlEndpoint.Request;
import dev.weir.query.GraphQlEndpoint.Response;
import dev.weir.query.graphql.Fixture;
import dev.weir.query.graphql.GraphQlSettings;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Writer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Gets by key that are answered without the library: the same bytes as with it, or not at all. */
class GetPlanTest {
  private static final String SCHEMA =
      """
      {"type":"object","properties":{
        "n":{"type":"integer"}, "small":{"type":"integer","format":"int32"},
        "share":{"type":"number"}, "price":{"type":"number","format":"decimal"},
        "name":{"type":"string"}, "at":{"type":"string","format":"date-time"},
        "active":{"type":"boolean"}, "tags":{"type":"array","items":{"type":"string"}},
        "grid":{"type":"array","items":{"type":"array","items":{"type":"integer"}}},
        "full-name":{"type":"string"}, "any":true,
        "address":{"type":"object","properties":{"city":{"type":"string"},
          "geo":{"type":"object","properties":{"lat":{"type":"number"}}}}},
        "homes":{"type":"array","items":{"type":"object","properties":{
          "city":{"type":"string"}}}},
        "parent":{"$ref":"#"}}}
      """;
  private static final String WHOLE =
      """
      {"n":9007199254740993,"small":7,"share":0.5,"price":1.50,"name":"Ä","active":false,
       "at":"2026-08-01T00:00:00Z","tags":["a",null],"grid":[[1],null,[2,3]],"full-name":"f",
       "any":{"x":[1.0]},"address":{"city":"Oslo","geo":{"lat":1}},
       "homes":[{"city":"a"},null,{}],"parent":{"parent":{"n":1}}}
      """;

  private final Fixture weir = new Fixture();

  @BeforeEach
  void documents() {
    CollectionDefinition person = weir.collection("person", "long", Writer.API, SCHEMA);
    weir.store(person, 1L, WHOLE);
    weir.store(person, 2L, "{}");
    weir.store(person, 3L, "{\"n\":\"x\",\"address\":[],\"homes\":[1]}");
    weir.store(person, 4L, "[1]");
    CollectionDefinition note = weir.collection("note", "string", Writer.API, null);
    weir.store(note, "a", "{\"x\":1.50}");
    weir.store(
        weir.collection("pair", "tuple(string,long)", Writer.API, null), List.of("a", 1L), "1");
    weir.store(
        weir.collection("ref", "uuid", Writer.API, null),
        java.util.UUID.fromString("6f9619ff-8b86-d011-b42d-00cf4fc964ff"),
        "1");
    weir.collection("blob", "bytes", Writer.API, null);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          {person(key:1){id key version timestamp json __typename}}              | {}
          {a:person(key:1){b:key}}                                               | {}
          {person(key:"1"){document{n small share price name at active}}}        | {}
          {person(key:1){document{tags grid full_name any __typename}}}          | {}
          {person(key:1){document{address{city geo{lat}} homes{city}}}}          | {}
          {person(key:1){d:document{parent{p:parent{n name parent{n}}}}}}        | {}
          {person(key:2){key document{n tags address{city} homes{city} any}}}    | {}
          {person(key:99){key}}                                                  | {}
          query Q($k:Long!){person(key:$k){key document{name}}}                  | {"k":1}
          query Q($k:Long!){person(key:$k){key document{name}}}                  | {"k":"1","more":2}
          query Q($k:String!){note(key:$k){document json}}                       | {"k":"a"}
          {note(key:"a"){document}}                                              | {}
          {pair(key:["a",1]){key}}                                               | {}
          query($k:Tuple!){pair(key:$k){key document}}                           | {"k":["a",1]}
          {ref(key:"6F9619FF-8B86-D011-B42D-00CF4FC964FF"){key}}                 | {}
          {blob(key:"AA"){key}}                                                  | {}
          """)
  void plainGetsAreAnsweredAtOnceWithTheSameBytes(String query, String variables) {
    Request request = request(query, variables);
    assertThat(weir.endpoint.atOnce(request)).as("not executed before").isEmpty();
    byte[] usual = body(Optional.of(weir.endpoint.handle(request)));

    byte[] planned = body(weir.endpoint.atOnce(request));

    assertThat(new String(planned, StandardCharsets.UTF_8))
        .isEqualTo(new String(usual, StandardCharsets.UTF_8))
        .doesNotContain("\"errors\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          {person(key:1){key} note(key:"a"){key}}                         | {}
          {person(key:1){key key}}                                        | {}
          {person(key:1){...F}} fragment F on Person{key}                 | {}
          {person(key:1){... on Person{key}}}                             | {}
          {person(key:1){key @skip(if:true) id}}                          | {}
          {person(key:1) @include(if:false){key}}                         | {}
          query @consistency(level:"strong"){person(key:1){key}}          | {}
          query($k:Long!=1){person(key:$k){key}}                          | {}
          query($k:Long!,$s:Boolean!){person(key:$k){key @skip(if:$s) id}} | {"k":1,"s":true}
          query($k:Long!){person(key:$k){key}}                            | {}
          query($k:Long!){person(key:$k){key}}                            | {"k":null}
          query($k:Long!){person(key:$k){key}}                            | {"k":"x"}
          query($k:Long!){person(key:$k){key}}                            | {"k":1.5}
          {pair(key:["a"]){key}}                                          | {}
          {personByKeys(keys:[1]){key}}                                   | {}
          {personRange(first:1){edges{node{key}}}}                        | {}
          {__typename}                                                    | {}
          {collections{name}}                                             | {}
          mutation{deletePerson(key:7){existed}}                          | {}
          """)
  void whatIsNotPlainIsLeftToTheLibrary(String query, String variables) {
    Request request = request(query, variables);
    assertThat(body(Optional.of(weir.endpoint.handle(request)))).isNotEmpty();

    assertThat(weir.endpoint.atOnce(request)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          {person(key:3){key document{n}}}
          {person(key:3){key document{address{city}}}}
          {person(key:3){key document{name homes{city}}}}
          {person(key:4){key document{n}}}
          """)
  void valuesOfOtherTypesAreTheSameErrorsEitherWay(String query) {
    Request request = request(query, "{}");
    byte[] usual = body(Optional.of(weir.endpoint.handle(request)));

    byte[] planned = body(weir.endpoint.atOnce(request));

    assertThat(new String(planned, StandardCharsets.UTF_8))
        .isEqualTo(new String(usual, StandardCharsets.UTF_8))
        .contains("VALUE_MISMATCH");
  }

  @Test
  void aPlanEndsWithTheSchemaItWasMadeFor() {
    Request request = request("{person(key:1){key}}", "{}");
    body(Optional.of(weir.endpoint.handle(request)));
    assertThat(weir.endpoint.atOnce(request)).isPresent();

    weir.collection("other", "string", Writer.API, null);

    assertThat(weir.endpoint.atOnce(request)).isEmpty();
  }

  @Test
  void aGetThatCostsTooMuchHasNoPlan() {
    Fixture dear =
        new Fixture(
            GraphQlSettings.defaults()
                .withWeights(
                    new GraphQlSettings.Weights(
                        new java.util.TreeMap<>(java.util.Map.of("note", 10_001)),
                        new java.util.TreeMap<>())));
    dear.collection("note", "string", Writer.API, null);
    Request request = request("{note(key:\"a\"){key}}", "{}");
    JsonNode refused = tree(body(Optional.of(dear.endpoint.handle(request))));
    assertThat(refused.at("/errors/0/extensions/code").asText()).isEqualTo("LIMIT_EXCEEDED");
    assertThat(dear.endpoint.atOnce(request)).isEmpty();
  }

  private static Request request(String query, String variables) {
    ObjectNode body = Fixture.JSON.createObjectNode().put("query", query);
    body.set("variables", tree(variables.getBytes(StandardCharsets.UTF_8)));
    return new Request(
        "POST",
        null,
        "application/json",
        Fixture.RESPONSE,
        body.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static JsonNode tree(byte[] json) {
    try {
      return Fixture.JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] body(Optional<CompletableFuture<Response>> answer) {
    return answer.orElseThrow().join().body();
  }
}
