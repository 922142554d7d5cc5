package dev.weir.query.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import dev.weir.store.Refusal;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OtherRoutesTest {
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = new TestServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void recover() {
    server.database.refuse(null);
  }

  private static ValidatableResponse apply(String body) {
    return server
        .request()
        .contentType("application/json")
        .body(body)
        .post("/v1/definitions")
        .then();
  }

  @Test
  void collectionsAreListedWithTheirCounts() {
    server.putJson(TestServer.document("pair", "[\"counted\",1]"), "1");
    String row = "collections.find { it.name == 'pair' }";
    server
        .request()
        .get("/v1/collections")
        .then()
        .statusCode(200)
        .body(row + ".keyType", equalTo("tuple(string,long)"))
        .body(row + ".shards", equalTo(4))
        .body(row + ".count", equalTo(1))
        .body("collections.find { it.name == 'person' }.writer", equalTo("source"));
  }

  @Test
  void aShardThatIsAwayHidesTheCountButNotTheCollection() {
    server.database.refuse(new Refusal.Rebalancing(1, "moving"));
    server
        .request()
        .get("/v1/collections")
        .then()
        .statusCode(200)
        .body("collections.count", everyItem(nullValue()))
        .body("collections[0].problem.type", equalTo("https://weir.dev/problems/rebalancing"));
    server
        .request()
        .get("/v1/collections?counts=false")
        .then()
        .body("collections.name", hasItem("note"));
  }

  @Test
  void theClusterShowsNodesAndShards() {
    server
        .request()
        .get("/v1/cluster")
        .then()
        .statusCode(200)
        .body("nodes.id", contains("node-0", "node-1", "node-2", "node-3"))
        .body("nodes.pid", everyItem(greaterThan(0)))
        .body("shards.shard", contains(0, 1, 2, 3))
        .body("shards.active.node", contains("node-0", "node-1", "node-2", "node-3"))
        .body("shards.active.lag", everyItem(equalTo(0)));
  }

  @Test
  void definitionsAreCheckedAppliedAndDropped() {
    String task = "{\"name\":\"job\",\"key\":\"long\"}";
    apply("{\"dryRun\":true,\"collections\":[" + task + "]}")
        .statusCode(200)
        .body("applied", equalTo(false))
        .body("changes", contains("add collection job"));
    assertThat(server.get("/v1/collections/job/documents").statusCode()).isEqualTo(404);

    apply("{\"collections\":[" + task + "]}").statusCode(200).body("applied", equalTo(true));
    assertThat(server.putJson("/v1/collections/job/documents/5", "{}").statusCode()).isEqualTo(201);
    server
        .request()
        .get("/v1/definitions")
        .then()
        .body("collections.name", hasItem("job"))
        .body("revision", greaterThan(1));

    apply("{\"dropCollections\":[\"job\"]}").statusCode(200);
    assertThat(server.get("/v1/collections/job/documents/5").statusCode()).isEqualTo(404);
  }

  @Test
  void faultsOfDefinitionsAreToldAtOnce() {
    apply("{\"collections\":[{\"name\":\"UPPER\"},{\"name\":\"x\",\"kye\":\"long\"}],\"sorces\":1}")
        .statusCode(422)
        .body("type", equalTo("https://weir.dev/problems/invalid-definition"))
        .body("faults.size()", greaterThan(2))
        .body("faults.path", hasItem(containsString("collections[1]")));
    apply("{\"collections\":[{\"name\":\"note\",\"key\":\"long\"}]}").statusCode(422);
    apply("[]").statusCode(400);
    apply("{\"dryRun\":1}").statusCode(400);
    apply("{\"dropSources\":\"x\"}").statusCode(400);
    apply("{").statusCode(400).body("line", equalTo(1));
  }

  @Test
  void sourcesAreShownAsTheNodeSeesThem() {
    server
        .request()
        .get("/v1/sources")
        .then()
        .body("sources[0].name", equalTo("people"))
        .body("sources[0].state", equalTo("running"))
        .body("sources[0].lag", nullValue())
        .body("sources[0].deadLetters", equalTo(1));
  }

  @Test
  void graphQlIsPassedOnAsItCame() {
    server
        .request()
        .get("/graphql?query=%7Ba%7D&x=1")
        .then()
        .header("Weir-Test", "query=%7Ba%7D&x=1")
        .body("data.method", equalTo("GET"));
    server
        .request()
        .contentType("application/json")
        .body("{\"query\":\"{a}\"}")
        .post("/graphql")
        .then()
        .body("data.body", equalTo(15));
    server
        .request()
        .delete("/graphql")
        .then()
        .statusCode(405)
        .header("Allow", "GET, HEAD, OPTIONS, POST");
  }

  @Test
  void metricsNameRoutesAndNeverKeys() {
    server.get(TestServer.document("note", "secret-key"));
    server.get("/no/such/path-of-mine");
    server.send("PUT", "/v1/collections/note/documents/z", "application/json", "{");
    org.awaitility.Awaitility.await()
        .atMost(java.time.Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                server
                    .request()
                    .get("/metrics")
                    .then()
                    .contentType(containsString("text/plain"))
                    .body(
                        containsString(
                            "http_server_requests_seconds_count{method=\"GET\","
                                + "outcome=\"CLIENT_ERROR\",status=\"404\",uri=\"UNKNOWN\"} "))
                    .body(containsString("uri=\"/v1/collections/{collection}/documents/{key}\""))
                    .body(containsString("status=\"400\"")));
    assertThat(server.get("/metrics").body()).doesNotContain("secret-key", "path-of-mine");
    server
        .request()
        .accept("application/openmetrics-text; version=1.0.0")
        .get("/metrics")
        .then()
        .contentType(containsString("application/openmetrics-text"))
        .body(containsString("# EOF"));
  }

  @Test
  void everyMeterSaysWhatItIs() {
    server.get("/healthz/live");
    List<String> lines = server.get("/metrics").body().lines().toList();
    assertThat(lines).filteredOn(l -> l.startsWith("# HELP ")).isNotEmpty();
    assertThat(lines)
        .filteredOn(l -> l.startsWith("# HELP "))
        .noneMatch(l -> l.split(" ").length < 4);
  }

  @Test
  void wrongMediaTypesAreRefused() {
    String path = TestServer.document("note", "typed");
    for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "text/json")) {
      server
          .request()
          .contentType(type)
          .body("1")
          .put(path)
          .then()
          .statusCode(415)
          .body("type", equalTo("https://weir.dev/problems/unsupported-media-type"))
          .body("expected", contains("application/json"));
    }
    assertThat(server.send("PUT", path, "", "1").statusCode()).isEqualTo(415);
    assertThat(server.send("PUT", path, "application/vnd.x+json", "1").statusCode()).isEqualTo(201);
    server
        .request()
        .accept("text/html")
        .get(path)
        .then()
        .statusCode(406)
        .body("offered", contains("application/json"));
    server.request().accept("text/html, */*;q=0.1").get(path).then().statusCode(200);
  }

  @Test
  void valuesThatAreNotOfTheFormatAreRefused() {
    for (String body : List.of("", "{", "{\"a\":1,}", "nul", "1 2", "[".repeat(50_000))) {
      server
          .request()
          .contentType("application/json")
          .body(body)
          .put(TestServer.document("note", "bad"))
          .then()
          .statusCode(400)
          .body("type", equalTo("https://weir.dev/problems/invalid-value"))
          .body("collection", equalTo("note"));
    }
    server
        .request()
        .contentType("text/plain")
        .body(new byte[] {(byte) 0xff})
        .put(TestServer.document("text", "bad"))
        .then()
        .statusCode(400);
  }

  @Test
  void documentsAreCheckedAgainstTheSchema() {
    String path = TestServer.document("checked", "x");
    server
        .request()
        .contentType("application/json")
        .body("{\"n\":\"five\"}")
        .put(path)
        .then()
        .statusCode(422)
        .body("type", equalTo("https://weir.dev/problems/invalid-document"))
        .body("faults[0].path", equalTo("/n"))
        .body("collection", equalTo("checked"));
    assertThat(server.putJson(path, "{}").statusCode()).isEqualTo(422);
    assertThat(server.get(path).statusCode()).isEqualTo(404);
    assertThat(server.putJson(path, "{\"n\":5}").statusCode()).isEqualTo(201);
  }

  @Test
  void thereIsNothingElse() {
    for (String path :
        List.of(
            "/",
            "/v1",
            "/v1/",
            "/v1/collections/",
            "/v1/collections/note",
            "/v1/cluster/",
            "//v1/cluster",
            "/v1/./cluster",
            "/V1/cluster",
            "/metrics;x",
            "/../etc/passwd")) {
      var answer = server.get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(404);
      assertThat(answer.body()).contains("https://weir.dev/problems/unknown-path");
    }
    server
        .request()
        .post("/v1/collections/note/documents/x")
        .then()
        .statusCode(405)
        .header("Allow", "DELETE, GET, HEAD, OPTIONS, PATCH, PUT");
  }
}
