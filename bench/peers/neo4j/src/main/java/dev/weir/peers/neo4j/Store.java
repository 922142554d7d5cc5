package dev.weir.peers.neo4j;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.neo4j.cli.ExecutionContext;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.graphdb.GraphDatabaseService;
import org.neo4j.graphdb.Transaction;
import org.neo4j.importer.ImportCommand;
import org.neo4j.io.ByteUnit;
import picocli.CommandLine;

/**
 * A database filled by Neo4j's own importer, with an index of the keys.
 *
 * @param importNanos how long filling took, the index included
 */
record Store(
    DatabaseManagementService service, GraphDatabaseService database, long importNanos)
    implements AutoCloseable {

  private static final long INDEX_SECONDS = 300;

  static Store of(Path home, Path vertices, Path edges) throws IOException {
    Files.createDirectories(home);
    long start = System.nanoTime();
    fill(home, vertices, edges);
    DatabaseManagementService service =
        new DatabaseManagementServiceBuilder(home)
            .setConfig(GraphDatabaseSettings.pagecache_memory, ByteUnit.gibiBytes(1))
            .build();
    GraphDatabaseService database =
        service.database(GraphDatabaseSettings.DEFAULT_DATABASE_NAME);
    index(database);
    return new Store(service, database, System.nanoTime() - start);
  }

  private static void fill(Path home, Path vertices, Path edges) throws IOException {
    Path nodes = header(home, "nodes", "id:ID");
    // Nobody asks for weights.
    Path relationships = header(home, "relationships", ":START_ID :END_ID :IGNORE");
    int code =
        new CommandLine(
                new ImportCommand.Full(new ExecutionContext(home, home.resolve("conf"))))
            .execute(
                GraphDatabaseSettings.DEFAULT_DATABASE_NAME,
                "--delimiter= ",
                "--id-type=integer",
                "--report-file=" + home.resolve("import.report"),
                "--nodes=" + Traversals.LABEL.name() + "=" + nodes + "," + vertices,
                "--relationships=" + Traversals.TYPE.name() + "=" + relationships + "," + edges);
    if (code != 0) {
      throw new IOException("the import ended with " + code);
    }
  }

  private static Path header(Path home, String of, String line) throws IOException {
    return Files.writeString(home.resolve(of + ".header"), line + "\n");
  }

  private static void index(GraphDatabaseService database) {
    try (Transaction transaction = database.beginTx()) {
      transaction
          .schema()
          .constraintFor(Traversals.LABEL)
          .assertPropertyIsUnique(Traversals.KEY)
          .create();
      transaction.commit();
    }
    try (Transaction transaction = database.beginTx()) {
      transaction.schema().awaitIndexesOnline(INDEX_SECONDS, TimeUnit.SECONDS);
    }
  }

  @Override
  public void close() {
    service.shutdown();
  }
}
