package dev.weir.bench.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PlainTraversalsTest {

  // 0 -> 1 twice, 1 -> 2 -> 3 -> 0, 4 -> 4; 5 has no edges.
  private static final EdgeList GRAPH =
      new EdgeList(6, new int[] {0, 0, 1, 2, 3, 4}, new int[] {1, 1, 2, 3, 0, 4}, new double[6]);

  @Test
  void countsOthersOnceAndForgetsBetweenQuestions() {
    PlainTraversals plain = new PlainTraversals(GRAPH);
    int[] sources = {0, 4, 5, 0};

    assertThat(plain.within(1, sources)).containsExactly(1, 0, 0, 1);
    assertThat(plain.within(2, sources)).containsExactly(2, 0, 0, 2);
    assertThat(plain.within(9, sources)).containsExactly(3, 0, 0, 3);
  }

  @Test
  void pathsHaveTheirHopsOrNone() {
    PlainTraversals plain = new PlainTraversals(GRAPH);
    int[] sources = {0, 1, 0, 5, 0};
    int[] targets = {3, 0, 4, 5, 0};

    assertThat(plain.paths(9, sources, targets)).containsExactly(3, 3, -1, 0, 0);
    assertThat(plain.paths(2, sources, targets)).containsExactly(-1, -1, -1, 0, 0);
  }

  @Test
  void loneVerticesGoAndTheOthersKeepTheirOrder() {
    EdgeList less =
        new EdgeList(9, new int[] {1, 7}, new int[] {7, 4}, new double[2]).withoutLoneVertices();

    assertThat(less.vertices()).isEqualTo(3);
    assertThat(less.from()).containsExactly(0, 2);
    assertThat(less.to()).containsExactly(2, 1);
  }

  @Test
  void aWrongAnswerIsNamed() {
    Answers answers = Answers.of(List.of("3000000 5", "1000000 6", "2000000 7"));

    assertThat(answers.millis(0.5)).isEqualTo(2.0);
    assertThat(answers.millis(1)).isEqualTo(3.0);
    answers.mustBe("hops", new long[] {5, 6, 7});
    assertThatThrownBy(() -> answers.mustBe("hops", new long[] {5, 6, 8}))
        .hasMessage("hops, question 2: 7, not 8");
  }
}
