package dev.weir.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class FiguresTest {

  @Test
  void ratiosPairTheSamplesOfARound() {
    assertThat(Figures.pairedRatio(List.of(10.0, 2.0, 30.0), List.of(10.0, 1.0, 60.0)))
        .isEqualTo(1.0);
  }

  @Test
  void theMedianOfAnEvenNumberIsBetweenTheMiddleTwo() {
    assertThat(Figures.median(List.of(4.0, 1.0, 2.0, 10.0))).isEqualTo(3.0);
  }

  @Test
  void aRatioWithoutOneOfItsFiguresIsLeftOut() {
    Figures figures = new Figures();
    figures.add("one", "/s", 1);
    figures.ratio("one", "other", "");

    assertThat(figures.markdown()).contains("| one | 1.00 /s |").doesNotContain("other");
  }
}
