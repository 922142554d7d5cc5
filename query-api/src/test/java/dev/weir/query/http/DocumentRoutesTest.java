package dev.weir.query.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.weir.store.Refusal;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DocumentRoutesTest {
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

  @Test
  void aDocumentComesBackAsItWasPut() {
    String path = TestServer.document("note", "round/trip 100%");
    String json = "{\"b\":1,\"a\":[1.50,null]}";

    server
        .request()
        .contentType("application/json")
        .body(json)
        .put(path)
        .then()
        .statusCode(201)
        .header("ETag", matchesPattern("\"0-\\d+\""))
        .header("Weir-Position", matchesPattern("1\\.0\\.\\S{8}\\.[\\w-]+"))
        .header("Weir-Served-By", startsWith("node-"));
    server
        .request()
        .get(path)
        .then()
        .statusCode(200)
        .contentType("application/json")
        .header("Weir-Timestamp", matchesPattern("\\d{13}"))
        .header("Weir-Served-By", startsWith("node-"))
        .header("X-Content-Type-Options", "nosniff")
        .header("Server", (String) null)
        .body(equalTo(json));
    server.request().contentType("application/json").body("1").put(path).then().statusCode(200);
    server.request().delete(path).then().statusCode(204);
    server
        .request()
        .get(path)
        .then()
        .statusCode(404)
        .contentType("application/problem+json")
        .body("type", equalTo("https://weir.dev/problems/document-not-found"))
        .body("instance", equalTo(path));
    server.request().delete(path).then().statusCode(204);
  }

  @Test
  void textAndBytesKeepTheirFormat() {
    String text = TestServer.document("text", "t");
    server
        .request()
        .contentType("text/plain; charset=utf-8")
        .body("Grüße\n")
        .put(text)
        .then()
        .statusCode(201);
    server.request().get(text).then().contentType("text/plain").body(equalTo("Grüße\n"));

    byte[] bytes = {0, (byte) 0xff, 13, 10};
    server
        .request()
        .contentType("application/octet-stream")
        .body(bytes)
        .put("/v1/collections/blob/documents/AAH_")
        .then()
        .statusCode(201);
    assertThat(server.request().get("/v1/collections/blob/documents/AAH_").asByteArray())
        .isEqualTo(bytes);
  }

  /** azkarra #18, ksql #8228. */
  @Test
  void keysAreReadByTheirType() {
    for (String path :
        new String[] {
          TestServer.document("pair", "[\"a/b\",-7]"),
          TestServer.document("uuid", "6ba7b810-9dad-11d1-80b4-00c04fd430c8"),
        }) {
      assertThat(server.putJson(path, "{}").statusCode()).as(path).isEqualTo(201);
      assertThat(server.get(path).statusCode()).as(path).isEqualTo(200);
    }
    for (String[] bad :
        new String[][] {{"person", "abc"}, {"pair", "[1]"}, {"uuid", "x"}, {"blob", "%"}}) {
      server
          .request()
          .get(TestServer.document(bad[0], bad[1]))
          .then()
          .statusCode(400)
          .body("type", equalTo("https://weir.dev/problems/invalid-key"))
          .body("collection", equalTo(bad[0]));
    }
  }

  @Test
  void aKnownVersionIsNotSentAgain() {
    String path = TestServer.document("note", "etag");
    String etag = server.putJson(path, "1").headers().firstValue("ETag").orElseThrow();

    for (String header : new String[] {etag, "\"x\", W/" + etag, "*"}) {
      server
          .request()
          .header("If-None-Match", header)
          .get(path)
          .then()
          .statusCode(304)
          .header("ETag", etag)
          .body(equalTo(""));
    }
    server.request().header("If-None-Match", "\"0-99999\"").get(path).then().statusCode(200);
  }

  @Test
  void aCollectionFedByASourceTakesNoWrites() throws Exception {
    server.ingest("person", 7L, "{\"name\":\"Ann\"}");
    String path = TestServer.document("person", "7");

    server
        .request()
        .contentType("application/json")
        .body("{}")
        .put(path)
        .then()
        .statusCode(409)
        .body("type", equalTo("https://weir.dev/problems/writer-is-source"));
    server.request().delete(path).then().statusCode(409);
    server.request().get(path).then().statusCode(200).body("name", equalTo("Ann"));
  }

  @Test
  void anAnswerThatMayLackSomethingSaysSo() {
    String path = TestServer.document("note", "lacking");
    server.putJson(path, "1");
    server.database.incomplete(Set.of("note"));
    try {
      server.request().get(path).then().statusCode(200).header("Weir-Incomplete", "note");
      String missing = TestServer.document("note", "nobody");
      server.request().get(missing).then().statusCode(404).header("Weir-Incomplete", "note");
      server
          .request()
          .get("/v1/collections/note/documents")
          .then()
          .statusCode(200)
          .header("Weir-Incomplete", "note");
      server
          .request()
          .get("/v1/collections/text/documents")
          .then()
          .statusCode(200)
          .header("Weir-Incomplete", nullValue());
    } finally {
      server.database.incomplete(Set.of());
    }
    server.request().get(path).then().statusCode(200).header("Weir-Incomplete", nullValue());
  }

  @Test
  void headGivesTheHeadersOfGet() {
    String path = TestServer.document("note", "head");
    server.putJson(path, "[1,2]");
    server
        .request()
        .head(path)
        .then()
        .statusCode(200)
        .header("Content-Length", "5")
        .header("ETag", matchesPattern("\"0-\\d+\""))
        .body(equalTo(""));
  }

  @Test
  void refusalsSayWhenToComeBack() {
    String path = TestServer.document("note", "refused");
    expect(path, new Refusal.Rebalancing(2, "restoring 5% of it"), 503, "rebalancing", "1");
    expect(path, new Refusal.NotOwner(2), 503, "not-owner", "1");
    expect(path, new Refusal.Unreachable(2, "node-9"), 503, "node-unreachable", "3");
    expect(path, new Refusal.LogUnavailable("timeout"), 503, "log-unavailable", "3");
    expect(path, new Refusal.Overloaded("reads"), 429, "overloaded", "1");
    expect(path, new Refusal.NoStandby(2), 503, "no-standby", null);
    expect(path, new Refusal.NotReplicated(2, "100% of them wait"), 503, "not-replicated", null);
    expect(path, new Refusal.Stopped(2, "a gap at offset 5"), 503, "shard-stopped", null);
    expect(path, new Refusal.UnknownCollection(3), 404, "unknown-collection", "1");
  }

  private static void expect(
      String path, Refusal refusal, int status, String slug, String retryAfter) {
    server.database.refuse(refusal);
    server
        .request()
        .get(path)
        .then()
        .statusCode(status)
        .contentType("application/problem+json")
        .header("Retry-After", retryAfter)
        .body("type", equalTo("https://weir.dev/problems/" + slug))
        .body("status", equalTo(status));
    server.request().contentType("application/json").body("1").put(path).then().statusCode(status);
  }
}
