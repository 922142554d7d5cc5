package dev.weir.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;

/**
 * All rules. A module checks itself with one test that calls {@link #check}; another one calls
 * {@link #checkTests}.
 */
public final class Architecture {

  private Architecture() {}

  /** The rules for production code, in the order in which they are checked. */
  static List<ArchRule> rules() {
    List<ArchRule> rules = new ArrayList<>();
    rules.addAll(PackageRules.all());
    rules.addAll(ImportRules.all());
    rules.addAll(NameRules.all());
    rules.addAll(FoldRules.all());
    return rules;
  }

  /**
   * Checks everything that was compiled together with a class.
   *
   * @param production any class of the module's production code
   * @throws AssertionError that lists what breaks which rule, and where
   */
  public static void check(Class<?> production) {
    JavaClasses classes = compiledWith(production);
    for (ArchRule rule : rules()) {
      rule.check(classes);
    }
  }

  /**
   * Checks a module's tests.
   *
   * @param test any class of the module's tests
   * @throws AssertionError that lists what breaks which rule, and where
   */
  public static void checkTests(Class<?> test) {
    TestRules.NO_SLEEP.check(compiledWith(test));
  }

  private static JavaClasses compiledWith(Class<?> type) {
    return new ClassFileImporter()
        .importUrl(type.getProtectionDomain().getCodeSource().getLocation());
  }
}
