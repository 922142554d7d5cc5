package dev.weir.store.write;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MergePatchTest {
  private static final JsonMapper MAPPER = new JsonMapper();

  /** The examples of RFC 7396, appendix A, whose patch is an object. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "{\"a\":\"b\"}; {\"a\":\"c\"}; {\"a\":\"c\"}",
        "{\"a\":\"b\"}; {\"b\":\"c\"}; {\"a\":\"b\",\"b\":\"c\"}",
        "{\"a\":\"b\"}; {\"a\":null}; {}",
        "{\"a\":\"b\",\"b\":\"c\"}; {\"a\":null}; {\"b\":\"c\"}",
        "{\"a\":[\"b\"]}; {\"a\":\"c\"}; {\"a\":\"c\"}",
        "{\"a\":\"c\"}; {\"a\":[\"b\"]}; {\"a\":[\"b\"]}",
        "{\"a\":{\"b\":\"c\"}}; {\"a\":{\"b\":\"d\",\"c\":null}}; {\"a\":{\"b\":\"d\"}}",
        "{\"a\":[{\"b\":\"c\"}]}; {\"a\":[1]}; {\"a\":[1]}",
        "{\"e\":null}; {\"a\":1}; {\"e\":null,\"a\":1}",
        "[1,2]; {\"a\":\"b\",\"c\":null}; {\"a\":\"b\"}",
        "{}; {\"a\":{\"bb\":{\"ccc\":null}}}; {\"a\":{\"bb\":{}}}",
        "\"foo\"; {\"a\":1}; {\"a\":1}",
      })
  void followsTheExamplesOfTheStandard(String document, String patch, String result)
      throws Exception {
    assertThat(merge(document, patch)).isEqualTo(result);
  }

  @Test
  void leavesWhatItDoesNotTouchAsItWasWritten() throws Exception {
    assertThat(
            merge(
                "{\"n\":1.0E+2,\"big\":123456789012345678901234567890,\"e\":\"\\u00e9\\/\",\"x\":1}",
                "{\"x\":2.50}"))
        .isEqualTo(
            "{\"n\":1.0E+2,\"big\":123456789012345678901234567890,\"e\":\"\\u00e9\\/\",\"x\":2.50}");
  }

  @Test
  void knowsANameHoweverItIsWritten() throws Exception {
    assertThat(merge("{\"\\u0061\":1,\"tab\\t\":1}", "{\"a\":2,\"tab\\u0009\":null}"))
        .isEqualTo("{\"\\u0061\":2}");
    assertThat(merge("{\"é\":1,\"\\ud83d\\ude00\":1}", "{\"\\u00e9\":2,\"😀\":3}"))
        .isEqualTo("{\"é\":2,\"\\ud83d\\ude00\":3}");
    assertThat(merge("{\"a\\\\\":1,\"q\\\"}\":\"}\"}", "{\"q\\\"}\":{}}"))
        .isEqualTo("{\"a\\\\\":1,\"q\\\"}\":{}}");
  }

  /** Against the standard's algorithm on trees. */
  @Test
  void doesWhatTheStandardsAlgorithmDoes() throws Exception {
    Random random = new Random(7396);
    for (int i = 0; i < 20_000; i++) {
      JsonNode document = tree(random, 4);
      ObjectNode patch = object(random, 4);
      JsonNode expected = reference(document.deepCopy(), patch);
      assertThat(merge(document.toString(), patch.toString()))
          .as("%s patched by %s", document, patch)
          .isEqualTo(expected.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1]", "\"x\"", "null", "1", "true", ""})
  void refusesPatchesThatAreNoObjects(String patch) {
    assertThatThrownBy(() -> merge("{}", patch)).isInstanceOf(UnmergeableException.class);
  }

  /** A log may hold anything; whatever it is, every replica must come out of it alike. */
  @Test
  void neverThrowsAnythingElseWhateverItIsGiven() {
    Random random = new Random(3);
    String alphabet = "{}[]\":,\\u0a 1n";
    for (int i = 0; i < 200_000; i++) {
      StringBuilder text = new StringBuilder("{\"a\":");
      for (int c = random.nextInt(12); c >= 0; c--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      try {
        assertThat(merge("{\"a\":{\"b\":1}}", text.toString())).startsWith("{");
      } catch (UnmergeableException e) {
        assertThat(e.getMessage()).isNotEmpty();
      }
    }
  }

  @Test
  void boundsDepthAndSize() throws Exception {
    String deep = "{\"a\":".repeat(JsonText.MOST_DEPTH) + "1" + "}".repeat(JsonText.MOST_DEPTH);
    assertThat(merge("{}", deep)).isEqualTo(deep);
    assertThatThrownBy(() -> merge("{}", "{\"a\":" + deep + "}")).hasMessageContaining("nested");
    assertThatThrownBy(() -> merge("{\"a\":" + deep + "}", "{}")).hasMessageContaining("nested");
    assertThat(merge("{}", "{\"a\":" + "[".repeat(9000) + "]".repeat(9000) + "}")).hasSize(18_006);

    String half = "\"" + "x".repeat(MergePatch.MOST_BYTES / 2) + "\"";
    assertThatThrownBy(() -> merge("{\"a\":" + half + "}", "{\"b\":" + half + "}"))
        .hasMessageContaining("bytes");
  }

  private static String merge(String document, String patch) throws UnmergeableException {
    return new String(MergePatch.apply(document.getBytes(UTF_8), patch.getBytes(UTF_8)), UTF_8);
  }

  private static JsonNode reference(JsonNode target, JsonNode patch) {
    if (!(patch instanceof ObjectNode changes)) {
      return patch;
    }
    ObjectNode result = target instanceof ObjectNode o ? o : MAPPER.createObjectNode();
    for (var field : changes.properties()) {
      if (field.getValue().isNull()) {
        result.remove(field.getKey());
      } else {
        JsonNode old = result.path(field.getKey());
        result.set(field.getKey(), reference(old, field.getValue()));
      }
    }
    return result;
  }

  private static JsonNode tree(Random random, int depth) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (depth == 0 ? random.nextInt(4) : random.nextInt(8)) {
      case 0 -> nodes.nullNode();
      case 1 -> nodes.numberNode(random.nextInt());
      case 2 -> nodes.textNode("\"\\{}[],: " + random.nextInt(9));
      case 3 -> nodes.booleanNode(random.nextBoolean());
      case 4 -> nodes.arrayNode().add(tree(random, depth - 1)).add(tree(random, depth - 1));
      default -> object(random, depth - 1);
    };
  }

  private static ObjectNode object(Random random, int depth) {
    ObjectNode object = MAPPER.createObjectNode();
    for (int i = random.nextInt(4); i > 0; i--) {
      object.set("m\"" + random.nextInt(5), tree(random, Math.max(0, depth)));
    }
    return object;
  }
}
