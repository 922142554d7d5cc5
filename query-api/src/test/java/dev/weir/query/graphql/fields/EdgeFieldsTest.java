package dev.weir.query.graphql.fields;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.query.graphql.Fixture;
import dev.weir.query.graphql.Fixture.Answer;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Edge;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.FieldReference;
import dev.weir.store.GraphQuery;
import dev.weir.store.KeyType;
import dev.weir.store.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fields that follow edges: pages, choices, order, degrees, both directions, and what they ask. */
class EdgeFieldsTest {
  private static final String PAGE =
      "{degree edges{cursor nodeKey} pageInfo{hasNextPage hasPreviousPage endCursor}}";

  private final People people = new People();
  private final Fixture weir = people.weir;

  @Test
  void edgesAreFollowedFromBothEnds() {
    JsonNode one =
        ask(
            "{person(key:1){knows{degree edges{key properties{since} nodeKey node{document{name}}"
                + " dangling}} knownBy{degree edges{key properties{since} node{key}}}}}");
    JsonNode out = one.at("/person/knows");
    assertThat(out.get("degree").asText()).isEqualTo("6");
    assertThat(out.get("edges")).hasSize(6);
    assertThat(out.at("/edges/0"))
        .hasToString(
            "{\"key\":[\"1\",\"2\"],\"properties\":{\"since\":\"2008\"},\"nodeKey\":\"2\","
                + "\"node\":{\"document\":{\"name\":\"p2\"}},\"dangling\":false}");
    assertThat(out.at("/edges/5/dangling").asBoolean()).isTrue();
    assertThat(out.at("/edges/5/node").isNull()).isTrue();
    JsonNode in = one.at("/person/knownBy");
    assertThat(in.get("degree").asText()).isEqualTo("2");
    assertThat(in.at("/edges/1"))
        .hasToString(
            "{\"key\":[\"3\",\"1\"],\"properties\":{\"since\":\"1998\"},\"node\":{\"key\":\"3\"}}");
  }

  @Test
  void aLevelAsksOnceForAllItsVertices() {
    JsonNode data =
        ask(
            "{personByKeys(keys:[1,2,3]){knows(first:3){degree edges{node{document{name}"
                + " knows(first:2){edges{properties{since} node{document{age}}}}}}}}}");

    assertThat(data.at("/personByKeys/0/knows/edges")).hasSize(3);
    assertThat(data.at("/personByKeys/1/knows/edges/0/node/knows/edges")).hasSize(2);
    assertThat(asked(GraphQuery.Degrees.class)).isEqualTo(1);
    // The persons and their friends; those friends' friends are known by then.
    assertThat(asked(Query.MultiGet.class)).isEqualTo(2);
    // Of friends who are known already, edges are asked for with the other friends' documents.
    assertThat(asked(GraphQuery.Expand.class)).isLessThanOrEqualTo(3);
    assertThat(weir.log.asked()).as("%s", weir.log.asked()).hasSizeLessThanOrEqualTo(4);
  }

  private long asked(Class<?> kind) {
    return weir.log.questions().stream().filter(kind::isInstance).count();
  }

  @Test
  void allEdgeTypesOfALevelAreAskedForTogether() {
    JsonNode data =
        ask(
            "{a:person(key:1){knows(first:3,whereNode:{age:{gt:20}}){degree edges{nodeKey}}"
                + " knownBy{degree edges{node{key}}}}"
                + " b:person(key:2){knows(first:2){edges{properties{since}}}"
                + " knownBy(orderBy:[{node:{age:ASC}}]){edges{nodeKey}}}}");

    assertThat(data.at("/a/knownBy/edges")).hasSize(2);
    assertThat(data.at("/b/knownBy/edges/0/nodeKey").asText()).isEqualTo("1");
    // The persons; their edges and degrees; the documents that choose or order them; those shown.
    assertThat(weir.log.asked()).as("%s", weir.log.asked()).hasSizeLessThanOrEqualTo(4);
    assertThat(weir.log.questions()).hasSizeGreaterThan(8);
  }

  @Test
  void pagesFollowTheirCursors() {
    String after = null;
    List<String> seen = new ArrayList<>();
    for (boolean more = true; more; ) {
      JsonNode page = page("first:4" + after(after));
      page.get("edges").forEach(edge -> seen.add(edge.get("nodeKey").asText()));
      assertThat(page.at("/pageInfo/hasPreviousPage").asBoolean()).isEqualTo(after != null);
      after = page.at("/pageInfo/endCursor").asText();
      more = page.at("/pageInfo/hasNextPage").asBoolean();
    }
    assertThat(seen).containsExactly("2", "3", "4", "5", "6", "7");
    JsonNode none = page("first:0");
    assertThat(none.get("edges")).isEmpty();
    assertThat(none.get("degree").asText()).isEqualTo("6");
    assertThat(none.at("/pageInfo/hasNextPage").asBoolean()).isTrue();
  }

  @Test
  void aCursorHoldsForItsOwnListOnly() {
    String cursor = page("first:2").at("/pageInfo/endCursor").asText();
    for (String other :
        List.of(
            "{person(key:2){knows(after:\"%s\"){edges{nodeKey}}}}",
            "{person(key:1){knownBy(after:\"%s\"){edges{nodeKey}}}}",
            "{person(key:1){knows(where:{since:{eq:1}},after:\"%s\"){edges{nodeKey}}}}",
            "{person(key:1){knows(orderBy:[{key:ASC}],after:\"%s\"){edges{nodeKey}}}}",
            "{person(key:1){knows(after:\"x%s\"){edges{nodeKey}}}}")) {
      assertThat(weir.ask(other.formatted(cursor)).code()).as(other).isEqualTo("BAD_USER_INPUT");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          where:{since:{eq:2009}}                              | 4 7
          where:{since:{gt:2008}}                              | 3 4 6 7
          where:{or:[{since:{eq:2009}},{since:{eq:2010}}]}     | 3 4 6 7
          whereNode:{age:{gte:40}}                             | 4 5 6
          whereNode:{name:{eq:"p3"}}                           | 3
          where:{since:{eq:2009}},whereNode:{age:{lt:50}}      | 4
          orderBy:[{key:DESC}]                                 | 7 6 5 4 3 2
          orderBy:[{property:{since:ASC}}]                     | 2 5 4 7 3 6
          orderBy:[{property:{since:ASC}},{key:DESC}]          | 5 2 7 4 6 3
          orderBy:[{property:{since:DESC}},{node:{age:DESC}}]  | 6 3 4 7 5 2
          orderBy:[{node:{age:DESC}}]                          | 6 5 4 3 2 7
          whereNode:{age:{gt:20}},orderBy:[{node:{name:DESC}}] | 6 5 4 3
          """)
  void edgesAreChosenAndPutInOrder(String arguments, String expected) {
    assertThat(keys(page(arguments))).containsExactly(expected.split(" "));
    // And the same in pages of two.
    List<String> seen = new ArrayList<>();
    String after = null;
    for (boolean more = true; more; ) {
      JsonNode page = page(arguments + ",first:2" + after(after));
      seen.addAll(keys(page));
      after = page.at("/pageInfo/endCursor").asText();
      more = page.at("/pageInfo/hasNextPage").asBoolean();
    }
    assertThat(seen).containsExactly(expected.split(" "));
  }

  @Test
  void aChoiceAmongManyLooksAtSomeAndGoesOn() {
    List<String> seen = new ArrayList<>();
    String after = null;
    int pages = 0;
    for (boolean more = true; more; pages++) {
      JsonNode page = page("whereNode:{age:{gte:50}},within:2,first:2" + after(after));
      seen.addAll(keys(page));
      after = page.at("/pageInfo/endCursor").asText();
      more = page.at("/pageInfo/hasNextPage").asBoolean();
    }
    assertThat(seen).containsExactly("5", "6");
    assertThat(pages).isEqualTo(3);
    Answer unordered =
        weir.ask("{person(key:1){knows(orderBy:[{key:ASC}],within:5){edges{nodeKey}}}}");
    assertThat(unordered.code()).isEqualTo("LIMIT_EXCEEDED");
    assertThat(unordered.body().at("/errors/0/path").toString()).contains("knows");
  }

  @Test
  void nodesThatDecidedAreNotReadAgain() {
    ask("{person(key:1){knows(whereNode:{age:{gt:0}}){edges{node{document{name}}}}}}");
    assertThat(weir.log.asked())
        .hasSize(3)
        .hasExactlyElementsOfTypes(
            Query.MultiGet.class, GraphQuery.Expand.class, Query.Select.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          first:-1
          first:1001
          within:0
          orderBy:[{key:ASC},{key:ASC},{key:ASC},{key:ASC},{key:ASC}]
          after:""
          """)
  void argumentsThatMeanNothingAreTold(String arguments) {
    Answer answer = weir.ask("{person(key:1){knows(" + arguments + "){degree}}}");
    assertThat(answer.code()).isEqualTo("BAD_USER_INPUT");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          where:{since:{near:3}}
          where:{other:{eq:3}}
          whereNode:[1]
          orderBy:[{}]
          orderBy:[{key:UP}]
          orderBy:[{property:"since"}]
          orderBy:[{node:{none:ASC}}]
          orderBy:[{property:{since:ASC},node:{age:ASC}}]
          """)
  void argumentsAreOfTheTypesOfBothCollections(String arguments) {
    Answer answer = weir.ask("{person(key:1){knows(" + arguments + "){degree}}}");
    assertThat(answer.code()).isEqualTo("GRAPHQL_VALIDATION_FAILED");
  }

  @Test
  void whatIsNestedCostsByThePage() {
    assertThat(cost("{person(key:1){knows(first:10){edges{nodeKey}}}}")).isEqualTo(1 + 10);
    assertThat(cost("{person(key:1){knows(first:10){edges{node{key}}}}}")).isEqualTo(1 + 20);
    assertThat(cost("{person(key:1){knows(first:10){edges{node{knows(first:5){degree}}}}}}"))
        .isEqualTo(1 + 10 * (1 + 1 + 5));
    assertThat(cost("{person(key:1){knows(first:0){degree}}}")).isEqualTo(2);
    assertThat(cost("{person(key:1){knows(first:10,orderBy:[{key:ASC}]){edges{nodeKey}}}}"))
        .isEqualTo(1 + 10 + 1000);
    assertThat(
            cost("{person(key:1){knows(first:10,orderBy:[{key:ASC}],within:20){edges{nodeKey}}}}"))
        .isEqualTo(1 + 10 + 20);
    Answer wide =
        weir.ask("{person(key:1){knows{edges{node{knows{edges{node{knows{edges{nodeKey}}}}}}}}}}");
    assertThat(wide.code()).isEqualTo("LIMIT_EXCEEDED");
    assertThat(wide.body().at("/errors/0/message").asText()).contains("smaller pages");
    String circle = "nodeKey";
    for (int i = 0; i < 100; i++) {
      circle = "node{knows(first:1){edges{" + circle + "}}}";
    }
    Answer deep = weir.ask("{person(key:1){knows(first:1){edges{" + circle + "}}}}");
    assertThat(deep.code()).isEqualTo("LIMIT_EXCEEDED");
  }

  @Test
  void anEdgeIsADocumentWithEndsToo() {
    JsonNode edge =
        ask("{knows(key:[1,7]){document{since} from{document{name}} to{key}}}").get("knows");
    assertThat(edge)
        .hasToString(
            "{\"document\":{\"since\":\"2009\"},\"from\":{\"document\":{\"name\":\"p1\"}},"
                + "\"to\":null}");
  }

  @Test
  void namesDoNotClash() {
    weir.data.add(CollectionDefinition.edges("known-by", new Edge("person", "person", null, null)));
    CollectionDefinition place = weir.collection("place", "string", Writer.API, null);
    CollectionDefinition lives =
        weir.data.add(
            CollectionDefinition.edges("lives-in", new Edge("person", "place", null, null)));
    CollectionDefinition key =
        weir.data.add(CollectionDefinition.edges("id", new Edge("person", "place", null, null)));
    assertThat(fields("Person"))
        .contains("knows", "knownBy", "livesIn", "id_" + key.id())
        .anyMatch(name -> name.startsWith("knownBy_"))
        .contains("knownByFromPerson");
    assertThat(fields("Place")).contains("livesInFromPerson", "idFromPerson");
    assertThat(place.id()).isLessThan(lives.id());
  }

  @Test
  void edgesFromFieldsAreFollowedToo() {
    CollectionDefinition post = weir.collection("post", "long", Writer.API, null);
    weir.data.add(
        CollectionDefinition.edges(
            "likes",
            new Edge("post", "person", null, FieldReference.parse("likes.by"), "liked", null)));
    weir.store(post, 9L, "{\"likes\":[{\"by\":2,\"at\":5},{\"by\":4,\"at\":6},{\"by\":99}]}");
    JsonNode data =
        ask(
            "{post(key:9){likes{degree edges{nodeKey properties dangling}}}"
                + " person(key:4){liked{edges{properties node{key}}}}}");
    assertThat(data.at("/post/likes").toString())
        .isEqualTo(
            "{\"degree\":\"3\",\"edges\":[{\"nodeKey\":\"2\",\"properties\":{\"at\":5},"
                + "\"dangling\":false},{\"nodeKey\":\"4\",\"properties\":{\"at\":6},"
                + "\"dangling\":false},{\"nodeKey\":\"99\",\"properties\":{},\"dangling\":true}]}");
    assertThat(data.at("/person/liked/edges").toString())
        .isEqualTo("[{\"properties\":{\"at\":6},\"node\":{\"key\":\"9\"}}]");
  }

  @Test
  void withoutASchemaEdgesAreChosenByJsonAndPathsInText() {
    CollectionDefinition thing = weir.collection("thing", "long", Writer.API, null);
    CollectionDefinition has =
        weir.data.add(CollectionDefinition.edges("has", new Edge("thing", "thing", null, null)));
    for (long i = 1; i <= 4; i++) {
      weir.store(thing, i, "{\"n\":%d}".formatted(i % 2));
      weir.store(has, List.of(1L, i), "{\"a\":{\"b\":%d}}".formatted(10 - i));
    }
    JsonNode page =
        ask("{thing(key:1){has(where:\"a.b < 9\",whereNode:{n:{in:[0,1]}},"
                + "orderBy:[{node:{field:\"n\",descending:true}},{property:{field:\"a.b\"}}])"
                + PAGE
                + "}}")
            .at("/thing/has");
    assertThat(keys(page)).containsExactly("3", "4", "2");
  }

  @Test
  void randomGraphsAreAsAModelSays() {
    Random random = new Random(5);
    CollectionDefinition node = weir.collection("dot", "string", Writer.API, null);
    CollectionDefinition link =
        weir.data.add(
            CollectionDefinition.edges("link", new Edge("dot", "dot", KeyType.Scalar.LONG, null)));
    Map<String, TreeMap<String, Integer>> out = new TreeMap<>();
    for (int i = 0; i < 20; i++) {
      weir.store(node, "n" + i, "{}");
      out.put("n" + i, new TreeMap<>());
    }
    for (int i = 0; i < 150; i++) {
      String from = "n" + random.nextInt(20);
      String to = "n" + random.nextInt(22);
      long id = random.nextInt(3);
      int weight = random.nextInt(100);
      weir.store(link, List.of(from, to, id), "{\"w\":" + weight + "}");
      out.get(from).put(to + "/" + id, weight);
    }
    String keys = String.join(",", out.keySet().stream().map(k -> "\"" + k + "\"").toList());
    JsonNode data =
        ask(
            "{dotByKeys(keys:[%s]){key link(first:200){degree edges{key properties}}}}"
                .formatted(keys));
    for (JsonNode vertex : data.get("dotByKeys")) {
      List<String> expected = new ArrayList<>();
      out.get(vertex.get("key").asText()).forEach((to, weight) -> expected.add(to + "=" + weight));
      List<String> actual = new ArrayList<>();
      vertex
          .at("/link/edges")
          .forEach(
              edge ->
                  actual.add(
                      edge.at("/key/1").asText()
                          + "/"
                          + edge.at("/key/2").asText()
                          + "="
                          + edge.at("/properties/w").asInt()));
      assertThat(actual).containsExactlyElementsOf(expected);
      assertThat(vertex.at("/link/degree").asInt()).isEqualTo(expected.size());
    }
  }

  private List<String> fields(String type) {
    List<String> names = new ArrayList<>();
    ask("{__type(name:\"" + type + "\"){fields{name}}}")
        .at("/__type/fields")
        .forEach(field -> names.add(field.get("name").asText()));
    assertThat(names).doesNotHaveDuplicates();
    return names;
  }

  private long cost(String query) {
    Answer answer = weir.ask(query);
    return answer.body().at("/extensions/cost/requested").asLong();
  }

  private static String after(@Nullable String cursor) {
    return cursor == null ? "" : ",after:\"" + cursor + "\"";
  }

  private JsonNode page(String arguments) {
    return ask("{person(key:1){knows(" + arguments + ")" + PAGE + "}}").at("/person/knows");
  }

  private static List<String> keys(JsonNode page) {
    List<String> keys = new ArrayList<>();
    page.get("edges").forEach(edge -> keys.add(edge.get("nodeKey").asText()));
    return keys;
  }

  private JsonNode ask(String query) {
    return people.ask(query);
  }
}
