package dev.weir.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.weir.graph.algorithms.StoreBait;
import dev.weir.graph.algorithms.WordsOnly;
import dev.weir.query.graphql.GraphqlOwner;
import dev.weir.query.graphql.attic.NoRoomBait;
import dev.weir.query.graphql.fields.FieldWord;
import dev.weir.query.graphql.types.BackwardsBait;
import dev.weir.query.http.GraphqlBait;
import dev.weir.query.routing.HttpBait;
import dev.weir.query.routing.JettyBait;
import dev.weir.query.routing.NettyBait;
import dev.weir.store.RootBait;
import dev.weir.store.common.PackageBait;
import dev.weir.store.cyclea.CycleBait;
import dev.weir.store.cycleb.OtherCycleBait;
import dev.weir.store.node.ShardManager;
import dev.weir.store.node.SleepBait;
import dev.weir.store.read.RocksdbBait;
import dev.weir.store.rocksdb.RocksdbOwner;
import dev.weir.store.write.ChanceBait;
import dev.weir.store.write.ClockBait;
import dev.weir.store.write.HashOrderBait;
import dev.weir.store.write.MachineBait;
import dev.weir.store.write.ParallelBait;
import dev.weir.store.write.PureFold;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A rule that no class can break checks nothing: here every rule is broken. */
final class BaitTest {

  /** Classes that together must break a rule, and nothing but that rule. */
  record Bait(ArchRule rule, List<Class<?>> classes) {

    Bait(ArchRule rule, Class<?>... classes) {
      this(rule, List.of(classes));
    }

    JavaClasses imported() {
      return new ClassFileImporter().importClasses(classes);
    }
  }

  static Stream<Bait> baits() {
    return Stream.of(
        new Bait(PackageRules.ROOT_IMPORTS_NO_SUB_PACKAGE, RootBait.class),
        new Bait(PackageRules.NO_CYCLES, CycleBait.class, OtherCycleBait.class),
        new Bait(PackageRules.GRAPHQL_ONE_WAY, BackwardsBait.class),
        new Bait(PackageRules.GRAPHQL_ONE_WAY, NoRoomBait.class),
        new Bait(ImportRules.ROCKSDB, RocksdbBait.class),
        new Bait(ImportRules.HTTP_SERVER, HttpBait.class),
        new Bait(ImportRules.HTTP_SERVER, JettyBait.class),
        new Bait(ImportRules.GRAPHQL, GraphqlBait.class),
        new Bait(ImportRules.NETTY, NettyBait.class),
        new Bait(ImportRules.ALGORITHMS, StoreBait.class),
        new Bait(NameRules.NO_CATCH_ALL_PACKAGE, PackageBait.class),
        new Bait(NameRules.NO_EMPTY_NAME, ShardManager.class),
        new Bait(NameRules.NO_EMPTY_NAME, ShardManager.NestedImpl.class),
        new Bait(FoldRules.NO_CLOCK, ClockBait.class),
        new Bait(FoldRules.NO_CHANCE, ChanceBait.class),
        new Bait(FoldRules.NO_MACHINE, MachineBait.class),
        new Bait(FoldRules.NO_HASH_ORDER, HashOrderBait.class),
        new Bait(FoldRules.NO_PARALLEL_STREAMS, ParallelBait.class));
  }

  @ParameterizedTest
  @MethodSource("baits")
  void breaksItsRuleAndNoOther(Bait bait) {
    JavaClasses imported = bait.imported();
    for (ArchRule rule : Architecture.rules()) {
      assertThat(rule.evaluate(imported).hasViolation())
          .as(rule.getDescription())
          .isEqualTo(rule == bait.rule());
    }
  }

  @Test
  void everyRuleHasABait() {
    assertThat(baits().map(Bait::rule).distinct().toList())
        .containsExactlyElementsOf(Architecture.rules());
  }

  /** Many calls are banned by one rule; each one must be seen. */
  @ParameterizedTest
  @MethodSource("baits")
  void everyMethodOfABaitForTheFoldIsReported(Bait bait) {
    if (!FoldRules.all().contains(bait.rule())) {
      return;
    }
    String report =
        String.join("\n", bait.rule().evaluate(bait.imported()).getFailureReport().getDetails());
    List<String> methods = methodNames(bait.classes().get(0));
    assertThat(methods).isNotEmpty();
    for (String method : methods) {
      assertThat(report).contains("." + method + "(");
    }
  }

  @Test
  void whatKeepsTheRulesPasses() {
    JavaClasses clean =
        new ClassFileImporter()
            .importClasses(
                PureFold.class,
                RocksdbOwner.class,
                GraphqlOwner.class,
                FieldWord.class,
                WordsOnly.class,
                BaitTest.class);
    for (ArchRule rule : Architecture.rules()) {
      rule.check(clean);
    }
  }

  @Test
  void aSleepingTestIsReported() {
    assertThat(
            TestRules.NO_SLEEP
                .evaluate(new ClassFileImporter().importClasses(SleepBait.class))
                .hasViolation())
        .isTrue();
  }

  @Test
  void aModuleIsCheckedAsAWhole() {
    Architecture.check(Architecture.class);
    assertThatThrownBy(() -> Architecture.check(BaitTest.class)).isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> Architecture.checkTests(BaitTest.class))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("SleepBait");
  }

  private static List<String> methodNames(Class<?> type) {
    List<String> names = new ArrayList<>();
    for (Method method : type.getDeclaredMethods()) {
      if (!method.isSynthetic()) {
        names.add(method.getName());
      }
    }
    return names;
  }
}
