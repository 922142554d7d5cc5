package dev.weir.query.graphql;

import dev.weir.query.Result;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.Key;
import dev.weir.store.Operation;
import dev.weir.store.Outcome;
import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import java.util.concurrent.CompletableFuture;

/** The mutations: put, patch and delete, answered once the owner has applied them. */
final class WriteFields {
  private final GraphQlSettings.Work bounds;

  WriteFields(GraphQlSettings.Work bounds) {
    this.bounds = bounds;
  }

  /**
   * The source of a payload's fields.
   *
   * @param key what was written
   * @param outcome what the fold decided
   * @param replayed whether it had decided so before
   */
  record Written(CollectionModel collection, Key key, Outcome outcome, boolean replayed) {}

  /** Whether the API may write a collection at all. */
  static boolean writable(CollectionModel collection) {
    return collection.definition().writer() == Writer.API;
  }

  /** {@code putPerson(key:, document:)}. */
  DataFetcher<Object> put(CollectionModel collection) {
    return field -> {
      try {
        Key key = Arguments.key(field, collection, bounds.maxKeyBytes());
        Object document = Arguments.required(field, Arguments.DOCUMENT);
        byte[] value = StoredValues.fromInput(collection.definition(), document);
        return submit(field, collection, key, new Operation.Put(collection.id(), key, value));
      } catch (InputFault fault) {
        return LookupFields.refused(field, fault);
      }
    };
  }

  /** {@code patchPerson(key:, patch:)}. */
  DataFetcher<Object> patch(CollectionModel collection) {
    return field -> {
      try {
        Key key = Arguments.key(field, collection, bounds.maxKeyBytes());
        byte[] patch = StoredValues.patch(Arguments.required(field, Arguments.PATCH));
        return submit(
            field, collection, key, new Operation.Patch(collection.id(), key, patch, null));
      } catch (InputFault fault) {
        return LookupFields.refused(field, fault);
      }
    };
  }

  /** {@code deletePerson(key:)}. */
  DataFetcher<Object> delete(CollectionModel collection) {
    return field -> {
      try {
        Key key = Arguments.key(field, collection, bounds.maxKeyBytes());
        return submit(field, collection, key, new Operation.Delete(collection.id(), key));
      } catch (InputFault fault) {
        return LookupFields.refused(field, fault);
      }
    };
  }

  /** Whether there was no document before. */
  static DataFetcher<Boolean> created() {
    return field ->
        Sources.of(field, Written.class).outcome() instanceof Outcome.Stored s && s.created();
  }

  /** The new version. */
  static DataFetcher<String> version() {
    return field ->
        Sources.of(field, Written.class).outcome() instanceof Outcome.Stored s
            ? s.version().text()
            : "";
  }

  /** Whether there was a document. */
  static DataFetcher<Boolean> existed() {
    return field ->
        Sources.of(field, Written.class).outcome() instanceof Outcome.Removed r && r.existed();
  }

  /** Whether it took effect before. */
  static DataFetcher<Boolean> replayed() {
    return field -> Sources.of(field, Written.class).replayed();
  }

  /** The key as it was given. */
  static DataFetcher<Object> key() {
    return field -> {
      Written written = Sources.of(field, Written.class);
      return written.collection().keys().value(written.key());
    };
  }

  /** The document read back, as it is now. */
  static DataFetcher<Object> document() {
    return field -> {
      Written written = Sources.of(field, Written.class);
      return LookupFields.load(field, written.collection(), written.key());
    };
  }

  private static CompletableFuture<DataFetcherResult<Written>> submit(
      DataFetchingEnvironment field, CollectionModel collection, Key key, Operation.Change change)
      throws InputFault {
    return RequestScope.of(field)
        .submit(collection.id(), key, WriteTerms.on(field, change))
        .thenApply(
            result -> {
              if (result instanceof Result.Failure<Outcome> failure) {
                return Errors.<Written>field(field, Errors.of(failure.refusal()));
              }
              Outcome outcome = ((Result.Success<Outcome>) result).value();
              boolean replayed = outcome instanceof Outcome.Repeated;
              Outcome decided =
                  outcome instanceof Outcome.Repeated repeated ? repeated.kept() : outcome;
              return decided instanceof Outcome.Stored || decided instanceof Outcome.Removed
                  ? DataFetcherResult.<Written>newResult()
                      .data(new Written(collection, key, decided, replayed))
                      .build()
                  : Errors.<Written>field(field, Errors.of(decided));
            });
  }
}
