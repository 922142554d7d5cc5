package dev.weir.store.ingest;

import static dev.weir.store.ingest.Definitions.byFields;
import static dev.weir.store.ingest.Definitions.byRecordKey;
import static dev.weir.store.ingest.Definitions.collection;
import static dev.weir.store.ingest.Definitions.condition;
import static dev.weir.store.ingest.Definitions.source;
import static dev.weir.store.ingest.Definitions.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.store.InvalidKeyException;
import dev.weir.store.InvalidValueException;
import dev.weir.store.Key;
import dev.weir.store.KeyCodec;
import dev.weir.store.KeyType;
import dev.weir.store.Operation;
import dev.weir.store.SourceDefinition.Condition;
import dev.weir.store.SourceDefinition.KeyFormat;
import dev.weir.store.SourceDefinition.KeyFrom;
import dev.weir.store.SourceDefinition.Mapping;
import dev.weir.store.ValueFormats;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class SourceMappingTest {

  private static final UUID ID = UUID.fromString("0a1b2c3d-0000-4000-8000-00000000abcd");
  private static final Condition ACTIVE = condition("state", Condition.Test.IN, "\"active\"");

  static Stream<Arguments> recordKeys() throws Exception {
    return Stream.of(
        Arguments.of("string", KeyFormat.TEXT, utf8("kø/1"), "kø/1"),
        Arguments.of("string", KeyFormat.JSON, utf8("\"a b\""), "a b"),
        Arguments.of("string", KeyFormat.BINARY, utf8("x"), "x"),
        Arguments.of("long", KeyFormat.TEXT, utf8("-12"), -12L),
        Arguments.of("long", KeyFormat.JSON, utf8(" 9007199254740993 "), 9007199254740993L),
        Arguments.of("long", KeyFormat.BINARY, ByteBuffer.allocate(8).putLong(-5).array(), -5L),
        Arguments.of("uuid", KeyFormat.TEXT, utf8(ID.toString()), ID),
        Arguments.of("uuid", KeyFormat.JSON, utf8('"' + ID.toString() + '"'), ID),
        Arguments.of("uuid", KeyFormat.BINARY, utf8(ID.toString()), ID),
        Arguments.of("bytes", KeyFormat.BINARY, new byte[] {0, -1}, new byte[] {0, -1}),
        Arguments.of("bytes", KeyFormat.TEXT, utf8("AP8"), new byte[] {0, -1}),
        Arguments.of("tuple(string,long)", KeyFormat.TEXT, utf8("[\"a\",3]"), List.of("a", 3L)),
        Arguments.of("tuple(string,long)", KeyFormat.JSON, utf8("[\"a\",3]"), List.of("a", 3L)));
  }

  @ParameterizedTest
  @MethodSource("recordKeys")
  void readsRecordKeysInEveryFormat(String type, KeyFormat format, byte[] raw, Object key)
      throws Exception {
    Key expected = KeyCodec.of(KeyType.parse(type)).encode(key);
    Mapped.Append append =
        (Mapped.Append) mapping(type, with(byRecordKey(), format)).map(raw, utf8("{}"));
    assertThat(append.shardKey()).isEqualTo(expected.bytes());
    assertThat(((Operation.Put) append.operation()).key()).isEqualTo(expected);
  }

  static Stream<Arguments> poisonKeys() {
    return Stream.of(
        Arguments.of("long", KeyFormat.TEXT, utf8("12x"), PoisonReason.INVALID_KEY),
        Arguments.of("long", KeyFormat.JSON, utf8("12 13"), PoisonReason.INVALID_KEY),
        Arguments.of("long", KeyFormat.JSON, utf8(""), PoisonReason.INVALID_KEY),
        Arguments.of("long", KeyFormat.JSON, utf8("1.5"), PoisonReason.INVALID_KEY),
        Arguments.of("long", KeyFormat.BINARY, new byte[7], PoisonReason.INVALID_KEY),
        Arguments.of("string", KeyFormat.TEXT, new byte[] {-1}, PoisonReason.INVALID_KEY),
        Arguments.of("string", KeyFormat.BINARY, new byte[] {-1}, PoisonReason.INVALID_KEY),
        Arguments.of("string", KeyFormat.JSON, utf8("{"), PoisonReason.INVALID_KEY),
        Arguments.of("uuid", KeyFormat.BINARY, utf8("1-2-3-4-5"), PoisonReason.INVALID_KEY),
        Arguments.of("string", KeyFormat.TEXT, new byte[5000], PoisonReason.TOO_LARGE),
        Arguments.of("string", KeyFormat.TEXT, null, PoisonReason.NULL_KEY));
  }

  @ParameterizedTest
  @MethodSource("poisonKeys")
  void putsRecordsWithUnusableKeysAside(
      String type, KeyFormat format, byte @Nullable [] raw, PoisonReason reason) {
    SourceMapping mapping = mapping(type, with(byRecordKey(), format));
    assertThat(mapping.map(raw, utf8("{}"))).isInstanceOf(Mapped.Poison.class);
    assertThat(poison(mapping.map(raw, utf8("{}"))).reason()).isEqualTo(reason);
    assertThat(poison(mapping.map(raw, null)).reason()).isEqualTo(reason);
  }

  @Test
  void keepsTheBytesOfADocumentThatNeedsNoChange() {
    byte[] value = utf8("{\"a\":1.10,\"b\":[]}");
    assertThat(put(mapping("string", byRecordKey()).map(utf8("k"), value)).value())
        .isEqualTo(value);
    SourceMapping filtered = mapping("string", with(byRecordKey(), exists("a")));
    assertThat(put(filtered.map(utf8("k"), value)).value()).isEqualTo(value);
  }

  @Test
  void deletesByTombstoneAndByFilter() {
    SourceMapping mapping = mapping("string", with(byRecordKey(), ACTIVE));
    Operation delete = new Operation.Delete(Definitions.COLLECTION, key("string", "k"));
    assertThat(operation(mapping.map(utf8("k"), null))).isEqualTo(delete);
    assertThat(operation(mapping.map(utf8("k"), utf8("{\"state\":\"gone\"}")))).isEqualTo(delete);
    assertThat(operation(mapping.map(utf8("k"), utf8("{\"state\":\"active\"}"))))
        .isInstanceOf(Operation.Put.class);
  }

  @Test
  void dropsThenRenamesAndKeepsNumbersAndOrder() {
    Mapping reshaped =
        with(byRecordKey(), List.of("secret", "inner.x"), Map.of("a", "b", "b", "a"));
    byte[] out =
        put(mapping("string", reshaped)
                .map(
                    utf8("k"),
                    utf8(
                        "{\"a\":1.10,\"secret\":0,\"b\":1e400,\"inner\":{\"x\":1,\"y\":"
                            + "12345678901234567890}}")))
            .value();
    assertThat(new String(out, StandardCharsets.UTF_8))
        .isEqualTo("{\"b\":1.10,\"a\":1E+400,\"inner\":{\"y\":12345678901234567890}}");
  }

  static Stream<Arguments> poisonValues() {
    Mapping plain = byRecordKey();
    Mapping renamed = with(plain, List.of(), Map.of("a", "b"));
    return Stream.of(
        Arguments.of(plain, "{\"a\":", PoisonReason.INVALID_VALUE),
        Arguments.of(plain, "", PoisonReason.INVALID_VALUE),
        Arguments.of(plain, "{} {}", PoisonReason.INVALID_VALUE),
        Arguments.of(with(plain, ACTIVE), "[1]", PoisonReason.INVALID_VALUE),
        Arguments.of(with(plain, ACTIVE), "{\"a\":1,\"a\":2}", PoisonReason.INVALID_VALUE),
        Arguments.of(with(plain, ACTIVE), "{\"state\":\"active\"", PoisonReason.INVALID_VALUE),
        Arguments.of(renamed, "{\"a\":1,\"b\":2}", PoisonReason.RENAME_COLLISION),
        Arguments.of(renamed, "{\"b\":1,\"a\":2}", PoisonReason.RENAME_COLLISION),
        Arguments.of(plain, "{\"a\":\"" + "x".repeat(2000) + "\"}", PoisonReason.TOO_LARGE),
        Arguments.of(plain, "{\"forbidden\":1}", PoisonReason.SCHEMA));
  }

  @ParameterizedTest
  @MethodSource("poisonValues")
  void putsRecordsWithUnusableValuesAside(Mapping mapping, String value, PoisonReason reason) {
    Mapped.Poison poison = poison(mapping("string", mapping).map(utf8("k"), utf8(value)));
    assertThat(poison.reason()).isEqualTo(reason);
    assertThat(poison.detail()).isNotBlank();
  }

  @Test
  void droppedFieldsCountNeitherForTheLimitNorForTheSchema() {
    Mapping mapping = with(byRecordKey(), List.of("forbidden"), Map.of());
    byte[] value = utf8("{\"forbidden\":\"" + "x".repeat(2000) + "\",\"a\":1}");
    assertThat(put(mapping("string", mapping).map(utf8("k"), value)).value())
        .isEqualTo(utf8("{\"a\":1}"));
  }

  @Test
  void tracksDerivedKeysInTheShardOfTheRow() {
    SourceMapping mapping =
        mapping("tuple(string,long)", with(byFields(KeyFrom.TRACKED, "c", "o.id"), ACTIVE));
    byte[] row = utf8("row-1");
    byte[] value = utf8("{\"c\":\"x\",\"o\":{\"id\":4},\"state\":\"active\"}");
    Mapped.Append append = (Mapped.Append) mapping.map(row, value);
    assertThat(append.shardKey()).isEqualTo(row);
    Operation.Track track = (Operation.Track) append.operation();
    assertThat(track.source()).isEqualTo(Definitions.SOURCE);
    assertThat(track.rowKey()).isEqualTo(row);
    assertThat(track.derivedKey()).isEqualTo(key("tuple(string,long)", List.of("x", 4L)));
    assertThat(track.value()).isEqualTo(value);

    assertForgets(mapping.map(row, null));
    assertForgets(mapping.map(row, utf8("{\"c\":\"x\",\"o\":{\"id\":4},\"state\":\"old\"}")));
    assertForgets(mapping.map(row, utf8("{}")));
    assertThat(poison(mapping.map(null, value)).reason()).isEqualTo(PoisonReason.NULL_KEY);
    assertThat(poison(mapping.map(row, utf8("{\"c\":\"x\",\"state\":\"active\"}"))).reason())
        .isEqualTo(PoisonReason.MISSING_KEY_FIELD);
    assertThat(
            poison(mapping.map(row, utf8("{\"c\":1,\"o\":{\"id\":4},\"state\":\"active\"}")))
                .reason())
        .isEqualTo(PoisonReason.INVALID_KEY);
  }

  private static void assertForgets(Mapped mapped) {
    Operation.Track track = (Operation.Track) operation(mapped);
    assertThat(track.derivedKey()).isNull();
    assertThat(track.value()).isEmpty();
  }

  @Test
  void takesImmutableKeysFromFieldsWhateverTheRecordKeyIs() {
    SourceMapping mapping = mapping("long", with(byFields(KeyFrom.IMMUTABLE, "id"), ACTIVE));
    Key key = key("long", 5L);
    byte[] value = utf8("{\"id\":5,\"state\":\"active\"}");
    assertThat(put(mapping.map(null, value)).key()).isEqualTo(key);
    assertThat(put(mapping.map(utf8("any"), value)).key()).isEqualTo(key);
    assertThat(operation(mapping.map(null, utf8("{\"id\":5}"))))
        .isEqualTo(new Operation.Delete(Definitions.COLLECTION, key));
    assertThat(mapping.map(null, utf8("{}"))).isEqualTo(new Mapped.Skip());
    assertThat(poison(mapping.map(utf8("k"), null)).reason()).isEqualTo(PoisonReason.TOMBSTONE);
    assertThat(poison(mapping.map(null, utf8("{\"state\":\"active\"}"))).reason())
        .isEqualTo(PoisonReason.MISSING_KEY_FIELD);
  }

  @Test
  void refusesDefinitionsThatContradictThemselves() {
    assertRefused("string", byFields(KeyFrom.TRACKED), "needs 1 key fields");
    assertRefused("tuple(long,long)", byFields(KeyFrom.IMMUTABLE, "a"), "needs 2 key fields");
    assertRefused("string", byFields(KeyFrom.RECORD, "a"), "no key fields");
    assertRefused(
        "tuple(long,long)", with(byRecordKey(), KeyFormat.BINARY), "write tuples as JSON");
    assertRefused(
        "string", with(byRecordKey(), List.of("a"), Map.of("a", "b")), "dropped and renamed");
    assertRefused(
        "string", with(byRecordKey(), List.of(), Map.of("a", "c", "b", "c")), "renamed to 'c'");
    assertThat(MappingRules.faults(byFields(KeyFrom.TRACKED, "a"), collection("string", "bytes")))
        .singleElement()
        .asString()
        .contains("format json");
  }

  private static void assertRefused(String keyType, Mapping mapping, String message) {
    assertThatThrownBy(() -> mapping(keyType, mapping))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static Condition exists(String field) {
    return condition(field, Condition.Test.EXISTS);
  }

  private static SourceMapping mapping(String keyType, Mapping mapping) {
    DocumentCheck noForbidden =
        stored -> {
          if (new String(stored, StandardCharsets.UTF_8).contains("forbidden")) {
            throw new InvalidValueException("a forbidden field");
          }
        };
    return SourceMapping.of(
        source(mapping),
        collection(keyType, "json"),
        ValueFormats.of("json"),
        noForbidden,
        new ValueLimits(4096, 1000));
  }

  private static Operation operation(Mapped mapped) {
    assertThat(mapped).isInstanceOf(Mapped.Append.class);
    return ((Mapped.Append) mapped).operation();
  }

  private static Operation.Put put(Mapped mapped) {
    return (Operation.Put) operation(mapped);
  }

  private static Mapped.Poison poison(Mapped mapped) {
    assertThat(mapped).isInstanceOf(Mapped.Poison.class);
    return (Mapped.Poison) mapped;
  }

  private static Key key(String type, Object value) {
    try {
      return KeyCodec.of(KeyType.parse(type)).encode(value);
    } catch (InvalidKeyException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
