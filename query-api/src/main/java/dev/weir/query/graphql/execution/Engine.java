package dev.weir.query.graphql.execution;

import dev.weir.query.Database;
import dev.weir.query.ReadOptions;
import dev.weir.query.graphql.ErrorCode;
import dev.weir.query.graphql.Errors;
import dev.weir.query.graphql.Freshness;
import dev.weir.query.graphql.GraphQlRequest;
import dev.weir.query.graphql.GraphQlSettings;
import dev.weir.query.graphql.InputFault;
import dev.weir.query.graphql.Rendering;
import dev.weir.query.graphql.Stage;
import dev.weir.query.graphql.documents.Documents;
import dev.weir.query.graphql.documents.GetPlan;
import dev.weir.query.graphql.documents.OperationChoice;
import dev.weir.query.graphql.documents.PreparedDocument;
import dev.weir.query.graphql.documents.TrustedDocuments;
import dev.weir.query.graphql.fields.RequestScope;
import dev.weir.query.graphql.fields.SchemaBuilder;
import dev.weir.query.graphql.fields.Workers;
import dev.weir.store.Key;
import dev.weir.store.Query;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.GraphQLError;
import graphql.execution.AsyncExecutionStrategy;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.language.Document;
import graphql.language.OperationDefinition;
import graphql.language.OperationDefinition.Operation;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Executes requests against the schema of one revision of the catalogue. Safe from any thread. */
public final class Engine {
  /** The library asks for a text, and takes the document that was prepared from it. */
  private static final String TEXT = "{__typename}";

  private final GraphQL graphql;
  private final String sdl;
  private final Documents documents;
  private final TrustedDocuments trusted;
  private final Database database;
  private final GraphQlSettings settings;
  private final Workers workers;

  Engine(
      SchemaBuilder.Built built,
      Database database,
      GraphQlSettings settings,
      TrustedDocuments trusted,
      Workers workers) {
    this.workers = workers;
    this.trusted = trusted;
    this.sdl = Sdl.of(built.schema());
    this.documents = new Documents(built.schema(), built.collections(), settings);
    this.database = database;
    this.settings = settings;
    this.graphql =
        GraphQL.newGraphQL(built.schema())
            .preparsedDocumentProvider(
                (input, parse) ->
                    CompletableFuture.completedFuture(
                        new PreparsedDocumentEntry(
                            Objects.requireNonNull(
                                input.getGraphQLContext().<Document>get(Document.class)))))
            .instrumentation(new CostLimit(built.costs(), settings.work().maxCost()))
            .defaultDataFetcherExceptionHandler(new UnexpectedFailures())
            // Each event is an execution of its own: nothing of an earlier one is remembered.
            .subscriptionExecutionStrategy(new AsyncExecutionStrategy(new UnexpectedFailures()))
            .build();
  }

  /**
   * What became of a request.
   *
   * @param stage how far it got
   * @param result data, errors and extensions
   */
  public record Executed(Stage stage, Map<String, Object> result) {}

  /** The schema as text. */
  public String sdl() {
    return sdl;
  }

  /**
   * Executes a request that is planned, if its document was executed lately; never blocks.
   *
   * @return empty = {@link #execute} takes it
   */
  public Optional<CompletableFuture<Executed>> atOnce(GraphQlRequest request) {
    if (!(trusted.resolve(request.query(), request.name())
            instanceof TrustedDocuments.Resolved.Text meant)
        || !(documents.recall(meant.text()) instanceof PreparedDocument.Ready ready)
        || !(OperationChoice.of(ready.document(), request.operationName())
            instanceof OperationChoice.One choice)) {
      return Optional.empty();
    }
    GetPlan plan = ready.plan(choice.operation());
    if (plan == null || request.wish().partial()) {
      return Optional.empty();
    }
    try {
      ReadOptions options = request.wish().options();
      return plan.key(request.variables(), settings.work().maxKeyBytes())
          .map(key -> get(plan, key, options, request));
    } catch (InputFault fault) {
      return Optional.empty(); // which execute tells
    }
  }

  private CompletableFuture<Executed> get(
      GetPlan plan, Key key, ReadOptions options, GraphQlRequest request) {
    RequestScope scope = new RequestScope(database, workers, options);
    CompletableFuture<Executed> executed =
        scope
            .ask(new Query.Get(plan.collection().id(), key))
            .thenCompose(
                result ->
                    plan.data(result)
                        .map(data -> CompletableFuture.completedFuture(planned(plan, data, scope)))
                        .orElseGet(() -> execute(request)));
    return executed.isDone()
        ? executed
        : executed.completeOnTimeout(
            tooSlow(), settings.work().deadline().toMillis(), TimeUnit.MILLISECONDS);
  }

  private Executed planned(GetPlan plan, Map<String, @Nullable Object> data, RequestScope scope) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("data", data);
    Map<String, Object> extensions = new LinkedHashMap<>();
    extensions.put("cost", CostLimit.facts(plan.cost(), settings.work().maxCost()));
    Map<String, Object> witness = scope.witness();
    if (!witness.isEmpty()) {
      extensions.put("weir", witness);
    }
    answer.put("extensions", extensions);
    return new Executed(Stage.EXECUTION, answer);
  }

  /** Executes a query or a mutation, or says why not; never completes exceptionally. */
  public CompletableFuture<Executed> execute(GraphQlRequest request) {
    OperationToRun choice = choose(request);
    if (choice instanceof OperationToRun.Refused refused) {
      return CompletableFuture.completedFuture(refused.why());
    }
    OperationToRun.Ready ready = (OperationToRun.Ready) choice;
    if (ready.follows()) {
      return CompletableFuture.completedFuture(
          refused(
              Stage.VALIDATION,
              List.of(
                  Errors.of(
                      ErrorCode.NOT_ACCEPTABLE,
                      "Subscriptions are answered as text/event-stream, or over a WebSocket with"
                          + " the sub-protocol graphql-transport-ws."))));
    }
    return run(ready, Map.of());
  }

  /** Finds out what a request means, and refuses what may not be executed. */
  OperationToRun choose(GraphQlRequest request) {
    TrustedDocuments.Resolved meant = trusted.resolve(request.query(), request.name());
    if (meant instanceof TrustedDocuments.Resolved.Refused refused) {
      return new OperationToRun.Refused(refused(Stage.VALIDATION, List.of(refused.error())));
    }
    String text = ((TrustedDocuments.Resolved.Text) meant).text();
    PreparedDocument prepared = documents.prepare(text);
    if (prepared instanceof PreparedDocument.Refused refused) {
      return new OperationToRun.Refused(refused(refused.stage(), refused.errors()));
    }
    Document document = ((PreparedDocument.Ready) prepared).document();
    OperationChoice choice = OperationChoice.of(document, request.operationName());
    if (choice instanceof OperationChoice.None none) {
      return new OperationToRun.Refused(refused(Stage.VALIDATION, List.of(none.error())));
    }
    OperationDefinition operation = ((OperationChoice.One) choice).operation();
    if (request.readOnly() && operation.getOperation() == Operation.MUTATION) {
      return new OperationToRun.Refused(
          refused(
              Stage.METHOD,
              List.of(
                  Errors.of(
                      ErrorCode.METHOD_NOT_ALLOWED,
                      "GET executes queries only; send it by POST."))));
    }
    try {
      ReadOptions options =
          Freshness.of(operation, request.variables()).and(request.wish()).options();
      return new OperationToRun.Ready(document, operation, request, options);
    } catch (InputFault fault) {
      return new OperationToRun.Refused(
          refused(Stage.VALIDATION, List.of(Errors.of(ErrorCode.BAD_USER_INPUT, fault.text()))));
    }
  }

  /**
   * Executes an operation once; never completes exceptionally.
   *
   * @param context what its fields find there by its class
   */
  CompletableFuture<Executed> run(OperationToRun.Ready ready, Map<Class<?>, ?> context) {
    RequestScope scope = new RequestScope(database, workers, ready.options());
    Map<Object, Object> known = new HashMap<>(context);
    known.put(RequestScope.class, scope);
    known.put(Document.class, ready.document());
    ExecutionInput input =
        ExecutionInput.newExecutionInput(TEXT)
            .operationName(ready.operation().getName())
            .variables(ready.request().variables())
            .dataLoaderRegistry(scope.loaders())
            .locale(Locale.ENGLISH)
            .graphQLContext(known)
            .build();
    return graphql
        .executeAsync(input)
        .handle((result, fault) -> fault == null ? executed(result, scope) : failed(fault))
        .completeOnTimeout(tooSlow(), settings.work().deadline().toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((executed, none) -> input.cancel());
  }

  private static Executed executed(ExecutionResult result, RequestScope scope) {
    Map<String, Object> rendered = Rendering.of(result, scope.witness());
    if (result.isDataPresent()) {
      return new Executed(Stage.EXECUTION, rendered);
    }
    boolean limited =
        result.getErrors().stream()
            .anyMatch(error -> Rendering.code(error) == ErrorCode.LIMIT_EXCEEDED);
    return new Executed(limited ? Stage.LIMITS : Stage.VALIDATION, rendered);
  }

  private static Executed failed(Throwable fault) {
    UnexpectedFailures.log(fault);
    return new Executed(
        Stage.FAILURE,
        Rendering.of(List.of(Errors.of(ErrorCode.INTERNAL, UnexpectedFailures.MESSAGE))));
  }

  private Executed tooSlow() {
    return new Executed(
        Stage.DEADLINE,
        Rendering.of(
            List.of(
                Errors.of(
                    ErrorCode.DEADLINE_EXCEEDED,
                    "The request took too long; ask for less or ask again.",
                    Map.of("deadlineMillis", settings.work().deadline().toMillis())))));
  }

  private static Executed refused(Stage stage, List<GraphQLError> errors) {
    return new Executed(stage, Rendering.of(errors));
  }
}
