package dev.weir.s3;

import dev.weir.architecture.Architecture;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {

  @Test
  void theModuleKeepsTheRules() {
    Architecture.check(S3Store.class);
  }

  @Test
  void itsTestsKeepTheRules() {
    Architecture.checkTests(ArchitectureTest.class);
  }
}
