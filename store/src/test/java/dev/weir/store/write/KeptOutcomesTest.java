package dev.weir.store.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.Key;
import dev.weir.store.Operation;
import dev.weir.store.Outcome;
import dev.weir.store.Version;
import dev.weir.store.testing.MapState;
import org.junit.jupiter.api.Test;

class KeptOutcomesTest {
  private static final long MINUTE = KeyedTime.MINUTE;
  private static final int DAY = 24 * 60;
  private static final Outcome DONE = new Outcome.Stored(new Version(0, 4), true);
  private static final Outcome ANEW = new Outcome.Stored(new Version(0, 9), false);

  private final MapState state = new MapState();
  private KeptOutcomes kept = new KeptOutcomes(state, 0, 100_000);

  /** One command a minute. */
  private void tick(int fromMinute, int toMinute) {
    for (int minute = fromMinute; minute <= toMinute; minute++) {
      of("tick-" + minute, minute * MINUTE, DONE);
    }
  }

  @Test
  void answersTheSameCommandWithTheFirstOutcomeForADay() {
    assertThat(of("a", 0, DONE)).isEqualTo(DONE);
    tick(1, DAY - 1);
    assertThat(of("a", DAY * MINUTE - 1, ANEW)).isEqualTo(new Outcome.Repeated(DONE));
    kept = new KeptOutcomes(state, 0, 100_000);
    assertThat(of("a", DAY * MINUTE - 1, ANEW)).isEqualTo(new Outcome.Repeated(DONE));
    assertThat(of("a", DAY * MINUTE, ANEW)).isEqualTo(ANEW);
    assertThat(of("a", DAY * MINUTE, DONE)).isEqualTo(new Outcome.Repeated(ANEW));
  }

  @Test
  void refusesAnotherRequestUnderTheSameKey() {
    of("a", 0, DONE);
    Operation.Once other =
        Fingerprint.once("a", new Operation.Delete(1, Key.ofEncoded(new byte[] {1})));
    assertThat(kept.of(other, 0, () -> ANEW))
        .isInstanceOfSatisfying(
            Outcome.Rejected.class,
            no -> assertThat(no.reason()).isEqualTo(Outcome.Reason.KEY_REUSED));
  }

  @Test
  void keepsNothingOfWhatWasRejected() {
    Outcome no = new Outcome.Rejected(Outcome.Reason.UNKNOWN_COLLECTION, "not yet");
    assertThat(of("a", 0, no)).isEqualTo(no);
    assertThat(of("a", 0, new Outcome.Superseded())).isEqualTo(new Outcome.Superseded());
    assertThat(of("a", 0, new Outcome.BatchRefused(0, no)))
        .isEqualTo(new Outcome.BatchRefused(0, no));
    assertThat(of("a", 0, DONE)).isEqualTo(DONE);
    assertThat(state.keys(new byte[] {0x09}, 9)).hasSize(1);
  }

  @Test
  void aFewClocksThatAreYearsAheadEndNobodysWindow() {
    of("a", 0, DONE);
    for (int i = 0; i < 10; i++) {
      of("wrong-" + i, Long.MAX_VALUE, DONE);
    }
    of("d", Long.MIN_VALUE, DONE);
    assertThat(of("a", 5, ANEW)).isEqualTo(new Outcome.Repeated(DONE));
    assertThat(of("wrong-0", 5, ANEW)).isEqualTo(new Outcome.Repeated(DONE));
  }

  @Test
  void whateverTheClocksSayTheNewestAreKept() {
    kept = new KeptOutcomes(state, 3_000, 100_000);
    of("a", 0, DONE);
    for (int i = 1; i < 3_000; i++) {
      of("wrong-" + i, Long.MAX_VALUE, DONE);
    }
    assertThat(of("a", 0, ANEW)).isEqualTo(new Outcome.Repeated(DONE));
    of("one-more", 0, DONE);
    assertThat(of("a", 0, ANEW)).isEqualTo(ANEW);
  }

  @Test
  void keysGoOnExpiringAfterAllClocksWereYearsAhead() {
    for (int i = 0; i < 5_000; i++) {
      of("wrong-" + i, Long.MAX_VALUE / 2, DONE);
    }
    for (int i = 0; i < 5_000; i++) {
      of("right-" + i, 0, DONE);
    }
    tick(1, 2 * DAY);
    assertThat(state.keys(new byte[] {0x09}, 99_999).size()).isLessThan(DAY + 10);
    assertThat(of("wrong-0", 2 * DAY * MINUTE, ANEW)).isEqualTo(ANEW);
    assertThat(of("right-4999", 2 * DAY * MINUTE, ANEW)).isEqualTo(ANEW);
    assertThat(of("tick-" + 2 * DAY, 2 * DAY * MINUTE, ANEW)).isEqualTo(new Outcome.Repeated(DONE));
  }

  @Test
  void aClockThatIsBehindKeepsItsKeysForTheWholeWindow() {
    of("a", 30 * 60 * MINUTE, DONE);
    of("behind", 0, DONE);
    tick(30 * 60 + 1, 30 * 60 + DAY - 2);
    assertThat(of("behind", 0, ANEW)).isEqualTo(new Outcome.Repeated(DONE));
  }

  @Test
  void removesWhatIsTooOldAFewAtATimeUntilNothingIsLeftOfIt() {
    for (int i = 0; i < 5_000; i++) {
      of("old-" + i, 0, DONE);
    }
    tick(1, DAY - 1);
    int before = state.keys(new byte[] {0x09}, 9_999).size();
    assertThat(before).isEqualTo(5_000 + DAY - 1);
    tick(DAY, DAY);
    assertThat(state.keys(new byte[] {0x09}, 9_999))
        .hasSize(before + 1 - KeptOutcomes.MOST_EXPIRED);
    for (int i = 1; i < 2_000; i++) {
      of("x-" + i, DAY * MINUTE, DONE);
    }
    assertThat(state.keys(new byte[] {0x09}, 9_999)).hasSize(DAY + 1_999);
    assertThat(state.keys(new byte[] {0x0a}, 9_999)).hasSize(DAY + 1_999);
  }

  @Test
  void aKeyUsedAgainAfterItsTimeIsNotRemovedWithItsFirstUse() {
    for (int i = 0; i < 10; i++) {
      of("old-" + i, 0, DONE);
    }
    for (int minute = 1; minute < DAY; minute++) {
      of("tick", minute * MINUTE, DONE);
    }
    assertThat(of("old-9", DAY * MINUTE, ANEW)).isEqualTo(ANEW);
    for (int i = 0; i < 10; i++) {
      of("x-" + i, DAY * MINUTE, DONE);
    }
    assertThat(of("old-9", DAY * MINUTE, DONE)).isEqualTo(new Outcome.Repeated(ANEW));
  }

  @Test
  void theOldestGoWhenThereAreTooMany() {
    kept = new KeptOutcomes(state, 0, 3);
    for (String text : new String[] {"a", "b", "c", "d"}) {
      of(text, 0, DONE);
    }
    assertThat(state.keys(new byte[] {0x09}, 9)).hasSize(3);
    assertThat(of("d", 0, ANEW)).isEqualTo(new Outcome.Repeated(DONE));
    assertThat(of("a", 0, ANEW)).isEqualTo(ANEW);
  }

  private Outcome of(String text, long timestamp, Outcome outcome) {
    Operation put = new Operation.Put(1, Key.ofEncoded(new byte[] {1}), new byte[] {1});
    return kept.of(Fingerprint.once(text, put), timestamp, () -> outcome);
  }
}
