package dev.weir.store.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.store.Catalogue;
import dev.weir.store.Condition;
import dev.weir.store.DefinitionSamples;
import dev.weir.store.IdempotencyKey;
import dev.weir.store.Key;
import dev.weir.store.Operation;
import dev.weir.store.Operation.Adopt;
import dev.weir.store.Operation.Batch;
import dev.weir.store.Operation.Checked;
import dev.weir.store.Operation.Define;
import dev.weir.store.Operation.Delete;
import dev.weir.store.Operation.DropOut;
import dev.weir.store.Operation.LinkIn;
import dev.weir.store.Operation.Once;
import dev.weir.store.Operation.Patch;
import dev.weir.store.Operation.Put;
import dev.weir.store.Operation.Track;
import dev.weir.store.Operation.UnlinkIn;
import dev.weir.store.Operation.When;
import dev.weir.store.Version;
import dev.weir.store.write.LogFormat.Decoded;
import dev.weir.store.write.LogFormat.Newer;
import dev.weir.store.write.LogFormat.Poison;
import dev.weir.store.write.LogRecord.Command;
import dev.weir.store.write.LogRecord.CommandId;
import dev.weir.store.write.LogRecord.Continue;
import dev.weir.store.write.LogRecord.Emitted;
import dev.weir.store.write.LogRecord.Ingested;
import dev.weir.store.write.LogRecord.Origin;
import dev.weir.store.write.LogRecord.Trim;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LogFormatTest {

  private static final byte[] NO_KEY = {0};

  @Test
  void everyKindSurvivesTheTrip() {
    Random random = new Random(1);
    Set<String> kinds = new TreeSet<>();
    for (int i = 0; i < 20_000; i++) {
      LogRecord record = record(random);
      int generation = random.nextBoolean() ? 0 : random.nextInt(Integer.MAX_VALUE);
      byte[] key = LogFormat.key(record);
      Decoded decoded = LogFormat.decode(key, LogFormat.value(record, generation));
      assertThat(decoded).isInstanceOf(LogFormat.Record.class);
      LogFormat.Record back = (LogFormat.Record) decoded;
      assertThat(back.generation()).isEqualTo(generation);
      assertThat(back.record())
          .usingRecursiveComparison()
          .withStrictTypeChecking()
          .isEqualTo(record);
      kinds.add(record.getClass().getSimpleName() + operationName(record));
    }
    assertThat(kinds).hasSize(3 * 12 + 2);
  }

  @Test
  void everyTruncationAndEveryTailIsPoison() {
    Random random = new Random(2);
    for (int i = 0; i < 2_000; i++) {
      LogRecord record = record(random);
      byte[] key = LogFormat.key(record);
      byte[] value = LogFormat.value(record, i);
      for (int length = 0; length < value.length; length++) {
        assertThat(LogFormat.decode(key, Arrays.copyOf(value, length))).isInstanceOf(Poison.class);
      }
      assertThat(LogFormat.decode(key, Arrays.copyOf(value, value.length + 1)))
          .isInstanceOf(Poison.class);
    }
  }

  @Test
  void noMutationThrowsOrGivesNumbersOutOfRange() {
    Random random = new Random(3);
    for (int i = 0; i < 100_000; i++) {
      LogRecord record = record(random);
      byte[] value = LogFormat.value(record, random.nextInt(3));
      for (int m = random.nextInt(4); m >= 0; m--) {
        value = mutated(value, random);
      }
      assertInRange(LogFormat.decode(LogFormat.key(record), value));
    }
  }

  @Test
  void whatIsDecodedIsEncodedToTheSameBytes() {
    Random random = new Random(4);
    int mutantsThatAreRecords = 0;
    for (int i = 0; i < 50_000; i++) {
      LogRecord record = record(random);
      byte[] value = mutated(LogFormat.value(record, 0), random);
      Decoded decoded = LogFormat.decode(LogFormat.key(record), value);
      // Definitions are left out: JSON may be spaced and ordered in many ways.
      if (decoded instanceof LogFormat.Record back
          && !(operation(back.record()) instanceof Define)
          && !(operation(back.record()) instanceof Adopt)) {
        mutantsThatAreRecords++;
        assertThat(LogFormat.value(back.record(), back.generation())).isEqualTo(value);
      }
    }
    assertThat(mutantsThatAreRecords).isGreaterThan(1_000);
  }

  @Test
  void garbageIsPoison() {
    Random random = new Random(5);
    int newer = 0;
    for (int i = 0; i < 100_000; i++) {
      byte[] value = new byte[random.nextInt(64)];
      random.nextBytes(value);
      Decoded decoded = LogFormat.decode(NO_KEY, value);
      assertThat(decoded).isNotInstanceOf(LogFormat.Record.class);
      newer += decoded instanceof Newer ? 1 : 0;
    }
    assertThat(newer).as("garbage that would stop a shard").isLessThan(20);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{\"name\":\"x\"}", "Weir", "W\u0001", "\u0000\u0000\u0000\u0000\u0001abc"})
  void recordsOfOthersArePoison(String value) {
    assertThat(LogFormat.decode(NO_KEY, value.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(Poison.class);
  }

  @Test
  void missingKeysAndValuesArePoison() {
    byte[] value = LogFormat.value(new Trim(1, 1), 0);
    assertThat(LogFormat.decode(null, value)).isInstanceOf(Poison.class);
    assertThat(LogFormat.decode(NO_KEY, null)).isInstanceOf(Poison.class);
    assertThat(LogFormat.decode(null, null)).isInstanceOf(Poison.class);
    assertThat(LogFormat.decode(new byte[] {1}, value)).isInstanceOf(Poison.class);
  }

  @Test
  void whatANewerVersionWroteIsToldApart() {
    byte[] value = LogFormat.value(new Trim(1, 1), 0);
    assertThat(LogFormat.decode(NO_KEY, with(value, 2, 2)))
        .isEqualTo(new Newer(2, "envelope version 2"));
    assertThat(LogFormat.decode(NO_KEY, with(value, 2, 255)))
        .isEqualTo(new Newer(255, "envelope version 255"));
    assertThat(LogFormat.decode(NO_KEY, with(value, 2, 0))).isInstanceOf(Poison.class);
    assertThat(LogFormat.decode(NO_KEY, with(value, 4, 6)))
        .isEqualTo(new Newer(1, "record kind 6"));
    assertThat(LogFormat.decode(NO_KEY, with(value, 4, 0))).isInstanceOf(Poison.class);

    byte[] emitted =
        LogFormat.value(new Emitted(0, 1, new Delete(1, Key.ofEncoded(new byte[] {0}))), 0);
    assertThat(LogFormat.decode(NO_KEY, with(emitted, 7, 13)))
        .isEqualTo(new Newer(1, "operation kind 13"));
    assertThat(LogFormat.decode(NO_KEY, with(emitted, 7, 0))).isInstanceOf(Poison.class);
  }

  @Test
  void definitionsOfANewerVersionAreToldApartFromDamagedOnes() {
    byte[] value = LogFormat.value(new Emitted(0, 1, new Adopt(Catalogue.empty())), 0);
    String text = new String(value, StandardCharsets.ISO_8859_1);
    assertThat(text).contains("\"nextId\"");
    byte[] unknown = text.replace("\"nextId\"", "\"nextIt\"").getBytes(StandardCharsets.ISO_8859_1);
    byte[] broken = text.replace("\"nextId\"", "\"nextId ").getBytes(StandardCharsets.ISO_8859_1);
    assertThat(LogFormat.decode(NO_KEY, unknown)).isInstanceOf(Newer.class);
    assertThat(LogFormat.decode(NO_KEY, unknown).toString()).contains("newer version", "nextIt");
    assertThat(LogFormat.decode(NO_KEY, broken)).isInstanceOf(Poison.class);
  }

  @Test
  void bytesInTheLogNeverChange() {
    Key key = Key.ofEncoded(new byte[] {'k'});
    assertHex(
        new Command(new CommandId(1, -2), new Put(3, key, new byte[] {'v'})),
        0,
        "f75701 00 01 0000000000000001fffffffffffffffe 01 03 01 76");
    assertHex(
        new Ingested(new Origin(300, 1, new Uuid(1, 2), 7), 1000, 996, new Delete(2, key)),
        1,
        "f75701 01 02 ac02 01 00000000000000010000000000000002 07 e807 04 02 02");
    assertHex(
        new Ingested(
            new Origin(1, 1, new Uuid(1, 2), 0),
            5,
            LogRecord.FIRST,
            new Track(1, 2, new byte[] {9}, key, new byte[] {'v'})),
        0,
        "f75701 00 02 01 01 00000000000000010000000000000002 00 05 00 04 01 02 02 6b 01 76");
    assertHex(
        new Emitted(4, 128, new Track(1, 2, new byte[] {9}, null, new byte[0])),
        0,
        "f75701 00 03 04 8001 04 01 02 00");
    assertHex(
        new Emitted(
            4, 1, new Patch(3, key, new byte[] {'v'}, new Checked(2, new Version(1, 300), "no"))),
        0,
        "f75701 00 03 04 01 06 03 01 76 01 02 01 01 ac02 02 6e6f");
    assertHex(
        new Emitted(
            4,
            1,
            new Once(
                new IdempotencyKey("id", new byte[32]),
                new Batch(
                    List.of(
                        new When(new Condition.Exists(), new Delete(3, key)),
                        new When(
                            new Condition.OneOf(List.of(new Version(0, 5))),
                            new Put(3, Key.ofEncoded(new byte[] {'l'}), new byte[0])))))),
        0,
        "f75701 00 03 04 01 09 02 6964"
            + "00".repeat(32)
            + "08 02 01 02 03 01 6c 03 01 00 05 01 03 00");
    assertHex(
        new Emitted(4, 1, new LinkIn(3, key, 1, new Version(1, 300), new byte[] {'v'})),
        0,
        "f75701 00 03 04 01 0a 03 01 01 ac02 01 76");
    assertHex(
        new Emitted(4, 2, new UnlinkIn(3, key, 1, new Version(0, 5))),
        0,
        "f75701 00 03 04 02 0b 03 01 00 05");
    assertHex(
        new Emitted(4, 3, new DropOut(3, key, new Version(0, 5))),
        0,
        "f75701 00 03 04 03 0c 03 00 05");
    assertHex(new Trim(3, 5), 0, "f75701 00 04 03 05");
    assertHex(new Continue(3, 5), 0, "f75701 00 05 03 05");
  }

  @Test
  void numbersOutOfRangeAreNotWritten() {
    Operation delete = new Delete(1, Key.ofEncoded(new byte[] {1}));
    Origin origin = new Origin(1, 1, Uuid.ZERO_UUID, 0);
    for (LogRecord record :
        List.of(
            new Trim(-1, 1),
            new Trim(1, -1),
            new Continue(-1, 0),
            new Emitted(0, 0, delete),
            new Emitted(-1, 1, delete),
            new Ingested(origin, -1, LogRecord.FIRST, delete),
            new Ingested(origin, 5, 5, delete),
            new Ingested(origin, 5, -2, delete),
            new Ingested(new Origin(1, 1, Uuid.ZERO_UUID, -1), 5, 4, delete),
            new Emitted(0, 1, new Delete(-1, Key.ofEncoded(new byte[] {1}))),
            new Emitted(0, 1, new Track(1, 1, new byte[0], null, new byte[1])),
            new Emitted(0, 1, new UnlinkIn(1, Key.ofEncoded(new byte[] {1}), 2, new Version(0, 1))),
            new Emitted(0, 1, new Adopt(new Catalogue(-1, 1, List.of(), List.of()))))) {
      assertThatThrownBy(() -> LogFormat.value(record, 0))
          .as("%s", record)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> LogFormat.value(new Trim(1, 1), -1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nestingThatIsNeverWrittenIsPoisonAndTakesNoStack() {
    for (String layer : List.of("0700", "080100", "09016b" + "00".repeat(32))) {
      byte[] value =
          HexFormat.of().parseHex("f75701" + "00" + "03" + "0001" + layer.repeat(20_000));
      assertThat(LogFormat.decode(NO_KEY, value)).isInstanceOf(Poison.class);
    }
  }

  @Test
  void lengthsThatLieDoNotAllocate() {
    // A value of 2^62 bytes, as it claims.
    byte[] value =
        HexFormat.of().parseHex("f75701" + "00" + "03" + "0001" + "0101" + "808080808080808040");
    assertThat(LogFormat.decode(NO_KEY, value)).isEqualTo(new Poison("cut short"));
  }

  private static void assertHex(LogRecord record, int generation, String hex) {
    assertThat(HexFormat.of().formatHex(LogFormat.value(record, generation)))
        .isEqualTo(hex.replace(" ", ""));
  }

  private static void assertInRange(Decoded decoded) {
    if (!(decoded instanceof LogFormat.Record back)) {
      return;
    }
    assertThat(back.generation()).isNotNegative();
    LogRecord record = back.record();
    if (record instanceof Ingested ingested) {
      assertThat(ingested.origin().source()).isNotNegative();
      assertThat(ingested.origin().revision()).isNotNegative();
      assertThat(ingested.origin().partition()).isNotNegative();
      assertThat(ingested.seq()).isNotNegative();
      assertThat(ingested.prev()).isBetween(LogRecord.FIRST, Math.max(-1, ingested.seq() - 1));
    } else if (record instanceof Emitted emitted) {
      assertThat(emitted.fromShard()).isNotNegative();
      assertThat(emitted.number()).isPositive();
    } else if (record instanceof Trim trim) {
      assertThat(trim.toShard()).isNotNegative();
      assertThat(trim.upTo()).isNotNegative();
    } else if (record instanceof Continue next) {
      assertThat(next.continuation()).isNotNegative();
      assertThat(next.step()).isNotNegative();
    }
    Operation operation = operation(record);
    if (operation instanceof Put put) {
      assertThat(put.collection()).isNotNegative();
    } else if (operation instanceof Delete delete) {
      assertThat(delete.collection()).isNotNegative();
    } else if (operation instanceof Track track) {
      assertThat(track.collection()).isNotNegative();
      assertThat(track.source()).isNotNegative();
    } else if (operation instanceof Adopt adopt) {
      assertThat(adopt.catalogue().revision()).isNotNegative();
      assertThat(adopt.catalogue().nextId()).isPositive();
    }
  }

  private static byte[] mutated(byte[] value, Random random) {
    if (value.length == 0) {
      return value;
    }
    int at = random.nextInt(value.length);
    return switch (random.nextInt(4)) {
      case 0 -> with(value, at, random.nextInt(256));
      case 1 -> with(value, at, value[at] ^ (1 << random.nextInt(8)));
      case 2 -> Arrays.copyOf(value, at);
      default -> {
        byte[] longer = Arrays.copyOf(value, value.length + 1);
        System.arraycopy(value, at, longer, at + 1, value.length - at);
        yield longer;
      }
    };
  }

  private static byte[] with(byte[] value, int at, int b) {
    byte[] changed = value.clone();
    changed[at] = (byte) b;
    return changed;
  }

  private static Operation operation(LogRecord record) {
    return record instanceof Command c
        ? c.operation()
        : record instanceof Ingested i
            ? i.operation()
            : record instanceof Emitted e ? e.operation() : null;
  }

  private static String operationName(LogRecord record) {
    Operation operation = operation(record);
    return operation == null ? "" : operation.getClass().getSimpleName();
  }

  private static LogRecord record(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> new Trim(random.nextInt(5000), number(random));
      case 1 -> new Continue(number(random), number(random));
      case 2, 3 ->
          new Command(new CommandId(random.nextLong(), random.nextLong()), operation(random));
      case 4, 5 -> new Emitted(random.nextInt(5000), 1 + number(random) / 2, operation(random));
      default -> {
        Origin origin =
            new Origin(
                random.nextInt(50),
                random.nextInt(50),
                new Uuid(random.nextLong(), random.nextLong()),
                random.nextInt(5000));
        long seq = number(random);
        long prev = seq == 0 || random.nextBoolean() ? LogRecord.FIRST : seq - 1 - (seq - 1) / 3;
        yield new Ingested(origin, seq, prev, operation(random));
      }
    };
  }

  private static Operation operation(Random random) {
    Key key = Key.ofEncoded(bytes(random));
    return switch (random.nextInt(32)) {
      case 0 -> new Define(DefinitionSamples.changes(random));
      case 1 -> new Adopt(DefinitionSamples.catalogue(random));
      case 2, 3, 4, 5, 6, 7 -> new Delete(random.nextInt(1000), key);
      case 8, 9, 10, 11 ->
          new Track(random.nextInt(9), random.nextInt(9), bytes(random), key, bytes(random));
      case 12 -> new Track(random.nextInt(9), random.nextInt(9), bytes(random), null, new byte[0]);
      case 13, 14, 15, 16, 17, 18 -> ChangeSamples.any(random);
      case 19, 20 ->
          new LinkIn(random.nextInt(1000), key, head(key, random), version(random), bytes(random));
      case 21, 22 -> new UnlinkIn(random.nextInt(1000), key, head(key, random), version(random));
      case 23, 24 -> new DropOut(random.nextInt(1000), key, version(random));
      default -> new Put(random.nextInt(1000), key, bytes(random));
    };
  }

  private static int head(Key key, Random random) {
    return random.nextInt(key.bytes().length + 1);
  }

  private static Version version(Random random) {
    return new Version(random.nextInt(3), number(random));
  }

  private static byte[] bytes(Random random) {
    byte[] bytes = new byte[random.nextInt(10) == 0 ? 200 : random.nextInt(10)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static long number(Random random) {
    return random.nextLong() >>> 1 >>> random.nextInt(63);
  }
}
