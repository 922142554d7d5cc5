package dev.weir.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Edge;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.Consistency;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Walks over REST: notes n0 to n9 that mention the next one, and all of which mention n0. */
final class TraversalRoutesTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String MENTIONS = "/v1/collections/mentions/documents/";

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = new TestServer();
    server.database.add(CollectionDefinition.edges("titles", new Edge("note", "text", null, null)));
    server.database.add(
        new CollectionDefinition(
            0,
            "calls",
            CollectionDefinition.UNKNOWN_ENDS,
            "string",
            Writer.API,
            null,
            Consistency.SESSION,
            1,
            new Edge("note", "note", null, null)));
    for (int n = 0; n < 10; n++) {
      put(TestServer.document("note", "n" + n), "{\"n\":" + n + ",\"text\":\"<&\\u0001>\"}");
      edge("n" + n, "n" + (n + 1), n);
      edge("n" + n, "n0", n);
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void edge(String from, String to, int n) {
    String key = "[\"" + from + "\",\"" + to + "\"]";
    put(MENTIONS + TestServer.encode(key), "{\"w\":" + n + "}");
  }

  private static void put(String path, String json) {
    HttpResponse<String> answer = server.putJson(path, json);
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
  }

  /** janusgraph #1467. */
  @Test
  void neighboursComeInPagesWithTheirDegree() {
    List<String> met = new ArrayList<>();
    String after = "";
    do {
      JsonNode page =
          json(server.get("/v1/graph/neighbours/mentions/n0?direction=in&limit=3" + after));
      assertThat(page.path("degree").asInt()).isEqualTo(10);
      page.path("items").forEach(item -> met.add(item.path("vertex").path("key").asText()));
      String next = page.path("next").asText(null);
      after = next == null ? "" : "&after=" + TestServer.encode(next);
    } while (!after.isEmpty());
    assertThat(met).containsExactly("n0", "n1", "n2", "n3", "n4", "n5", "n6", "n7", "n8", "n9");

    JsonNode light =
        json(
            server.get(
                "/v1/graph/neighbours/mentions/n0?direction=in&where="
                    + TestServer.encode("{\"w\":{\"gte\":8}}")));
    assertThat(light.path("items")).hasSize(2);
    assertThat(light.path("items").get(0).path("edge").path("value").toString())
        .isEqualTo("{\"w\":8}");
    assertThat(json(server.get("/v1/graph/neighbours/mentions/nobody")).path("degree").asInt())
        .isZero();
  }

  @Test
  void aNeighbourhoodMarksWhatDangles() {
    JsonNode found =
        json(
            walk(
                "neighbourhood",
                "{'start':{'collection':'note','key':'n8'},'documents':'all','fields':['n'],"
                    + "'hops':[{'edges':[{'type':'mentions'}]}],'times':2}"));
    assertThat(found.path("vertices"))
        .extracting(v -> v.path("id").asText() + " " + v.path("distance") + v.path("exists"))
        .containsExactly(
            "note/n8 0true", "note/n0 1true", "note/n9 1true", "note/n1 2true", "note/n10 2false");
    assertThat(found.path("vertices").get(1).path("document").toString()).isEqualTo("{\"n\":0}");
    assertThat(found.path("cuts")).isEmpty();
    assertThat(found.path("effort").path("rounds").asInt()).isEqualTo(3);
  }

  @Test
  void aSubgraphComesAsJsonAndAsGraphMl() throws Exception {
    String body =
        "{'start':{'collection':'note','key':'n3'},'documents':'all',"
            + "'hops':[{'edges':[{'type':'mentions','direction':'both'}]}]}";
    JsonNode json = json(walk("subgraph", body));
    assertThat(json.path("vertices")).hasSize(4);
    assertThat(json.path("edges"))
        .extracting(e -> e.path("from").asText() + ">" + e.path("to").asText())
        .containsExactlyInAnyOrder(
            "note/n3>note/n0",
            "note/n3>note/n4",
            "note/n2>note/n3",
            "note/n0>note/n0",
            "note/n2>note/n0",
            "note/n4>note/n0");

    HttpResponse<String> answer =
        server.send(
            "POST",
            "/v1/graph/subgraph",
            "application/json",
            body.replace('\'', '"'),
            List.of("Accept", GraphMl.CONTENT_TYPE));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue(TraversalSpecs.CUT)).contains("false");
    var xml =
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(answer.body().getBytes(StandardCharsets.UTF_8)));
    assertThat(xml.getElementsByTagName("node").getLength()).isEqualTo(4);
    assertThat(xml.getElementsByTagName("edge").getLength()).isEqualTo(6);
    assertThat(answer.body()).contains("&lt;&amp;\\u0001");
  }

  @Test
  void pathsAndCommonNeighboursAreFound() {
    String ends =
        "'from':{'collection':'note','key':'n1'},'to':{'collection':'note','key':'n4'},"
            + "'along':{'edges':[{'type':'mentions'}]}";
    JsonNode shortest = json(walk("path", "{" + ends + "}"));
    assertThat(shortest.path("length").asInt()).isEqualTo(3);
    assertThat(shortest.path("vertices"))
        .extracting(v -> v.path("key").asText())
        .containsExactly("n1", "n2", "n3", "n4");
    JsonNode lightest = json(walk("path", "{" + ends + ",'weight':'w'}"));
    assertThat(lightest.path("length").asInt()).isEqualTo(6);
    JsonNode none = json(walk("path", "{" + ends + ",'most':2}"));
    assertThat(none.path("found").asBoolean()).isFalse();
    assertThat(none.path("cuts")).isEmpty();
    JsonNode common =
        json(
            walk(
                "common-neighbours",
                "{'vertices':[{'collection':'note','key':'n1'},{'collection':'note','key':'n2'}],"
                    + "'along':{'edges':[{'type':'mentions','direction':'both'}]}}"));
    assertThat(common.path("vertices"))
        .extracting(v -> v.path("key").asText())
        .containsExactly("n0");
  }

  @Test
  void aCutIsSaid() {
    JsonNode cut =
        json(
            walk(
                "neighbourhood",
                "{'start':{'collection':'note','key':'n0'},'budget':{'fanOut':4},"
                    + "'hops':[{'edges':[{'type':'mentions','direction':'in'}]}]}"));
    assertThat(cut.path("vertices")).hasSize(4);
    assertThat(cut.path("cuts").get(0).path("why").asText()).isEqualTo("fan-out");
    assertThat(cut.path("cuts").get(0).path("examples").get(0).path("key").asText())
        .isEqualTo("n0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "neighbourhood | {'start':S,'hops':[{'edges':[{'type':'mention'}]}]} | 400 |"
            + " hops[0].edges[0].type: unknown edge type 'mention': did you mean 'mentions'?",
        "neighbourhood | {'start':S,'hops':[E],'times':100} | 400 | 100 hops: walk 1 to 20",
        "neighbourhood | {'start':S,'hops':[]} | 400 | not a list of hops",
        "neighbourhood | {'start':S,'hops':[E],'budget':{'edges':0}} | 400 | 0 is no budget",
        "neighbourhood | {'start':S,'hops':[E],'budget':{'vertices':-5}} | 400 | -5 is no budget",
        "neighbourhood | {'start':S,'hops':[E],'fanout':3} | 400 | unknown member 'fanout'",
        "neighbourhood | {'start':{'collection':'note','key':3},'hops':[E]} | 400 | start.key",
        "neighbourhood | {'start':{'collection':'mentions','key':'x'},'hops':[E]} | 400 | of"
            + " vertices",
        "neighbourhood | {'start':{'collection':'note','key':'x'},'hops':[E]} | 404 | note/x",
        "neighbourhood | {'start':{'collection':'person','key':1},'hops':[E]} | 400 | leads away",
        "neighbourhood | {'start':S,'hops':[{'edges':[{'type':'mentions','where':{'a':{'x':1}}}]}]}"
            + " | 400 | hops[0].edges[0].where.a.x",
        "path | {'from':S,'to':{'collection':'note','key':'n10'},'along':E} | 404 | note/n10",
        "path | {'from':S,'to':S,'along':E,'most':0} | 400 | most: 0 is not possible",
        "path | {'from':S,'to':S,'along':E,'most':3,'weight':'w'} | 400 | not together with weight",
        "path | {'from':S,'to':{'collection':'note','key':'n9'},'along':E,'weight':'v'}"
            + " | 422 | its field 'v' is no number",
        "path | {'from':S,'to':{'collection':'note','key':'n9'},'along':E,'weight':'v'}"
            + " | 422 | /problems/no-weight",
        "common-neighbours | {'vertices':[S],'along':E} | 400 | name at least two",
        "common-neighbours | {'vertices':[S,S],'along':E} | 400 | not several different"
      })
  void badQuestionsAreRefusedWithAdvice(String walk, String body, int status, String told) {
    String whole =
        body.replace("S", "{'collection':'note','key':'n0'}")
            .replace("E", "{'edges':[{'type':'mentions'}]}");
    HttpResponse<String> answer = walk(walk, whole);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains(told);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "neighbourhood | {'start':S,'hops':[{'edges':[{'type':'titles'}],'vertices':C}]} |"
            + " hops[0].vertices: a condition looks at fields, and the values of 'text' are string",
        "neighbourhood | {'start':S,'hops':[{'edges':[{'type':'calls','where':C}]}]}"
            + " | hops[0].edges[0].where: a condition looks at fields, and the values of 'calls'",
        "neighbourhood |"
            + " {'start':S,'hops':[{'edges':[{'type':'calls'}]},{'edges':[{'type':'titles'}],'vertices':C}]}"
            + " | hops[1].vertices: a condition looks at fields",
        "path | {'from':S,'to':{'collection':'note','key':'n1'},'along':{'edges':[{'type':'calls',"
            + "'where':C}]}} | edges[0].where: a condition looks at fields",
        "common-neighbours | {'vertices':[S,{'collection':'note','key':'n1'}],'along':{'edges':"
            + "[{'type':'titles'}],'vertices':C}} | vertices: a condition looks at fields"
      })
  void conditionsOnWhatHasNoFieldsAreRefused(String walk, String body, String told) {
    String whole = body.replace("S", "{'collection':'note','key':'n0'}").replace("C", "{'a':1}");
    HttpResponse<String> answer = walk(walk, whole);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body()).contains(told);

    HttpResponse<String> page =
        server.get(
            "/v1/graph/neighbours/calls/n0?where="
                + TestServer.encode("{\"a\":{\"exists\":false}}"));
    assertThat(page.statusCode()).isEqualTo(400);
    assertThat(page.body()).contains("where: a condition looks at fields", "leave it out");
    HttpResponse<String> cut = server.get("/v1/graph/neighbours/mentions/n0?where=%7B%22a");
    assertThat(cut.body()).contains("/problems/invalid-expression");
  }

  private static HttpResponse<String> walk(String walk, String body) {
    return server.send("POST", "/v1/graph/" + walk, "application/json", body.replace('\'', '"'));
  }

  private static JsonNode json(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    try {
      return MAPPER.readTree(answer.body());
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(answer.body(), e);
    }
  }
}
