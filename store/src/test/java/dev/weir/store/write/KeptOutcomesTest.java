package dev.weir.store.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.Key;
import dev.weir.store.Operation;
import dev.weir.store.Outcome;
import dev.weir.store.Version;
import org.junit.jupiter.api.Test;

class KeptOutcomesTest {
  private static final long HOUR = 3_600_000;
  private static final Outcome DONE = new Outcome.Stored(new Version(0, 4), true);
  private static final Outcome ANEW = new Outcome.Stored(new Version(0, 9), false);

  private final MapState state = new MapState();
  private KeptOutcomes kept = new KeptOutcomes(state);

  @Test
  void answersTheSameCommandWithTheFirstOutcomeForADay() {
    assertThat(of("a", 0, DONE)).isEqualTo(DONE);
    for (int hour = 1; hour < 24; hour++) {
      of("other-" + hour, hour * HOUR, DONE);
    }
    assertThat(of("a", 24 * HOUR - 1, ANEW)).isEqualTo(new Outcome.Repeated(DONE));
    kept = new KeptOutcomes(state);
    assertThat(of("a", 24 * HOUR - 1, ANEW)).isEqualTo(new Outcome.Repeated(DONE));
    assertThat(of("a", 24 * HOUR, ANEW)).isEqualTo(ANEW);
    assertThat(of("a", 24 * HOUR, DONE)).isEqualTo(new Outcome.Repeated(ANEW));
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
  void aClockThatIsADayAheadEndsNobodysWindow() {
    of("a", 0, DONE);
    assertThat(of("b", 1000 * HOUR, DONE)).isEqualTo(DONE);
    assertThat(of("c", Long.MAX_VALUE, DONE)).isEqualTo(DONE);
    assertThat(of("d", Long.MIN_VALUE, DONE)).isEqualTo(DONE);
    assertThat(of("a", 5, ANEW)).isEqualTo(new Outcome.Repeated(DONE));
    assertThat(of("b", 5, ANEW)).isEqualTo(new Outcome.Repeated(DONE));
  }

  @Test
  void aClockThatIsBehindKeepsItsKeysForTheWholeWindow() {
    of("a", 30 * HOUR, DONE);
    of("behind", 0, DONE);
    for (int hour = 31; hour < 54; hour++) {
      of("other-" + hour, hour * HOUR, DONE);
    }
    assertThat(of("behind", 0, ANEW)).isEqualTo(new Outcome.Repeated(DONE));
  }

  @Test
  void removesWhatIsTooOldAFewAtATimeUntilNothingIsLeftOfIt() {
    for (int i = 0; i < 100; i++) {
      of("old-" + i, 0, DONE);
    }
    for (int hour = 1; hour <= 24; hour++) {
      of("new-" + hour, hour * HOUR, DONE);
    }
    int before = state.keys(new byte[] {0x09}, 999).size();
    of("x-0", 24 * HOUR, DONE);
    assertThat(state.keys(new byte[] {0x09}, 999)).hasSize(before + 1 - KeptOutcomes.MOST_EXPIRED);
    for (int i = 1; i < 40; i++) {
      of("x-" + i, 24 * HOUR, DONE);
    }
    assertThat(state.keys(new byte[] {0x09}, 999)).hasSize(24 + 40);
    assertThat(state.keys(new byte[] {0x0a}, 999)).hasSize(24 + 40);
  }

  @Test
  void aKeyUsedAgainAfterItsTimeIsNotRemovedWithItsFirstUse() {
    for (int i = 0; i < 10; i++) {
      of("old-" + i, 0, DONE);
    }
    for (int hour = 1; hour <= 23; hour++) {
      of("tick", hour * HOUR, DONE);
    }
    assertThat(of("old-9", 24 * HOUR, ANEW)).isEqualTo(ANEW);
    for (int i = 0; i < 10; i++) {
      of("x-" + i, 24 * HOUR, DONE);
    }
    assertThat(of("old-9", 24 * HOUR, DONE)).isEqualTo(new Outcome.Repeated(ANEW));
  }

  @Test
  void theOldestGoWhenThereAreTooMany() {
    kept = new KeptOutcomes(state, 3);
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
