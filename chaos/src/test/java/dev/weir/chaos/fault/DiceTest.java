package dev.weir.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class DiceTest {

  private static List<Fault> faults(Dice dice, int count) {
    return Stream.generate(dice::fault).limit(count).toList();
  }

  @Test
  void oneSeedGivesTheSameFaults() {
    assertThat(faults(Dice.all(3, true, true), 60)).isEqualTo(faults(Dice.all(3, true, true), 60));
    assertThat(faults(Dice.all(3, true, true), 60))
        .isNotEqualTo(faults(Dice.all(4, true, true), 60));
  }

  @Test
  void everyKindComesUp() {
    List<String> kinds =
        Stream.of(Fault.class.getPermittedSubclasses()).map(Class::getSimpleName).toList();
    assertThat(faults(Dice.all(5, true, true), 40))
        .extracting(fault -> fault.getClass().getSimpleName())
        .containsAll(kinds);
  }

  @Test
  void whatTheMachineCannotDoIsLeftOut() {
    assertThat(faults(Dice.all(5, false, false), 60))
        .noneMatch(fault -> fault instanceof Fault.FillDisk || fault instanceof Fault.SkewClock);
  }
}
