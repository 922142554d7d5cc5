package dev.weir.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OpenApiTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Path COPY = Path.of("..", "clients", "contract", "openapi.json");
  static final String REWRITE = "weir.contract.write";

  private static TestServer server;
  private static JsonNode document;

  @BeforeAll
  static void start() throws Exception {
    server = new TestServer();
    document = MAPPER.readTree(server.get("/openapi.json").body());
    for (String key : new String[] {"a/1", "a/2", "b"}) {
      server.putJson(TestServer.document("note", key), "{\"text\":\"x\"}");
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void theCopyForClientsAgrees() throws Exception {
    String served = server.get("/openapi.json").body() + "\n";
    if (Boolean.getBoolean(REWRITE)) {
      Files.createDirectories(COPY.getParent());
      Files.writeString(COPY, served);
    }
    assertThat(served)
        .as("write it anew with -D%s=true, as CONTRIBUTING.md says", REWRITE)
        .isEqualTo(Files.readString(COPY));
  }

  @Test
  void everyExampleOfEveryOperationWorksAndAnswersAsDescribed() {
    Set<String> operations = new HashSet<>();
    for (var path : document.path("paths").properties()) {
      for (var operation : path.getValue().properties()) {
        Set<String> examples = new HashSet<>();
        String method = operation.getKey().toUpperCase(java.util.Locale.ROOT);
        for (OperationSpec.Example example : spec(operation.getValue()).examples()) {
          call(method, path.getKey(), operation.getValue(), example);
          examples.add(example.name());
        }
        assertThat(examples).as(method + " " + path.getKey()).isNotEmpty();
        assertThat(operations.add(operation.getValue().path("operationId").asText())).isTrue();
      }
    }
    assertThat(operations).hasSizeGreaterThanOrEqualTo(15);
  }

  /** The document shows the values of an example at its parameters; the table has them together. */
  private static OperationSpec spec(JsonNode operation) {
    HttpPorts ports =
        new HttpPorts(server.database, server.cursors(), new EchoGraphQl(), server, server.metrics);
    return Routes.table(HttpSettings.defaults("", 0), ports, () -> false).routes().stream()
        .map(Route::spec)
        .filter(s -> s.id().equals(operation.path("operationId").asText()))
        .findFirst()
        .orElseThrow();
  }

  private static void call(
      String method, String template, JsonNode operation, OperationSpec.Example example) {
    String path = template;
    String query = "?";
    List<String> headers = new ArrayList<>();
    for (JsonNode parameter : operation.path("parameters")) {
      String name = parameter.path("name").asText();
      String value = example.parameters().get(name);
      boolean inPath = parameter.path("in").asText().equals("path");
      assertThat(value != null || !inPath).as(name).isTrue();
      if (inPath) {
        path = path.replace("{" + name + "}", TestServer.encode(value));
      } else if (value != null && parameter.path("in").asText().equals("header")) {
        headers.addAll(List.of(name, value));
      } else if (value != null) {
        query += name + "=" + TestServer.encode(value) + "&";
      }
    }
    String what = method + " " + path + query + " (" + example.name() + ")";
    JsonNode request = operation.path("requestBody").path("content").path(example.contentType());
    if (!example.body().isEmpty()) {
      validate(example.body(), request.path("schema"), what);
    }
    HttpResponse<String> answer =
        server.send(method, path + query, example.contentType(), example.body(), headers);
    assertThat(answer.statusCode()).as(what + answer.body()).isEqualTo(example.status());
    JsonNode response = operation.path("responses").path(String.valueOf(answer.statusCode()));
    response
        .path("headers")
        .fieldNames()
        .forEachRemaining(
            h ->
                assertThat(
                        answer.headers().firstValue(h).isPresent()
                            || h.equals(Levels.HEADER)
                            || h.equals(Incomplete.HEADER))
                    .as(h) // only bounded answers state their bound
                    .isTrue());
    String type = MediaTypes.essence(answer.headers().firstValue("Content-Type").orElse(""));
    if (response.path("content").isMissingNode()) {
      assertThat(answer.body()).as(what).isEmpty();
    } else {
      assertThat(response.path("content").has(type)).as(what + " gives " + type).isTrue();
    }
    if (type.endsWith("json")) {
      validate(answer.body(), response.path("content").path(type).path("schema"), what);
    }
  }

  @Test
  void problemsAreAsDescribed() {
    for (String path :
        new String[] {"/v1/collections/x/documents/1", "/nowhere", "/v1/cluster?verbose=1"}) {
      ObjectNode schema = MAPPER.createObjectNode().put("$ref", "#/components/schemas/Problem");
      validate(server.get(path).body(), schema, path);
    }
  }

  private static void validate(String body, JsonNode schema, String what) {
    assertThat(schema.isObject()).as("schema of " + what).isTrue();
    ObjectNode whole = schema.deepCopy();
    whole.set("components", document.path("components"));
    try {
      var faults =
          JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
              .getSchema(whole)
              .validate(MAPPER.readTree(body));
      assertThat(faults).as(what + ": " + body).isEmpty();
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(what, e);
    }
  }
}
