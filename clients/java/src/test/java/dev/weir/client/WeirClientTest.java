package dev.weir.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeirClientTest {

  private RecordingServer server;
  private WeirClient client;

  @BeforeEach
  void start() throws IOException {
    server = new RecordingServer();
    client = WeirClient.at(server.url());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void getsADocumentWithAllThatIsSaidOfIt() {
    server.answers(
        200,
        Map.of(
            "Content-Type", "application/json",
            "ETag", "\"0-17\"",
            "Weir-Timestamp", "1290664733756",
            "Weir-Position", "token",
            "Weir-Served-By", "node-1"),
        "{\"n\":12345678901234567890.5}");

    StoredDocument document = client.get("person", "17").orElseThrow();

    assertThat(document.text()).isEqualTo("{\"n\":12345678901234567890.5}");
    assertThat(document.json().path("n").decimalValue()).hasToString("12345678901234567890.5");
    assertThat(document.version()).isEqualTo("0-17");
    assertThat(document.timestamp()).isEqualTo(1290664733756L);
    assertThat(document.position()).isEqualTo("token");
    assertThat(document.servedBy()).isEqualTo("node-1");
    assertThat(server.last().uri()).isEqualTo("/v1/collections/person/documents/17");
  }

  @Test
  void asksByContents() {
    server.answers(200, Map.of(), "{\"items\":[],\"cursor\":null,\"explain\":{\"rows\":7}}");
    Scan scan = Scan.all().where("age >= 18 && a == \"b\"").orderedBy("age desc").fields("age");

    assertThat(client.explain("person", scan).path("rows").asInt()).isEqualTo(7);
    assertThat(server.last().uri())
        .isEqualTo(
            "/v1/collections/person/documents?explain=true&fields=age"
                + "&filter=age%20%3E%3D%2018%20%26%26%20a%20%3D%3D%20%22b%22"
                + "&orderBy=age%20desc");

    server.answers(200, Map.of(), "{\"groups\":[{\"key\":1,\"count\":2}]}");
    assertThat(client.aggregate("person", Scan.all().where("x"), "age", "count")).hasSize(1);
    assertThat(server.last().uri())
        .isEqualTo("/v1/collections/person/aggregate?filter=x&groupBy=age&measures=count");

    server.answers(200, Map.of(), "{\"items\":[],\"cursor\":null}");
    client.duplicates("person", "byMail", Scan.all().pageSize(3));
    assertThat(server.last().uri())
        .isEqualTo("/v1/collections/person/indexes/byMail/duplicates?limit=3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "a/b%c a%2Fb%25c",
        ".. %2E%2E",
        ". %2E",
        "a..b a..b",
        "é😀 %C3%A9%F0%9F%98%80",
        "[\"a\",1] %5B%22a%22%2C1%5D",
        "a?b#c;d+e a%3Fb%23c%3Bd%2Be",
      })
  void keysReachTheServerAsTheyAre(String key, String escaped) {
    server.answersProblem(404, "document-not-found");
    assertThat(client.get("note", key)).isEmpty();
    assertThat(server.last().uri()).isEqualTo("/v1/collections/note/documents/" + escaped);
  }

  @Test
  void writesOnTerms() {
    server.answers(200, Map.of("ETag", "\"0-5\"", "Idempotency-Replayed", "true"), "");
    byte[] patch = "{\"a\":null}".getBytes(StandardCharsets.UTF_8);
    Receipt receipt =
        client.patch("note", "a", patch, Terms.none().ifAbsent().ifVersion("0-3", "0-4").once("k"));
    assertThat(receipt.replayed()).isTrue();
    assertThat(server.last().method()).isEqualTo("PATCH");
    assertThat(server.last().contentType()).isEqualTo("application/merge-patch+json");
    assertThat(server.last().body()).isEqualTo("{\"a\":null}");
    assertThat(server.last().headers().getFirst("If-Match")).isEqualTo("\"0-3\", \"0-4\"");
    assertThat(server.last().headers().getFirst("If-None-Match")).isNull();
    assertThat(server.last().headers().getFirst("Idempotency-Key")).isEqualTo("k");

    server.answersProblem(412, "precondition-failed");
    assertThatThrownBy(() -> client.delete("note", "a", Terms.none().ifPresent()))
        .isInstanceOf(ProblemException.Conflict.class);
    assertThat(server.last().headers().getFirst("If-Match")).isEqualTo("*");

    server.answers(202, Map.of("Weir-Position", "p"), "");
    byte[] one = {'1'};
    receipt = client.put("note", "a", one, "application/json", Terms.none().accepted());
    assertThat(receipt.position()).isEqualTo("p");
    assertThat(server.last().uri()).isEqualTo("/v1/collections/note/documents/a?ack=accepted");
  }

  @Test
  void writesBatches() {
    server.answers(
        200,
        Map.of(),
        "{\"results\":[{\"created\":true,\"version\":\"0-7\"},{\"existed\":false}]}");
    var put = JsonNodeFactory.instance.objectNode();
    put.put("op", "put").put("collection", "note").put("key", "a").put("document", 1);
    var results = client.batch(List.of(put, put), Terms.none().once("b"));
    assertThat(results).hasSize(2);
    assertThat(results.get(0).path("version").asText()).isEqualTo("0-7");
    assertThat(server.last().uri()).isEqualTo("/v1/batch");
    assertThat(server.last().body()).startsWith("{\"operations\":[{\"op\":\"put\"");
    assertThat(server.last().headers().getFirst("Idempotency-Key")).isEqualTo("b");
  }

  @Test
  void anUnknownCollectionIsNoMissingDocument() {
    server.answersProblem(404, "unknown-collection");
    assertThatThrownBy(() -> client.get("nota", "a")).isInstanceOf(ProblemException.NotFound.class);
  }

  @Test
  void putsAndDeletes() {
    server.answers(201, Map.of("ETag", "\"0-1\"", "Weir-Position", "p"), "");
    Receipt put = client.put("note", "a", JsonNodeFactory.instance.objectNode().put("text", "é"));
    assertThat(put).isEqualTo(new Receipt(true, "0-1", "p", "", false));
    assertThat(server.last().method()).isEqualTo("PUT");
    assertThat(server.last().body()).isEqualTo("{\"text\":\"é\"}");
    assertThat(server.last().contentType()).isEqualTo("application/json");

    server.answers(204, Map.of("Weir-Position", "q"), "");
    assertThat(client.delete("note", "a")).isEqualTo(new Receipt(false, "", "q", "", false));
    assertThat(server.last().method()).isEqualTo("DELETE");
  }

  @Test
  void batchesKeepTheOrderOfTheirKeys() {
    server.answers(
        200,
        Map.of(),
        """
        {"items":[{"key":2,"found":false},
        {"key":1,"found":true,"document":{"a":1},"version":"0-5","timestamp":7}]}\
        """);
    var items = client.batchGet("person", List.of(IntNode.valueOf(2), IntNode.valueOf(1)));
    assertThat(items.get(0)).isEmpty();
    assertThat(items.get(1).orElseThrow().version()).isEqualTo("0-5");
    assertThat(server.last().body()).isEqualTo("{\"keys\":[2,1]}");
  }

  @Test
  void scansPageByPageAndOnlyAsFarAsItIsRead() {
    server.answers(200, Map.of(), page("a", "b", "\"c1\""));
    server.answers(200, Map.of(), page("c", "d", "null"));
    List<String> keys = new ArrayList<>();

    var items = client.scan("note", Scan.all().from("a b").descending().pageSize(2)).iterator();
    assertThat(items.hasNext()).isTrue();
    assertThat(server.count()).isEqualTo(1);
    assertThat(server.last().uri())
        .isEqualTo("/v1/collections/note/documents?from=a%20b&limit=2&order=desc");
    items.forEachRemaining(item -> keys.add(item.key().textValue()));

    assertThat(keys).containsExactly("a", "b", "c", "d");
    assertThat(server.count()).isEqualTo(2);
    assertThat(server.last().uri())
        .isEqualTo("/v1/collections/note/documents?cursor=c1&from=a%20b&limit=2&order=desc");
  }

  private static String page(String one, String two, String cursor) {
    return """
    {"items":[{"key":"%s","document":1,"version":"0-1","timestamp":1},\
    {"key":"%s","document":2,"version":"0-2","timestamp":2}],"cursor":%s}\
    """
        .formatted(one, two, cursor);
  }

  @ParameterizedTest
  @CsvSource({
    "400, invalid-key, BadRequest",
    "422, invalid-document, BadRequest",
    "404, unknown-path, NotFound",
    "409, writer-is-source, Conflict",
    "429, overloaded, Unavailable",
    "503, rebalancing, Unavailable",
    "503, log-unavailable, UnknownFate",
    "500, internal-error, ServerFault",
  })
  void problemsBecomeExceptionsByWhatToDo(int status, String kind, String expected) {
    server.answersProblem(status, kind);
    ProblemException e =
        catchThrowableOfType(
            ProblemException.class, () -> client.put("note", "a", TextNode.valueOf("x")));
    assertThat(e.getClass().getSimpleName()).isEqualTo(expected);
    assertThat(e.problem().kind()).isEqualTo(kind);
    assertThat(e.problem().retryAfterSeconds()).isEqualTo(3);
    assertThat(e.problem().members().path("collection").textValue()).isEqualTo("note");
    assertThat(e).hasMessage("Title: detail. action");
  }

  @Test
  void anAnswerThatIsNoProblemDocumentIsStillOne() {
    server.answers(502, Map.of("Content-Type", "text/html"), "<html>");
    ProblemException e = catchThrowableOfType(ProblemException.class, () -> client.cluster());
    assertThat(e).isInstanceOf(ProblemException.Unavailable.class);
    assertThat(e.problem().type()).isEqualTo("about:blank");
    assertThat(e).hasMessage("The server answered 502");
  }

  @Test
  void aNodeThatIsNotThereIsUnreachable() {
    URI url = server.url();
    server.close();
    assertThatThrownBy(() -> WeirClient.at(url).cluster())
        .isInstanceOf(UnreachableException.class)
        .hasMessageContaining(url.toString());
  }

  @Test
  void onlyWebAddressesAreUrls() {
    assertThatThrownBy(() -> WeirClient.at(URI.create("localhost:7070")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("http://host:port");
  }

  @Test
  void readinessIsAQuestionNotAFailure() {
    server.answers(503, Map.of(), "{}");
    assertThat(client.ready()).isFalse();
    server.answers(200, Map.of(), "{}");
    assertThat(client.ready()).isTrue();
  }
}
