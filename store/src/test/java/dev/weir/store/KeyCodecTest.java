package dev.weir.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigInteger;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyCodecTest {

  private static final JsonMapper JSON = new JsonMapper();

  private static KeyCodec codec(String type) {
    return KeyCodec.of(KeyType.parse(type));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "string",
        "long",
        "uuid",
        "bytes",
        "tuple(string)",
        "tuple(string,string)",
        "tuple(bytes,bytes)",
        "tuple(bytes,long,string)",
        "tuple(long,string,uuid,bytes)"
      })
  void keepsValuesAndTheirOrder(String type) throws Exception {
    KeyCodec codec = codec(type);
    Random random = new Random(type.hashCode());
    for (int i = 0; i < 20_000; i++) {
      Object a = KeySamples.value(codec.type(), random);
      Object b = KeySamples.value(codec.type(), random);
      Key left = codec.encode(a);
      Key right = codec.encode(b);
      assertThat(Integer.signum(left.compareTo(right)))
          .as("order of %s and %s", codec.toText(left), codec.toText(right))
          .isEqualTo(Integer.signum(KeySamples.compare(a, b)));
      assertThat(KeySamples.compare(codec.decode(left), a)).isZero();
      assertThat(codec.fromText(codec.toText(left))).isEqualTo(left);
      assertThat(codec.fromJson(codec.toJson(left))).isEqualTo(left);
      assertThat(codec.fromJson(JSON.readTree(codec.toJson(left).toString()))).isEqualTo(left);
    }
  }

  @Test
  void prefixesOfStringsAndBytesMatchExactly() throws Exception {
    Random random = new Random(3);
    KeyCodec strings = codec("string");
    KeyCodec bytes = codec("bytes");
    for (int i = 0; i < 20_000; i++) {
      String text = KeySamples.string(random);
      String prefix = KeySamples.string(random);
      KeyRange range = KeyRange.prefix(strings.prefix(prefix));
      assertThat(range.contains(strings.encode(text).bytes())).isEqualTo(text.startsWith(prefix));

      Key key = bytes.encode(KeySamples.bytes(random));
      Key start = bytes.encode(KeySamples.bytes(random));
      assertThat(KeyRange.prefix(bytes.prefix(bytes.toText(start))).contains(key.bytes()))
          .isEqualTo(key.toString().startsWith(start.toString()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"tuple(string,string,long)", "tuple(bytes,uuid,bytes)", "tuple(long,bytes)"})
  void prefixesOfTuplesMatchExactly(String type) throws Exception {
    KeyCodec codec = codec(type);
    Random random = new Random(4);
    int matches = 0;
    for (int i = 0; i < 20_000; i++) {
      Key key = codec.encode(KeySamples.value(codec.type(), random));
      Key other = codec.encode(KeySamples.value(codec.type(), random));
      int parts = random.nextInt(codec.toJson(key).size() + 1);
      List<?> leading = ((List<?>) codec.decode(key)).subList(0, parts);
      var json = JSON.createArrayNode();
      for (int p = 0; p < parts; p++) {
        json.add(codec.toJson(key).get(p));
      }
      KeyRange range = KeyRange.prefix(codec.prefix(json.toString()));
      boolean expected =
          KeySamples.compare(leading, ((List<?>) codec.decode(other)).subList(0, parts)) == 0;
      matches += expected && parts > 0 ? 1 : 0;
      assertThat(range.contains(key.bytes())).isTrue();
      assertThat(range.contains(other.bytes())).isEqualTo(expected);
    }
    assertThat(matches).isGreaterThan(100);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "string          | äß          | c3a4c39f",
        "string          | ''          | ''",
        "long            | -1          | 7fffffffffffffff",
        "long            | 17          | 8000000000000011",
        "uuid            | 018f3c6e-7d1a-7c3b-9f2e-5a4b3c2d1e0f | 018f3c6e7d1a7c3b9f2e5a4b3c2d1e0f",
        "bytes           | AP8         | 00ff",
        "tuple(string)   | [\"a\"]     | 610001",
        "tuple(bytes,long) | [\"AAE\",1] | 00ff0100018000000000000001"
      })
  void bytesOnDiskNeverChange(String type, String text, String hex) throws Exception {
    assertThat(codec(type).fromText(text).bytes()).isEqualTo(HexFormat.of().parseHex(hex));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "long   | 1.0                  | give an integer from",
        "long   | abc                  | abc' is not a long key",
        "long   | ''                   | give an integer",
        "long   | +5                   | write 5",
        "long   | 007                  | write 7",
        "long   | -0                   | write 0",
        "long   | ١٢                   | write 12",
        "long   | 9223372036854775808  | give an integer from",
        "uuid   | 1-1-1-1-1            | give it as text such as",
        "uuid   | 018f3c6e7d1a7c3b9f2e5a4b3c2d1e0f | not a uuid key",
        "uuid   | ''                   | not a uuid key",
        "bytes  | AP8=                 | write AP8",
        "bytes  | AP9                  | write AP8",
        "bytes  | A                    | base64url",
        "bytes  | a+b/                 | base64url",
        "tuple(string,long) | a        | JSON array",
        "tuple(string,long) | ''       | JSON array",
        "tuple(string,long) | \"a\"    | JSON array",
        "tuple(string,long) | [\"a\"]  | has 2 parts, not 1",
        "tuple(string,long) | [\"a\",1,2] | has 2 parts, not 3",
        "tuple(string,long) | [1,2]    | part 1 of the key",
        "tuple(string,long) | [\"a\",null] | part 2 of the key",
        "tuple(string,long) | [\"a\",1.5] | part 2 of the key",
        "tuple(string,long) | [\"a\",\"1\"] | as a JSON number",
        "tuple(string,long) | [\"a\",1] x | JSON array",
        "tuple(string,long) | [\"\\ud800\",1] | lone surrogate U+D800"
      })
  void refusesTextAndSaysWhatToDo(String type, String text, String advice) {
    assertThatThrownBy(() -> codec(type).fromText(text))
        .isInstanceOf(InvalidKeyException.class)
        .hasMessageContaining(advice);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\ud800", "a\udc00", "\udc00\ud800", "\ud83d\ud83d\ude00", "\ud83d\ude00\ud83d"})
  void refusesLoneSurrogates(String text) {
    assertThatThrownBy(() -> codec("string").encode(text))
        .isInstanceOf(InvalidKeyException.class)
        .hasMessageContaining("lone surrogate");
    assertThatThrownBy(() -> codec("string").prefix(text)).isInstanceOf(InvalidKeyException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "string | 1",
        "string | null",
        "string | [\"a\"]",
        "long | \"1\"",
        "long | 1.0",
        "long | 1e3",
        "long | true",
        "long | 9223372036854775808",
        "uuid | 7",
        "uuid | \"x\"",
        "bytes | [1]",
        "bytes | \"=\"",
        "tuple(long) | 1",
        "tuple(long) | {}",
        "tuple(long) | []"
      })
  void refusesJsonOfAnotherType(String type, String json) {
    assertThatThrownBy(() -> codec(type).fromJson(JSON.readTree(json)))
        .isInstanceOf(InvalidKeyException.class)
        .hasMessageContaining(": ");
  }

  @Test
  void refusesJavaValuesOfAnotherType() {
    record Case(String type, Object value) {}
    for (Case c :
        List.of(
            new Case("string", 1L),
            new Case("long", "1"),
            new Case("long", 1.0),
            new Case("long", BigInteger.ONE.shiftLeft(63)),
            new Case("uuid", "018f3c6e-7d1a-7c3b-9f2e-5a4b3c2d1e0f"),
            new Case("bytes", "AA"),
            new Case("tuple(long)", 1L),
            new Case("tuple(long)", List.of()),
            new Case("tuple(long)", Collections.singletonList(null)),
            new Case("tuple(long,long)", List.of(1L, "2")))) {
      assertThatThrownBy(() -> codec(c.type).encode(c.value))
          .as("%s from %s", c.type, c.value)
          .isInstanceOf(InvalidKeyException.class);
    }
  }

  @Test
  void takesEveryIntegralNumber() throws Exception {
    KeyCodec codec = codec("long");
    for (Number seven : List.of((byte) 7, (short) 7, 7, 7L, BigInteger.valueOf(7))) {
      assertThat(codec.encode(seven)).isEqualTo(codec.fromText("7"));
    }
  }

  @Test
  void takesCapitalsInUuids() throws Exception {
    UUID uuid = UUID.fromString("018f3c6e-7d1a-7c3b-9f2e-5a4b3c2d1e0f");
    assertThat(codec("uuid").fromText("018F3C6E-7D1A-7C3B-9F2E-5A4B3C2D1E0F"))
        .isEqualTo(codec("uuid").encode(uuid));
  }

  @Test
  void prefixOfNumbersIsRefused() {
    assertThatThrownBy(() -> codec("long").prefix("1")).hasMessageContaining("from and to");
    assertThatThrownBy(() -> codec("uuid").prefix("1")).hasMessageContaining("from and to");
    assertThatThrownBy(() -> codec("tuple(long)").prefix("[1,2]")).hasMessageContaining("1 parts");
  }

  @ParameterizedTest
  @CsvSource({
    "string,ff",
    "long,00",
    "uuid,00",
    "tuple(string),61",
    "tuple(string),6100",
    "tuple(string),610002",
    "tuple(string),61000100",
    "tuple(long),00",
    "tuple(string),ff0001",
    "tuple(string),''"
  })
  void bytesThatAreNoKeyAreAnIllegalArgument(String type, String hex) {
    Key key = Key.ofEncoded(HexFormat.of().parseHex(hex));
    assertThatThrownBy(() -> codec(type).decode(key)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> codec(type).toText(key)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void messagesDoNotRepeatHugeOrUnprintableInput() {
    String hostile = "\r\n\u0000" + "x".repeat(100_000);
    assertThatThrownBy(() -> codec("long").fromText(hostile))
        .hasMessageContaining("\\u000d\\u000axx".replace("xx", "\\u0000x"))
        .satisfies(e -> assertThat(e.getMessage().length()).isLessThan(300));
  }

  @Test
  void neitherKeepsNorGivesAwayArrays() throws Exception {
    byte[] mine = {1, 2};
    Key key = codec("bytes").encode(mine);
    mine[0] = 9;
    ((byte[]) codec("bytes").decode(key))[0] = 9;
    assertThat(key.bytes()).containsExactly(1, 2);
  }
}
