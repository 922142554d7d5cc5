package dev.weir.query.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.weir.store.letter.Replay;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeadLetterRoutesTest {
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = new TestServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void forget() {
    server.letters.sent.clear();
    server.letters.away = false;
  }

  @Test
  void lettersAreListedPageByPageWithoutThoseSentAgain() {
    server
        .request()
        .get("/v1/dead-letters?limit=1")
        .then()
        .statusCode(200)
        .body("letters.id", contains(3))
        .body("letters[0].origin.offset", equalTo(43))
        .body("letters[0].value.text", equalTo("{broken"))
        .body("next", equalTo("3"));
    server
        .request()
        .get("/v1/dead-letters?after=3&replayed=true")
        .then()
        .body("letters.id", contains(5, 7))
        .body("letters[0].key.base64", equalTo("/wA="))
        .body("next", nullValue());
    server.request().get("/v1/dead-letters?after=x").then().statusCode(400);
  }

  @Test
  void oneIsShownWithItsHeaders() {
    server
        .request()
        .get("/v1/dead-letters/3")
        .then()
        .statusCode(200)
        .body("headers[0].name", equalTo("trace"))
        .body("headers[0].value.base64", equalTo("/w=="));
    server
        .request()
        .get("/v1/dead-letters/4")
        .then()
        .statusCode(404)
        .body("type", endsWith("/unknown-dead-letter"));
    server.request().get("/v1/dead-letters/x").then().statusCode(404);
  }

  @Test
  void oneIsSentAgainAsItWasOrCorrected() {
    assertThat(replay(3, "{}").statusCode()).isEqualTo(200);
    assertThat(replay(3, "{\"key\":null,\"value\":{\"json\":{\"n\":1}}}").body())
        .contains("\"offset\":99");
    assertThat(replay(3, "{\"value\":{\"base64\":\"/w==\"}}").statusCode()).isEqualTo(200);
    assertThat(server.letters.sent).hasSize(3);
    assertThat(server.letters.sent.get(0)).isEqualTo(Replay.Correction.NONE);
    assertThat(server.letters.sent.get(1).key().orElseThrow().bytes()).isNull();
    assertThat(server.letters.sent.get(1).value().orElseThrow().bytes())
        .isEqualTo("{\"n\":1}".getBytes(StandardCharsets.UTF_8));
    assertThat(server.letters.sent.get(2).value().orElseThrow().bytes()).isEqualTo(new byte[] {-1});
  }

  @Test
  void whatCannotBeSentIsExplained() {
    assertThat(replay(5, "{}").body()).contains("dead-letter-replayed");
    assertThat(replay(5, "{\"again\":true}").statusCode()).isEqualTo(200);
    assertThat(replay(7, "{}").body()).contains("dead-letter-incomplete");
    assertThat(replay(9, "{}").statusCode()).isEqualTo(404);
    for (String body :
        new String[] {
          "[]",
          "{\"valu\":null}",
          "{\"value\":\"x\"}",
          "{\"value\":{\"base64\":\"%\"}}",
          "{\"value\":{}}"
        }) {
      assertThat(replay(3, body).statusCode()).as(body).isEqualTo(400);
    }
    server.letters.away = true;
    assertThat(replay(3, "{}").statusCode()).isEqualTo(503);
    assertThat(server.get("/v1/dead-letters").body()).contains("log-unreachable");
  }

  private static HttpResponse<String> replay(long id, String body) {
    return server.send("POST", "/v1/dead-letters/" + id + "/replay", "application/json", body);
  }
}
