package dev.weir.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.Position;
import java.util.List;
import java.util.Map;
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
      @ForAll @Size(min = 1, max = 50) Map<@IntRange(max = 9999) Integer, @LongRange(min = -1) Long> offsets) {
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
            "1.0.AAAAAAAA.1",
            "1.0.AAAAAAAA.1:2,1:3",
            "2.0.AAAAAAAA.1:2",
            "1.-1.AAAAAAAA.1:2",
            "1.0.AAA.1:2",
            "1.0.AAAAAAAA.1:-2",
            "1.0.AAAAAAAA.1:2,")) {
      assertThat(PositionToken.parse(text)).as(text).isEmpty();
    }
  }
}
