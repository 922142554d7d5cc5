package dev.weir.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.weir.query.SearchLimits;
import dev.weir.store.DefinitionChange;
import dev.weir.store.IndexDefinition;
import dev.weir.store.Operation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Questions over HTTP that indexes answer. */
class IndexedFindTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String DOCUMENTS = "/v1/collections/note/documents?";
  private TestServer server;

  @BeforeEach
  void start() {
    server = new TestServer();
    for (int i = 0; i < 60; i++) {
      server.putJson(
          TestServer.document("note", "k%02d".formatted(i)),
          "{\"n\":%d,\"mail\":\"m%d\",\"other\":%d}".formatted(i % 12, i % 50, i));
    }
    define(
        new DefinitionChange.PutIndex(
            "note", IndexDefinition.on("byN", List.of("n")), DefinitionChange.Mode.APPLY));
    define(
        new DefinitionChange.PutIndex(
            "note", IndexDefinition.on("byMail", List.of("mail")), DefinitionChange.Mode.APPLY));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void define(DefinitionChange change) {
    server.database.submit(new Operation.Define(List.of(change))).join();
  }

  @Test
  void anIndexChoosesTheDocuments() throws Exception {
    JsonNode page = json(DOCUMENTS + "explain=true&filter=" + TestServer.encode("n == 3"));
    assertThat(page.path("items")).hasSize(5);
    JsonNode explain = page.path("explain");
    assertThat(explain.path("scanned").asBoolean()).isFalse();
    assertThat(explain.path("rows").asInt()).isLessThanOrEqualTo(10);
    explain
        .path("shards")
        .forEach(shard -> assertThat(shard.path("index").asText()).isEqualTo("byN"));
  }

  @Test
  void whatAnIndexChoosesIsNoScan() throws Exception {
    server.database.limit(new SearchLimits(false, 1_000));
    assertThat(json(DOCUMENTS + "filter=" + TestServer.encode("n == 3")).path("items")).hasSize(5);
    assertThat(json(DOCUMENTS + "orderBy=n&limit=3").path("items")).hasSize(3);
    String refused = server.get(DOCUMENTS + "filter=" + TestServer.encode("other == 3")).body();
    assertThat(refused).contains("scan-refused").contains("other");
  }

  @Test
  void pagesGoOnWhenTheIndexHasGone() throws Exception {
    List<String> all = keys(json(DOCUMENTS + "orderBy=n%20desc&limit=100"));
    assertThat(all).hasSize(60);
    JsonNode first = json(DOCUMENTS + "orderBy=n%20desc&limit=25");
    define(new DefinitionChange.DropIndex("note", "byN"));
    JsonNode rest =
        json(DOCUMENTS + "orderBy=n%20desc&limit=100&cursor=" + first.path("cursor").asText());
    List<String> both = keys(first);
    both.addAll(keys(rest));
    assertThat(both).isEqualTo(all);
  }

  @Test
  void valuesThatShouldBeUniqueAreReported() throws Exception {
    String path = "/v1/collections/note/indexes/byMail/duplicates?limit=4";
    JsonNode first = json(path);
    assertThat(first.path("items")).hasSize(4);
    JsonNode item = first.path("items").get(0);
    assertThat(item.path("values").get(0).asText()).isEqualTo("m0");
    assertThat(item.path("documents").asInt()).isEqualTo(2);
    assertThat(item.path("keys").toString()).isEqualTo("[\"k00\",\"k50\"]");
    JsonNode second = json(path + "&cursor=" + first.path("cursor").asText());
    JsonNode third = json(path + "&cursor=" + second.path("cursor").asText());
    assertThat(second.path("items")).hasSize(4);
    assertThat(third.path("items")).hasSize(2);
    assertThat(third.path("cursor").isNull()).isTrue();
    assertThat(server.get("/v1/collections/note/indexes/byMal/duplicates").body())
        .contains("unknown-index")
        .contains("byMail");
  }

  private static List<String> keys(JsonNode page) {
    List<String> keys = new ArrayList<>();
    page.path("items").forEach(item -> keys.add(item.path("key").asText()));
    return keys;
  }

  private JsonNode json(String path) throws Exception {
    var answer = server.get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }
}
