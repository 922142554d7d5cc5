package dev.weir.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** Which package alone may know a library, so that the library can be changed in one place. */
final class ImportRules {

  /** Benchmarks set Weir beside the bare libraries. */
  private static final String BENCHMARKS = "dev.weir.bench..";

  static final ArchRule ROCKSDB = onlyFrom("dev.weir.store.rocksdb", "org.rocksdb..");

  /** The server side of Jetty only: its HTTP client is a transport like any other. */
  static final ArchRule HTTP_SERVER =
      onlyFrom(
          "dev.weir.query.http",
          "io.javalin..",
          "org.eclipse.jetty.server..",
          "org.eclipse.jetty.ee10..",
          "jakarta.servlet..");

  static final ArchRule GRAPHQL =
      onlyFrom("dev.weir.query.graphql..", "graphql..", "org.dataloader..");

  static final ArchRule NETTY = onlyFrom("dev.weir.query.peer", "io.netty..");

  /** How an algorithm is run, where and on what, is the engine's business. */
  static final ArchRule ALGORITHMS =
      noClasses()
          .that()
          .resideInAPackage("dev.weir.graph.algorithms")
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.weir..")
                  .and(resideOutsideOfPackages("dev.weir.graph", "dev.weir.graph.algorithms")))
          .as("graph algorithms know only the words of dev.weir.graph")
          .allowEmptyShould(true);

  private ImportRules() {}

  static List<ArchRule> all() {
    return List.of(ROCKSDB, HTTP_SERVER, GRAPHQL, NETTY, ALGORITHMS);
  }

  private static ArchRule onlyFrom(String owner, String... library) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(owner, BENCHMARKS)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(library)
        .as("only " + owner + " imports " + String.join(", ", library))
        .allowEmptyShould(true);
  }
}
