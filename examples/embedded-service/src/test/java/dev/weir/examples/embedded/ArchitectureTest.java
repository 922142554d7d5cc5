package dev.weir.examples.embedded;

import dev.weir.architecture.Architecture;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {

  @Test
  void theModuleKeepsTheRules() {
    Architecture.check(OrderService.class);
  }

  @Test
  void itsTestsKeepTheRules() {
    Architecture.checkTests(ArchitectureTest.class);
  }
}
