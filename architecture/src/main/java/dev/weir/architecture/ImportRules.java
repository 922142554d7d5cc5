package dev.weir.architecture;

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
      onlyFrom("dev.weir.query.graphql", "graphql..", "org.dataloader..");

  static final ArchRule NETTY = onlyFrom("dev.weir.query.peer", "io.netty..");

  private ImportRules() {}

  static List<ArchRule> all() {
    return List.of(ROCKSDB, HTTP_SERVER, GRAPHQL, NETTY);
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
