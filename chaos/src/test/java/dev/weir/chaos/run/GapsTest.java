package dev.weir.chaos.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.chaos.Answer;
import dev.weir.chaos.Call;
import dev.weir.chaos.Op;
import dev.weir.chaos.cluster.KeyShards;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class GapsTest {

  private static final long MILLI = 1_000_000;

  private final List<Op> ops = new ArrayList<>();

  private void put(long at, boolean ok) {
    Answer answer =
        ok ? new Answer.Done(Optional.empty(), Optional.empty()) : new Answer.Unknown("");
    ops.add(new Op(1, "k", new Call.Put(at + 1), at * MILLI, at * MILLI, answer));
  }

  private long longest(long from, long until) {
    return Gaps.longest(ops, Gaps::isWrite, from * MILLI, until * MILLI)
        .get(KeyShards.shardOf("k"))
        .millis();
  }

  @Test
  void aGapReachesFromSuccessToSuccess() {
    put(10, true);
    put(20, false);
    put(300, true);
    put(350, true);
    assertThat(longest(0, 1_000)).isEqualTo(290);
    assertThat(longest(310, 1_000)).isEqualTo(50);
    assertThat(longest(290, 310)).as("it began before the time and ended in it").isEqualTo(290);
    assertThat(longest(400, 1_000)).isZero();
  }
}
