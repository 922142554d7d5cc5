package dev.weir.query.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.response.ValidatableResponse;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BatchGetRouteTest {
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = new TestServer();
    server.putJson(TestServer.document("note", "a"), "{\"n\":1}");
    server.putJson(TestServer.document("note", "b"), "2");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static ValidatableResponse post(String collection, String body) {
    return server
        .request()
        .contentType("application/json")
        .body(body)
        .post("/v1/collections/" + collection + "/batch-get")
        .then();
  }

  @Test
  void everyKeyIsAnsweredInOrder() {
    post("note", "{\"keys\":[\"b\",\"x/y\",\"a\",\"b\"]}")
        .statusCode(200)
        .body("items.key", contains("b", "x/y", "a", "b"))
        .body("items.found", contains(true, false, true, true))
        .body("items[2].document.n", equalTo(1))
        .body("items[0].document", equalTo(2));
    post("note", "{\"keys\":[]}").statusCode(200).body("items", empty());
    post("pair", "{\"keys\":[[\"a\",1]]}").statusCode(200).body("items.found", contains(false));
  }

  @Test
  void anAnswerThatWouldBeTooLargeIsRefusedWithItsLimit() {
    HttpSettings.Limits standard = HttpSettings.Limits.defaults();
    HttpSettings.Limits small =
        new HttpSettings.Limits(
            standard.documentBytes(),
            1 << 10,
            standard.keyBytes(),
            standard.urlBytes(),
            standard.headBytes(),
            standard.pageItems(),
            standard.batchKeys());
    try (TestServer strict =
        new TestServer(TestServer.settings(small, HttpSettings.Timeouts.defaults()))) {
      strict.putJson(TestServer.document("note", "a"), "\"" + "x".repeat(4096) + "\"");
      String path = "/v1/collections/note/batch-get";
      assertThat(strict.send("POST", path, "application/json", keys(3)).statusCode())
          .isEqualTo(200);
      var refused = strict.send("POST", path, "application/json", keys(5));
      assertThat(refused.statusCode()).isEqualTo(422);
      assertThat(refused.body()).contains("answer-too-large", "\"limit\":16384", "fewer");
    }
  }

  private static String keys(int count) {
    return "{\"keys\":[" + "\"a\",".repeat(count - 1) + "\"a\"]}";
  }

  @Test
  void faultsOfTheBodyAreNamed() {
    post("note", "{\"keys\":[\"a\",\n  oops]}")
        .statusCode(400)
        .body("type", equalTo("https://weir.dev/problems/invalid-body"))
        .body("line", equalTo(2))
        .body("detail", containsString("line 2"));
    post("note", "[]").statusCode(400);
    post("note", "{}").statusCode(400);
    post("note", "{\"keys\":\"a\"}").statusCode(400);
    post("note", "{\"keys\":[],\"more\":1}").statusCode(400);
    post("note", "{\"keys\":[]} x").statusCode(400);
    post("note", "{\"keys\":" + "[".repeat(100_000)).statusCode(400);
    post("note", "{\"keys\":[\"a\",5]}")
        .statusCode(400)
        .body("type", equalTo("https://weir.dev/problems/invalid-key"))
        .body("index", equalTo(1));
    post("nowhere", "{\"keys\":[]}").statusCode(404);
  }

  @Test
  void thereIsALimitOnKeysAndOnTheirLength() {
    String keys =
        IntStream.range(0, 1001).mapToObj(i -> "\"" + i + "\"").collect(Collectors.joining(","));
    post("note", "{\"keys\":[" + keys + "]}").statusCode(400).body("limit", equalTo(1000));
    post("note", "{\"keys\":[\"" + "k".repeat(100_000) + "\"]}")
        .statusCode(400)
        .body("type", equalTo("https://weir.dev/problems/invalid-key"))
        .body("limit", equalTo(32768));
    post("note", "{\"keys\":[\"" + "k".repeat(32_000) + "\"]}").statusCode(200);
  }

  @Test
  void onlyJsonIsRead() {
    server
        .request()
        .contentType("text/plain")
        .body("{\"keys\":[]}")
        .post("/v1/collections/note/batch-get")
        .then()
        .statusCode(415)
        .body("expected", contains("application/json"));
  }
}
