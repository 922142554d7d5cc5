package dev.weir.store.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.Outcome;
import dev.weir.store.Version;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentOutcomesTest {
  /** Of a database with so many shards that each has the least. */
  private final RecentOutcomes outcomes = new RecentOutcomes(1000);

  private static final int KEPT = 256;

  @Test
  void theNewestOfEachShardAreKnown() {
    for (int offset = 0; offset < 1000; offset++) {
      outcomes.add(3, offset, stored(offset));
    }
    outcomes.add(4, 7, new Outcome.Missing());

    assertThat(outcomes.of(3, 999)).contains(stored(999));
    assertThat(outcomes.of(3, 1000 - KEPT)).contains(stored(1000 - KEPT));
    assertThat(outcomes.of(3, 1000 - KEPT - 1)).isEmpty();
    assertThat(outcomes.of(4, 7)).contains(new Outcome.Missing());
    assertThat(outcomes.of(4, 999)).isEmpty();
    assertThat(outcomes.of(5, 7)).isEmpty();
  }

  @Test
  void aBatchCountsAsWhatIsInIt() {
    List<Outcome> many = Collections.nCopies(200, new Outcome.Removed(true));
    outcomes.add(0, 1, stored(1));
    outcomes.add(0, 2, new Outcome.Batched(many));
    assertThat(outcomes.of(0, 1)).isPresent();

    outcomes.add(0, 3, new Outcome.Repeated(new Outcome.Batched(many)));
    assertThat(outcomes.of(0, 1)).isEmpty();
    assertThat(outcomes.of(0, 2)).isEmpty();
    assertThat(outcomes.of(0, 3)).isPresent();
  }

  @Test
  void oneThatIsTooLargeIsKnownUntilTheNextComes() {
    outcomes.add(0, 1, new Outcome.Batched(Collections.nCopies(1000, new Outcome.Missing())));
    assertThat(outcomes.of(0, 1)).isPresent();
    outcomes.add(0, 2, stored(2));
    assertThat(outcomes.of(0, 1)).isEmpty();
    assertThat(outcomes.of(0, 2)).isPresent();
  }

  private static Outcome stored(long offset) {
    return new Outcome.Stored(new Version(0, offset), true);
  }
}
