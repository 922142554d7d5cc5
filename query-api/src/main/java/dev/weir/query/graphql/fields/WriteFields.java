package dev.weir.query.graphql.fields;

import dev.weir.query.Result;
import dev.weir.query.graphql.Errors;
import dev.weir.query.graphql.GraphQlSettings;
import dev.weir.query.graphql.InputFault;
import dev.weir.query.graphql.types.CollectionModel;
import dev.weir.query.graphql.types.Sources;
import dev.weir.query.graphql.types.StoredValues;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.Key;
import dev.weir.store.Operation;
import dev.weir.store.Outcome;
import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The mutations of one document: put, patch and delete. */
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
        WriteTerms.refuseUncheckedPatch(WriteTerms.ack(field), collection);
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
  static DataFetcher<@Nullable Boolean> created() {
    return field -> BatchSchema.created(Sources.of(field, Written.class).outcome());
  }

  /** The new version. */
  static DataFetcher<@Nullable String> version() {
    return field -> BatchSchema.version(Sources.of(field, Written.class).outcome());
  }

  /** Whether there was a document. */
  static DataFetcher<@Nullable Boolean> existed() {
    return field -> BatchSchema.existed(Sources.of(field, Written.class).outcome());
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
        .submit(WriteTerms.on(field, change), List.of(change), WriteTerms.ack(field))
        .thenApply(
            result ->
                answer(
                    field,
                    result,
                    (decided, replayed) ->
                        done(decided)
                            ? Optional.of(new Written(collection, key, decided, replayed))
                            : Optional.empty()));
  }

  private static boolean done(Outcome decided) {
    return decided instanceof Outcome.Stored
        || decided instanceof Outcome.Removed
        || decided instanceof Outcome.Accepted;
  }

  /**
   * What a mutation answers.
   *
   * @param written the source of the payload's fields, by what the fold decided and whether it had
   *     decided so before; empty = nothing was written, and the decision is the field's error
   */
  static <T> DataFetcherResult<T> answer(
      DataFetchingEnvironment field,
      Result<Outcome> result,
      BiFunction<Outcome, Boolean, Optional<T>> written) {
    if (result instanceof Result.Failure<Outcome> failure) {
      return Errors.field(field, Errors.of(failure.refusal()));
    }
    Outcome outcome = ((Result.Success<Outcome>) result).value();
    boolean replayed = outcome instanceof Outcome.Repeated;
    Outcome decided = outcome instanceof Outcome.Repeated repeated ? repeated.kept() : outcome;
    return written
        .apply(decided, replayed)
        .map(source -> DataFetcherResult.<T>newResult().data(source).build())
        .orElseGet(() -> Errors.field(field, Errors.of(decided)));
  }
}
