package dev.weir.query.graphql.execution;

import dev.weir.query.changes.Subscription;
import dev.weir.query.changes.Subscriptions;
import dev.weir.query.graphql.ErrorCode;
import dev.weir.query.graphql.Errors;
import dev.weir.query.graphql.GraphQlRequest;
import dev.weir.query.graphql.fields.ChangeEvent;
import dev.weir.query.graphql.fields.Opening;
import graphql.GraphQLError;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Gives the results of operations of any kind, one after the other. Safe from any thread. */
final class Streaming {
  private final Subscriptions subscriptions;
  private final Executor threads;

  /**
   * Streams of results.
   *
   * @param threads execute events; never wait
   */
  Streaming(Subscriptions subscriptions, Executor threads) {
    this.subscriptions = subscriptions;
    this.threads = threads;
  }

  /** Begins with an operation; never completes exceptionally. */
  CompletableFuture<Results> begin(Engine engine, GraphQlRequest request) {
    OperationToRun choice = engine.choose(request);
    if (choice instanceof OperationToRun.Refused refused) {
      return CompletableFuture.completedFuture(new OneResult(Results.Result.of(refused.why())));
    }
    OperationToRun.Ready ready = (OperationToRun.Ready) choice;
    return ready.follows()
        ? follow(engine, ready)
        : engine.run(ready, Map.of()).thenApply(Streaming::one);
  }

  private static Results one(Engine.Executed executed) {
    return new OneResult(Results.Result.of(executed));
  }

  private CompletableFuture<Results> follow(Engine engine, OperationToRun.Ready ready) {
    Opening opening = new Opening();
    return engine
        .run(ready, Map.of(Opening.class, opening))
        .thenApply(executed -> opened(engine, ready, opening, executed));
  }

  private Results opened(
      Engine engine, OperationToRun.Ready ready, Opening opening, Engine.Executed executed) {
    GraphQLError refusal = opening.refusal();
    if (refusal != null) {
      return refused(refusal);
    }
    Opening.Wanted wanted = opening.wanted();
    if (wanted == null) {
      return new OneResult(Results.Result.of(executed)); // variables, cost, time
    }
    Optional<Subscription> opened = subscriptions.open(wanted.wish(), wanted.after());
    if (opened.isEmpty()) {
      return refused(
          Errors.of(
              ErrorCode.OVERLOADED,
              "Too many follow collections from this node; ask again after a pause.",
              Map.of("what", subscriptions.most() + " subscriptions", "retry", true)));
    }
    Subscription subscription = opened.get();
    return new EventResults(
        subscription,
        event ->
            engine.run(
                ready,
                Map.of(
                    ChangeEvent.class,
                    new ChangeEvent(
                        wanted.collection(), event, subscription, subscriptions.tokens()))),
        threads);
  }

  private static Results refused(GraphQLError error) {
    return new OneResult(Results.Result.refusal(error));
  }
}
