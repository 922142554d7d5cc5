package dev.weir.query.graphql.fields;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.query.graphql.Fixture;
import dev.weir.query.graphql.Fixture.Answer;
import dev.weir.store.Query;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fields that follow several edges one after the other: what is reached, and paths. */
class WalkFieldsTest {
  private final People people = new People();
  private final Fixture weir = people.weir;

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

  private JsonNode ask(String query) {
    return people.ask(query);
  }
}
