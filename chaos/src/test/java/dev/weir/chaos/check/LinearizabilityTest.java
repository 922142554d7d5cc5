package dev.weir.chaos.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.chaos.Call;
import dev.weir.chaos.Level;
import dev.weir.chaos.Violation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Histories known to be right or wrong, side by side. */
final class LinearizabilityTest {

  private static final long NONE = Call.ABSENT;

  private static List<Violation> violations(Told told) {
    Linearizability check = new Linearizability(10_000);
    List<Violation> violations = check.of(told.history());
    assertThat(check.undecided()).isEmpty();
    return violations;
  }

  private static void right(Told told) {
    assertThat(violations(told)).isEmpty();
  }

  private static void wrong(Told told) {
    assertThat(violations(told)).hasSize(1);
  }

  @Test
  void aReadSeesTheLastWrite() {
    right(new Told().client(1, 0, 1).puts(1).client(2, 2, 3).reads(1));
    wrong(new Told().client(1, 0, 1).puts(1).client(2, 2, 3).reads(NONE));
  }

  @Test
  void aStaleReadIsFound() {
    Told twoWrites = new Told().client(1, 0, 1).puts(1).client(1, 2, 3).puts(2);
    wrong(twoWrites.client(2, 4, 5).reads(1));
    // While the second write is under way, the read may come before it.
    right(new Told().client(1, 0, 1).puts(1).client(1, 2, 6).puts(2).client(2, 4, 5).reads(1));
  }

  @Test
  void readsOneAfterTheOtherDoNotGoBack() {
    Told underWay = new Told().client(1, 0, 1).puts(1).client(1, 2, 9).puts(2);
    wrong(underWay.client(2, 3, 4).reads(2).client(3, 5, 6).reads(1));
    right(
        new Told()
            .client(1, 0, 1)
            .puts(1)
            .client(1, 2, 9)
            .puts(2)
            .client(2, 3, 6)
            .reads(2)
            .client(3, 5, 7)
            .reads(1));
  }

  @Test
  void aLostUpdateIsFound() {
    Told seen = new Told().client(1, 0, 1).puts(1).client(2, 2, 3).reads(1);
    wrong(seen.client(1, 4, 5).puts(2).client(2, 6, 7).reads(1));
    // Two conditional writes on the same state cannot both have happened.
    wrong(
        new Told().client(1, 0, 1).puts(1).client(1, 2, 5).swaps(1, 2).client(2, 2, 5).swaps(1, 3));
    right(
        new Told()
            .client(1, 0, 1)
            .puts(1)
            .client(1, 2, 5)
            .swaps(1, 2)
            .client(2, 2, 5)
            .swapsInVain(1, 3));
  }

  @Test
  void aResurrectionIsFound() {
    Told deleted = new Told().client(1, 0, 1).puts(1).client(1, 2, 3).deletes();
    wrong(deleted.client(2, 4, 5).reads(NONE).client(2, 6, 7).reads(1));
    wrong(new Told().client(1, 0, 1).puts(1).client(1, 2, 3).deletes().client(2, 4, 5).reads(1));
    right(new Told().client(1, 0, 1).puts(1).client(1, 2, 3).deletes().client(2, 3, 5).reads(1));
  }

  @Test
  void aValueThatNobodyWroteIsFound() {
    wrong(new Told().client(1, 0, 1).puts(1).client(2, 2, 3).reads(5));
    wrong(new Told().client(1, 0, 1).putsRefused(5).client(2, 2, 3).reads(5));
    wrong(new Told().client(2, 0, 1).reads(5).client(1, 2, 3).puts(5));
  }

  @Test
  void anUnknownWriteMayNeverTakeEffect() {
    right(
        new Told()
            .client(1, 0, 1)
            .putsUnknown(1)
            .client(2, 2, 3)
            .reads(NONE)
            .client(2, 4, 5)
            .puts(2)
            .client(2, 6, 7)
            .reads(2));
  }

  @Test
  void anUnknownWriteMayTakeEffectAtAnyLaterTime() {
    right(
        new Told()
            .client(1, 0, 1)
            .putsUnknown(1)
            .client(2, 2, 3)
            .puts(2)
            .client(2, 4, 5)
            .reads(2)
            .client(2, 600, 700)
            .reads(1));
  }

  @Test
  void anUnknownWriteTakesEffectOnlyOnce() {
    wrong(
        new Told()
            .client(1, 0, 1)
            .putsUnknown(1)
            .client(2, 2, 3)
            .reads(1)
            .client(2, 4, 5)
            .puts(2)
            .client(2, 6, 7)
            .reads(1));
  }

  @Test
  void anUnknownWriteDoesNotTakeEffectBeforeItBegins() {
    wrong(new Told().client(2, 0, 1).reads(1).client(1, 2, 3).putsUnknown(1));
  }

  @Test
  void anAcknowledgedWriteThatIsAppliedTwiceIsFound() {
    wrong(
        new Told()
            .client(1, 0, 1)
            .puts(1)
            .client(2, 2, 3)
            .puts(2)
            .client(2, 4, 5)
            .reads(2)
            .client(2, 6, 7)
            .reads(1));
  }

  @Test
  void unknownDeletesExplainThatADocumentIsGone() {
    Told put = new Told().client(1, 0, 1).puts(1);
    right(put.client(2, 2, 3).deletesUnknown().client(1, 9, 10).reads(NONE));
    wrong(new Told().client(1, 0, 1).puts(1).client(1, 9, 10).reads(NONE));
    // One delete explains one disappearance only.
    wrong(
        new Told()
            .client(2, 0, 1)
            .deletesUnknown()
            .client(1, 2, 3)
            .puts(1)
            .client(1, 4, 5)
            .reads(NONE)
            .client(1, 6, 7)
            .puts(2)
            .client(1, 8, 9)
            .reads(NONE));
  }

  @Test
  void chainsOfUnknownSwapsAreFollowed() {
    Told chain =
        new Told()
            .client(1, 0, 1)
            .puts(1)
            .client(2, 2, 3)
            .swapsUnknown(1, 2)
            .client(3, 2, 3)
            .swapsUnknown(2, 3);
    right(chain.client(1, 4, 5).reads(3));
    wrong(
        new Told()
            .client(1, 0, 1)
            .puts(1)
            .client(3, 2, 3)
            .swapsUnknown(2, 3)
            .client(1, 4, 5)
            .reads(3));
  }

  @Test
  void aConditionThatDidNotHoldIsAnObservation() {
    wrong(
        new Told()
            .client(1, 0, 1)
            .puts(1)
            .client(2, 2, 3)
            .swapsInVain(1, 2)
            .client(1, 4, 5)
            .reads(1));
    wrong(
        new Told()
            .client(1, 0, 1)
            .puts(1)
            .client(2, 2, 3)
            .swapsInVain(9, 2)
            .client(1, 4, 5)
            .reads(2));
    right(
        new Told()
            .client(1, 0, 1)
            .puts(1)
            .client(2, 2, 3)
            .swapsInVain(9, 2)
            .client(1, 4, 5)
            .reads(1));
  }

  @Test
  void aPatchIsAReadAndAWriteAtOneMoment() {
    Told patched = new Told().client(1, 0, 1).puts(1).client(1, 2, 5).patches(2);
    right(patched.client(2, 6, 7).readsPatched(Level.STRONG, 1, 2));
    // A put that was acknowledged before the patch began is not in what the patch has made.
    wrong(
        new Told()
            .client(1, 0, 1)
            .puts(1)
            .client(2, 2, 3)
            .puts(2)
            .client(1, 4, 5)
            .patches(3)
            .client(2, 6, 7)
            .readsPatched(Level.STRONG, 1, 3));
    // Of two patches of one document, the second keeps the base and takes the first one's place.
    right(
        new Told()
            .client(1, 0, 1)
            .puts(1)
            .client(1, 2, 5)
            .patches(2)
            .client(2, 2, 5)
            .patches(3)
            .client(2, 6, 7)
            .readsPatched(Level.STRONG, 1, 2));
  }

  @Test
  void aPatchNeedsADocument() {
    wrong(new Told().client(1, 0, 1).patches(1));
    right(new Told().client(1, 0, 1).patchesNothing(1).client(1, 2, 3).puts(2));
    wrong(new Told().client(1, 0, 1).puts(1).client(1, 2, 3).patchesNothing(2));
    wrong(new Told().client(1, 0, 1).patchesUnknown(1).client(1, 2, 3).reads(1));
    right(
        new Told()
            .client(1, 0, 1)
            .puts(1)
            .client(2, 0, 1)
            .patchesUnknown(2)
            .client(1, 20, 30)
            .readsPatched(Level.STRONG, 1, 2));
  }

  @Test
  void aSwapThatCannotHoldDoesNot() {
    wrong(new Told().client(1, 0, 1).puts(1).client(1, 2, 3).swaps(Call.Swap.NEVER, 2));
    right(new Told().client(1, 0, 1).puts(1).client(1, 2, 3).swapsInVain(Call.Swap.NEVER, 2));
    wrong(new Told().client(1, 0, 1).swapsInVain(Call.Swap.NEVER, 2).client(1, 2, 3).reads(2));
  }

  @Test
  void whetherAPutCreatedTheDocumentIsAnObservation() {
    right(new Told().client(1, 0, 1).putsTold(1, true).client(1, 2, 3).putsTold(2, false));
    wrong(new Told().client(1, 0, 1).putsTold(1, true).client(1, 2, 3).putsTold(2, true));
    right(new Told().client(2, 0, 1).putsUnknown(9).client(1, 2, 3).putsTold(1, false));
  }

  @Test
  void theExcerptEndsWithTheFirstAnswerThatCannotBeExplained() {
    Told told = new Told();
    for (int i = 1; i <= 50; i++) {
      told.client(1, 10L * i, 10L * i + 1).puts(i);
    }
    told.client(2, 505, 506).reads(3).client(2, 600, 601).reads(50);
    List<Violation> violations = violations(told);
    assertThat(violations).hasSize(1);
    assertThat(violations.get(0).excerpt().size()).isLessThan(12);
    assertThat(violations.get(0).text(7))
        .contains("seed 7")
        .contains("put 50 -> ok")
        .endsWith("read strong -> saw 3 from n1\n");
  }

  @Test
  void aSearchThatTakesTooLongSaysSo() {
    Told told = new Told();
    for (int i = 1; i <= 12; i++) {
      told.client(i, 0, 100).puts(i);
    }
    told.client(20, 101, 102).reads(77);
    Linearizability check = new Linearizability(100);
    assertThat(check.of(told.history())).isEmpty();
    assertThat(check.undecided()).containsExactly(Told.KEY);
  }
}
