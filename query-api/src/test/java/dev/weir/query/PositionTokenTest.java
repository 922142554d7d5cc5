package dev.weir.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.Position;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.common.Uuid;

class PositionTokenTest {

  @Property(tries = 200)
  void aTokenIsReadBack(
      @ForAll @IntRange(max = 9) int generation,
      @ForAll @Size(min = 1, max = 50) Map<@IntRange(max = 9999) Integer, @LongRange(min = -1, max = Long.MAX_VALUE - 1) Long>
              offsets) {
    Uuid log = Uuid.randomUuid();
    List<Result.Source> sources =
        offsets.entrySet().stream()
            .map(
                e ->
                    new Result.Source(
                        e.getKey(), "n", new Position(log, generation, e.getValue(), 0)))
            .toList();

    PositionToken token = PositionToken.of(sources);

    assertThat(PositionToken.parse(token.text())).hasValue(token);
    assertThat(token.offsets()).containsExactlyInAnyOrderEntriesOf(offsets);
    assertThat(token.text()).matches("[\\x21-\\x7e]+").hasSizeLessThan(4096);
  }

  @Property(tries = 500)
  void anyOtherTextIsNone(@ForAll String text) {
    assertThat(PositionToken.parse(text)).isEmpty();
  }

  @Example
  void brokenTokensAreNone() {
    for (String text :
        List.of(
            "",
            "1.0.AAAAAAAA.",
            "1.0.AAAAAAAA.AA",
            "1.0.AAAAAAAA.AAB",
            "2.0.AAAAAAAA.AAA",
            "1.-1.AAAAAAAA.AAA",
            "1.+0.AAAAAAAA.AAA",
            "1.0.AAA.AAA",
            "1.0.AAAAAAAA.AAA=",
            "1.0.AAAAAAAA.gICAgICAgIAB",
            "1.0.AAAAAAAA.AAA.")) {
      assertThat(PositionToken.parse(text)).as(text).isEmpty();
    }
    assertThat(PositionToken.parse("1.0.AAAAAAAA.AAA")).isPresent();
  }

  @Example
  void hundredsOfShardsFitIntoAHeader() {
    SortedMap<Integer, Long> offsets = new TreeMap<>();
    for (int shard = 0; shard < 500; shard++) {
      offsets.put(shard, 30_000_000_000L + 7L * shard);
    }
    PositionToken token = new PositionToken(3, "AAAAAAAA", offsets);
    assertThat(token.text()).hasSizeLessThanOrEqualTo(PositionToken.MAX_LENGTH);
    assertThat(PositionToken.parse(token.text())).hasValue(token);
  }

  @Example
  void severalTokensAreReadAsTheFurthestOfThem() {
    PositionToken one = token(0, "AAAAAAAA", Map.of(1, 5L, 2, 9L));
    PositionToken other = token(0, "AAAAAAAA", Map.of(2, 7L, 4, 0L));
    assertThat(PositionToken.parseAll(one.text() + ", " + other.text()))
        .hasValue(token(0, "AAAAAAAA", Map.of(1, 5L, 2, 9L, 4, 0L)));
    assertThat(PositionToken.parseAll(one.text())).hasValue(one);
    assertThat(PositionToken.parseAll(one.text() + ",")).isEmpty();
    assertThat(
            PositionToken.parseAll(one.text() + "," + token(1, "AAAAAAAA", Map.of(1, 5L)).text()))
        .isEmpty();
    assertThat(
            PositionToken.parseAll(one.text() + "," + token(0, "BBBBBBBB", Map.of(1, 5L)).text()))
        .isEmpty();
  }

  @Example
  void aTokenBelongsToOneLog() {
    Uuid log = new Uuid(5, 6);
    String name = log.toString().substring(0, 8);
    assertThat(token(2, name, Map.of(3, 1L)).foreignTo(log, 2, 4)).isEmpty();
    assertThat(token(2, name, Map.of(4, 1L)).foreignTo(log, 2, 4)).isPresent();
    assertThat(token(1, name, Map.of(3, 1L)).foreignTo(log, 2, 4)).isPresent();
    assertThat(token(2, "AAAAAAAB", Map.of(3, 1L)).foreignTo(log, 2, 4)).isPresent();
  }

  private static PositionToken token(int generation, String log, Map<Integer, Long> offsets) {
    return new PositionToken(generation, log, new TreeMap<>(offsets));
  }
}
