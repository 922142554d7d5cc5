package dev.weir.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.weir.query.SearchLimits;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wishes of the issue lists of ksqlDB carry their numbers. */
class FindRouteTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String[] CITIES = {"Oslo", "Bergen", "Rome", "Øre"};
  private TestServer server;

  @BeforeEach
  void start() {
    server = new TestServer();
    for (int i = 0; i < 40; i++) {
      String tags = i % 3 == 0 ? "[\"red\",\"round\"]" : "[\"blue\"]";
      String mail = i % 5 == 0 ? "" : ",\"email\":\"p%d@x\"".formatted(i);
      server.putJson(
          TestServer.document("note", "k%02d".formatted(i)),
          "{\"n\":%d,\"address\":{\"city\":\"%s\"},\"tags\":%s%s}"
              .formatted(i % 10, CITIES[i % 4], tags, mail));
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void nonKeyPredicatesAreAnswered_ksql5850() throws Exception {
    assertThat(keys("filter", "n == 3 && address.city == 'Oslo'")).isEmpty();
    assertThat(keys("filter", "n == 3 && address.city == 'Bergen'")).containsExactly("k13", "k33");
    assertThat(keys("filter", "{\"n\":3,\"address.city\":\"Bergen\"}"))
        .containsExactly("k13", "k33");
  }

  @Test
  void likeBetweenInOr_ksql7793() throws Exception {
    assertThat(keys("filter", "email.startsWith('p1')")).hasSize(9);
    assertThat(keys("filter", "email.contains('9@')")).containsExactly("k09", "k19", "k29", "k39");
    assertThat(keys("filter", "between(n, 3, 4)")).hasSize(8);
    assertThat(keys("filter", "n in [1, 2] || !has(email)")).hasSize(16);
    assertThat(keys("filter", "'red' in tags && n < 3"))
        .containsExactly("k00", "k12", "k21", "k30");
  }

  @Test
  void rangesOfKeysAndContentsTogether_ksql6105_10434() throws Exception {
    assertThat(keys("filter", "n >= 8", "from", "k10", "to", "k30"))
        .containsExactly("k18", "k19", "k28", "k29");
    assertThat(keys("filter", "n >= 8", "prefix", "k2")).containsExactly("k28", "k29");
  }

  @Test
  void pagesHaveACursor_ksql528_7790_6962() throws Exception {
    List<String> all = keys("orderBy", "n desc, address.city");
    assertThat(all).hasSize(40);
    List<String> paged = new ArrayList<>();
    String cursor = "";
    int pages = 0;
    do {
      JsonNode page = json("orderBy", "n desc,address.city", "limit", "7", "cursor", cursor);
      page.path("items").forEach(item -> paged.add(item.path("key").asText()));
      cursor = page.path("cursor").asText("");
      pages++;
      server.putJson(TestServer.document("note", "new" + pages), "{\"n\":100}");
    } while (!page(cursor));
    assertThat(paged).containsExactlyElementsOf(all);
    assertThat(pages).isEqualTo(6);
  }

  private static boolean page(String cursor) {
    return cursor.equals("null") || cursor.isEmpty();
  }

  @Test
  void saysHowItWasFound_ksql6958() throws Exception {
    JsonNode explain = json("filter", "n == 3", "explain", "true").path("explain");
    assertThat(explain.path("filter").asText()).isEqualTo("n == 3");
    assertThat(explain.path("rows").asInt()).isEqualTo(40);
    assertThat(explain.path("scanned").asBoolean()).isTrue();
    assertThat(explain.path("shards")).hasSize(4);
    assertThat(explain.path("shards").get(2).path("access").asText()).isEqualTo("scan");
    JsonNode key =
        json(
            "filter",
            "n == 3",
            "from",
            "k13",
            "to",
            "k13",
            "toInclusive",
            "true",
            "explain",
            "true");
    assertThat(key.path("items")).hasSize(1);
    assertThat(key.path("explain").path("shards")).hasSize(1);
    assertThat(key.path("explain").path("shards").get(0).path("access").asText()).isEqualTo("key");
  }

  @Test
  void givesTheFieldsThatAreWanted() throws Exception {
    JsonNode page = json("filter", "n == 3", "fields", "n, address.city", "limit", "1");
    assertThat(page.path("items").get(0).path("document").toString())
        .isEqualTo("{\"n\":3,\"address\":{\"city\":\"Rome\"}}".replace("Rome", "Øre"));
  }

  @Test
  void streamsAllThatMatch() {
    HttpResponse<String> lines =
        server.send(
            "GET",
            "/v1/collections/note/documents?filter=" + TestServer.encode("n == 3"),
            "",
            "",
            List.of("Accept", "application/x-ndjson"));
    assertThat(lines.body().lines()).hasSize(4);
  }

  @Test
  void sumsByAField() throws Exception {
    JsonNode groups =
        aggregate(
                "groupBy", "address.city", "measures", "count, sum(n), min(n), max(email), avg(n)")
            .path("groups");
    assertThat(groups).hasSize(4);
    assertThat(groups.get(0).toString())
        .isEqualTo(
            "{\"key\":\"Bergen\",\"count\":10,\"sum(n)\":50,\"min(n)\":1,"
                + "\"max(email)\":\"p9@x\",\"avg(n)\":5}");
    assertThat(aggregate("filter", "n > 100").path("groups").toString())
        .isEqualTo("[{\"count\":0}]");
    assertThat(aggregate("measures", "sum(email)", "filter", "n == 3").toString())
        .isEqualTo("{\"groups\":[{\"sum(email)\":0,\"skipped\":{\"sum(email)\":4}}]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          note    ~ filter=n%20%3D%3D                ~ 400 ~ invalid-expression ~ "position":5
          note    ~ filter=name.matches('(a%2B)%2B') ~ 400 ~ invalid-expression ~ no regular expressions
          note    ~ filter={"n":{"gt":true}}         ~ 400 ~ invalid-expression ~ no order
          note    ~ orderBy=n%20up                   ~ 400 ~ invalid-expression ~ "parameter":"orderBy"
          note    ~ fields=a..b                      ~ 400 ~ invalid-expression ~ "position":3
          checked ~ orderBy=n&filter=n%3D%3D'x'      ~ 400 ~ invalid-field      ~ integer
          blob    ~ filter=n%3D%3D1                  ~ 400 ~ invalid-parameter  ~ bytes
          note    ~ orderBy=n&order=desc             ~ 400 ~ invalid-parameter  ~ orderBy
          note    ~ orderBy=n&cursor=AAAA            ~ 400 ~ invalid-cursor     ~ cursor
          note    ~ explain=maybe                    ~ 400 ~ invalid-parameter  ~ explain
          """)
  void saysWhatIsWrong(String collection, String query, int status, String slug, String word) {
    HttpResponse<String> answer =
        server.get(
            "/v1/collections/"
                + collection
                + "/documents?"
                + query.replace("{", "%7B").replace("}", "%7D").replace("\"", "%22"));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains("/" + slug + "\"").contains(word);
  }

  @Test
  void cursorsBelongToTheirQuestion() throws Exception {
    String cursor = json("orderBy", "n", "limit", "5").path("cursor").asText();
    assertThat(get("orderBy", "n", "limit", "3", "cursor", cursor).statusCode()).isEqualTo(200);
    for (String other : new String[] {"n desc", "email"}) {
      assertThat(get("orderBy", other, "cursor", cursor).body()).contains("invalid-cursor");
    }
    assertThat(get("orderBy", "n", "filter", "n > 1", "cursor", cursor).body())
        .contains("invalid-cursor");
    String scan =
        JSON.readTree(server.get("/v1/collections/note/documents?limit=3").body())
            .path("cursor")
            .asText();
    assertThat(get("orderBy", "n", "cursor", scan).body()).contains("invalid-cursor");
    assertThat(server.get("/v1/collections/note/documents?cursor=" + cursor).body())
        .contains("invalid-cursor");
  }

  @Test
  void scansCanBeForbidden() throws Exception {
    server.database.limit(new SearchLimits(false, 1_000));
    assertThat(get("filter", "n == 3").statusCode()).isEqualTo(422);
    assertThat(get("filter", "n == 3").body()).contains("scan-refused").contains("n");
    assertThat(get("orderBy", "n").body()).contains("scan-refused");
    assertThat(keys("filter", "n >= 8", "prefix", "k2")).containsExactly("k28", "k29");
    assertThat(server.get("/v1/collections/note/aggregate").body()).contains("scan-refused");
  }

  /** ksql #9838. */
  @Test
  void rowsAreBounded() throws Exception {
    server.database.limit(new SearchLimits(true, 12));
    assertThat(get("orderBy", "n").body()).contains("unbounded-sort");
    assertThat(server.get("/v1/collections/note/aggregate").body()).contains("query-too-large");
    TreeSet<String> found = new TreeSet<>();
    String cursor = "";
    int pages = 0;
    do {
      JsonNode page = json("filter", "n == 3", "cursor", cursor);
      page.path("items").forEach(item -> found.add(item.path("key").asText()));
      cursor = page.path("cursor").asText("");
      pages++;
    } while (!page(cursor));
    assertThat(found).containsExactly("k03", "k13", "k23", "k33");
    assertThat(pages).isGreaterThan(3);
  }

  @Test
  void partsOfTheAnswerMayBeMissing() throws Exception {
    server.lose(2);
    assertThat(get("filter", "n == 3").statusCode()).isEqualTo(503);
    JsonNode page = json("filter", "n == 3", "partial", "true");
    assertThat(page.path("missing").get(0).path("shard").asInt()).isEqualTo(2);
    assertThat(aggregate("partial", "true").path("missing")).hasSize(1);
  }

  private List<String> keys(String... query) throws Exception {
    List<String> keys = new ArrayList<>();
    json(query).path("items").forEach(item -> keys.add(item.path("key").asText()));
    return keys;
  }

  private JsonNode json(String... query) throws Exception {
    HttpResponse<String> answer = get(query);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private JsonNode aggregate(String... query) throws Exception {
    HttpResponse<String> answer = server.get("/v1/collections/note/aggregate?" + text(query));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private HttpResponse<String> get(String... query) {
    return server.get("/v1/collections/note/documents?" + text(query));
  }

  private static String text(String... query) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < query.length; i += 2) {
      if (!query[i + 1].isEmpty()) {
        text.append(query[i]).append('=').append(TestServer.encode(query[i + 1])).append('&');
      }
    }
    return text.toString();
  }
}
