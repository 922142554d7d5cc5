package dev.weir.cli.main;

import dev.weir.architecture.Architecture;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {

  @Test
  void theModuleKeepsTheRules() {
    Architecture.check(Main.class);
  }

  @Test
  void itsTestsKeepTheRules() {
    Architecture.checkTests(ArchitectureTest.class);
  }
}
