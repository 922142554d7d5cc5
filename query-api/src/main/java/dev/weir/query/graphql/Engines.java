package dev.weir.query.graphql;

import dev.weir.query.Cursors;
import dev.weir.query.Database;
import dev.weir.store.Catalogue;
import org.jspecify.annotations.Nullable;

/** Keeps the engine of the catalogue's present revision. Safe from any thread. */
final class Engines {
  private final Database database;
  private final Cursors cursors;
  private final GraphQlSettings settings;
  private final TrustedDocuments trusted;
  private final Workers workers = new Workers();
  private volatile @Nullable Current current; // written under "this"

  Engines(Database database, Cursors cursors, GraphQlSettings settings, TrustedDocuments trusted) {
    this.trusted = trusted;
    this.database = database;
    this.cursors = cursors;
    this.settings = settings;
  }

  private record Current(int revision, Engine engine) {}

  /** The engine of the revision that the database shows now; made if it is new. */
  Engine current() {
    Catalogue catalogue = database.catalogue();
    Current known = current;
    return known != null && known.revision() == catalogue.revision()
        ? known.engine()
        : renewed(catalogue);
  }

  private synchronized Engine renewed(Catalogue catalogue) {
    Current known = current;
    if (known != null && known.revision() >= catalogue.revision()) {
      return known.engine();
    }
    SchemaBuilder.Built built = SchemaBuilder.build(catalogue, database, cursors, settings);
    Engine engine = new Engine(built, database, settings, trusted, workers);
    current = new Current(catalogue.revision(), engine);
    return engine;
  }
}
