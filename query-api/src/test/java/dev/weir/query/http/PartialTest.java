package dev.weir.query.http;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import dev.weir.store.Key;
import dev.weir.store.KeyCodec;
import dev.weir.store.KeyType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers that lack shards are given to those who allow them, and say what is lacking. */
class PartialTest {
  private static final String NOTES = "/v1/collections/note/documents";
  private static final String BATCH = "/v1/collections/note/batch-get";

  private final TestServer server = new TestServer();
  private int lost;

  @BeforeEach
  void start() throws Exception {
    server.putJson(NOTES + "/a", "1");
    Key nowhere = KeyCodec.of(KeyType.Scalar.STRING).encode("nowhere");
    lost = server.database.shards().shardOf(nowhere);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aCompleteAnswerSaysThatNothingIsMissing() {
    server
        .request()
        .get(NOTES + "?partial=true")
        .then()
        .statusCode(200)
        .header(Parts.HEADER, equalTo(null))
        .body("items", hasSize(1))
        .body("missing", empty());
    server.request().get(NOTES).then().body("$", not(hasKey("missing")));
  }

  @Test
  void whatIsMissingIsNamed() {
    server.lose(lost);
    server.request().get(NOTES).then().statusCode(503);
    server
        .request()
        .get(NOTES + "?partial=true")
        .then()
        .statusCode(200)
        .header(Parts.HEADER, Integer.toString(lost))
        .body("missing.shard", contains(lost))
        .body("missing[0].problem", endsWith("/node-unreachable"));
  }

  @Test
  void aKeyOfAMissingShardIsNeitherFoundNorNot() {
    server.lose(lost);
    String keys = "{\"keys\":[\"nowhere\",\"a\"]}";
    server.request().contentType("application/json").body(keys).post(BATCH).then().statusCode(503);
    server
        .request()
        .contentType("application/json")
        .body(keys)
        .post(BATCH + "?partial=true")
        .then()
        .statusCode(200)
        .header(Parts.HEADER, Integer.toString(lost))
        .body("items.found", contains(null, true))
        .body("missing.shard", contains(lost));
  }

  @Test
  void aStreamIsWholeOrBroken() {
    server
        .request()
        .accept(MediaTypes.NDJSON)
        .get(NOTES + "?partial=true")
        .then()
        .statusCode(400)
        .body("parameter", equalTo("partial"));
  }
}
