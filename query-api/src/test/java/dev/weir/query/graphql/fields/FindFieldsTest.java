package dev.weir.query.graphql.fields;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.query.SearchLimits;
import dev.weir.query.graphql.Fixture;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FindFieldsTest {
  private static final String SCHEMA =
      """
      {"type":"object","additionalProperties":false,"properties":{
        "n":{"type":"integer"}, "share":{"type":"number"}, "name":{"type":"string"},
        "active":{"type":"boolean"}, "tags":{"type":"array","items":{"type":"string"}},
        "and":{"type":"string"}, "full-name":{"type":"string"},
        "address":{"type":"object","additionalProperties":false,"properties":{
          "city":{"type":"string"}}}}}
      """;
  private final Fixture fixture = new Fixture();

  @BeforeEach
  void documents() {
    CollectionDefinition typed = fixture.collection("person", "long", Writer.API, SCHEMA);
    CollectionDefinition free = fixture.collection("note", "long", Writer.API, null);
    for (int i = 0; i < 30; i++) {
      String json =
          """
          {"n":%d,"share":%s,"name":"p%02d","active":%s,"tags":["t%d"],"and":"x%d",
           "full-name":"f%d","address":{"city":"%s"}}
          """
              .formatted(
                  i % 7,
                  i / 4.0,
                  i,
                  i % 2 == 0,
                  i % 3,
                  i % 5,
                  i,
                  List.of("Oslo", "Rome", "Bergen").get(i % 3));
      fixture.store(typed, (long) i, json);
      fixture.store(free, (long) i, json);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          where:{n:{eq:6}}                                       | 6 13 20 27
          where:{n:{gt:4,lte:5},address:{city:{eq:"Rome"}}}      | 19
          where:{name:{prefix:"p1"},not:{active:{eq:true}}}      | 11 13 15 17 19
          where:{or:[{n:{eq:6}},{name:{in:["p00","p01"]}}]}      | 0 1 6 13 20 27
          where:{tags:{contains:"t1"},n:{between:[0,1]}}         | 1 7 22 28
          where:{share:{lt:0.5}}                                 | 0 1
          where:{and_2:{eq:"x4"},full_name:{contains:"2"}}       | 24 29
          where:{address:{city:{exists:false}}}                  |
          where:{n:{eq:6}},from:13,to:27                         | 13 20
          where:{n:{eq:6}},orderBy:[{name:DESC}] | 27 20 13 6
          where:{share:{lt:1}},orderBy:[{address:{city:ASC}},{n:DESC}] | 2 3 0 1
          """)
  void typedConditionsChooseDocuments(String arguments, String keys) {
    String expected = keys == null ? "" : keys;
    assertThat(String.join(" ", keys("personRange(" + arguments + ")"))).isEqualTo(expected);
  }

  @Test
  void withoutASchemaConditionsAreJsonOrExpressions() {
    assertThat(keys("noteRange(where:{n:6,address:{exists:true}})"))
        .containsExactly("6", "13", "20", "27");
    assertThat(keys("noteRange(where:\"n == 6 && has(address.city)\")"))
        .containsExactly("6", "13", "20", "27");
    assertThat(keys("noteRange(where:{n:6},orderBy:[{field:\"name\",descending:true}])"))
        .containsExactly("27", "20", "13", "6");
  }

  @Test
  void pagesGoOnBehindTheirCursors() {
    List<String> all = keys("personRange(first:100,where:{n:{lt:5}},orderBy:[{name:ASC}])");
    List<String> paged = new ArrayList<>();
    String after = "";
    boolean more = true;
    while (more) {
      JsonNode page =
          ask(
              "personRange(first:4,where:{n:{lt:5}},orderBy:[{name:ASC}]"
                  + after
                  + "){edges{cursor node{key}} pageInfo{hasNextPage hasPreviousPage startCursor"
                  + " endCursor}}");
      page.path("edges").forEach(edge -> paged.add(edge.path("node").path("key").asText()));
      JsonNode info = page.path("pageInfo");
      assertThat(info.path("hasPreviousPage").asBoolean()).isEqualTo(!after.isEmpty());
      more = info.path("hasNextPage").asBoolean();
      after = ",after:\"" + info.path("endCursor").asText() + "\"";
    }
    assertThat(paged).containsExactlyElementsOf(all).hasSize(22);
  }

  @Test
  void groupsAreMeasuredByWhatIsSelected() {
    JsonNode groups =
        ask(
            "personAggregate(where:{n:{lt:6}},groupBy:\"address.city\"){key other count"
                + " named:count(field:\"name\") sum(field:\"n\") min(field:\"name\")"
                + " most:max(field:\"share\") avg(field:\"n\")}");
    assertThat(groups).hasSize(3);
    assertThat(groups.get(0).path("key").asText()).isEqualTo("Bergen");
    assertThat(groups.get(0).path("count").asText()).isEqualTo("9");
    assertThat(groups.get(0).path("named").asText()).isEqualTo("9");
    assertThat(groups.get(0).path("min").asText()).isEqualTo("p02");
    assertThat(groups.get(0).path("most").asDouble()).isEqualTo(7.25);
    assertThat(groups.get(0).path("other").asBoolean()).isFalse();
    assertThat(ask("personAggregate(where:{n:{gt:100}}){count sum(field:\"n\")}").toString())
        .isEqualTo("[{\"count\":\"0\",\"sum\":0}]");
  }

  @Test
  void theAnswerSaysHowItWasFoundIfAsked() {
    JsonNode body =
        fixture.ask("{personRange(explain:true,where:{n:{eq:6}}){edges{node{key}}}}").body();
    JsonNode explained = body.path("extensions").path("weir").path("explain").get(0);
    assertThat(explained.path("path").toString()).isEqualTo("[\"personRange\"]");
    assertThat(explained.path("rows").asInt()).isEqualTo(30);
    assertThat(explained.path("filter").asText()).isEqualTo("n == 6");
    assertThat(fixture.ask("{personRange(where:{n:{eq:6}}){edges{node{key}}}}").body().toString())
        .doesNotContain("\"explain\"");
  }

  @Test
  void conditionsComeInVariables() {
    Fixture.Answer answer =
        fixture.ask(
            "query($w:PersonDocumentWhere){personRange(where:$w){edges{node{key}}}}",
            Map.of("w", Map.of("n", Map.of("in", List.of(6)))));
    assertThat(answer.data().path("personRange").path("edges")).hasSize(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          personRange(where:{x:{eq:1}})                           | GRAPHQL_VALIDATION_FAILED
          personRange(where:{n:{eq:"x"}})                         | GRAPHQL_VALIDATION_FAILED
          personRange(where:{n:{between:[1]}})                    | BAD_USER_INPUT
          personRange(orderBy:[{field:"n"}])                      | GRAPHQL_VALIDATION_FAILED
          personRange(orderBy:[{n:ASC,name:ASC}])                 | GRAPHQL_VALIDATION_FAILED
          personRange(orderBy:[{tags:ASC}])                       | GRAPHQL_VALIDATION_FAILED
          personRange(orderBy:[{n:ASC},{n:ASC},{n:ASC},{n:ASC},{n:ASC},{n:ASC},{n:ASC}]) | BAD_USER_INPUT
          noteRange(orderBy:[{field:"a b"}])                      | BAD_USER_INPUT
          personRange(where:{n:{eq:1}},last:3)                    | BAD_USER_INPUT
          personRange(where:{n:{eq:1}},order:DESC)                | BAD_USER_INPUT
          personRange(where:{n:{eq:1}},after:"AAAA")              | BAD_USER_INPUT
          noteRange(where:"n ==")                                 | BAD_USER_INPUT
          noteRange(where:{n:{near:1}})                           | BAD_USER_INPUT
          """)
  void saysWhatIsWrong(String field, String code) {
    assertThat(fixture.ask("{" + field + "{edges{node{key}}}}").code()).isEqualTo(code);
  }

  @Test
  void limitsOfSearchesHold() {
    fixture.data.limit(new SearchLimits(false, 1_000));
    assertThat(fixture.ask("{personRange(where:{n:{eq:1}}){edges{node{key}}}}").code())
        .isEqualTo("LIMIT_EXCEEDED");
    fixture.data.limit(new SearchLimits(true, 8));
    assertThat(fixture.ask("{personAggregate{count}}").code()).isEqualTo("LIMIT_EXCEEDED");
    assertThat(fixture.ask("{personRange(orderBy:[{n:ASC}]){edges{node{key}}}}").code())
        .isEqualTo("LIMIT_EXCEEDED");
    assertThat(fixture.ask("{personAggregate(groupBy:\"x y\"){count}}").code())
        .isEqualTo("BAD_USER_INPUT");
  }

  private List<String> keys(String field) {
    List<String> keys = new ArrayList<>();
    ask(field + "{edges{node{key}}}")
        .path("edges")
        .forEach(edge -> keys.add(edge.path("node").path("key").asText()));
    return keys;
  }

  private JsonNode ask(String field) {
    Fixture.Answer answer = fixture.ask("{x:" + field + "}");
    assertThat(answer.body().has("errors")).as(answer.body().toString()).isFalse();
    return answer.data().path("x");
  }
}
