package dev.weir.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ValueFormatsTest {

  private static final JsonMapper MAPPER = new JsonMapper();

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  @Test
  void unknownNamesAreRefusedWithTheKnownOnes() {
    assertThat(ValueFormats.names()).containsExactly("json", "string", "bytes");
    assertThatThrownBy(() -> ValueFormats.of("avro"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'avro'")
        .hasMessageContaining("json, string, bytes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        "true",
        "0",
        "-1.50e+3",
        "\"a b\\t\\\" \\\\\"",
        "{\"a\":[1,{\"b\":\" \"}]}",
        "\"äöü 😀\"",
        "\"\\ud83d\\ude00\"",
        "{\"a\":\"\\\\\",\"b\":\" x \"}"
      })
  void jsonWithoutWhiteSpaceIsKeptAsItIs(String json) throws Exception {
    byte[] raw = utf8(json);
    assertThat(ValueFormats.of("json").accept(raw)).isSameAs(raw);
    assertThat(ValueFormats.of("json").toJson(raw)).isSameAs(raw);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "` {} `                    | {}",
        "`{ \"a b\" : [ 1 , 2 ] }` | {\"a b\":[1,2]}",
        "`[\"\\\\\" , \"\\\" \"]`  | [\"\\\\\",\"\\\" \"]",
        "` 1 `                     | 1",
        "`{\"a\": \"x\\ty\"}`      | {\"a\":\"x\\ty\"}"
      })
  void whiteSpaceBetweenTokensGoes(String json, String minified) throws Exception {
    byte[] raw = utf8(json);
    assertThat(text(ValueFormats.of("json").accept(raw))).isEqualTo(minified);
    assertThat(text(raw)).isEqualTo(json);
  }

  @Test
  void minifyingKeepsTheMeaning() throws Exception {
    Random random = new Random(9);
    for (int i = 0; i < 3_000; i++) {
      JsonNode tree = tree(random, 4);
      byte[] pretty = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(tree);
      byte[] accepted = ValueFormats.of("json").accept(pretty);
      assertThat(text(accepted)).isEqualTo(MAPPER.writeValueAsString(tree));
      assertThat(ValueFormats.of("json").accept(accepted)).isSameAs(accepted);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``                  | empty",
        "` `                 | empty",
        "{                   | not JSON at byte",
        "{\"a\":1,}          | not JSON",
        "{\"a\":1} {}        | text behind",
        "1 2                 | text behind",
        "1x                  | not JSON",
        "{\"a\":1,\"a\":2}   | Duplicate field 'a'",
        "{'a':1}             | not JSON",
        "NaN                 | not JSON",
        "01                  | not JSON",
        "+1                  | not JSON",
        "// c                | not JSON",
        "\"\\x\"             | not JSON",
        "tru                 | not JSON",
        "]                   | not JSON"
      })
  void refusesWhatIsNotOneJsonValue(String json, String problem) {
    assertThatThrownBy(() -> ValueFormats.of("json").accept(utf8(json)))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void refusesWhatWouldCostTooMuch() {
    assertThatThrownBy(
            () -> ValueFormats.of("json").accept(utf8("[".repeat(2_000) + "]".repeat(2_000))))
        .hasMessageContaining("exceeds a limit");
    assertThatThrownBy(() -> ValueFormats.of("json").accept(utf8("1".repeat(2_000))))
        .hasMessageContaining("exceeds a limit");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "22ff22", // not UTF-8 at all
        "22c08022", // an overlong form
        "22eda08022", // half a surrogate pair in UTF-8
        "22f4908080", // above U+10FFFF
        "7b007d00", // UTF-16
        "007b007d",
        "0000007b",
        "efbbbf7b7d" // byte order mark
      })
  void refusesOtherEncodings(String hex) {
    byte[] raw = HexFormat.of().parseHex(hex);
    assertThatThrownBy(() -> ValueFormats.of("json").accept(raw))
        .isInstanceOf(InvalidValueException.class);
  }

  @Test
  void noMutationOfJsonThrowsAnythingElse() {
    Random random = new Random(10);
    int accepted = 0;
    for (int i = 0; i < 50_000; i++) {
      byte[] raw = utf8(tree(random, 3).toPrettyString());
      for (int m = random.nextInt(3); m >= 0; m--) {
        raw[random.nextInt(raw.length)] = (byte) random.nextInt(random.nextBoolean() ? 128 : 256);
      }
      try {
        byte[] stored = ValueFormats.of("json").accept(raw);
        assertThat(ValueFormats.of("json").accept(stored)).isSameAs(stored);
        accepted++;
      } catch (InvalidValueException e) {
        assertThat(e).hasMessageContaining(":");
      }
    }
    assertThat(accepted).isBetween(1_000, 49_000);
  }

  @Test
  void stringsAreUtf8AndJsonStrings() throws Exception {
    ValueFormat format = ValueFormats.of("string");
    for (String value : new String[] {"", "plain", "quote \" \\ \n \u0001", "ä😀\u0000"}) {
      byte[] stored = format.accept(utf8(value));
      assertThat(MAPPER.readTree(format.toJson(stored)).textValue()).isEqualTo(value);
      assertThat(format.fromJson(format.toJson(stored))).isEqualTo(stored);
    }
    byte[] broken = {'a', (byte) 0xff};
    assertThatThrownBy(() -> format.accept(broken)).hasMessageContaining("UTF-8");
    assertThatThrownBy(() -> format.fromJson(utf8("1"))).hasMessageContaining("quotes");
    assertThatThrownBy(() -> format.fromJson(utf8("\"\\ud800\"")))
        .hasMessageContaining("surrogate");
    assertThatThrownBy(() -> format.fromJson(utf8("\"a\" \"b\"")))
        .isInstanceOf(InvalidValueException.class);
  }

  @Test
  void bytesAreAnythingAndBase64InJson() throws Exception {
    ValueFormat format = ValueFormats.of("bytes");
    byte[] raw = {0, (byte) 0xff, 62, 63};
    assertThat(format.accept(raw)).isSameAs(raw);
    assertThat(text(format.toJson(raw))).isEqualTo("\"AP8+Pw==\"");
    assertThat(format.fromJson(format.toJson(raw))).isEqualTo(raw);
    assertThatThrownBy(() -> format.fromJson(utf8("\"*\""))).hasMessageContaining("base64");
    assertThatThrownBy(() -> format.fromJson(utf8("[1]"))).hasMessageContaining("base64");
  }

  private static JsonNode tree(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 6 : 4)) {
      case 0 -> MAPPER.getNodeFactory().textNode("a \"\\" + random.nextInt(9) + " ä\n");
      case 1 -> MAPPER.getNodeFactory().numberNode(random.nextInt());
      case 2 -> MAPPER.getNodeFactory().booleanNode(random.nextBoolean());
      case 3 -> MAPPER.getNodeFactory().nullNode();
      case 4 -> {
        var array = MAPPER.createArrayNode();
        for (int i = random.nextInt(3); i > 0; i--) {
          array.add(tree(random, depth - 1));
        }
        yield array;
      }
      default -> {
        var object = MAPPER.createObjectNode();
        for (int i = random.nextInt(3); i > 0; i--) {
          object.set("f " + i, tree(random, depth - 1));
        }
        yield object;
      }
    };
  }
}
