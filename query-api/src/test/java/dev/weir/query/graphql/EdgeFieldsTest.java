package dev.weir.query.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.query.graphql.Fixture.Answer;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Edge;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.Consistency;
import dev.weir.store.FieldReference;
import dev.weir.store.GraphQuery;
import dev.weir.store.KeyType;
import dev.weir.store.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fields that follow edges: pages, choices, order, degrees, both directions, and what they ask. */
class EdgeFieldsTest {
  private static final String PAGE =
      "{degree edges{cursor nodeKey} pageInfo{hasNextPage hasPreviousPage endCursor}}";

  private final Fixture weir = new Fixture();
  private CollectionDefinition person;
  private CollectionDefinition knows;

  @BeforeEach
  void fill() {
    person =
        weir.collection(
            "person",
            "long",
            Writer.SOURCE,
            "{\"properties\":{\"name\":{\"type\":\"string\"},\"age\":{\"type\":\"integer\"}}}");
    knows =
        weir.data.add(
            new CollectionDefinition(
                0,
                "knows",
                CollectionDefinition.UNKNOWN_ENDS,
                "json",
                Writer.API,
                "{\"properties\":{\"since\":{\"type\":\"integer\"}}}",
                Consistency.SESSION,
                1,
                new Edge("person", "person", null, null, "known-by", null)));
    for (long key = 1; key <= 6; key++) {
      weir.store(person, key, "{\"name\":\"p%d\",\"age\":%d}".formatted(key, key * 10));
    }
    // 1 knows 2 to 7, of whom 7 does not exist; 2 and 3 know 1.
    for (long to = 2; to <= 7; to++) {
      weir.store(knows, List.of(1L, to), "{\"since\":%d}".formatted(2010 - to % 3));
    }
    weir.store(knows, List.of(2L, 1L), "{\"since\":1999}");
    weir.store(knows, List.of(3L, 1L), "{\"since\":1998}");
    weir.log.forget();
  }

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
    assertThat(Stream.of(Query.MultiGet.class, GraphQuery.Expand.class, GraphQuery.Degrees.class))
        .extracting(kind -> weir.log.asked().stream().filter(kind::isInstance).count())
        // the persons and their friends; those friends' friends are known by then
        .containsExactly(2L, 2L, 1L);
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
            "{person(key:1){knows(where:{since:1},after:\"%s\"){edges{nodeKey}}}}",
            "{person(key:1){knows(orderBy:[{}],after:\"%s\"){edges{nodeKey}}}}",
            "{person(key:1){knows(after:\"x%s\"){edges{nodeKey}}}}")) {
      assertThat(weir.ask(other.formatted(cursor)).code()).as(other).isEqualTo("BAD_USER_INPUT");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          where:{since:2009}                                   | 4 7
          where:{since:{gt:2008}}                              | 3 4 6 7
          where:{or:[{since:2009},{since:2010}]}               | 3 4 6 7
          whereNode:{age:{gte:40}}                             | 4 5 6
          whereNode:{name:"p3"}                                | 3
          where:{since:2009},whereNode:{age:{lt:50}}           | 4
          orderBy:[{descending:true}]                          | 7 6 5 4 3 2
          orderBy:[{property:"since"}]                         | 2 5 4 7 3 6
          orderBy:[{property:"since"},{descending:true}]       | 5 2 7 4 6 3
          orderBy:[{property:"since",descending:true},{node:"age",descending:true}] | 6 3 4 7 5 2
          orderBy:[{node:"age",descending:true}]               | 6 5 4 3 2 7
          orderBy:[{node:"none"}]                              | 2 3 4 5 6 7
          whereNode:{age:{gt:20}},orderBy:[{node:"name",descending:true}] | 6 5 4 3
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
    Answer unordered = weir.ask("{person(key:1){knows(orderBy:[{}],within:5){edges{nodeKey}}}}");
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
          where:{since:{near:3}}
          whereNode:[1]
          orderBy:[{property:"a",node:"b"}]
          orderBy:[{},{},{},{},{}]
          after:""
          """)
  void argumentsThatMeanNothingAreTold(String arguments) {
    Answer answer = weir.ask("{person(key:1){knows(" + arguments + "){degree}}}");
    assertThat(answer.code()).isEqualTo("BAD_USER_INPUT");
  }

  @Test
  void whatIsNestedCostsByThePage() {
    assertThat(cost("{person(key:1){knows(first:10){edges{nodeKey}}}}")).isEqualTo(1 + 10);
    assertThat(cost("{person(key:1){knows(first:10){edges{node{key}}}}}")).isEqualTo(1 + 20);
    assertThat(cost("{person(key:1){knows(first:10){edges{node{knows(first:5){degree}}}}}}"))
        .isEqualTo(1 + 10 * (1 + 1 + 5));
    assertThat(cost("{person(key:1){knows(first:0){degree}}}")).isEqualTo(2);
    assertThat(cost("{person(key:1){knows(first:10,orderBy:[{}]){edges{nodeKey}}}}"))
        .isEqualTo(1 + 10 + 1000);
    assertThat(cost("{person(key:1){knows(first:10,orderBy:[{}],within:20){edges{nodeKey}}}}"))
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

  @Test
  void whatIsReachedOverSeveralEdges() {
    String reach =
        "reach(along:[{edges:\"knows\"%s}],hops:%d%s){cut vertices{distance collection node{...on"
            + " Person{key}}}}";
    JsonNode data =
        ask(
            "{a:person(key:2){%s} b:person(key:2){%s} c:person(key:6){%s} d:person(key:2){%s}}"
                .formatted(
                    reach.formatted("", 1, ""),
                    reach.formatted("", 5, ""),
                    reach.formatted(",side:BOTH", 2, ",first:2"),
                    reach.formatted(",where:{since:{lt:2009}}", 3, "")));
    assertThat(distances(data.get("a"))).containsExactly("1:1");
    assertThat(distances(data.get("b"))).containsExactly("1:1", "3:2", "4:2", "5:2", "6:2", ":2");
    assertThat(data.at("/b/reach/cut").asBoolean()).isFalse();
    assertThat(distances(data.get("c"))).containsExactly("1:1", "2:2");
    assertThat(data.at("/c/reach/cut").asBoolean()).isTrue();
    assertThat(distances(data.get("d"))).containsExactly("1:1", "5:2");
  }

  @Test
  void reachingAsksOnceForEachHop() {
    ask("{personByKeys(keys:[1,2,3,4]){reach(along:[{edges:\"knows\",side:BOTH}],hops:2){cut}}}");
    assertThat(weir.log.asked())
        .hasExactlyElementsOfTypes(Query.MultiGet.class, Query.Several.class, Query.Several.class);
  }

  @Test
  void shortestPathsAreFound() {
    String path =
        "shortestPath(to:%s,along:[{edges:\"knows\"%s}]%s){cut path{length weight"
            + " vertices{distance node{...on Person{key}}} edges{edges side key properties}}}";
    JsonNode data =
        ask(
            "{a:person(key:2){%s} b:person(key:4){%s} c:person(key:4){%s} d:person(key:2){%s}}"
                .formatted(
                    path.formatted("6", "", ",within:500"),
                    path.formatted("\"5\"", ",side:BOTH", ",within:500"),
                    path.formatted("5", "", ",within:500"),
                    path.formatted("4", "", ",weight:\"since\",within:500")));
    assertThat(data.at("/a/shortestPath/path").toString())
        .isEqualTo(
            "{\"length\":2,\"weight\":null,\"vertices\":[{\"distance\":0,\"node\":{\"key\":\"2\"}},"
                + "{\"distance\":1,\"node\":{\"key\":\"1\"}},{\"distance\":2,\"node\":"
                + "{\"key\":\"6\"}}],\"edges\":[{\"edges\":\"knows\",\"side\":\"OUT\",\"key\":"
                + "[\"2\",\"1\"],\"properties\":{\"since\":1999}},{\"edges\":\"knows\",\"side\":"
                + "\"OUT\",\"key\":[\"1\",\"6\"],\"properties\":{\"since\":2010}}]}");
    assertThat(data.at("/b/shortestPath/path/length").asInt()).isEqualTo(2);
    assertThat(data.at("/b/shortestPath/path/edges/0/side").asText()).isEqualTo("IN");
    assertThat(data.at("/c/shortestPath").toString()).isEqualTo("{\"cut\":false,\"path\":null}");
    assertThat(data.at("/d/shortestPath/path/weight").asDouble()).isEqualTo(1999 + 2009);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          reach(along:[]){cut}                                                   | BAD_USER_INPUT
          reach(along:[{edges:"nows"}]){cut}                                     | BAD_USER_INPUT
          reach(along:[{edges:"knows"}],hops:100){cut}                           | BAD_USER_INPUT
          reach(along:[{edges:"knows"}],hops:0){cut}                             | BAD_USER_INPUT
          reach(along:[{edges:"knows"}],within:0){cut}                           | BAD_USER_INPUT
          reach(along:[{edges:"knows"}],only:"persona"){cut}                     | BAD_USER_INPUT
          reach(along:[{edges:"knows",where:{a:{b:1}}}]){cut}                    | BAD_USER_INPUT
          shortestPath(to:99,along:[{edges:"knows"}]){cut}                       | NOT_FOUND
          shortestPath(to:"x",along:[{edges:"knows"}]){cut}                      | BAD_USER_INPUT
          shortestPath(to:2,along:[{edges:"knows"}],hops:-1){cut}                | BAD_USER_INPUT
          shortestPath(to:2,along:[{edges:"knows"}],toCollection:"zoo"){cut}     | BAD_USER_INPUT
          shortestPath(to:2,along:[{edges:"knows"}],weight:"none"){cut}          | BAD_USER_INPUT
          shortestPath(to:2,along:[{edges:"knows"}],within:10001){cut}           | BAD_USER_INPUT
          """)
  void walksThatMakeNoSenseAreTold(String walk, String code) {
    Answer answer = weir.ask("{person(key:1){" + walk + "}}");
    assertThat(answer.code()).isIn(code, "LIMIT_EXCEEDED");
    if (!walk.contains("10001")) {
      assertThat(answer.code()).isEqualTo(code);
    }
  }

  private static List<String> distances(JsonNode vertex) {
    List<String> found = new ArrayList<>();
    for (JsonNode reached : vertex.at("/reach/vertices")) {
      found.add(reached.at("/node/key").asText() + ":" + reached.get("distance").asInt());
    }
    return found;
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
    Answer answer = weir.ask(query);
    assertThat(answer.body().path("errors").toString()).isEmpty();
    return answer.data();
  }
}
