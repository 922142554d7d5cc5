package dev.weir.query.routing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** No more than its share is spent, whatever is asked for. */
class HedgeBudgetTest {
  private static int spent(HedgeBudget budget, int calls) {
    int spent = 0;
    for (int i = 0; i < calls; i++) {
      budget.earn();
      spent += budget.spend() ? 1 : 0;
    }
    return spent;
  }

  @Test
  void theShareIsKept() {
    HedgeBudget budget = new HedgeBudget(0.05);
    assertThat(spent(budget, 10_000)).isBetween(500, 510);
    assertThat(spent(budget, 10_000)).isBetween(499, 501);
  }

  @Test
  void aQuietTimeSavesUpLittle() {
    HedgeBudget budget = new HedgeBudget(0.05);
    for (int i = 0; i < 100_000; i++) {
      budget.earn();
    }
    int spent = 0;
    while (budget.spend()) {
      spent++;
    }
    assertThat(spent).isEqualTo(10);
  }

  @Test
  void aShareOfNothingAllowsNothing() {
    assertThat(spent(new HedgeBudget(0), 1_000)).isZero();
  }
}
