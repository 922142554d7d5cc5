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
import java.util.Map;
import java.util.Set;
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

  /** The rooms of GraphQL, the first that a request enters first, and whom each may know. */
  private static final Map<String, Set<String>> GRAPHQL_ROOMS =
      Map.of(
          "transport", Set.of("execution", "documents", "words"),
          "execution", Set.of("documents", "fields", "types", "words"),
          "documents", Set.of("types", "words"),
          "fields", Set.of("types", "words"),
          "types", Set.of("words"),
          "words", Set.of());

  private static final String GRAPHQL = "dev.weir.query.graphql";

  static final ArchRule GRAPHQL_ONE_WAY =
      classes()
          .that()
          .resideInAPackage(GRAPHQL + "..")
          .should(knowOnlyRoomsBehindTheirOwn())
          .as("a GraphQL request goes one way from room to room")
          .allowEmptyShould(true);

  private PackageRules() {}

  static List<ArchRule> all() {
    return List.of(ROOT_IMPORTS_NO_SUB_PACKAGE, NO_CYCLES, GRAPHQL_ONE_WAY);
  }

  private static ArchCondition<JavaClass> knowOnlyRoomsBehindTheirOwn() {
    return new ArchCondition<>("know only the rooms behind their own") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        String own = room(type);
        Set<String> known = GRAPHQL_ROOMS.get(own);
        if (known == null) {
          events.add(SimpleConditionEvent.violated(type, own + " is no room: " + type.getName()));
          return;
        }
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
          String other = room(dependency.getTargetClass());
          if (!other.isEmpty() && !other.equals(own) && !known.contains(other)) {
            events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
          }
        }
      }
    };
  }

  /** The room of GraphQL that a type is in, the package around them being the words; or nothing. */
  private static String room(JavaClass type) {
    String name = type.getPackageName();
    if (name.equals(GRAPHQL)) {
      return "words";
    }
    return name.startsWith(GRAPHQL + ".") ? name.substring(GRAPHQL.length() + 1) : "";
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
