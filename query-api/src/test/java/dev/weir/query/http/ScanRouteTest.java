package dev.weir.query.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ScanRouteTest {
  private static final String NOTES = "/v1/collections/note/documents";
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = new TestServer();
    for (String key : List.of("a", "a/1", "a/2", "b", "ä", "\uD83D\uDE00")) {
      server.putJson(TestServer.document("note", key), "{\"k\":\"" + key + "\"}");
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static List<String> keys(String query) {
    return server
        .request()
        .get(NOTES + query)
        .then()
        .statusCode(200)
        .extract()
        .jsonPath()
        .getList("items.key", String.class);
  }

  @Test
  void boundsAreInclusiveBelowAndExclusiveAboveUnlessSaidOtherwise() {
    assertThat(keys("?from=a&to=b")).containsExactly("a", "a/1", "a/2");
    assertThat(keys("?from=a&to=b&toInclusive=true")).containsExactly("a", "a/1", "a/2", "b");
    assertThat(keys("?from=a&fromInclusive=false&to=b")).containsExactly("a/1", "a/2");
    assertThat(keys("?from=a%2F2")).containsExactly("a/2", "b", "ä", "\uD83D\uDE00");
    assertThat(keys("?prefix=a%2f")).containsExactly("a/1", "a/2");
    assertThat(keys("?from=a&to=b&order=desc")).containsExactly("a/2", "a/1", "a");
    assertThat(keys("?from=x&to=b")).isEmpty();
    assertThat(keys("")).containsExactly("a", "a/1", "a/2", "b", "ä", "\uD83D\uDE00");
  }

  @Test
  void itemsCarryKeyDocumentVersionAndTimestamp() {
    server
        .request()
        .get(NOTES + "?from=b&limit=1")
        .then()
        .body("items", hasSize(1))
        .body("items[0].key", equalTo("b"))
        .body("items[0].document.k", equalTo("b"))
        .body("items[0].version", org.hamcrest.Matchers.matchesPattern("0-\\d+"))
        .body("items[0].timestamp", org.hamcrest.Matchers.greaterThan(1_600_000_000_000L));
  }

  @Test
  void aCursorGoesThroughEverythingInBothDirections() {
    List<String> all = new ArrayList<>(keys(""));
    assertThat(paged("asc")).isEqualTo(all);
    Collections.reverse(all);
    assertThat(paged("desc")).isEqualTo(all);
  }

  private static List<String> paged(String order) {
    List<String> keys = new ArrayList<>();
    String cursor = "";
    do {
      Map<String, Object> page =
          server
              .request()
              .get(NOTES + "?limit=2&order=" + order + cursor)
              .then()
              .statusCode(200)
              .extract()
              .jsonPath()
              .getMap("");
      for (Object item : (List<?>) page.get("items")) {
        keys.add((String) ((Map<?, ?>) item).get("key"));
      }
      cursor = page.get("cursor") == null ? null : "&cursor=" + page.get("cursor");
    } while (cursor != null);
    return keys;
  }

  @Test
  void cursorsOfOthersAreRefusedWithTheReason() {
    String cursor = server.request().get(NOTES + "?limit=2").jsonPath().getString("cursor");
    String[] bad = {
      NOTES + "?cursor=" + cursor.substring(0, cursor.length() - 3),
      NOTES + "?cursor=" + "A".repeat(60),
      NOTES + "?cursor=%00",
      NOTES + "?cursor=",
      NOTES + "?limit=2&order=desc&cursor=" + cursor,
      NOTES + "?limit=2&prefix=a&cursor=" + cursor,
      "/v1/collections/text/documents?cursor=" + cursor,
    };
    for (String path : bad) {
      server
          .request()
          .get(path)
          .then()
          .statusCode(400)
          .body("type", equalTo("https://weir.dev/problems/invalid-cursor"))
          .body("parameter", equalTo("cursor"));
    }
    server.request().get(NOTES + "?limit=500&cursor=" + cursor).then().statusCode(200);
  }

  @Test
  void parametersThatCannotBeMeantAreRefused() {
    for (String limit :
        List.of("0", "-1", "ten", "1000000000", "99999999999999", "1.5", "", "%20")) {
      server
          .request()
          .get(NOTES + "?limit=" + limit)
          .then()
          .statusCode(400)
          .body("type", equalTo("https://weir.dev/problems/invalid-parameter"))
          .body("parameter", equalTo("limit"));
    }
    server
        .request()
        .get(NOTES + "?limti=3")
        .then()
        .statusCode(400)
        .body("type", equalTo("https://weir.dev/problems/unknown-parameter"))
        .body("detail", org.hamcrest.Matchers.containsString("limit"));
    server.request().get(NOTES + "?order=up").then().statusCode(400);
    server.request().get(NOTES + "?fromInclusive=yes").then().statusCode(400);
    server.request().get(NOTES + "?limit=1&limit=2").then().statusCode(400);
    server.request().get(NOTES + "?prefix=a&from=b").then().statusCode(400);
    server
        .request()
        .get("/v1/collections/person/documents?from=abc")
        .then()
        .statusCode(400)
        .body("type", equalTo("https://weir.dev/problems/invalid-key"))
        .body("parameter", equalTo("from"));
  }

  @Test
  void aTupleIsScannedByItsLeadingParts() {
    for (String key : List.of("[\"a\",1]", "[\"a\",2]", "[\"ab\",1]")) {
      server.putJson(TestServer.document("pair", key), "0");
    }
    server
        .request()
        .get("/v1/collections/pair/documents?prefix=" + TestServer.encode("[\"a\"]"))
        .then()
        .body("items.key", contains(List.of("a", 1), List.of("a", 2)));
  }
}
