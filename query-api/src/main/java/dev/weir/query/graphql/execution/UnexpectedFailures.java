package dev.weir.query.graphql.execution;

import dev.weir.query.graphql.ErrorCode;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.execution.DataFetcherExceptionHandler;
import graphql.execution.DataFetcherExceptionHandlerParameters;
import graphql.execution.DataFetcherExceptionHandlerResult;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Faults in the program itself: logged here in full, told to the caller without any detail. */
public final class UnexpectedFailures implements DataFetcherExceptionHandler {
  public static final String MESSAGE = "The node failed to answer; its log says why.";

  private static final Logger LOG = LoggerFactory.getLogger(UnexpectedFailures.class);

  public static void log(Throwable fault) {
    LOG.error("A GraphQL request failed unexpectedly", fault);
  }

  @Override
  public CompletableFuture<DataFetcherExceptionHandlerResult> handleException(
      DataFetcherExceptionHandlerParameters parameters) {
    log(parameters.getException());
    GraphQLError error =
        GraphqlErrorBuilder.newError()
            .message("%s", MESSAGE)
            .path(parameters.getPath())
            .location(parameters.getSourceLocation())
            .extensions(Map.of("code", ErrorCode.INTERNAL.name()))
            .build();
    return CompletableFuture.completedFuture(
        DataFetcherExceptionHandlerResult.newResult(error).build());
  }
}
