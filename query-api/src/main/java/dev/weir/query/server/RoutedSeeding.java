package dev.weir.query.server;

import dev.weir.query.Database;
import dev.weir.query.Result;
import dev.weir.store.Operation;
import dev.weir.store.Outcome;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Brings definitions to shard 0, wherever it is. */
record RoutedSeeding(Database database)
    implements Function<Operation, CompletableFuture<Optional<Outcome>>> {

  @Override
  public CompletableFuture<Optional<Outcome>> apply(Operation operation) {
    return database
        .submit(operation)
        .thenApply(
            result ->
                result instanceof Result.Success<Outcome> success
                    ? Optional.of(success.value())
                    : Optional.empty());
  }
}
