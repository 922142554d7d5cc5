package dev.weir.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.regex.Pattern;

/** How packages may depend on each other. */
final class PackageRules {

  private static final Pattern MODULE_ROOT = Pattern.compile("dev\\.weir\\.\\w+");

  /** A module's root package holds its words and ports; what is built on them comes below it. */
  static final ArchRule ROOT_IMPORTS_NO_SUB_PACKAGE =
      classes()
          .should(notReachBelowItsOwnPackageInAModulesRoot())
          .as("the root package of a module imports none of its sub-packages")
          .allowEmptyShould(true);

  static final ArchRule NO_CYCLES =
      slices()
          .assignedFrom(onePackageEach())
          .should()
          .beFreeOfCycles()
          .as("packages do not depend on each other in a circle")
          .allowEmptyShould(true);

  private PackageRules() {}

  static List<ArchRule> all() {
    return List.of(ROOT_IMPORTS_NO_SUB_PACKAGE, NO_CYCLES);
  }

  private static ArchCondition<JavaClass> notReachBelowItsOwnPackageInAModulesRoot() {
    return new ArchCondition<>("not use a sub-package of its own package") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        String own = type.getPackageName();
        if (!MODULE_ROOT.matcher(own).matches()) {
          return;
        }
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
          if (dependency.getTargetClass().getPackageName().startsWith(own + ".")) {
            events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
          }
        }
      }
    };
  }

  private static SliceAssignment onePackageEach() {
    return new SliceAssignment() {
      @Override
      public SliceIdentifier getIdentifierOf(JavaClass type) {
        String name = type.getPackageName();
        return name.startsWith("dev.weir") ? SliceIdentifier.of(name) : SliceIdentifier.ignore();
      }

      @Override
      public String getDescription() {
        return "one package each";
      }
    };
  }
}
