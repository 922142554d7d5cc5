package dev.weir.chaos.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.chaos.Answer;
import dev.weir.chaos.Call;
import dev.weir.chaos.History;
import dev.weir.chaos.Level;
import dev.weir.chaos.Op;
import dev.weir.chaos.Violation;
import dev.weir.chaos.check.Checks.Findings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Thousands of random histories: right ones pass, and each seeded fault is found in every one. */
final class RandomHistoriesTest {

  private static final long FIRST_SEED = Long.getLong("weir.chaos.histories.seed", 20261121);
  private static final int RIGHT = 3_000;
  private static final int WRONG = 500;
  private static final int TINY = 30_000;

  @Test
  void historiesOfACorrectRegisterPass() {
    int calls = 0;
    for (long seed = FIRST_SEED; seed < FIRST_SEED + RIGHT; seed++) {
      Random random = new Random(seed);
      List<Op> ops = new ArrayList<>();
      for (String key : List.of("a", "b")) {
        RandomRegister register = new RandomRegister(key, random);
        register.run(1 + random.nextInt(6), 1 + random.nextInt(20));
        register.pause(500 * RandomRegister.MILLI);
        ops.addAll(register.look(9).ops());
      }
      calls += ops.size();
      Findings findings = Checks.of(new History(seed, ops));
      assertThat(findings.violations()).as(findings.text(3)).isEmpty();
      assertThat(findings.undecided()).as("seed " + seed).isEmpty();
    }
    assertThat(calls).isGreaterThan(100_000);
  }

  @ParameterizedTest
  @EnumSource(SeededFault.class)
  void oneFaultIsFoundInEveryHistory(SeededFault fault) {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + WRONG; seed++) {
      Random random = new Random(seed);
      RandomRegister register = new RandomRegister("k", random);
      register.run(1 + random.nextInt(5), random.nextInt(10));
      fault.happenTo(register);
      register.pause(500 * RandomRegister.MILLI);
      Findings findings = Checks.of(new History(seed, register.ops()));
      assertThat(findings.violations())
          .as("seed " + seed)
          .extracting(Violation::check)
          .contains(fault.check());
    }
  }

  /** Answers are made up, so most of these histories are wrong; the plain search knows which. */
  @Test
  void theSearchAgreesWithTryingEveryOrder() {
    int explained = 0;
    for (long seed = FIRST_SEED; seed < FIRST_SEED + TINY; seed++) {
      List<Step> steps = madeUp(new Random(seed));
      boolean expected = EveryOrder.explains(steps);
      assertThat(new OrderSearch(steps, 100_000).run())
          .as("seed " + seed + "\n" + steps)
          .isEqualTo(expected ? Verdict.EXPLAINED : Verdict.CONTRADICTED);
      explained += expected ? 1 : 0;
    }
    assertThat(explained).isBetween(TINY / 20, TINY * 19 / 20);
  }

  private static List<Step> madeUp(Random random) {
    List<Step> steps = new ArrayList<>();
    int count = 2 + random.nextInt(5);
    for (int i = 1; i <= count; i++) {
      long start = random.nextInt(20);
      long end = start + random.nextInt(8);
      long some = random.nextInt(count + 1);
      Call call =
          switch (random.nextInt(7)) {
            case 0, 1 -> new Call.Read(Level.STRONG);
            case 2 -> new Call.Delete();
            case 3 -> new Call.Swap(some, i);
            case 4 -> new Call.Patch(i);
            default -> new Call.Put(i);
          };
      Answer answer = madeUpAnswer(random, call, some);
      Step.of(new Op(i, "k", call, start, end, answer)).ifPresent(steps::add);
    }
    return steps;
  }

  private static Answer madeUpAnswer(Random random, Call call, long some) {
    if (call instanceof Call.Read) {
      long base = random.nextInt(3) == 0 ? 1 + random.nextInt(3) : Answer.Seen.NOT_TOLD;
      return new Answer.Seen(some, some == 0 ? 0 : base, Optional.empty(), "");
    }
    if (random.nextInt(3) == 0) {
      return new Answer.Unknown("");
    }
    if ((call instanceof Call.Swap || call instanceof Call.Patch) && random.nextInt(3) == 0) {
      return new Answer.Mismatch();
    }
    return call instanceof Call.Put && random.nextBoolean()
        ? new Answer.Done(Optional.empty(), Optional.of(random.nextBoolean()))
        : RandomRegister.done();
  }
}
