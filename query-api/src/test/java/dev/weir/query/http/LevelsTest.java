package dev.weir.query.http;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.weir.store.Refusal;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LevelsTest {
  private static final String POSITION = "Weir-Position";
  private static final String LEVEL = "Weir-Consistency";
  private static final String DOCUMENT = TestServer.document("note", "levels");
  private static final String SCAN = "/v1/collections/note/documents";

  private static TestServer server;
  private static String token;

  @BeforeAll
  static void start() {
    server = new TestServer();
    token =
        server
            .request()
            .contentType("application/json")
            .body("1")
            .put(DOCUMENT)
            .then()
            .statusCode(201)
            .extract()
            .header(POSITION);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void recover() {
    server.database.refuse(null);
  }

  private static List<Response> reads(RequestSpecification request) {
    return List.of(
        server.request().spec(request).get(DOCUMENT),
        server.request().spec(request).get(SCAN),
        server
            .request()
            .spec(request)
            .contentType("application/json")
            .body("{\"keys\":[\"levels\"]}")
            .post("/v1/collections/note/batch-get"));
  }

  private static RequestSpecification with(String header, String value) {
    return server.request().header(header, value);
  }

  private static void refused(List<Response> responses, int status, String type) {
    for (Response response : responses) {
      response
          .then()
          .statusCode(status)
          .contentType("application/problem+json")
          .body("type", endsWith("/" + type));
    }
  }

  @Test
  void everyReadTakesALevelInTheHeaderOrTheUrl() {
    for (String level :
        List.of("strong", "session", "eventual", "bounded;max-age=500ms;max-records=3")) {
      reads(with(LEVEL, level)).forEach(read -> read.then().statusCode(200));
      reads(server.request().queryParam("consistency", level))
          .forEach(read -> read.then().statusCode(200));
      reads(with(LEVEL, level).queryParam("consistency", level))
          .forEach(read -> read.then().statusCode(200));
    }
  }

  @Test
  void onlyABoundedAnswerStatesItsBound() {
    reads(with(LEVEL, "bounded;max-age=1s"))
        .forEach(read -> read.then().header(LEVEL, equalTo("bounded;max-age=0ms;max-records=0")));
    reads(with(LEVEL, "session")).forEach(read -> read.then().header(LEVEL, nullValue()));
  }

  @Test
  void levelsThatAreNoneOrContradictEachOtherAreRefused() {
    for (String level :
        List.of("", "Strong", "bounded", "bounded;max-age=0ms", "bounded;max-age=5", "linear")) {
      refused(reads(with(LEVEL, level)), 400, "invalid-consistency");
    }
    refused(
        reads(with(LEVEL, "strong").queryParam("consistency", "eventual")),
        400,
        "invalid-consistency");
    refused(
        reads(with(POSITION, token).queryParam("consistency", "eventual")),
        400,
        "invalid-consistency");
  }

  @Test
  void aPositionThatWasGivenOutIsTaken() {
    reads(with(POSITION, token)).forEach(read -> read.then().statusCode(200));
    reads(with(POSITION, token + "," + token)).forEach(read -> read.then().statusCode(200));
    reads(with(POSITION, token).header(LEVEL, "strong"))
        .forEach(read -> read.then().statusCode(200));
  }

  @Test
  void otherPositionsAreRefused() {
    for (String other : List.of("nonsense", "", token + "A", token.replace("1.0.", "2.0."))) {
      refused(reads(with(POSITION, other)), 400, "invalid-position");
    }
    refused(reads(with(POSITION, token.replace("1.0.", "1.7."))), 409, "foreign-position");
    String otherLog = token.substring(0, 4) + "zzzzzzzz" + token.substring(12);
    refused(reads(with(POSITION, otherLog)), 409, "foreign-position");
    refused(reads(with(POSITION, token + "," + otherLog)), 400, "invalid-position");
  }

  @Test
  void whatCannotBeMetInTimeIsAProblemToRetry() {
    server.database.refuse(new Refusal.BehindPosition(1, 4, 9));
    for (Response read : reads(with(POSITION, token))) {
      read.then()
          .statusCode(503)
          .header("Retry-After", "1")
          .body("type", endsWith("/behind-position"))
          .body("shard", equalTo(1))
          .body("position", equalTo(4))
          .body("wanted", equalTo(9));
    }
    server.database.refuse(new Refusal.TooStale(1, "it was complete 900 ms ago"));
    for (Response read : reads(with(LEVEL, "bounded;max-age=1ms"))) {
      read.then().statusCode(503).body("detail", containsString("900 ms"));
    }
    server.database.refuse(new Refusal.LogUnreachable("no broker"));
    refused(reads(with(LEVEL, "strong")), 503, "log-unreachable");
  }
}
