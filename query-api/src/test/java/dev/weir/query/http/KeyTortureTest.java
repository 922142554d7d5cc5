package dev.weir.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Keys that URLs, servers and routers like to interpret come back as what they are: data. */
class KeyTortureTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static TestServer server;

  @BeforeContainer
  static void start() {
    server = new TestServer();
  }

  @AfterContainer
  static void stop() {
    server.close();
  }

  @Provide
  Arbitrary<String> keys() {
    Arbitrary<String> tricky =
        Arbitraries.of(
                "/",
                "//",
                ".",
                "..",
                "../",
                "%",
                "%2F",
                "%25",
                "%00",
                ";",
                ";x=1",
                "?",
                "#",
                "&",
                "=",
                "+",
                " ",
                "\\",
                ":",
                "@",
                "\"",
                "'",
                "<",
                "{key}",
                "a",
                "Z",
                "0",
                "\u0000",
                "\n",
                "\r\n",
                "\t",
                "\u007f",
                "\u0085",
                "\u2028",
                "\ufeff",
                "\ufffd",
                "ß",
                "e\u0301",
                "\u200d",
                "\uD83D\uDC69",
                "\uDBFF\uDFFF",
                "\uFFFF")
            .list()
            .ofMaxSize(8)
            .map(parts -> String.join("", parts));
    Arbitrary<String> any =
        Arbitraries.strings()
            .all()
            .ofMaxLength(40)
            .filter(s -> StandardCharsets.UTF_8.newEncoder().canEncode(s));
    return Arbitraries.oneOf(tricky, any);
  }

  @Property(tries = 400)
  void anyTextIsAKey(@ForAll("keys") String key) throws Exception {
    String path = TestServer.document("note", key);
    String document = MAPPER.writeValueAsString(MAPPER.createObjectNode().put("key", key));

    assertThat(server.putJson(path, document).statusCode()).as(path).isIn(200, 201);
    assertThat(MAPPER.readTree(server.get(path).body()).path("key").asText()).isEqualTo(key);
    String everyByte = path.substring(0, path.lastIndexOf('/') + 1) + escapeAll(key);
    assertThat(MAPPER.readTree(server.get(everyByte).body()).path("key").asText()).isEqualTo(key);
    String range = "?toInclusive=true&from=" + TestServer.encode(key) + "&to=" + escapeAll(key);
    JsonNode items =
        MAPPER.readTree(server.get("/v1/collections/note/documents" + range).body()).path("items");
    assertThat(items).hasSize(1);
    assertThat(items.get(0).path("key").asText()).isEqualTo(key);
    String batch = MAPPER.writeValueAsString(java.util.Map.of("keys", List.of(key)));
    JsonNode found =
        MAPPER.readTree(
            server
                .send("POST", "/v1/collections/note/batch-get", "application/json", batch)
                .body());
    assertThat(found.at("/items/0/document/key").asText()).isEqualTo(key);
  }

  /** What stands in the URL unescaped, and what key that is. */
  @Example
  void whatAUrlHoldsUnescapedIsPartOfTheKey() throws Exception {
    String[][] cases = {
      {"a/b", "a/b"},
      {"/", "/"},
      {"//x//", "//x//"},
      {"..", ".."},
      {".", "."},
      {"a/../b", "a/../b"},
      {"./a/./", "./a/./"},
      {"a;b=c", "a;b=c"},
      {"%2F", "/"},
      {"%252F", "%2F"},
      {"%2e%2e%2f", "../"},
      {"a+b", "a+b"},
      {"a%00b", "a\u0000b"},
      {"", ""},
      {"%5B1%5D", "[1]"},
      {"ä", "ä"},
      {"batch-get", "batch-get"},
      {"../../../../../../x", "../../../../../../x"},
      {"%2e%2e/%2E%2E/%2e%2e/..", "../../../.."},
      {".../.%2e/.", ".../../."},
      {"a/%00/../b", "a/\u0000/../b"},
      {"x:y@z", "x:y@z"},
    };
    for (String[] c : cases) {
      try (RawConnection connection = new RawConnection(server.port())) {
        String json = "{\"case\":\"" + c[0] + "\"}";
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        String head =
            "PUT /v1/collections/text/documents/"
                + c[0]
                + " HTTP/1.1\r\nHost: x\r\n"
                + "Content-Type: text/plain\r\nContent-Length: "
                + body.length
                + "\r\n\r\n";
        String answer =
            connection.send(head.getBytes(StandardCharsets.UTF_8)).send(body).readAnswer();
        assertThat(answer).as(c[0]).startsWith("HTTP/1.1 20");
        assertThat(server.get(TestServer.document("text", c[1])).body()).as(c[0]).isEqualTo(json);
      }
    }
  }

  private static String escapeAll(String key) {
    StringBuilder escaped = new StringBuilder();
    for (byte b : key.getBytes(StandardCharsets.UTF_8)) {
      escaped.append(String.format("%%%02x", b));
    }
    return escaped.toString();
  }
}
