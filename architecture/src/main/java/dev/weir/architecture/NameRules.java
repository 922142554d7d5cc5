package dev.weir.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** Names that say nothing; what needs one has no place of its own yet. */
final class NameRules {

  static final ArchRule NO_CATCH_ALL_PACKAGE =
      noClasses()
          .should()
          .resideInAnyPackage(
              "..util..", "..utils..", "..common..", "..commons..", "..helper..", "..misc..")
          .as("no package collects what has no home: a type lives with the owner of its meaning")
          .allowEmptyShould(true);

  static final ArchRule NO_EMPTY_NAME =
      noClasses()
          .should()
          .haveNameMatching(".*(Impl|Manager|Helper|Helpers|Util|Utils)(\\$.*)?")
          .as("no class is named Impl, Manager, Helper or Utils: the name says what it is")
          .allowEmptyShould(true);

  private NameRules() {}

  static List<ArchRule> all() {
    return List.of(NO_CATCH_ALL_PACKAGE, NO_EMPTY_NAME);
  }
}
