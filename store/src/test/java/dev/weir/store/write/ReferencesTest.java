package dev.weir.store.write;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Edge;
import dev.weir.store.CollectionDefinition.Ends;
import dev.weir.store.EdgeKeys;
import dev.weir.store.FieldReference;
import dev.weir.store.KeyCodec;
import dev.weir.store.KeyType;
import dev.weir.store.write.EdgeTypes.EdgeType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferencesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a | {\"a\":\"x\"} | x={}",
        "a | {\"a\":[\"y\",\"x\",\"y\",null,3,true,{}]} | x={} y={}",
        "a | {\"a\":[[\"x\"]]} | ",
        "a | {\"a\":{\"b\":\"x\"}} | ",
        "a | {\"b\":\"x\"} | ",
        "a | {\"a\":null} | ",
        "a | {\"a\":\"\\u0078\\/y\"} | x/y={}",
        "a | {\"a\":\"\\ud800\"} | ",
        "a | [\"x\"] | ",
        "a | no json | ",
        "a.b | {\"a\":{\"b\":\"x\",\"c\":1}} | x={}",
        "a.b | {\"a\":[{\"b\":\"x\",\"c\":1.50},{\"d\":[1],\"b\":\"y\"},{\"c\":2}]} |"
            + " x={\"c\":1.50} y={\"d\":[1]}",
        "a.b | {\"a\":[{\"b\":\"x\",\"c\":1},{\"b\":\"x\",\"c\":2}]} | x={\"c\":1}",
        "a.b | {\"a\":[{\"b\":[\"x\",\"y\"],\"c\":1}]} | x={} y={}",
        "a.b.c | {\"a\":[{\"b\":{\"c\":\"x\",\"d\":1}}]} | x={}",
        "a.b.c | {\"a\":[{\"b\":[{\"c\":\"x\",\"d\":1}]}]} | x={\"d\":1}",
      })
  void findsWhatAFieldRefersTo(String field, String json, String expected) {
    assertThat(text(KeyType.Scalar.STRING, field, json))
        .isEqualTo(expected == null ? "" : expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "long | {\"a\":[5,-3,\"7\",1.0,1e3,99999999999999999999]} | -3={} 5={}",
        "uuid | {\"a\":[\"00000000-0000-0001-0000-000000000002\",\"no\"]} |"
            + " 00000000-0000-0001-0000-000000000002={}",
        "bytes | {\"a\":[\"AQI\",\"AQI=\"]} | AQI={}",
        "tuple(string,long) | {\"a\":\"[\\\"x\\\",1]\"} | [\"x\",1]={}",
      })
  void readsReferencesAsKeysOfTheirType(String type, String json, String expected) {
    assertThat(text(KeyType.parse(type), "a", json)).isEqualTo(expected);
  }

  @Test
  void neverThrowsWhateverItIsGiven() {
    Random random = new Random(1);
    EdgeType type = type(KeyType.Scalar.STRING, "a.b");
    String good = "{\"a\":[{\"b\":[\"x\",null,{\"b\":1}],\"c\":\"\\u0041\"},{\"b\":\"y\"}]}";
    for (int i = 0; i < 50_000; i++) {
      byte[] json = good.getBytes(UTF_8);
      for (int m = random.nextInt(4); m >= 0; m--) {
        json[random.nextInt(json.length)] = (byte) "{}[]\",:\\ux0 ".charAt(random.nextInt(12));
      }
      assertThat(References.of(type, json)).isNotNull();
    }
    String deep = "{\"a\":" + "[".repeat(200_000) + "]".repeat(200_000) + "}";
    assertThat(References.of(type, deep.getBytes(UTF_8))).isEmpty();
  }

  private static String text(KeyType to, String field, String json) {
    List<String> found = new ArrayList<>();
    References.of(type(to, field), json.getBytes(UTF_8))
        .forEach(
            (key, properties) ->
                found.add(KeyCodec.of(to).toText(key) + "=" + new String(properties, UTF_8)));
    return String.join(" ", found);
  }

  private static EdgeType type(KeyType to, String field) {
    CollectionDefinition definition =
        CollectionDefinition.edges("e", new Edge("v", "w", null, FieldReference.parse(field)))
            .between(new Ends(KeyType.Scalar.STRING, to));
    return new EdgeType(definition, EdgeKeys.of(definition), 1, 2);
  }
}
