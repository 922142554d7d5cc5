package dev.weir.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Predicates on calls and method references; the owner is matched with its subtypes, because a call
 * through a subtype names that one.
 */
final class Calls {

  private Calls() {}

  /** Any overload of these methods. */
  static DescribedPredicate<JavaAccess<?>> to(Class<?> owner, String... names) {
    Set<String> wanted = Set.of(names);
    return DescribedPredicate.describe(
        owner.getSimpleName() + "." + String.join("|", names),
        access ->
            access.getTarget() instanceof CodeUnitAccessTarget target
                && wanted.contains(target.getName())
                && target.getOwner().isAssignableTo(owner));
  }

  /** One overload only, the one with exactly these parameters. */
  static DescribedPredicate<JavaAccess<?>> toExactly(
      Class<?> owner, String name, Class<?>... parameters) {
    List<String> wanted = Arrays.stream(parameters).map(Class::getName).toList();
    return DescribedPredicate.describe(
        owner.getSimpleName() + "." + name + wanted,
        access ->
            access.getTarget() instanceof CodeUnitAccessTarget target
                && target.getName().equals(name)
                && target.getOwner().isAssignableTo(owner)
                && parameterNames(target).equals(wanted));
  }

  private static List<String> parameterNames(CodeUnitAccessTarget target) {
    return target.getRawParameterTypes().stream().map(JavaClass::getName).toList();
  }
}
