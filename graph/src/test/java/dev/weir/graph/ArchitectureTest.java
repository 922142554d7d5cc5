package dev.weir.graph;

import dev.weir.architecture.Architecture;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {

  @Test
  void theModuleKeepsTheRules() {
    Architecture.check(Algorithm.class);
  }

  @Test
  void itsTestsKeepTheRules() {
    Architecture.checkTests(ArchitectureTest.class);
  }
}
