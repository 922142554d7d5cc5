package dev.weir.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.weir.store.InvalidKeyException;
import dev.weir.store.KeyCodec;
import dev.weir.store.KeyType;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchWriteTest {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = new TestServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void makesAllChangesOfOneShard() {
    HttpResponse<String> answer =
        batch(
            "{'op':'put','collection':'note','key':'all','document':{'n':1.50},'ifNoneMatch':'*'}",
            "{'op':'put','collection':'text','key':'all','document':'words'}",
            "{'op':'put','collection':'checked','key':'all','document':{'n':1}}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode results = json(answer).path("results");
    assertThat(results).hasSize(3).allMatch(r -> r.path("created").asBoolean());
    assertThat(results).extracting(r -> r.path("version").asText()).containsOnly(version("note"));
    assertThat(answer.headers().firstValue("Weir-Position")).isPresent();
    assertThat(server.get(TestServer.document("note", "all")).body()).isEqualTo("{\"n\":1.50}");
    assertThat(server.get(TestServer.document("text", "all")).body()).isEqualTo("words");

    String version = version("note");
    answer =
        batch(
            "{'op':'patch','collection':'note','key':'all','patch':{'m':2},'ifMatch':'V'}"
                .replace("V", version),
            "{'op':'patch','collection':'checked','key':'all','patch':{'n':7}}",
            "{'op':'delete','collection':'text','key':'all','ifMatch':['0-0','V']}"
                .replace("V", version));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(json(answer).path("results").path(2).path("existed").asBoolean()).isTrue();
    assertThat(server.get(TestServer.document("note", "all")).body())
        .isEqualTo("{\"n\":1.50,\"m\":2}");
    assertThat(server.get(TestServer.document("checked", "all")).body()).isEqualTo("{\"n\":7}");
    assertThat(server.get(TestServer.document("text", "all")).statusCode()).isEqualTo(404);
  }

  @Test
  void makesNoChangeIfOneCannotBeMade() {
    String put = "{'op':'put','collection':'note','key':'none','document':1}";
    refused(
        412,
        "precondition-failed",
        1,
        batch(put, "{'op':'delete','collection':'text','key':'none','ifMatch':'*'}"));
    refused(
        404,
        "document-not-found",
        1,
        batch(put, "{'op':'patch','collection':'checked','key':'none','patch':{}}"));
    refused(
        422,
        "invalid-document",
        1,
        batch(put, "{'op':'put','collection':'checked','key':'none','document':{}}"));
    refused(
        409,
        "writer-is-source",
        1,
        batch(put, "{'op':'put','collection':'person','key':7,'document':{}}"));
    server.putJson(TestServer.document("checked", "none"), "{\"n\":1}");
    refused(
        422,
        "invalid-document",
        1,
        batch(put, "{'op':'patch','collection':'checked','key':'none','patch':{'n':'x'}}"));
    refused(
        422,
        "not-patchable",
        1,
        batch(put, "{'op':'patch','collection':'text','key':'none','patch':{}}"));
    assertThat(server.get(TestServer.document("note", "none")).statusCode()).isEqualTo(404);
  }

  @Test
  void saysWhichOperationsGoWhere() throws Exception {
    List<String> operations = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      operations.add("{'op':'delete','collection':'note','key':'spread-" + i + "'}");
    }
    HttpResponse<String> answer = batch(operations.toArray(String[]::new));
    refused(422, "batch-across-shards", -1, answer);
    int named = 0;
    for (JsonNode part : json(answer).path("shards")) {
      for (JsonNode index : part.path("operations")) {
        assertThat(shard("spread-" + index.asInt())).isEqualTo(part.path("shard").asInt());
        named++;
      }
    }
    assertThat(named).isEqualTo(20);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'op':'merge','collection':'note','key':'x'}",
        "{'collection':'note','key':'x'}",
        "{'op':'put','collection':'note','key':'x'}",
        "{'op':'put','collection':'note','document':1}",
        "{'op':'delete','collection':'note','key':'x','document':1}",
        "{'op':'delete','collection':'note','key':'x','if-match':'*'}",
        "1",
        "null"
      })
  void operationsThatCannotBeReadAreRefused(String operation) {
    String delete = "{'op':'delete','collection':'note','key':'x'}";
    refused(400, "invalid-body", 1, batch(delete, operation));
  }

  @Test
  void batchesThatCannotBeReadAreRefused() {
    for (String body : List.of("{}", "[]", "{\"operations\":{}}", "{\"operations\":[],\"a\":1}")) {
      refused(400, "invalid-body", -1, post(body));
    }
    refused(400, "invalid-body", -1, batch());
    refused(400, "invalid-body", -1, post("{"));
    String delete = "{'op':'delete','collection':'note','key':'x'}";
    refused(400, "invalid-body", 1, batch(delete, delete));
    refused(404, "unknown-collection", 0, batch("{'op':'delete','collection':'?','key':'x'}"));
    refused(400, "invalid-key", 0, batch("{'op':'delete','collection':'uuid','key':'x'}"));
    refused(
        400, "invalid-value", 0, batch("{'op':'put','collection':'text','key':'x','document':{}}"));
    refused(
        400, "invalid-patch", 0, batch("{'op':'patch','collection':'note','key':'x','patch':1}"));
    for (String condition : List.of("1", "{}", "null", "'a\\\"b'")) {
      refused(
          400,
          "invalid-condition",
          0,
          batch("{'op':'delete','collection':'note','key':'x','ifMatch':" + condition + "}"));
    }
    refused(
        400,
        "invalid-condition",
        0,
        batch("{'op':'delete','collection':'note','key':'x','ifMatch':'*','ifNoneMatch':'*'}"));
    refused(400, "invalid-condition", -1, post(body(delete), "If-Match", "*"));
  }

  @Test
  void batchesThatAreTooLargeAreRefused() {
    String many =
        IntStream.range(0, 1001)
            .mapToObj(i -> "{'op':'delete','collection':'note','key':'k" + i + "'}")
            .collect(Collectors.joining(","));
    refused(400, "invalid-body", -1, post(body(many)));
    String big = "{'op':'put','collection':'C','key':'big','document':'V'}";
    String value = "x".repeat(900_000);
    refused(
        413,
        "body-too-large",
        -1,
        batch(
            big.replace("C", "note").replace("V", value),
            big.replace("C", "text").replace("V", value)));
  }

  @Test
  void aBatchTakesEffectOnceUnderItsKey() {
    String put = "{'op':'put','collection':'note','key':'once','document':1,'ifNoneMatch':'*'}";
    HttpResponse<String> first = post(body(put), "Idempotency-Key", "b-1");
    HttpResponse<String> again = post(body(put), "Idempotency-Key", "b-1");
    assertThat(again.statusCode()).isEqualTo(first.statusCode()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
    String other = put.replace("1", "2");
    refused(422, "idempotency-key-reused", -1, post(body(other), "Idempotency-Key", "b-1"));

    HttpResponse<String> failed = post(body(put), "Idempotency-Key", "b-2");
    refused(412, "precondition-failed", 0, failed);
    server.send("DELETE", TestServer.document("note", "once"), "", "");
    refused(412, "precondition-failed", 0, post(body(put), "Idempotency-Key", "b-2"));
  }

  @Test
  void acceptedAnswersWithoutAnOutcome() {
    String path = TestServer.document("note", "accepted");
    HttpResponse<String> put = server.putJson(path + "?ack=accepted", "1");
    assertThat(put.statusCode()).isEqualTo(202);
    assertThat(put.body()).isEmpty();
    assertThat(put.headers().firstValue("Weir-Position")).isPresent();
    assertThat(put.headers().firstValue("ETag")).isEmpty();
    String delete = body("{'op':'delete','collection':'note','key':'accepted'}");
    HttpResponse<String> batch =
        server.send("POST", "/v1/batch?ack=accepted", "application/json", delete);
    assertThat(batch.statusCode()).isEqualTo(202);
    assertThat(server.putJson(path + "?ack=applied", "1").statusCode()).isEqualTo(201);

    refused(400, "invalid-parameter", -1, server.putJson(path + "?ack=soon", "1"));
    HttpResponse<String> patch =
        server.send(
            "PATCH",
            TestServer.document("checked", "p") + "?ack=accepted",
            "application/merge-patch+json",
            "{}");
    refused(400, "invalid-parameter", -1, patch);
  }

  private static int shard(String key) throws InvalidKeyException {
    return server.database.shards().shardOf(KeyCodec.of(KeyType.Scalar.STRING).fromText(key));
  }

  private static String version(String collection) {
    return server
        .get(TestServer.document(collection, "all"))
        .headers()
        .firstValue("ETag")
        .orElseThrow()
        .replace("\"", "");
  }

  private static HttpResponse<String> batch(String... operations) {
    return post(body(String.join(",", operations)));
  }

  private static String body(String operations) {
    return ("{'operations':[" + operations + "]}").replace('\'', '"');
  }

  private static HttpResponse<String> post(String body, String... headers) {
    return server.send("POST", "/v1/batch", "application/json", body, List.of(headers));
  }

  private static void refused(int status, String slug, int index, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(json(answer).path("type").asText()).isEqualTo("https://weir.dev/problems/" + slug);
    assertThat(json(answer).path("index").asInt(-1)).isEqualTo(index);
  }

  private static JsonNode json(HttpResponse<String> answer) {
    try {
      return MAPPER.readTree(answer.body());
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(answer.body(), e);
    }
  }
}
