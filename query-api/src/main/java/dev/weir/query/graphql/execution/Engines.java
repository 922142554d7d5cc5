package dev.weir.query.graphql.execution;

import dev.weir.query.Cursors;
import dev.weir.query.Database;
import dev.weir.query.changes.PlaceTokens;
import dev.weir.query.changes.Subscriptions;
import dev.weir.query.graphql.ErrorCode;
import dev.weir.query.graphql.Errors;
import dev.weir.query.graphql.GraphQlRequest;
import dev.weir.query.graphql.GraphQlSettings;
import dev.weir.query.graphql.documents.TrustedDocuments;
import dev.weir.query.graphql.fields.SchemaBuilder;
import dev.weir.query.graphql.fields.Workers;
import dev.weir.store.Catalogue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Keeps the engine of the catalogue's present revision. Safe from any thread. */
public final class Engines {
  private final Database database;
  private final Cursors cursors;
  private final GraphQlSettings settings;
  private final TrustedDocuments trusted;
  private final Workers workers = new Workers();
  private final Streaming streaming;
  private final PlaceTokens places;
  private volatile @Nullable Current current; // written under "this"

  /** What the engines of all revisions are made with. */
  public record Terms(
      Cursors cursors,
      Subscriptions subscriptions,
      GraphQlSettings settings,
      TrustedDocuments trusted) {}

  public Engines(Database database, Terms terms) {
    this.trusted = terms.trusted();
    this.database = database;
    this.cursors = terms.cursors();
    this.settings = terms.settings();
    this.places = terms.subscriptions().tokens();
    this.streaming = new Streaming(terms.subscriptions(), workers.going());
  }

  private record Current(int revision, Engine engine) {}

  /** The engine of the revision that the database shows now; made if it is new. */
  public Engine current() {
    Catalogue catalogue = database.catalogue();
    Current known = current;
    return known != null && known.revision() == catalogue.revision()
        ? known.engine()
        : renewed(catalogue);
  }

  /** Begins with an operation of any kind; never completes exceptionally. */
  public CompletableFuture<Results> begin(GraphQlRequest request) {
    try {
      return streaming.begin(current(), request).exceptionally(Engines::failed);
    } catch (RuntimeException fault) {
      return CompletableFuture.completedFuture(failed(fault));
    }
  }

  private static Results failed(Throwable fault) {
    UnexpectedFailures.log(fault);
    return new OneResult(
        Results.Result.refusal(Errors.of(ErrorCode.INTERNAL, UnexpectedFailures.MESSAGE)));
  }

  private synchronized Engine renewed(Catalogue catalogue) {
    Current known = current;
    if (known != null && known.revision() >= catalogue.revision()) {
      return known.engine();
    }
    SchemaBuilder.Built built = SchemaBuilder.build(catalogue, database, cursors, places, settings);
    Engine engine = new Engine(built, database, settings, trusted, workers);
    current = new Current(catalogue.revision(), engine);
    return engine;
  }
}
