package dev.weir.chaos.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.chaos.Answer;
import dev.weir.chaos.Call;
import dev.weir.chaos.Level;
import dev.weir.chaos.Violation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The checks that need no search, on histories known to be right or wrong. */
final class OtherChecksTest {

  private static final long NONE = Call.ABSENT;

  private static List<String> found(Check check, Told told) {
    return check.of(told.history()).stream().map(Violation::check).toList();
  }

  @Test
  void aSessionKnowsItsOwnWrites() {
    Told own = new Told().client(1, 0, 1).puts(1).client(2, 2, 3).puts(2);
    assertThat(found(new Sessions(), own.client(2, 4, 5).reads(Level.SESSION, 1)))
        .containsExactly("read your writes");
    assertThat(
            found(
                new Sessions(),
                new Told()
                    .client(1, 0, 1)
                    .puts(1)
                    .client(2, 2, 3)
                    .puts(2)
                    .client(1, 4, 5)
                    .reads(Level.SESSION, 1)))
        .isEmpty();
  }

  @Test
  void aSessionKnowsItsOwnDeletes() {
    assertThat(
            found(
                new Sessions(),
                new Told()
                    .client(1, 0, 1)
                    .puts(1)
                    .client(2, 2, 3)
                    .deletes()
                    .client(2, 4, 5)
                    .reads(Level.SESSION, 1)))
        .containsExactly("read your writes");
  }

  @Test
  void aMissingDocumentNeedsADelete() {
    Told own = new Told().client(1, 0, 1).puts(1).client(1, 2, 3).reads(Level.SESSION, NONE);
    assertThat(found(new Sessions(), own)).containsExactly("read your writes");
    Told deleted =
        new Told()
            .client(1, 0, 1)
            .puts(1)
            .client(2, 1, 2)
            .deletesUnknown()
            .client(1, 3, 4)
            .reads(Level.SESSION, NONE);
    assertThat(found(new Sessions(), deleted)).isEmpty();
  }

  @Test
  void aSessionDoesNotGoBack() {
    Told seen =
        new Told()
            .client(1, 0, 1)
            .puts(1)
            .client(1, 2, 3)
            .puts(2)
            .client(2, 4, 5)
            .reads(Level.EVENTUAL, 2);
    assertThat(found(new Sessions(), seen.client(2, 6, 7).reads(Level.SESSION, 1)))
        .containsExactly("monotonic reads");
    Told eventual =
        new Told()
            .client(1, 0, 1)
            .puts(1)
            .client(1, 2, 3)
            .puts(2)
            .client(2, 4, 5)
            .reads(Level.SESSION, 2);
    assertThat(found(new Sessions(), eventual.client(2, 6, 7).reads(Level.EVENTUAL, 1))).isEmpty();
  }

  @Test
  void versionsTellTheOrderOfConcurrentWrites() {
    Told concurrent =
        new Told()
            .client(1, 0, 9)
            .putsAt(1, 11)
            .client(2, 0, 9)
            .putsAt(2, 12)
            .client(3, 1, 2)
            .readsAt(Level.SESSION, 2, 12);
    assertThat(found(new Sessions(), concurrent.client(3, 3, 4).readsAt(Level.SESSION, 1, 11)))
        .containsExactly("monotonic reads");
  }

  @Test
  void aSessionThatSawADocumentGoneDoesNotSeeItAgain() {
    Told gone =
        new Told()
            .client(1, 0, 1)
            .puts(1)
            .client(2, 2, 3)
            .reads(Level.SESSION, 1)
            .client(1, 2, 9)
            .deletes();
    gone.client(2, 4, 5).reads(Level.SESSION, NONE).client(2, 6, 7).reads(Level.SESSION, 1);
    assertThat(found(new Sessions(), gone)).containsExactly("monotonic reads");
    Told weak =
        new Told()
            .client(1, 0, 9)
            .putsUnknown(1)
            .client(2, 2, 3)
            .reads(Level.SESSION, 1)
            .client(2, 4, 5)
            .reads(Level.EVENTUAL, NONE)
            .client(2, 6, 7)
            .reads(Level.SESSION, 1);
    assertThat(found(new Sessions(), weak)).isEmpty();
  }

  @Test
  void aBoundHoldsInTime() {
    Level bound = Level.bounded(100_000_000);
    Told writes = new Told().client(1, 0, 1).puts(1).client(1, 2, 3).puts(2);
    assertThat(found(new Freshness(), writes.client(2, 104, 105).reads(bound, 1)))
        .containsExactly("staleness bound");
    Told within = new Told().client(1, 0, 1).puts(1).client(1, 2, 3).puts(2);
    assertThat(found(new Freshness(), within.client(2, 102, 105).reads(bound, 1))).isEmpty();
    Told absent = new Told().client(1, 0, 1).puts(1).client(2, 200, 201).reads(bound, NONE);
    assertThat(found(new Freshness(), absent)).containsExactly("staleness bound");
    Told deleted = new Told().client(1, 0, 1).puts(1).client(1, 2, 3).deletes();
    assertThat(found(new Freshness(), deleted.client(2, 200, 201).reads(bound, 1)))
        .containsExactly("no resurrection");
  }

  @Test
  void strongReadsAreFreshWithoutASearch() {
    Told stale = new Told().client(1, 0, 1).puts(1).client(1, 2, 3).puts(2);
    assertThat(found(new Freshness(), stale.client(2, 4, 5).reads(1)))
        .containsExactly("strong reads");
  }

  @Test
  void eventualReadsThatAreOldAreCounted() {
    Told told = new Told().client(1, 0, 1).puts(1).client(1, 2, 3).puts(2);
    told.client(2, 4, 5).reads(Level.EVENTUAL, 1).client(2, 6, 7).reads(Level.EVENTUAL, 2);
    assertThat(Checks.staleAmongEventual(told.history())).isEqualTo(1);
    assertThat(Checks.of(told.client(3, 8, 9).reads(2).history()).violations()).isEmpty();
  }

  @Test
  void anUnknownWriteThatWasSeenIsAppliedForGood() {
    Told seen =
        new Told()
            .client(1, 0, 1)
            .putsUnknown(1)
            .client(2, 2, 3)
            .reads(1)
            .client(2, 4, 5)
            .deletes()
            .client(2, 6, 7)
            .reads(1);
    assertThat(found(new Freshness(), seen)).containsExactly("no resurrection");
    Told unseen =
        new Told()
            .client(1, 0, 1)
            .putsUnknown(1)
            .client(2, 4, 5)
            .deletes()
            .client(2, 6, 7)
            .reads(1);
    assertThat(found(new Freshness(), unseen)).isEmpty();
  }

  @Test
  void whatIsReadWasWritten() {
    assertThat(found(new ReadsOfWrites(), new Told().client(1, 0, 1).reads(Level.EVENTUAL, 5)))
        .containsExactly("reads of writes");
    Told refused = new Told().client(1, 0, 1).putsRefused(5);
    assertThat(found(new ReadsOfWrites(), refused.client(1, 2, 3).reads(Level.EVENTUAL, 5)))
        .containsExactly("reads of writes");
    Told future = new Told().client(1, 0, 1).reads(Level.EVENTUAL, 5).client(2, 2, 3).puts(5);
    assertThat(found(new ReadsOfWrites(), future)).containsExactly("reads of writes");
    Told unknown = new Told().client(1, 0, 1).putsUnknown(5);
    assertThat(found(new ReadsOfWrites(), unknown.client(1, 2, 3).reads(Level.EVENTUAL, 5)))
        .isEmpty();
  }

  @Test
  void aWriteHasOneVersion() {
    Told twice = new Told().client(1, 0, 1).putsAt(1, 10);
    assertThat(found(new Versions(), twice.client(2, 2, 3).readsAt(Level.EVENTUAL, 1, 12)))
        .containsExactly("versions");
    Told shared = new Told().client(1, 0, 1).putsAt(1, 10).client(2, 2, 3).putsAt(2, 10);
    assertThat(found(new Versions(), shared)).contains("versions");
    Told right = new Told().client(1, 0, 1).putsAt(1, 10).client(2, 2, 3).putsAt(2, 12);
    assertThat(found(new Versions(), right.client(3, 4, 5).readsAt(Level.EVENTUAL, 1, 10)))
        .isEmpty();
  }

  @Test
  void versionsFollowTime() {
    Told back =
        new Told()
            .client(1, 0, 1)
            .putsAt(1, 13)
            .client(2, 0, 9)
            .putsAt(2, 12)
            .client(3, 2, 3)
            .putsAt(3, 11);
    assertThat(found(new Versions(), back)).containsExactly("versions");
  }

  @Test
  void acknowledgedSwapsSurvive() {
    Told lost =
        new Told()
            .client(1, 0, 1)
            .swaps(NONE, 1)
            .client(1, 2, 3)
            .swaps(1, 2)
            .client(2, 2, 3)
            .swaps(1, 3);
    assertThat(found(new Survival(), lost.client(1, 9, 10).reads(3))).containsExactly("survival");
    Told kept =
        new Told()
            .client(1, 0, 1)
            .swaps(NONE, 1)
            .client(1, 2, 3)
            .swapsUnknown(1, 2)
            .client(2, 4, 5)
            .swaps(2, 3);
    assertThat(found(new Survival(), kept.client(1, 9, 10).reads(3))).isEmpty();
  }

  @Test
  void everyKeyIsReadAtTheEnd() {
    Told unread = new Told().client(1, 0, 1).reads(NONE).client(1, 2, 3).puts(1);
    assertThat(found(new Survival(), unread)).containsExactly("survival");
  }

  @Test
  void aBatchIsSeenWhole() {
    Told batch = new Told().client(1, 0, 1).puts(1).client(1, 2, 3).puts(2);
    assertThat(found(new Wholeness(), batch.client(2, 4, 5).seesHalves(2, 1)))
        .containsExactly("wholeness");
    // Half of it, and later the other half alone: as one register it goes back.
    Told halves = new Told().client(1, 0, 1).puts(1).client(1, 2, 9).puts(2);
    halves.client(2, 3, 4).reads(2).client(2, 5, 6).reads(1);
    assertThat(found(new Linearizability(1_000), halves)).containsExactly("linearisability");
  }

  @Test
  void aDocumentIsWhatOneWriteHasMade() {
    Told left = new Told().client(1, 0, 1).puts(1).client(1, 2, 3).puts(2);
    assertThat(found(new Wholeness(), left.client(2, 4, 5).readsPatched(Level.EVENTUAL, 1, 2)))
        .containsExactly("wholeness");
    Told patched = new Told().client(1, 0, 1).puts(1).client(1, 2, 3).patches(2);
    patched.client(2, 4, 5).readsPatched(Level.EVENTUAL, 1, 2);
    assertThat(found(new Wholeness(), patched)).isEmpty();
    assertThat(found(new Wholeness(), patched.client(2, 6, 7).readsPatched(Level.EVENTUAL, 9, 2)))
        .as("another base than before, which nobody wrote")
        .containsExactly("wholeness", "wholeness");
  }

  @Test
  void aPatchIsMergedWithTheSameDocumentEverywhere() {
    Told told = new Told().client(1, 0, 1).puts(1).client(1, 0, 9).puts(2);
    told.client(1, 2, 9).patches(3).client(2, 4, 5).readsPatched(Level.SESSION, 1, 3);
    assertThat(found(new Wholeness(), told.client(2, 6, 7).readsPatched(Level.EVENTUAL, 2, 3)))
        .containsExactly("wholeness");
  }

  @Test
  void aRepeatedWriteIsAnsweredAsTheFirstTime() {
    assertThat(found(new Repeats(), new Told().client(1, 0, 1).repeats(1, 5, Told.doneAt(5))))
        .isEmpty();
    assertThat(found(new Repeats(), new Told().client(1, 0, 1).repeats(1, 5, Told.doneAt(8))))
        .containsExactly("repeats");
    assertThat(
            found(new Repeats(), new Told().client(1, 0, 1).repeats(1, 5, new Answer.Mismatch())))
        .containsExactly("repeats");
    assertThat(
            found(
                new Repeats(),
                new Told().client(1, 0, 1).repeats(1, 5, new Answer.Unknown("lost"))))
        .isEmpty();
  }

  @Test
  void aRepeatedWriteHasNoSecondEffect() {
    Told twice = new Told().client(1, 0, 1).puts(1).client(2, 2, 3).puts(2);
    twice.client(1, 4, 5).repeats(1, 5, Told.doneAt(5)).client(2, 6, 7).reads(1);
    assertThat(found(new Linearizability(1_000), twice)).containsExactly("linearisability");
  }
}
