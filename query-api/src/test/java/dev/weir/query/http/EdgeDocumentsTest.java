package dev.weir.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.weir.store.EdgeKeys;
import dev.weir.store.KeyCodec;
import dev.weir.store.KeyType;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Edges are documents: whatever can be done with documents can be done with them. */
class EdgeDocumentsTest {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = new TestServer();
    HttpResponse<String> answer =
        define(
            "{'edges':[{'name':'refers-to','from':'note','to':'note','id':'string'},"
                + "{'name':'beside','from':'note','to':'note','id':'string'},"
                + "{'name':'of','from':'note','to':'text','field':'texts.key'}]}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body())
        .contains("add edges refers-to from note to note", "add edges of from note to text");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void theyArePutReadScannedAndCounted() {
    String since = "{\"since\":2001}";
    for (String from : List.of("a", "b/c", "")) {
      for (String id : List.of("1", "2")) {
        HttpResponse<String> put = server.putJson(edge(from, "z", id), since);
        assertThat(put.statusCode()).as(put.body()).isEqualTo(201);
        HttpResponse<String> got = server.get(edge(from, "z", id));
        assertThat(got.body()).isEqualTo(since);
        assertThat(got.headers().firstValue("ETag")).isEqualTo(put.headers().firstValue("ETag"));
      }
    }
    JsonNode page =
        json(server.get("/v1/collections/refers-to/documents?prefix=" + encode("[\"b/c\"]")));
    assertThat(page.path("items"))
        .extracting(item -> item.path("key").toString())
        .containsExactly("[\"b/c\",\"z\",\"1\"]", "[\"b/c\",\"z\",\"2\"]");
    assertThat(server.send("DELETE", edge("", "z", "1"), "", "").statusCode()).isEqualTo(204);
    JsonNode many =
        json(
            server.send(
                "POST",
                "/v1/collections/refers-to/batch-get",
                "application/json",
                "{\"keys\":[[\"a\",\"z\",\"2\"],[\"\",\"z\",\"1\"],[\"\",\"z\",\"2\"]]}"));
    assertThat(many.path("items"))
        .extracting(item -> item.path("found").asBoolean())
        .containsExactly(true, false, true);
    JsonNode row =
        list().stream().filter(r -> r.path("name").asText().equals("refers-to")).findFirst().get();
    assertThat(row.path("count").asInt()).isEqualTo(5);
    assertThat(row.path("keyType").asText()).isEqualTo("tuple(string,string,string)");
    assertThat(row.path("from").asText()).isEqualTo("note");
  }

  @Test
  void aVertexAndItsOutEdgesAreWrittenTogether() throws Exception {
    String vertex = "{'op':'put','collection':'note','key':'v','document':{}}";
    String out = "{'op':'put','collection':'beside','key':['v','w','x'],'document':{}}";
    HttpResponse<String> answer = batch(vertex, out);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);

    String elsewhere = nameInAnotherShardThan("v");
    String in =
        "{'op':'put','collection':'beside','key':['" + elsewhere + "','v','x'],'document':{}}";
    assertThat(batch(vertex, in).body()).contains("batch-across-shards");
  }

  @Test
  void anEdgeIsWhereItsVertexIs() throws Exception {
    var edges = server.database.catalogue().collection("refers-to").orElseThrow();
    EdgeKeys keys = EdgeKeys.of(edges);
    KeyCodec names = KeyCodec.of(KeyType.Scalar.STRING);
    for (int n = 0; n < 50; n++) {
      var from = names.encode("n" + n);
      assertThat(
              server.database.shards().shardOf(edges, keys.edge(from, names.encode("t" + n), "i")))
          .isEqualTo(server.database.shards().shardOf(from));
    }
  }

  @Test
  void edgesFromAFieldAreClosed() {
    HttpResponse<String> put =
        server.putJson("/v1/collections/of/documents/" + encode("[\"a\",\"b\"]"), "{}");
    assertThat(put.statusCode()).isEqualTo(409);
    assertThat(put.body()).contains("writer-is-source", "come from a field of documents");
    assertThat(batch("{'op':'delete','collection':'of','key':['a','b']}").body())
        .contains("writer-is-source");
  }

  @Test
  void theirDefinitionsAreShownAndFaultsAreTold() {
    JsonNode edges = json(server.get("/v1/definitions")).path("edges");
    assertThat(edges)
        .extracting(JsonNode::toString)
        .contains(
            "{\"name\":\"refers-to\",\"from\":\"note\",\"to\":\"note\",\"id\":\"string\","
                + "\"value\":\"json\",\"writer\":\"api\",\"revision\":1}");
    assertThat(edges).extracting(edge -> edge.path("writer").asText()).contains("field");
    HttpResponse<String> answer =
        define("{'edges':[{'name':'x','from':'nowhere','to':'note'},{'name':'y','from':'note'}]}");
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("edges[1].to");
    answer = define("{'edges':[{'name':'x','from':'nowhere','to':'note'}]}");
    assertThat(answer.body()).contains("there is no collection 'nowhere'");
    assertThat(define("{'dropCollections':['note']}").body()).contains("still begin or end there");
  }

  private static String nameInAnotherShardThan(String name) throws Exception {
    KeyCodec names = KeyCodec.of(KeyType.Scalar.STRING);
    int shard = server.database.shards().shardOf(names.encode(name));
    for (int n : IntStream.range(0, 100).toArray()) {
      if (server.database.shards().shardOf(names.encode("o" + n)) != shard) {
        return "o" + n;
      }
    }
    throw new AssertionError("all in one shard");
  }

  private static List<JsonNode> list() {
    return MAPPER.convertValue(
        json(server.get("/v1/collections")).path("collections"),
        MAPPER.getTypeFactory().constructCollectionType(List.class, JsonNode.class));
  }

  private static HttpResponse<String> batch(String... operations) {
    return server.send(
        "POST",
        "/v1/batch",
        "application/json",
        ("{'operations':[" + String.join(",", operations) + "]}").replace('\'', '"'));
  }

  private static HttpResponse<String> define(String json) {
    return server.send("POST", "/v1/definitions", "application/json", json.replace('\'', '"'));
  }

  private static String edge(String from, String to, String id) {
    return "/v1/collections/refers-to/documents/"
        + encode("[\"" + from + "\",\"" + to + "\",\"" + id + "\"]");
  }

  private static String encode(String text) {
    return TestServer.encode(text);
  }

  private static JsonNode json(HttpResponse<String> answer) {
    try {
      return MAPPER.readTree(answer.body());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
