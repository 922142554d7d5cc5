package dev.weir.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DocumentSchemaTest {

  private static final String PERSON =
      """
      {"type":"object","required":["name"],"additionalProperties":false,
       "properties":{"name":{"type":"string","minLength":1},"age":{"type":"integer","minimum":0},
                     "friends":{"type":"array","items":{"$ref":"#/$defs/friend"}}},
       "$defs":{"friend":{"$id":"friend.json","type":"object","required":["id"]}}}
      """;

  private static CollectionDefinition collection(String schema) {
    return new CollectionDefinition(
        1, "c", KeyType.Scalar.LONG, "json", CollectionDefinition.Writer.API, schema, 1);
  }

  private static List<Fault> validate(String schema, String document) {
    return DocumentSchema.of(collection(schema))
        .orElseThrow()
        .validate(document.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'name':'a'}                             | ``",
        "{'name':'a','age':1.0}                   | ``",
        "{'name':'a','friends':[{'id':1}]}        | ``",
        "{}                                       | : required property 'name' not found",
        "[]                                       | : array found, object expected",
        "{'name':''}                              | /name: must be at least 1 characters long",
        "{'name':'a','age':'1'}                   | /age: string found, integer expected",
        "{'name':'a','age':-1}                    | /age: must have a minimum value of 0",
        "{'name':'a','friends':[{'id':1},{}]}     | /friends/1: required property 'id' not found",
        "{'name':'a','x/y':1}                     | : property 'x/y' is not defined in the schema and the schema does not allow additional properties",
        "{'name'                                  | : not JSON"
      })
  void findsWhatIsWrong(String document, String fault) {
    List<Fault> faults = validate(PERSON, document.replace('\'', '"'));
    assertThat(faults.stream().map(f -> f.path() + ": " + f.problem()))
        .isEqualTo(fault.isEmpty() ? List.of() : List.of(fault));
  }

  @Test
  void aCollectionWithoutSchemaHasNone() {
    assertThat(DocumentSchema.of(collection(null))).isEmpty();
    assertThat(validate("true", "1")).isEmpty();
    assertThat(validate("false", "1")).hasSize(1);
  }

  @Test
  void isCompiledOnce() {
    assertThat(DocumentSchema.of(collection(PERSON)).orElseThrow())
        .isSameAs(DocumentSchema.of(collection(PERSON)).orElseThrow());
  }

  @Test
  void schemasOfOneIdDoNotMeet() {
    String id = "{\"$id\":\"https://example.com/s\",\"type\":\"%s\"}";
    assertThat(validate(String.format(id, "string"), "1")).hasSize(1);
    assertThat(validate(String.format(id, "integer"), "1")).isEmpty();
  }

  @Test
  void faultsAreFew() {
    String document = "[" + "\"x\",".repeat(10_000) + "1]";
    assertThat(validate("{\"items\":{\"type\":\"integer\"}}", document)).hasSize(20);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "3",
        "{\"a\":1,\"a\":2}",
        "{\"type\":\"objekt\"}",
        "{\"required\":\"name\"}",
        "{\"minimum\":\"1\"}",
        "{\"pattern\":\"(\"}",
        "{\"$schema\":\"http://json-schema.org/draft-07/schema#\"}",
        "{\"$schema\":7}",
        "{\"$ref\":\"#/$defs/missing\"}",
        "{\"properties\":{\"a\":{\"$ref\":\"#/$defs/missing\"}}}",
        "{\"$ref\":\"#\"}",
        "{\"$ref\":\"other.json\"}",
        "{\"$ref\":\"http://localhost:1/x.json\"}",
        "{\"$ref\":\"https://example.com/x.json\"}",
        "{\"$ref\":\"file:///etc/passwd\"}",
        "{\"$ref\":\"classpath:logback-test.xml\"}",
        "{\"$ref\":\"classpath:draft/2020-12/../../logback-test.xml\"}",
        "{\"$ref\":\"jar:file:///tmp/x.jar!/y\"}"
      })
  void unusableSchemasAreFaults(String schema) {
    assertThat(DocumentSchema.faults(schema))
        .isNotEmpty()
        .allSatisfy(
            fault -> {
              assertThat(fault.path()).isEqualTo("schema");
              assertThat(fault.toString())
                  .hasSizeLessThan(500)
                  .doesNotContain(" null ", "Exception");
            });
    assertThatThrownBy(() -> DocumentSchema.of(collection(schema)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(DefinitionReader.check(collection(schema))).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\"}",
        "{\"$ref\":\"https://json-schema.org/draft/2020-12/schema\"}",
        "{\"properties\":{\"child\":{\"$ref\":\"#\"}}}",
        "{\"$id\":\"https://example.com/a\",\"$ref\":\"b\",\"$defs\":{\"b\":{\"$id\":\"b\"}}}"
      })
  void usableSchemasHaveNoFaults(String schema) {
    assertThat(DocumentSchema.faults(schema)).isEmpty();
    assertThat(validate(schema, "{\"child\":{\"child\":{}}}")).isEmpty();
  }

  @Test
  void nothingIsFetched(@TempDir Path files) throws Exception {
    AtomicInteger requests = new AtomicInteger();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    try {
      String remote = "http://127.0.0.1:" + server.getAddress().getPort() + "/s.json";
      Path file = Files.writeString(files.resolve("s.json"), "{}");
      for (String address : List.of(remote, file.toUri().toString())) {
        for (String schema :
            List.of(
                "{\"$ref\":\"%s\"}",
                "{\"properties\":{\"a\":{\"$ref\":\"%s#/x\"}}}",
                "{\"$dynamicRef\":\"%s\"}",
                "{\"$id\":\"%s\",\"$ref\":\"t.json\"}",
                "{\"$defs\":{\"a\":{\"$schema\":\"%s\"}},\"$ref\":\"#/$defs/a\"}",
                "{\"$defs\":{\"a\":{\"$id\":\"a\",\"$schema\":\"%s\"}},\"$ref\":\"a\"}")) {
          assertThat(DocumentSchema.faults(String.format(schema, address)))
              .as("%s", schema)
              .isNotEmpty();
        }
      }
      assertThat(requests).hasValue(0);
    } finally {
      server.stop(0);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"multipleOf\":0.01}",
        "{\"maximum\":5}",
        "{\"type\":\"integer\"}",
        "{\"const\":1}",
        "{\"enum\":[1,2.5]}"
      })
  void hugeNumbersDoNotHurt(String schema) {
    for (String number : List.of("1e400", "-1e999999999", "1e-999999999", "1".repeat(900))) {
      validate(schema, number);
    }
  }

  @Test
  void endlessReferencesAreAFault() {
    String schema = "{\"properties\":{\"a\":{\"$ref\":\"#/properties/a\"}}}";
    if (DocumentSchema.faults(schema).isEmpty()) {
      assertThat(validate(schema, "{\"a\":1}")).hasSize(1);
    }
    assertThat(validate("{\"items\":{\"$ref\":\"#\"}}", "[".repeat(900) + "]".repeat(900)))
        .hasSizeLessThan(2);
  }
}
