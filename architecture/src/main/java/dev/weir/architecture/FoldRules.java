package dev.weir.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.charset.Charset;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneId;
import java.time.temporal.Temporal;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TimeZone;
import java.util.UUID;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.BaseStream;
import java.util.stream.Collectors;

/**
 * The fold is a pure function of the log: every replica, now and after a restart, must come to the
 * same bytes. Nothing in its package may ask the clock, chance, the machine, or the order of a
 * hash.
 */
final class FoldRules {

  private static final String FOLD = "dev.weir.store.write..";
  private static final String CONSTRUCTOR = "<init>";

  static final ArchRule NO_CLOCK =
      noCalls(
          "no clock and no sleep: time comes from the record",
          List.of(
              Calls.to(System.class, "currentTimeMillis", "nanoTime"),
              Calls.to(Temporal.class, "now"),
              Calls.to(
                  Clock.class, "systemUTC", "systemDefaultZone", "system", "tick", "tickMillis"),
              Calls.toExactly(Date.class, CONSTRUCTOR),
              Calls.to(Thread.class, "sleep")));

  static final ArchRule NO_CHANCE =
      noCalls(
          "no randomness: ids come with the record",
          List.of(
              Calls.to(Math.class, "random"),
              Calls.to(UUID.class, "randomUUID"),
              Calls.to(
                  Random.class, CONSTRUCTOR, "current", "ints", "longs", "nextInt", "nextLong"),
              Calls.to(SecureRandom.class, CONSTRUCTOR),
              Calls.to(SplittableRandom.class, CONSTRUCTOR),
              Calls.to(System.class, "identityHashCode")));

  static final ArchRule NO_MACHINE =
      noCalls(
          "nothing that depends on the machine: locale, time zone, default charset, environment",
          List.of(
              Calls.toExactly(String.class, "format", String.class, Object[].class),
              Calls.to(String.class, "formatted"),
              Calls.toExactly(String.class, "toLowerCase"),
              Calls.toExactly(String.class, "toUpperCase"),
              Calls.toExactly(String.class, "getBytes"),
              Calls.toExactly(String.class, CONSTRUCTOR, byte[].class),
              Calls.toExactly(String.class, CONSTRUCTOR, byte[].class, int.class, int.class),
              Calls.to(Locale.class, "getDefault"),
              Calls.to(Charset.class, "defaultCharset"),
              Calls.to(TimeZone.class, "getDefault"),
              Calls.to(ZoneId.class, "systemDefault"),
              Calls.to(System.class, "getenv", "getProperty", "lineSeparator")));

  static final ArchRule NO_HASH_ORDER =
      noCalls(
          "no collection whose order is that of hashes: use TreeMap, LinkedHashMap or a list",
          List.of(
              Calls.to(HashMap.class, CONSTRUCTOR).and(not(LinkedHashMap.class)),
              Calls.to(HashSet.class, CONSTRUCTOR).and(not(LinkedHashSet.class)),
              Calls.to(IdentityHashMap.class, CONSTRUCTOR),
              Calls.to(WeakHashMap.class, CONSTRUCTOR),
              Calls.to(ConcurrentHashMap.class, CONSTRUCTOR, "newKeySet"),
              Calls.to(Map.class, "of", "ofEntries", "copyOf"),
              Calls.to(Set.class, "of", "copyOf"),
              Calls.to(
                  Collectors.class,
                  "toSet",
                  "toMap",
                  "toUnmodifiableSet",
                  "toUnmodifiableMap",
                  "groupingBy",
                  "groupingByConcurrent",
                  "toConcurrentMap")));

  static final ArchRule NO_PARALLEL_STREAMS =
      noCalls(
          "no parallel streams: one shard folds in one order",
          List.of(
              Calls.to(BaseStream.class, "parallel"),
              Calls.to(Collection.class, "parallelStream")));

  private FoldRules() {}

  static List<ArchRule> all() {
    return List.of(NO_CLOCK, NO_CHANCE, NO_MACHINE, NO_HASH_ORDER, NO_PARALLEL_STREAMS);
  }

  private static DescribedPredicate<JavaAccess<?>> not(Class<?> owner) {
    return DescribedPredicate.describe(
        "not " + owner.getSimpleName(), access -> !access.getTargetOwner().isAssignableTo(owner));
  }

  private static ArchRule noCalls(String reason, List<DescribedPredicate<JavaAccess<?>>> banned) {
    return noClasses()
        .that()
        .resideInAPackage(FOLD)
        .should()
        .accessTargetWhere(anyOf(banned))
        .as("in the fold: " + reason)
        .allowEmptyShould(true);
  }

  private static DescribedPredicate<JavaAccess<?>> anyOf(
      List<DescribedPredicate<JavaAccess<?>>> predicates) {
    return DescribedPredicate.describe(
        "one of " + predicates, access -> predicates.stream().anyMatch(p -> p.test(access)));
  }
}
