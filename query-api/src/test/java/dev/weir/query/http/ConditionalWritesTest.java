package dev.weir.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionalWritesTest {
  private static final String JSON = "application/json";
  private static final String PATCH = "application/merge-patch+json";
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
  void comparesAndSetsByVersion() {
    String path = TestServer.document("note", "cas");
    String first = etag(send("PUT", path, "1", "If-None-Match", "*"));
    problem(send("PUT", path, "2", "If-None-Match", "*"), 412, "precondition-failed", first);

    String second = etag(send("PUT", path, "2", "If-Match", first));
    problem(send("PUT", path, "3", "If-Match", first), 412, "precondition-failed", second);
    problem(send("DELETE", path, "", "If-Match", first), 412, "precondition-failed", second);
    problem(send("PUT", path, "3", "If-None-Match", second), 412, "precondition-failed", second);
    assertThat(server.get(path).body()).isEqualTo("2");

    String third = etag(send("PUT", path, "3", "If-Match", "\"0-9999\", " + second));
    assertThat(send("PUT", path, "4", "If-None-Match", first).statusCode()).isEqualTo(200);
    problem(send("DELETE", path, "", "If-Match", third), 412, "precondition-failed", null);
    assertThat(send("DELETE", path, "", "If-Match", "*").statusCode()).isEqualTo(204);
  }

  @Test
  void conditionsOnAMissingDocument() {
    String path = TestServer.document("note", "absent");
    for (String tag : List.of("*", "\"0-1\"")) {
      HttpResponse<String> put = send("PUT", path, "1", "If-Match", tag);
      problem(put, 412, "precondition-failed", null);
      assertThat(put.headers().firstValue("ETag")).isEmpty();
      problem(send("DELETE", path, "", "If-Match", tag), 412, "precondition-failed", null);
      problem(send("PATCH", path, "{}", "If-Match", tag), 412, "precondition-failed", null);
    }
    assertThat(server.get(path).statusCode()).isEqualTo(404);
    assertThat(send("DELETE", path, "", "If-None-Match", "*").statusCode()).isEqualTo(204);
    assertThat(send("PUT", path, "1", "If-None-Match", "\"0-1\"").statusCode()).isEqualTo(201);
  }

  @Test
  void weakAndForeignTagsNeverMatchStrongly() {
    String path = TestServer.document("note", "weak");
    String etag = etag(send("PUT", path, "1"));
    for (String tag : List.of("W/" + etag, "\"abc\"", "\"\"", "\"0--1\"", "W/\"x\", \"0-\"")) {
      problem(send("PUT", path, "2", "If-Match", tag), 412, "precondition-failed", etag);
    }
    problem(send("PUT", path, "2", "If-None-Match", "W/" + etag), 412, "precondition-failed", etag);
    assertThat(server.get(path).body()).isEqualTo("1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0-1", "\"0-1", "*, \"0-1\"", "\"0-1\",", "\"0-1\" \"0-2\"", "'*'"})
  void conditionsThatCannotBeReadAreRefused(String tag) {
    String path = TestServer.document("note", "malformed");
    for (String header : List.of("If-Match", "If-None-Match")) {
      problem(send("PUT", path, "1", header, tag), 400, "invalid-condition", null);
      problem(send("DELETE", path, "", header, tag), 400, "invalid-condition", null);
      problem(send("PATCH", path, "{}", header, tag), 400, "invalid-condition", null);
    }
    assertThat(server.get(path).statusCode()).isEqualTo(404);
  }

  @Test
  void contradictoryAndUnknownConditionsAreRefused() {
    String path = TestServer.document("note", "both");
    problem(
        send("PUT", path, "1", "If-Match", "*", "If-None-Match", "*"),
        400,
        "invalid-condition",
        null);
    problem(
        send("PUT", path, "1", "If-Unmodified-Since", "Sat, 21 Nov 2026 10:00:00 GMT"),
        501,
        "precondition-not-supported",
        null);
    String many = "\"0-1\",".repeat(101) + "\"0-1\"";
    problem(send("PUT", path, "1", "If-Match", many), 400, "invalid-condition", null);
    assertThat(server.get(path).statusCode()).isEqualTo(404);
  }

  @Test
  void aSecondHeaderLineCountsToo() {
    String path = TestServer.document("note", "lines");
    String etag = etag(send("PUT", path, "1"));
    assertThat(send("PUT", path, "2", "If-Match", "\"0-99\"", "If-Match", etag).statusCode())
        .isEqualTo(200);
    String newer = etag(server.get(path));
    problem(
        send("PUT", path, "3", "If-None-Match", "\"0-99\"", "If-None-Match", newer),
        412,
        "precondition-failed",
        newer);
  }

  @Test
  void patchesMerge() throws Exception {
    String path = TestServer.document("note", "patched");
    send("PUT", path, "{\"a\":{\"b\":1.50,\"c\":2},\"d\":[1]}");
    HttpResponse<String> answer =
        send("PATCH", path, "{ \"a\": {\"c\": null, \"e\": \"x\"}, \"d\": [] }");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    HttpResponse<String> now = server.get(path);
    assertThat(now.body()).isEqualTo("{\"a\":{\"b\":1.50,\"e\":\"x\"},\"d\":[]}");
    assertThat(etag(answer)).isEqualTo(etag(now));

    problem(send("PATCH", path, "{}", "If-Match", "\"0-1\""), 412, "precondition-failed", null);
    assertThat(send("PATCH", path, "{\"f\":1}", "If-Match", etag(now)).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "[1]; 400; invalid-patch",
        "1; 400; invalid-patch",
        "null; 400; invalid-patch",
        "{\"a\":1,\"a\":2}; 400; invalid-patch",
        "{\"a\":; 400; invalid-patch",
        "~~; 400; invalid-patch",
      })
  void patchesThatAreNoObjectsAreRefused(String patch, int status, String slug) {
    String path = TestServer.document("note", "unpatched");
    send("PUT", path, "{\"a\":1}");
    problem(send("PATCH", path, patch), status, slug, null);
    assertThat(server.get(path).body()).isEqualTo("{\"a\":1}");
  }

  @Test
  void patchesOfWhatCannotBePatchedAreRefused() {
    String absent = TestServer.document("note", "nothing-there");
    problem(send("PATCH", absent, "{}"), 404, "document-not-found", null);
    String text = TestServer.document("text", "t");
    assertThat(server.send("PUT", text, "text/plain", "x").statusCode()).isEqualTo(201);
    problem(send("PATCH", text, "{}"), 422, "not-patchable", null);
    problem(send("PATCH", TestServer.document("person", "7"), "{}"), 409, "writer-is-source", null);

    HttpResponse<String> wrong = server.send("PATCH", absent, JSON, "{}");
    problem(wrong, 415, "unsupported-media-type", null);
    assertThat(wrong.headers().firstValue("Accept-Patch")).contains(PATCH);
    problem(server.send("PATCH", absent, "", "{}"), 415, "unsupported-media-type", null);
  }

  @Test
  void aPatchThatBreaksTheSchemaChangesNothing() {
    String path = TestServer.document("checked", "c");
    assertThat(send("PUT", path, "{\"n\":1}").statusCode()).isEqualTo(201);
    String etag = etag(server.get(path));
    HttpResponse<String> broken = send("PATCH", path, "{\"n\":null}");
    problem(broken, 422, "invalid-document", null);
    assertThat(broken.body()).contains("faults", "'n'");
    assertThat(etag(server.get(path))).isEqualTo(etag);
    assertThat(send("PATCH", path, "{\"n\":2}").statusCode()).isEqualTo(200);
    assertThat(server.get(path).body()).isEqualTo("{\"n\":2}");
  }

  @Test
  void theSameRequestTakesEffectOnce() {
    String path = TestServer.document("note", "once");
    HttpResponse<String> first = send("PUT", path, "{\"n\":1}", "Idempotency-Key", "k-1");
    send("PUT", path, "2");
    HttpResponse<String> again = send("PUT", path, "{ \"n\": 1 }", "Idempotency-Key", "\"k-1\"");
    assertThat(again.statusCode()).isEqualTo(first.statusCode()).isEqualTo(201);
    assertThat(etag(again)).isEqualTo(etag(first));
    assertThat(first.headers().firstValue("Idempotency-Replayed")).isEmpty();
    assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
    assertThat(server.get(path).body()).isEqualTo("2");

    problem(
        send("PUT", path, "{\"n\":3}", "Idempotency-Key", "k-1"),
        422,
        "idempotency-key-reused",
        null);
    problem(
        send("DELETE", path, "", "Idempotency-Key", "k-1"), 422, "idempotency-key-reused", null);
    problem(
        send("PUT", path, "{\"n\":1}", "Idempotency-Key", "k-1", "If-Match", "*"),
        422,
        "idempotency-key-reused",
        null);
    assertThat(server.get(path).body()).isEqualTo("2");
  }

  @Test
  void aFailedConditionIsRememberedToo() {
    String path = TestServer.document("note", "failed-once");
    String key = "k-failed";
    problem(
        send("PUT", path, "1", "If-Match", "*", "Idempotency-Key", key),
        412,
        "precondition-failed",
        null);
    send("PUT", path, "2");
    HttpResponse<String> again = send("PUT", path, "1", "If-Match", "*", "Idempotency-Key", key);
    problem(again, 412, "precondition-failed", null);
    assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
    assertThat(server.get(path).body()).isEqualTo("2");
  }

  @Test
  void idempotencyKeysThatCannotBeUsedAreRefused() {
    String path = TestServer.document("note", "bad-key");
    for (String key : List.of("", "\"\"", "a b", "x".repeat(256))) {
      problem(send("PUT", path, "1", "Idempotency-Key", key), 400, "invalid-idempotency-key", null);
    }
    problem(
        send("PUT", path, "1", "Idempotency-Key", "a", "Idempotency-Key", "b"),
        400,
        "invalid-idempotency-key",
        null);
    assertThat(server.get(path).statusCode()).isEqualTo(404);
    assertThat(send("PUT", path, "1", "Idempotency-Key", "x".repeat(255)).statusCode())
        .isEqualTo(201);
  }

  private static HttpResponse<String> send(
      String method, String path, String body, String... headers) {
    String type = method.equals("PATCH") ? PATCH : method.equals("PUT") ? JSON : "";
    return server.send(method, path, type, body, new ArrayList<>(List.of(headers)));
  }

  private static String etag(HttpResponse<String> answer) {
    return answer.headers().firstValue("ETag").orElseThrow();
  }

  private static void problem(HttpResponse<String> answer, int status, String slug, String etag) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    try {
      assertThat(new JsonMapper().readTree(answer.body()).path("type").asText())
          .isEqualTo("https://weir.dev/problems/" + slug);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(answer.body(), e);
    }
    if (etag != null) {
      assertThat(answer.headers().firstValue("ETag")).contains(etag);
    }
  }
}
