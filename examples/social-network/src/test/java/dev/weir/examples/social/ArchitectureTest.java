package dev.weir.examples.social;

import dev.weir.architecture.Architecture;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {

  @Test
  void theModuleKeepsTheRules() {
    Architecture.check(SocialNetwork.class);
  }

  @Test
  void itsTestsKeepTheRules() {
    Architecture.checkTests(ArchitectureTest.class);
  }
}
