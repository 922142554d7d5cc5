package dev.weir.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;

/** Rules for the tests themselves. */
final class TestRules {

  static final ArchRule NO_SLEEP =
      noClasses()
          .should()
          .accessTargetWhere(Calls.to(Thread.class, "sleep"))
          .as("tests wait for conditions with a deadline; they never sleep")
          .allowEmptyShould(true);

  private TestRules() {}
}
